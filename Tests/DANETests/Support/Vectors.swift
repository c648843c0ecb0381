import Foundation

/// The shared test vectors, read where they are.
enum Vectors {
    /// The folder, or `nil` when there is none; then the tests say so and pass.
    static var folder: String? {
        let path =
            ProcessInfo.processInfo.environment["DANECTL_VECTORS"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("../shared/vectors").path
        if FileManager.default.fileExists(atPath: path) { return path }
        print("no test vectors at \(path): set DANECTL_VECTORS")
        return nil
    }

    /// The octets of a file of the vectors.
    static func octets(_ path: String, in folder: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)))
    }

    /// The rows of an `expected.tsv`, split at tabs, without its header.
    static func rows(_ path: String, in folder: String) throws -> [[String]] {
        String(decoding: try octets(path, in: folder), as: UTF8.self).split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}
