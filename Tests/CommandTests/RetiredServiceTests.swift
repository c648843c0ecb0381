import Foundation
import Testing

@Suite("A service that is taken out of the manifest")
struct RetiredServiceTests {
    private static let start = "2026-11-21T12:00:00Z"
    private static let owner = "_443._tcp.www.example."

    private func manifest(_ services: String...) -> String {
        """
        version: 1
        zones:
          example: { source: example.zone, output: signed/example.zone }
        certificates:
          main: { live: live.pem, staged: { chain: staged.crt, key: staged.key }, tlsa: 3 1 1, rollover: two-phase }
        services:
        \(services.map { "  - { tcp: \"\($0):443\", certificate: main }" }.joined(separator: "\n"))
        """
    }

    private func run(_ folder: TemporaryFolder, _ arguments: String...) throws -> CommandResult {
        try Shell.run(Shell.danectl, arguments, in: folder.path)
    }

    private func selfSign(_ name: String, _ folder: TemporaryFolder) throws {
        let result = try run(
            folder, "cert", "self-sign", "--key", "\(name).key", "-o", "\(name).crt", "--dns", "www.example", "--dns",
            "mail.example", "--dns", "host.elsewhere.org", "--validity", "90d", "--now", Self.start)
        try #require(result.status == 0, "\(result.errors)")
    }

    private func records(_ folder: TemporaryFolder) throws -> Set<String> {
        Set(
            try folder.read("signed/example.zone").split(separator: "\n").filter {
                $0.hasPrefix(Self.owner) && $0.contains("\tTLSA\t")
            }.compactMap { $0.split(separator: "\t").last.map(String.init) })
    }

    private func record(_ name: String, _ folder: TemporaryFolder) throws -> String {
        let line = try run(folder, "tlsa", "\(name).crt", "--for", Self.owner).output
        return String(try #require(line.split(separator: "TLSA ").last)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A zone with two hosts, and the certificate that both present.
    private func settledFolder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            $TTL 300
            @ SOA ns1 hostmaster 7 7200 3600 604800 300
            @ NS ns1
            ns1 A 192.0.2.1
            www A 192.0.2.2
            mail A 192.0.2.3
            """, to: "example.zone")
        try selfSign("live", folder)
        try folder.write(try folder.read("live.crt") + folder.read("live.key"), to: "live.pem")
        return folder
    }

    @Test("Its records follow the next change of certificate, and go when nobody can be on the way to them")
    func followsThenGoes() throws {
        let folder = try settledFolder()
        try folder.write(manifest("www.example", "mail.example"), to: "danectl.yaml")
        #expect(try run(folder, "apply", "--now", Self.start).status == 0)
        try folder.write(manifest("mail.example"), to: "danectl.yaml")
        try selfSign("staged", folder)
        let (old, new) = (try record("live", folder), try record("staged", folder))
        // While a server may present a key, and while an answer of an hour ago may be held, it is named.
        var isLive = false
        var isGone = false
        for hour in stride(from: 24, to: 24 * 5, by: 4) {
            let time =
                "2026-11-\(21 + hour / 24 + (hour % 24 + 12) / 24)T\(String(format: "%02d", (hour + 12) % 24)):00:00Z"
            let wasLive = isLive
            let result = try run(folder, "apply", "--now", time)
            #expect(result.status == 0, "\(time): \(result.errors)")
            isLive = try folder.read("live.pem").contains(try folder.read("staged.crt"))
            let found = try records(folder)
            if hour == 24 {
                #expect(found == [old, new])
                let plan = try run(folder, "plan", "--now", time).output
                #expect(plan.contains("no service asks for \(Self.owner) TLSA any more"), "\(plan)")
            }
            if found.isEmpty {
                isGone = true
            } else {
                #expect(!isGone)
                #expect(found.contains(isLive ? new : old), "\(time)")
                if !wasLive, isLive { #expect(found.contains(old)) }
            }
        }
        #expect(isLive && isGone)
        #expect(try run(folder, "plan", "--exit-code", "--now", "2026-11-27T12:00:00Z").status == 0)
    }

    @Test("A certificate waits until no cache has the records that are gone")
    func waitsForRemoval() throws {
        let folder = try settledFolder()
        try folder.write(manifest("www.example"), to: "danectl.yaml")
        #expect(try run(folder, "apply", "--now", Self.start).status == 0)
        try folder.write(manifest("host.elsewhere.org"), to: "danectl.yaml")
        #expect(try run(folder, "apply", "--now", "2026-11-22T12:00:00Z").status == 0)
        #expect(try records(folder).count == 1)
        let removal = try run(folder, "apply", "--now", "2026-11-25T12:00:00Z")
        #expect(
            removal.output.contains("removed \(Self.owner) TLSA")
                || removal.errors.contains("removed \(Self.owner) TLSA"))
        #expect(try records(folder).isEmpty)
        try selfSign("staged", folder)
        // An hour of propagation, two caches of an hour and a second each, a minute to the handshake.
        #expect(try run(folder, "gate", "main", "--now", "2026-11-25T12:01:00Z").status == 75)
        #expect(try run(folder, "gate", "main", "--now", "2026-11-25T15:01:00Z").status == 75)
        #expect(try run(folder, "gate", "main", "--now", "2026-11-25T15:02:00Z").status == 0)
    }
}
