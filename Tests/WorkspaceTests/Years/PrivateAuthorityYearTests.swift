import DNSModel
import Diagnostics
import OpenSSLBridge
import Rollover
import Testing
import Workspace

/// Scenario B: an authority for one domain, certificates of a month, and a change of the authority itself.
@Suite("A year with a private authority")
struct PrivateAuthorityYearTests {
    /// An authority of the operator's own, valid for thirty years.
    private struct Authority {
        let key: CertificateKey
        let certificate: Certificate

        init(_ number: UInt8, at time: Timestamp) throws {
            key = try CertificateKey.generate(.ecP256)
            certificate = try Certificate.selfSigned(
                .authority(
                    commonName: "XMPP CA for josefsson.org", pathLength: 0, notBefore: time.rawValue - 3_600,
                    notAfter: time.rawValue + 10_950 * Laboratory.day, serialNumber: [number]), key: key)
        }

        /// The answer to a request with SRV-IDs and DNS-IDs, valid for a month: the chain that the server sends.
        func issue(_ request: CertificateRequest, serial: UInt8, at time: Timestamp) throws -> [Certificate] {
            let leaf = try Certificate.issued(
                .server(
                    commonName: nil, names: request.extensions.subjectAlternativeNames ?? [],
                    notBefore: time.rawValue - 3_600, notAfter: time.rawValue + 31 * Laboratory.day,
                    serialNumber: [1, serial]), for: request.publicKey, by: certificate, key: key)
            return [leaf, certificate]
        }
    }

    private static let names: [SubjectAlternativeName] = [
        .dnsID("josefsson.org"), .dnsID("chat.sjd.se"), .srvID("_xmpp-client.josefsson.org"),
        .srvID("_xmpp-server.josefsson.org"),
    ]

    @Test(
        "Monthly certificates change nothing in DNS under usage 2, a new authority is rolled in, and nobody ever fails",
        arguments: ["2 1 1", "2 0 1", "3 1 1"])
    func scenarioB(parameters: String) throws {
        let start = Laboratory.start
        let laboratory = try Laboratory(example: "josefsson.org")
        let manifest = try laboratory.read("danectl.yaml")
        try laboratory.write(
            manifest.replacing("tlsa: 2 1 1", with: "tlsa: \(parameters)\n    rollover: two-phase"), to: "danectl.yaml")
        var authority = try Authority(1, at: start)
        #expect(authority.certificate.extensions.keyUsage?.isSuperset(of: [.digitalSignature, .keyCertSign]) == true)
        var serial: UInt8 = 0
        func put(_ file: String, at time: Timestamp, isComplete: Bool = true) throws {
            serial += 1
            let key = try CertificateKey.generate(.ecP256)
            let request = try CertificateRequest.make(
                subject: DistinguishedName(commonName: nil), names: Self.names, key: key)
            let chain = try authority.issue(request, serial: serial, at: time)
            #expect(chain[0].srvNames.count == 2 && chain[0].dnsNames.count == 2)
            let sent = isComplete ? chain : [chain[0]]
            try laboratory.write(sent.map(\.pem).joined() + (try key.pem()), to: file)
        }
        try put("live/xmpp.pem", at: start)
        let hand = try SimulatedYear.Hand(
            laboratory, zones: ["josefsson.org", "sjd.se"], servers: ["xmpp": "live/xmpp.pem"])
        let year = SimulatedYear(
            [hand], services: [.xmpp("josefsson.org.", servers: ["xmpp"])], seed: UInt64(parameters.utf8.count))
        let namesAuthority = parameters.hasPrefix("2")
        let owner = "_5222._tcp.chat.sjd.se."
        try year.run(days: 25)
        let first = year.world.latest(at: owner)
        #expect(first.count == 1 && first.allSatisfy { $0.hasPrefix(parameters) })
        let months = SimulatedYear.isWhole ? 13 : 3
        for month in 1...months {
            if month == months / 2 + 1 { authority = try Authority(2, at: year.now) }
            if month == months, namesAuthority {
                // Without the authority in the chain no client could match its record: refused, and nothing happens.
                let before = (try laboratory.read("live/xmpp.pem"), year.world.latest(at: owner))
                try put("staged/xmpp.pem", at: year.now, isComplete: false)
                try year.step(by: 3_600, isRefused: true)
                #expect(try laboratory.read("live/xmpp.pem") == before.0 && year.world.latest(at: owner) == before.1)
            }
            try put("staged/xmpp.pem", at: year.now)
            let plans = try RolloverPlans(hand.workspace, now: year.now, workers: .single)
            let isSilent = namesAuthority && month != months / 2 + 1
            let notes = plans.plans[0].plan?.notes.joined(separator: "\n") ?? ""
            #expect(notes.contains("no DNS change is needed") == isSilent, "\(notes)")
            try year.step(by: 3_600)
            // With the records as they are it is live within the hour.
            let isLive =
                try laboratory.keyDigest(inFile: "live/xmpp.pem") == laboratory.keyDigest(inFile: "staged/xmpp.pem")
            #expect(isLive == isSilent)
            try year.run(days: 26, busyDays: isSilent ? 0 : 2)
            #expect(
                try laboratory.keyDigest(inFile: "live/xmpp.pem") == laboratory.keyDigest(inFile: "staged/xmpp.pem"))
            if isSilent { #expect((year.world.latest(at: owner) == first) == (month < months / 2 + 1)) }
        }
        // The first version; for each change of what the records name, both, then the new one.
        let rolls = namesAuthority ? 1 : months
        for port in [5222, 5269] { #expect(year.world.versionCounts["_\(port)._tcp.chat.sjd.se."] == 1 + 2 * rolls) }
        #expect(year.ledger("sjd.se")?.changes == 2 * rolls)
        #expect(year.ledger("josefsson.org")?.changes == 0)
        #expect(year.world.authenticated > year.runs)
    }

    @Test(
        "A certificate that names the service domain and not the target goes live with a warning; one for neither not")
    func names() throws {
        let start = Laboratory.start
        let laboratory = try Laboratory(example: "josefsson.org")
        try laboratory.put(["josefsson.org", "chat.sjd.se"], into: "live/xmpp.pem", at: start)
        try laboratory.apply(at: start)
        for (names, rule, isError) in [
            (["josefsson.org"], "cert/missing-target", false), (["chat.sjd.se"], "cert/missing-dns-id", false),
            (["elsewhere.test"], "cert/missing-dns-id", true),
        ] as [([String], String, Bool)] {
            try laboratory.put(names, into: "staged/xmpp.pem", at: start)
            let report = try laboratory.apply(at: start.advanced(by: Laboratory.day))
            let finding = report.findings.first { $0.rule.description == rule }
            #expect(finding?.severity == (isError ? .error : .warning), "\(names): \(report.findings)")
            #expect((report.failure != nil) == isError)
            let isLive =
                try laboratory.keyDigest(inFile: "live/xmpp.pem") == laboratory.keyDigest(inFile: "staged/xmpp.pem")
            #expect(isLive != isError)
        }
    }
}
