import DNSModel
import Diagnostics
import OpenSSLBridge
import Testing
import Workspace

/// Scenario F: mail and web beside XMPP; RSA and ECDSA certificates side by side, each renewed in its own time.
@Suite("A year of mail and web beside XMPP")
struct MailAndWebYearTests {
    private static let names = [
        "mail.example", "mx1.mail.example", "mx2.mail.example", "www.mail.example", "xmpp.mail.example",
    ]

    @Test("Every record set matches both kinds of certificate, whenever which of them changes, and nobody ever fails")
    func scenarioF() throws {
        let start = Laboratory.start
        let laboratory = try Laboratory(example: "mail.example")
        func put(_ name: String, _ place: String, at time: Timestamp) throws {
            try laboratory.put(
                Self.names, into: "\(place)/\(name).crt", keyFile: "\(place)/\(name).key",
                key: try CertificateKey.generate(name == "rsa" ? .rsa(bits: 2_048) : .ecP256), at: time)
        }
        for name in ["ecdsa", "rsa"] { try put(name, "live", at: start) }
        let hand = try SimulatedYear.Hand(
            laboratory, zones: ["mail.example"], servers: ["ecdsa": "live/ecdsa.crt", "rsa": "live/rsa.crt"])
        let both = ["ecdsa", "rsa"]
        let year = SimulatedYear(
            [hand],
            services: [
                .xmpp("mail.example.", servers: both), .mail("mail.example.", servers: both),
                .host("www.mail.example.", port: 443, servers: ["ecdsa"]),
            ])
        try year.step(by: 3_600)
        let shared = [
            "_25._tcp.mx1.mail.example.", "_25._tcp.mx2.mail.example.", "_5222._tcp.xmpp.mail.example.",
            "_5269._tcp.xmpp.mail.example.",
        ]
        let web = "_443._tcp.www.mail.example."
        #expect(Set(year.world.doors.map(\.owner)) == Set(shared + [web]))
        for owner in shared { #expect(year.world.latest(at: owner).count == 2) }
        #expect(year.world.latest(at: web).count == 1)
        // In time with each other, one shortly after the other, one in the middle of the other, and alone.
        let rounds = [("ecdsa", 0), ("rsa", 4), ("ecdsa", 1), ("rsa", 30), ("ecdsa", 400)] as [(String, Int64)]
        for (first, hours) in rounds.prefix(SimulatedYear.isWhole ? 5 : 2) {
            try put(first, "staged", at: year.now)
            for _ in 0..<hours { try year.step(by: 3_600) }
            let second = first == "rsa" ? "ecdsa" : "rsa"
            try put(second, "staged", at: year.now)
            try year.run(days: 72)
            for name in both {
                #expect(
                    try laboratory.keyDigest(inFile: "live/\(name).crt")
                        == laboratory.keyDigest(inFile: "staged/\(name).crt"))
            }
            for owner in shared { #expect(year.world.latest(at: owner).count == 2) }
        }
        // The web sees the ECDSA certificate alone: both keys, then the new one, five times.
        #expect(year.world.versionCounts[web] == 1 + 2 * (SimulatedYear.isWhole ? 5 : 2))
        #expect(year.world.authenticated > year.runs)
    }

    @Test("Mail refuses usages 0 and 1, which its senders do not use")
    func usages() throws {
        let laboratory = try Laboratory(example: "mail.example")
        for name in ["ecdsa", "rsa"] {
            try laboratory.put(Self.names, into: "live/\(name).crt", keyFile: "live/\(name).key", at: Laboratory.start)
        }
        let manifest = try laboratory.read("danectl.yaml")
        try laboratory.write(manifest.replacing("tlsa: 3 1 1", with: "tlsa: 1 0 1"), to: "danectl.yaml")
        let findings = try Inspection.manifest(
            "\(laboratory.path)/danectl.yaml", now: Laboratory.start, workers: .single)
        #expect(findings.contains { $0.rule == "dane/pkix-usage-smtp" && $0.severity == .error })
        #expect(try laboratory.apply(at: Laboratory.start).failure != nil)
        #expect(try laboratory.published("_25._tcp.mx1.mail.example.", zone: "mail.example").isEmpty)
    }
}
