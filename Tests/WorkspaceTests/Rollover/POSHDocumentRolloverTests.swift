import DANE
import DNSModel
import Diagnostics
import Foundation
import OpenSSLBridge
import Testing
import Workspace

/// Tenants whose zones are not signed believe a POSH document (RFC 7711) for as long as it says: it is rolled as TLSA is.
@Suite("POSH documents that danectl keeps")
struct POSHDocumentRolloverTests {
    private static let now = Laboratory.start
    private static let names = ["xmpp.host.example", "shire.example"]
    private static let expires: Int64 = 6 * Laboratory.hour

    private func laboratory(
        _ options: String = "rollover: spare-key", posh: String = "document: posh/host.json, expires: 6h"
    ) throws -> Laboratory {
        let laboratory = try Laboratory()
        try laboratory.write(
            """
            $TTL 1h
            @ SOA ns1 hostmaster 1 2h 1h 6d 5m
            @ NS ns1
            ns1 A 192.0.2.53
            xmpp A 192.0.2.52
            """, to: "host.example.zone")
        try laboratory.write(
            """
            version: 1
            zones:
              host.example: { source: host.example.zone, output: signed/host.example.zone }
            certificates:
              host:
                live: live.pem
                staged: staged.pem
                \(options)
                posh: { \(posh) }
            services:
              - { tcp: "xmpp.host.example:5269", certificate: host }
              - { xmpp: shire.example, certificate: host }
            """, to: "danectl.yaml")
        try laboratory.put(Self.names, into: "live.pem", at: Self.now)
        return laboratory
    }

    private func document(_ laboratory: Laboratory) throws -> POSHDocument {
        let text = try laboratory.read("posh/host.json")
        return try #require(POSHDocument.parse(Array(text.utf8), file: "host.json").value)
    }

    private func leaf(_ laboratory: Laboratory, _ file: String) throws -> Certificate {
        try #require(try CredentialBundle(Array(laboratory.read(file).utf8)).certificates.first)
    }

    /// Applies every hour, and checks each document that a client may still believe against what is live.
    private func run(
        _ laboratory: Laboratory, from: Timestamp, hours: Int64, _ documents: inout [(POSHDocument, until: Timestamp)]
    ) throws -> Timestamp? {
        let before = try leaf(laboratory, "live.pem")
        var deployed: Timestamp?
        for hour in 0..<hours {
            let now = from.advanced(by: hour * Laboratory.hour)
            // Until apply has run, a server presents what it did, and clients believe what they have.
            let old = try document(laboratory)
            let report = try laboratory.apply(at: now)
            #expect(report.failure == nil, "\(report.findings)")
            if try document(laboratory) != old {
                documents.append((old, now.advanced(by: Int64(old.expires))))
            }
            let live = try leaf(laboratory, "live.pem")
            if deployed == nil, live != before { deployed = now }
            for (document, until) in documents where until >= now {
                #expect(document.matches(live) == true, "\(now)")
            }
            #expect(try document(laboratory).matches(live) == true)
        }
        return deployed
    }

    @Test("A spare key's certificate waits until no client believes a document that does not name it")
    func spareKey() throws {
        let laboratory = try laboratory()
        #expect(try laboratory.apply(at: Self.now).done.contains { $0.hasPrefix("wrote posh/host.json") })
        let first = try document(laboratory)
        #expect(first.expires == UInt32(Self.expires))
        #expect(first == POSHDocument(certificates: [try leaf(laboratory, "live.pem")], expires: first.expires))
        var documents: [(POSHDocument, until: Timestamp)] = []
        let renewal = Self.now.advanced(by: 5 * Laboratory.day)
        #expect(try run(laboratory, from: Self.now.advanced(by: 3_600), hours: 30, &documents) == nil)
        let spare = try #require(
            try CredentialBundle(Array(laboratory.read("state/spare/host.key").utf8)).privateKeys.first)
        try laboratory.put(Self.names, into: "staged.pem", key: spare, at: renewal)
        // DNS has had the key for days; the document has not had the certificate.
        let gate = try DeploymentGate.ask(
            try laboratory.workspace, certificate: "host", now: renewal, workers: .single)
        guard case .notBefore(let time, _, let reason) = gate else {
            Issue.record("the gate is open: \(gate)")
            return
        }
        #expect(
            time == renewal.advanced(by: Self.expires + 62) && reason.contains("posh/host.json"), "\(time) \(reason)")
        let deployed = try run(laboratory, from: renewal, hours: 24, &documents)
        #expect(deployed == renewal.advanced(by: Self.expires + 3_600))
        let live = try leaf(laboratory, "live.pem")
        #expect(try document(laboratory) == POSHDocument(certificates: [live], expires: first.expires))
        #expect(
            try RolloverPlans(try laboratory.workspace, now: renewal.advanced(by: 86_400), workers: .single).isEmpty)
    }

    @Test("A renewal with the same key waits too: fingerprints name whole certificates")
    func sameKey() throws {
        let laboratory = try laboratory("rollover: same-key", posh: "document: posh/host.json, propagation: 1h")
        let key = try CertificateKey.generate(.ecP256)
        try laboratory.put(Self.names, into: "live.pem", key: key, at: Self.now)
        try laboratory.apply(at: Self.now)
        let renewal = Self.now.advanced(by: 5 * Laboratory.day)
        let staged = try laboratory.put(Self.names, into: "staged.pem", key: key, at: renewal)
        let report = try laboratory.apply(at: renewal)
        #expect(report.signed.isEmpty || report.done.allSatisfy { !$0.contains("TLSA") }, "DNS stays as it is")
        #expect(try document(laboratory).matches(staged) == true)
        let day = Int64(86_400)
        #expect(report.remaining?.next == renewal.advanced(by: 3_600 + day + 62))
        try laboratory.apply(at: renewal.advanced(by: day))
        #expect(try leaf(laboratory, "live.pem") != staged)
        try laboratory.apply(at: renewal.advanced(by: 3_600 + day + 62))
        #expect(try leaf(laboratory, "live.pem") == staged)
    }

    @Test("An abort takes the certificate out of the document again")
    func abort() throws {
        let laboratory = try laboratory()
        try laboratory.apply(at: Self.now)
        let before = try laboratory.read("posh/host.json")
        let later = Self.now.advanced(by: Laboratory.day)
        try laboratory.put(Self.names, into: "staged.pem", at: later)
        try laboratory.apply(at: later)
        #expect(try laboratory.read("posh/host.json") != before)
        _ = try Application.abort(try laboratory.workspace, certificate: "host", now: later, workers: .single)
        try laboratory.apply(at: later.advanced(by: 3_600))
        #expect(try laboratory.read("posh/host.json") == before)
    }

    @Test("A document that somebody has changed is set right, and then all wait for what clients may have read")
    func changed() throws {
        let laboratory = try laboratory()
        try laboratory.apply(at: Self.now)
        let before = try laboratory.read("posh/host.json")
        let stranger = try Laboratory().put(Self.names, into: "x.pem", at: Self.now)
        try laboratory.write(POSHDocument(certificates: [stranger], expires: 172_800).json, to: "posh/host.json")
        let later = Self.now.advanced(by: Laboratory.day)
        try laboratory.put(Self.names, into: "staged.pem", at: later)
        let report = try laboratory.apply(at: later)
        #expect(report.findings.contains { $0.rule == "state/disagrees" && $0.message.contains("document") })
        #expect(try document(laboratory).matches(try leaf(laboratory, "live.pem")) == true)
        #expect(report.remaining?.next.map { $0 >= later.advanced(by: 172_800) } ?? false)
        try laboratory.remove("posh/host.json")
        try laboratory.apply(at: later.advanced(by: 3_600))
        #expect(try laboratory.read("posh/host.json") != before)
        #expect(try document(laboratory).matches(try leaf(laboratory, "staged.pem")) == true)
    }

    @Test("What is no document of danectl's is not overwritten, and nothing goes live", arguments: [true, false])
    func notOurs(isReference: Bool) throws {
        let laboratory = try laboratory()
        try laboratory.apply(at: Self.now)
        let text =
            isReference
            ? POSHDocument(.reference(url: "https://host.example/posh.json"), expires: 1).json
            : "<html>not found</html>"
        try laboratory.write(text, to: "posh/host.json")
        let later = Self.now.advanced(by: Laboratory.day)
        try laboratory.put(Self.names, into: "staged.pem", at: later)
        let report = try laboratory.apply(at: later)
        #expect(report.failure == .badInput && report.findings.contains { $0.rule == "posh/not-ours" })
        #expect(try laboratory.read("posh/host.json") == text)
        guard
            case .never = try DeploymentGate.ask(
                try laboratory.workspace, certificate: "host", now: later, workers: .single)
        else {
            Issue.record("the gate is not shut")
            return
        }
    }
}
