import Foundation
import Testing

/// Programs of other projects that judge what this one writes. A judge that is not installed fails the test that needs it.
enum SignedZoneJudges {
    /// What a program said.
    struct Verdict: Sendable {
        /// Its exit status.
        let status: Int32
        /// All that it printed.
        let output: String

        /// Whether it was content.
        var accepts: Bool { status == 0 }
    }

    /// Why a judge gave no verdict.
    struct Absent: Error, CustomStringConvertible {
        let program: String

        var description: String { "\(program) is not installed, and this test needs it" }
    }

    private static let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]

    /// Where a program is.
    static func path(of program: String) throws -> String {
        guard
            let found = folders.map({ "\($0)/\(program)" }).first(where: FileManager.default.isExecutableFile(atPath:))
        else { throw Absent(program: program) }
        return found
    }

    /// Runs a program to its end.
    static func run(_ program: String, _ arguments: [String], in folder: String? = nil) throws -> Verdict {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path(of: program))
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Verdict(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    /// Calls `body` with a new folder, which is gone afterwards.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("danectl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }
}

// MARK: - Signed zones

extension SignedZoneJudges {
    /// What is to be known of a signed zone besides its file.
    struct SignedZoneFile {
        /// The file.
        let path: String
        /// The origin, with a final dot.
        let origin: String
        /// Whether key-signing and zone-signing keys are apart.
        let hasSplitKeys: Bool
        /// Whether it has a ZONEMD record.
        let hasDigest: Bool
    }

    /// All who judge a signed zone, each with what it says.
    static func verdicts(on zone: SignedZoneFile) throws -> [(judge: String, verdict: Verdict)] {
        let origin = zone.origin == "." ? "." : String(zone.origin.dropLast())
        var verdicts = [
            (
                "dnssec-verify",
                try run(
                    "dnssec-verify", ["-q", zone.hasSplitKeys ? "-x" : "-z", "-o", zone.origin, zone.path])
            ),
            ("ldns-verify-zone", try run("ldns-verify-zone", ["-V", "1", zone.path])),
            ("kzonecheck", try run("kzonecheck", ["-o", zone.origin, "-d", "on", zone.path])),
            ("nsd-checkzone", try run("nsd-checkzone", [origin, zone.path])),
            ("named-checkzone", try run("named-checkzone", ["-i", "none", "-k", "ignore", origin, zone.path])),
        ]
        if zone.hasDigest {
            verdicts.append(("ldns-verify-zone -Z", try run("ldns-verify-zone", ["-V", "1", "-ZZ", zone.path])))
        }
        return verdicts
    }

    /// Expects every judge to accept a signed zone.
    static func expectAccepted(_ zone: SignedZoneFile, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for (judge, verdict) in try verdicts(on: zone) {
            #expect(
                verdict.accepts, "\(judge): \(verdict.output.prefix(2000))", sourceLocation: sourceLocation)
        }
    }
}
