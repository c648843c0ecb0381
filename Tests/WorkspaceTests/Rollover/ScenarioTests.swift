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
