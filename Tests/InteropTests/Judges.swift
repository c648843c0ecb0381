import Foundation
import Testing

/// A program of another project, run in a folder of its own.
enum Program {
    /// What a run came to.
    struct Outcome: Sendable {
        let status: Int32
        /// Standard output and standard error, as they came.
        let output: String
    }

    /// The program is not installed: the test fails, and says what to install.
    struct Missing: Error, CustomStringConvertible {
        let name: String
        var description: String { "\(name) is not installed; the command that runs the tests installs it" }
    }

    /// Where programs of the system are, whatever the caller's search path.
    private static let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/bin", "/sbin"]

    /// Runs a program to its end.
    @discardableResult
    static func run(_ name: String, _ arguments: [String], in folder: URL) throws -> Outcome {
        guard let path = folders.map({ $0 + "/" + name }).first(where: FileManager.default.fileExists(atPath:)) else {
            throw Missing(name: name)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }
}

/// An independent verifier of signed zones. Each judges by the real clock.
enum Judge: String, CaseIterable, Sendable {
    case bind = "dnssec-verify"
    case ldns = "ldns-verify-zone"
    case knot = "kzonecheck"

    /// What the judge says of a signed zone file.
    func judge(_ file: String, origin: String, in folder: URL) throws -> Program.Outcome {
        switch self {
        case .bind: try Program.run(rawValue, ["-q", "-o", origin, file], in: folder)
        case .ldns: try Program.run(rawValue, [file], in: folder)
        case .knot: try Program.run(rawValue, ["-o", origin, file], in: folder)
        }
    }

    /// Whether the judge accepts a signed zone file.
    func accepts(_ file: String, origin: String, in folder: URL) throws -> Bool {
        try judge(file, origin: origin, in: folder).status == 0
    }
}

/// A folder that is gone when the test is over.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("danectl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a text into a file of the folder.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
    }

    /// The text of a file of the folder.
    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
    }
}
