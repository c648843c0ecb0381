import Foundation
import Testing

/// A program of another project, run in a folder of its own.
enum Program {
    /// What a run came to.
    struct Outcome: Sendable {
        let status: Int32
        /// Standard output and standard error, as they came.
        let output: String

        /// Whether the program was content.
        var isContent: Bool { status == 0 }
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
        guard let path = folders.map({ $0 + "/" + name }).first(where: FileManager.default.isExecutableFile(atPath:))
        else { throw Missing(name: name) }
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

/// A signed zone in a file, and what is to be known of it besides.
struct SignedZoneFile {
    /// The file, in the folder that judges run in.
    let name: String
    /// The origin, with a final dot.
    let origin: String
    /// Whether key-signing and zone-signing keys are apart; `nil` when either will do.
    var hasSplitKeys: Bool?
    /// Whether it has a ZONEMD record.
    var hasDigest = false
}

/// An independent program that judges signed zones. Those that look at times go by the real clock.
enum Judge: String, CaseIterable, Sendable {
    case bind = "dnssec-verify"
    case ldns = "ldns-verify-zone"
    case knot = "kzonecheck"
    case nsdLoader = "nsd-checkzone"
    case bindLoader = "named-checkzone"

    /// Those that verify what DNSSEC adds, not only load it.
    static let verifiers: [Judge] = [.bind, .ldns, .knot]

    /// What the judge says of a signed zone.
    func judge(_ zone: SignedZoneFile, in folder: URL) throws -> Program.Outcome {
        let undotted = zone.origin == "." ? "." : String(zone.origin.dropLast())
        let arguments =
            switch self {
            case .bind: ["-q"] + (zone.hasSplitKeys.map { [$0 ? "-x" : "-z"] } ?? []) + ["-o", zone.origin, zone.name]
            case .ldns: ["-V", "1"] + (zone.hasDigest ? ["-ZZ"] : []) + [zone.name]
            case .knot: ["-o", zone.origin, "-d", "on", zone.name]
            case .nsdLoader: [undotted, zone.name]
            case .bindLoader: ["-i", "none", "-k", "ignore", undotted, zone.name]
            }
        return try Program.run(rawValue, arguments, in: folder)
    }

    /// Expects every judge to accept a signed zone.
    static func expectAccepted(
        _ zone: SignedZoneFile, in folder: URL, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for judge in allCases {
            let outcome = try judge.judge(zone, in: folder)
            #expect(
                outcome.isContent, "\(judge.rawValue): \(outcome.output.prefix(2000))", sourceLocation: sourceLocation)
        }
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
