import Foundation
import Testing

/// What `check` and `plan` say when a certificate cannot be published as the manifest asks.
@Suite("Parameters that a certificate cannot meet")
struct UnmetParametersTests {
    private func asking(_ parameters: String) throws -> RolloverFolder {
        let work = try RolloverFolder(prepared: false)
        let manifest = try work.folder.read("danectl.yaml").replacing("tlsa: 3 1 1", with: "tlsa: \(parameters)")
        try work.folder.write(manifest, to: "danectl.yaml")
        return work
    }

    @Test(
        "The reason is named, by check as by plan and apply, and nothing is published",
        arguments: [("2 1 1", "[tlsa/authority-not-sent]"), ("1 0 1", "public trust anchor"), ("0 0 1", "is not sent")])
    func reasons(parameters: String, reason: String) throws {
        let work = try asking(parameters)
        for (command, status) in [("check", 1), ("plan", 1), ("apply", 65)] as [(String, Int32)] {
            let result = try work.danectl(command, "--now", RolloverFolder.start)
            #expect(result.status == status, "\(command): \(result.errors)")
            #expect(result.errors.contains(reason) && result.errors.contains("live.pem: error"), "\(result.errors)")
            #expect(!result.errors.contains("spare keys need"), "\(result.errors)")
        }
        #expect(try work.records().isEmpty)
    }

    @Test("A key that is known to others is critical until it is live no more")
    func compromised() throws {
        let work = try RolloverFolder()
        let later = "2026-11-23T12:00:00Z"
        #expect(try work.danectl("status", "--format", "nagios", "--now", later).status == 0)
        #expect(try work.danectl("rollover", "tlsa", "main", "--emergency", "--now", later).status != 64)
        let status = try work.danectl("status", "--format", "nagios", "--now", later)
        #expect(status.status == 2 && status.output.contains("known to others"), "\(status.output)")
    }

    @Test("Empty texts, and what stands twice, are found in the manifest")
    func manifest() throws {
        let work = try RolloverFolder(prepared: false)
        let manifest = try work.folder.read("danectl.yaml")
        for (old, new, status, text) in [
            ("live: live.pem", "live: ''", 65, "expected a file"),
            ("source: example.zone", "source: ''", 65, "not empty"),
            ("tlsa: 3 1 1", "posh: { document: '' }", 65, "not empty"),
            ("certificate: main", "certificate: [main, main]", 0, "'main' stands twice"),
            ("services:\n", "services:\n  - { xmpp: example, certificate: main }\n", 0, "this service stands twice"),
        ] as [(String, String, Int32, String)] {
            try work.folder.write(manifest.replacing(old, with: new), to: "danectl.yaml")
            let result = try work.danectl("services", "--now", RolloverFolder.start)
            #expect(result.status == status && result.errors.contains(text), "\(new): \(result.errors)")
            let lines = result.output.split(separator: "\n").count { $0.hasPrefix("_xmpp-server") }
            #expect(lines == (status == 0 ? 1 : 0), "\(result.output)")
        }
    }
}
