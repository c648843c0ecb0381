import DNSModel
import DNSSEC
import Diagnostics
import Foundation

/// The shared vectors for keys, read where they are.
enum KeyVectors {
    /// The folder, or `nil` when there is none; then the tests say so and pass.
    static var folder: String? {
        let here = URL(fileURLWithPath: #filePath)
        let root = (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }
        let path =
            ProcessInfo.processInfo.environment["DANECTL_VECTORS"]
            ?? root.appendingPathComponent("../shared/vectors").path
        if FileManager.default.fileExists(atPath: path) { return path }
        print("no test vectors at \(path): set DANECTL_VECTORS")
        return nil
    }

    /// One row of an `expected.tsv`.
    struct Row {
        var file: String
        var check: String
        var arguments: String
        var expected: String
    }

    static func rows(_ topic: String, in folder: String) throws -> [Row] {
        let text = try String(contentsOfFile: "\(folder)/\(topic)/expected.tsv", encoding: .utf8)
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 4 else { return nil }
            return Row(file: cells[0], check: cells[1], arguments: cells[2], expected: cells[3])
        }
    }

    /// A file as the key reader takes it.
    static func source(_ path: String) throws -> KeyFileSource {
        KeyFileSource(file: path, octets: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    }
}

/// A test found nothing where there should be something.
struct Absent: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

extension Diagnosed {
    /// The value, or what stood in its way as an error.
    func get() throws -> Value {
        guard let value, !hasErrors else { throw DiagnosedFailure(diagnostics) }
        return value
    }
}
