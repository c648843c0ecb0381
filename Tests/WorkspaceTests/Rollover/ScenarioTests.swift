import DNSModel
import Foundation
import Manifest
import OpenSSLBridge
import Testing
import Workspace

/// The other set-ups, smaller.
@Suite("Scenarios of rollovers")
struct ScenarioTests {
    private static let zone = """
        $TTL 1h
        @ SOA ns1 hostmaster 1 2h 1h 6d 5m
        @ NS ns1
        @ MX 10 mail
        ns1 A 192.0.2.53
        xmpp A 192.0.2.52
        mail A 192.0.2.25
        www A 192.0.2.80
        _xmpp-client._tcp SRV 5 0 5222 xmpp
        _xmpp-server._tcp SRV 5 0 5269 xmpp
        """

    private static func manifest(_ certificates: String, services: String) -> String {
        """
        version: 1
        policies:
          standard: { propagation: 1h }
        zones:
          example.org: { source: example.org.zone, output: signed/example.org.zone, policy: standard }
        certificates:
        \(certificates)
        services:
        \(services)
        """
    }

    private func laboratory(_ certificates: String, services: String) throws -> Laboratory {
        let laboratory = try Laboratory()
        try laboratory.write(Self.zone, to: "example.org.zone")
        try laboratory.write(Self.manifest(certificates, services: services), to: "danectl.yaml")
        return laboratory
    }

    private static let oneXMPP = "  - { xmpp: example.org, certificate: main }"
    private static let owner = "_5222._tcp.xmpp.example.org."
    private static let names = ["example.org", "xmpp.example.org"]
    private static let now = Laboratory.start

    @Test("B: a private authority under 2 1 1: monthly renewals change nothing in DNS")
    func privateAuthority() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, staged: staged.pem, tlsa: 2 1 1 }", services: Self.oneXMPP)
        var now = Self.now
        try laboratory.put(Self.names, into: "live.pem", at: now, days: 30)
        try laboratory.apply(at: now)
        let first = try laboratory.published(Self.owner, zone: "example.org")
        #expect(first == [Laboratory.digest(of: laboratory.authority.publicKey)])
        for _ in 0..<12 {
            now = now.advanced(by: 20 * Laboratory.day)
            try laboratory.put(Self.names, into: "staged.pem", at: now, days: 30)
            let report = try laboratory.apply(at: now)
            #expect(report.failure == nil)
            #expect(try laboratory.keyDigest(inFile: "live.pem") == laboratory.keyDigest(inFile: "staged.pem"))
            #expect(try laboratory.published(Self.owner, zone: "example.org") == first)
        }
    }

    @Test("D: a self-signed certificate gets its successor staged, and goes over to it")
    func selfSigned() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1 }", services: Self.oneXMPP)
        let key = try CertificateKey.generate(.ecP256)
        let leaf = try Certificate.selfSigned(
            .server(
                commonName: "example.org", names: Self.names.map { .dnsID($0) }, notBefore: Self.now.rawValue,
                notAfter: Self.now.rawValue + 365 * Laboratory.day, serialNumber: [5]), key: key)
        try laboratory.write(leaf.pem + (try key.pem()), to: "live.pem")
        var now = Self.now
        try laboratory.apply(at: now)
        now = now.advanced(by: 3 * Laboratory.day)
        let change = try KeyChange.begin(try laboratory.workspace, certificate: "main", now: now, workers: .single)
        guard case .staged = change.outcome else {
            Issue.record("nothing was staged")
            return
        }
        // The spare was published days ago: it is live at once, and nothing but the tidying up follows.
        let report = try laboratory.apply(at: now)
        #expect(report.failure == nil && report.signed.isEmpty)
        #expect(try laboratory.keyDigest(inFile: "live.pem") != Laboratory.digest(of: key.publicKey))
        try laboratory.apply(at: now.advanced(by: 3_600))
        let records = try laboratory.published(Self.owner, zone: "example.org")
        #expect(records.count == 2 && !records.contains(Laboratory.digest(of: key.publicKey)))
    }

    @Test("F: RSA and ECDSA side by side, mail and web beside XMPP: every record set matches both")
    func severalCertificates() throws {
        let laboratory = try laboratory(
            """
              ec: { live: ec.pem, staged: ec-staged.pem, tlsa: 3 1 1, rollover: two-phase }
              rsa: { live: rsa.pem, staged: rsa-staged.pem, tlsa: 3 1 1, rollover: two-phase }
            """,
            services: """
                  - { xmpp: example.org, certificate: [ec, rsa] }
                  - { mx: example.org, certificate: [ec, rsa] }
                  - { tcp: "www.example.org:443", certificate: ec }
                """)
        let names = Self.names + ["mail.example.org", "www.example.org"]
        try laboratory.put(names, into: "ec.pem", at: Self.now)
        try laboratory.put(names, into: "rsa.pem", key: try CertificateKey.generate(.rsa(bits: 2_048)), at: Self.now)
        #expect(try laboratory.apply(at: Self.now).failure == nil)
        let digests = [try laboratory.keyDigest(inFile: "ec.pem"), try laboratory.keyDigest(inFile: "rsa.pem")]
        #expect(try laboratory.published(Self.owner, zone: "example.org") == digests.sorted())
        #expect(try laboratory.published("_25._tcp.mail.example.org.", zone: "example.org") == digests.sorted())
        #expect(try laboratory.published("_443._tcp.www.example.org.", zone: "example.org") == [digests[0]])
        var now = Self.now.advanced(by: 10 * Laboratory.day)
        try laboratory.put(names, into: "ec-staged.pem", at: now)
        try laboratory.put(names, into: "rsa-staged.pem", key: try CertificateKey.generate(.rsa(bits: 2_048)), at: now)
        var sets: [[String]] = []
        for _ in 0..<24 {
            #expect(try laboratory.apply(at: now).failure == nil)
            let records = try laboratory.published(Self.owner, zone: "example.org")
            #expect(records.contains(try laboratory.keyDigest(inFile: "ec.pem")))
            #expect(records.contains(try laboratory.keyDigest(inFile: "rsa.pem")))
            if sets.last != records { sets.append(records) }
            now = now.advanced(by: 3_600)
        }
        #expect(sets.map(\.count) == [4, 2])
        #expect(try laboratory.keyDigest(inFile: "rsa.pem") == laboratory.keyDigest(inFile: "rsa-staged.pem"))
    }

    @Test("C: tenants in zones of their own, one host: one record set, in the host's zone")
    func tenants() throws {
        let laboratory = try Laboratory(example: "hosting.example.net")
        try laboratory.write(
            try laboratory.read("danectl.yaml") + """

                certificates:
                  host: { live: live.pem, tlsa: 3 1 1, rollover: two-phase }
                services:
                  - { xmpp: shire.example, certificate: host }
                  - { xmpp: rivendell.example, certificate: host }
                  - { xmpp: mordor.example, certificate: host }
                """, to: "danectl.yaml")
        try laboratory.put(["hosting.example.net"], into: "live.pem", at: Self.now)
        let report = try laboratory.apply(at: Self.now)
        #expect(report.failure == nil, "\(report.findings)")
        let done = report.done.filter { $0.hasPrefix("published") }
        #expect(done.count >= 1 && done.allSatisfy { $0.contains("hosting.example.net. TLSA") })
    }

    @Test("A renewal with the same key needs nothing but the new file")
    func sameKey() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1, rollover: same-key }", services: Self.oneXMPP)
        let key = try CertificateKey.generate(.ecP256)
        try laboratory.put(Self.names, into: "live.pem", key: key, at: Self.now)
        try laboratory.apply(at: Self.now)
        let later = Self.now.advanced(by: 5 * Laboratory.day)
        let renewed = try laboratory.put(Self.names, into: "staged.pem", key: key, at: later)
        let report = try laboratory.apply(at: later)
        #expect(report.signed.isEmpty && report.failure == nil)
        #expect(try laboratory.read("live.pem").contains(renewed.pem))
    }

    @Test("An abort of a staged certificate takes its record out, and it never goes live")
    func abort() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1, rollover: two-phase }", services: Self.oneXMPP)
        try laboratory.put(Self.names, into: "live.pem", at: Self.now)
        try laboratory.apply(at: Self.now)
        let before = try laboratory.published(Self.owner, zone: "example.org")
        var now = Self.now.advanced(by: Laboratory.day)
        try laboratory.put(Self.names, into: "staged.pem", at: now)
        try laboratory.apply(at: now)
        #expect(try laboratory.published(Self.owner, zone: "example.org").count == 2)
        _ = try Application.abort(try laboratory.workspace, certificate: "main", now: now, workers: .single)
        for _ in 0..<8 {
            now = now.advanced(by: 3_600)
            try laboratory.apply(at: now)
        }
        #expect(try laboratory.published(Self.owner, zone: "example.org") == before)
        #expect(try [laboratory.keyDigest(inFile: "live.pem")] == before)
    }

    @Test("Abort of what is live brings the certificate before it back, when every cache knows its key again")
    func returning() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1, rollover: two-phase }", services: Self.oneXMPP)
        try laboratory.put(Self.names, into: "live.pem", at: Self.now)
        let old = try laboratory.keyDigest(inFile: "live.pem")
        try laboratory.apply(at: Self.now)
        var now = Self.now.advanced(by: Laboratory.day)
        try laboratory.put(Self.names, into: "staged.pem", at: now)
        for _ in 0..<8 {
            try laboratory.apply(at: now)
            now = now.advanced(by: 3_600)
        }
        #expect(try laboratory.keyDigest(inFile: "live.pem") != old)
        _ = try Application.abort(try laboratory.workspace, certificate: "main", now: now, workers: .single)
        try laboratory.apply(at: now)
        #expect(try laboratory.keyDigest(inFile: "live.pem") != old, "the old key is in no cache yet")
        for _ in 0..<8 {
            now = now.advanced(by: 3_600)
            try laboratory.apply(at: now)
        }
        #expect(try laboratory.keyDigest(inFile: "live.pem") == old)
        #expect(try laboratory.published(Self.owner, zone: "example.org") == [old])
    }

    @Test("A plan that was reviewed is carried out, another one is refused")
    func planHash() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1, rollover: two-phase }", services: Self.oneXMPP)
        try laboratory.put(Self.names, into: "live.pem", at: Self.now)
        let hash = try RolloverPlans(try laboratory.workspace, now: Self.now, workers: .single).hash
        let later = Self.now.advanced(by: 600)
        #expect(throws: Failure.self) { try laboratory.apply(at: later, plan: "0123") }
        #expect(!laboratory.exists("signed/example.org.zone"))
        #expect(try laboratory.apply(at: later, plan: hash).failure == nil)
        #expect(try laboratory.published(Self.owner, zone: "example.org").count == 1)
        #expect(throws: Failure.self) { try laboratory.apply(at: later, plan: hash) }
    }

    @Test("Lost state: what is published stays, and the next key waits for the policy's largest TTL")
    func lostState() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1, rollover: two-phase }", services: Self.oneXMPP)
        try laboratory.put(Self.names, into: "live.pem", at: Self.now)
        try laboratory.apply(at: Self.now)
        let before = try laboratory.published(Self.owner, zone: "example.org")
        try laboratory.remove("state")
        var now = Self.now.advanced(by: 10 * Laboratory.day)
        // Signing alone, without state, takes nothing out.
        for zone in try laboratory.workspace.manifest.zones {
            _ = try laboratory.workspace.sign(
                zone, now: now, verification: .automatic, workers: .single, progress: { _ in })
        }
        #expect(try laboratory.published(Self.owner, zone: "example.org") == before)
        try laboratory.put(Self.names, into: "staged.pem", at: now)
        try laboratory.apply(at: now)
        now = now.advanced(by: 12 * 3_600)
        try laboratory.apply(at: now)
        // What was there before may be held for two layers of a day each.
        #expect(try [laboratory.keyDigest(inFile: "live.pem")] == before)
        let gate = try DeploymentGate.ask(try laboratory.workspace, certificate: "main", now: now, workers: .single)
        guard case .notBefore(let time, _, _) = gate else {
            Issue.record("the gate says \(gate)")
            return
        }
        #expect(now.distance(to: time) > Laboratory.day)
        try laboratory.apply(at: time)
        #expect(try [laboratory.keyDigest(inFile: "live.pem")] != before)
    }

    @Test("A state file of another version stops everything, and is left as it is")
    func unknownVersion() throws {
        let laboratory = try laboratory(
            "  main: { live: live.pem, tlsa: 3 1 1, rollover: two-phase }", services: Self.oneXMPP)
        try laboratory.put(Self.names, into: "live.pem", at: Self.now)
        try laboratory.write("{\"format\": \"danectl.zone-state/99\"}", to: "state/zones/example.org.json")
        #expect(throws: Failure.self) { try laboratory.apply(at: Self.now) }
        #expect(!laboratory.exists("signed/example.org.zone"))
        #expect(try laboratory.read("state/zones/example.org.json").contains("99"))
    }
}
