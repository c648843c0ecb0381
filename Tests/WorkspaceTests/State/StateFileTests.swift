import DNSModel
import Diagnostics
import Foundation
import Testing
import Workspace

/// What `state/` holds: layouts, old ones, and what is damaged.
@Suite("State files")
struct StateFileTests {
    private static let now = Laboratory.start
    private static let file = "state/zones/example.org.json"

    /// A zone with three TLSA RRsets of one certificate, published.
    private func laboratory() throws -> Laboratory {
        let laboratory = try Laboratory()
        try laboratory.write(
            """
            $TTL 1h
            @ SOA ns1 hostmaster 1 2h 1h 6d 5m
            @ NS ns1
            ns1 A 192.0.2.53
            xmpp A 192.0.2.52
            xmpp AAAA 2001:db8::52
            _xmpp-client._tcp SRV 5 0 5222 xmpp
            _xmpp-server._tcp SRV 5 0 5269 xmpp
            """, to: "example.org.zone")
        try laboratory.write(
            """
            version: 1
            zones:
              example.org: { source: example.org.zone, output: signed/example.org.zone }
            certificates:
              main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1, rollover: two-phase }
            services:
              - { xmpp: example.org, certificate: main }
              - { tcp: "xmpp.example.org:443", certificate: main }
            """, to: "danectl.yaml")
        try laboratory.put(["example.org", "xmpp.example.org"], into: "live.pem", at: Self.now)
        try laboratory.apply(at: Self.now)
        return laboratory
    }

    private func state(_ laboratory: Laboratory) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(try laboratory.read(Self.file).utf8))
        return try #require(object as? [String: Any])
    }

    /// The same state in the first layout: one list of events.
    private func firstLayout(_ state: [String: Any]) throws -> String {
        var old = state
        old["format"] = "danectl.zone-state/1"
        var events: [[String: Any]] = []
        for history in try #require(old.removeValue(forKey: "histories") as? [[String: Any]]) {
            for track in try #require(history["of"] as? [String]) {
                for event in try #require(history["events"] as? [[String: Any]]) {
                    events.append(event.merging(["track": track]) { first, _ in first })
                }
            }
        }
        old["events"] = events
        let text = try JSONSerialization.data(withJSONObject: old, options: .withoutEscapingSlashes)
        return String(decoding: text, as: UTF8.self)
    }

    private func plans(_ laboratory: Laboratory, at time: Timestamp) throws -> RolloverPlans {
        try RolloverPlans(try laboratory.workspace, now: time, workers: .single)
    }

    @Test("RRsets with one history are told together, and what nothing has happened to is not written again")
    func sharedHistories() throws {
        let laboratory = try laboratory()
        let state = try state(laboratory)
        #expect(state["format"] as? String == "danectl.zone-state/2")
        let histories = try #require(state["histories"] as? [[String: Any]])
        let together = histories.compactMap { $0["of"] as? [String] }.first { $0.count > 1 }
        #expect(
            together == [
                "_443._tcp.xmpp.example.org. TLSA", "_5222._tcp.xmpp.example.org. TLSA",
                "_5269._tcp.xmpp.example.org. TLSA",
            ])
        let records = try #require(state["records"] as? [String: Any])
        #expect(records.keys.contains("xmpp.example.org. AAAA"))
        let text = try laboratory.read(Self.file)
        let report = try laboratory.apply(at: Self.now.advanced(by: Laboratory.hour))
        #expect(report.done.isEmpty && report.signed.isEmpty && report.failure == nil)
        #expect(try laboratory.read(Self.file) == text)
    }

    @Test("The first layout is read as it was, and written in the present one with the next change")
    func migration() throws {
        let laboratory = try laboratory()
        let later = Self.now.advanced(by: Laboratory.day)
        let before = try plans(laboratory, at: later)
        try laboratory.write(try firstLayout(state(laboratory)), to: Self.file)
        let after = try plans(laboratory, at: later)
        #expect(after.hash == before.hash)
        #expect(after.findings.isEmpty)
        let report = try laboratory.apply(at: later)
        #expect(report.done.isEmpty && report.signed.isEmpty && report.failure == nil)
        #expect(try laboratory.read(Self.file).contains("danectl.zone-state/1"))
        try laboratory.put(["example.org", "xmpp.example.org"], into: "staged.pem", at: later)
        #expect(try laboratory.apply(at: later).failure == nil)
        let fresh = try state(laboratory)
        #expect(fresh["format"] as? String == "danectl.zone-state/2")
        // Nothing of the past is forgotten on the way: the first publication is in it.
        let histories = try #require(fresh["histories"] as? [[String: Any]])
        let events = try #require(
            histories.first { ($0["of"] as? [String])?.contains("_443._tcp.xmpp.example.org. TLSA") == true }?["events"]
                as? [[String: Any]])
        #expect(events.first?["at"] as? String == Self.now.description)
        #expect(events.count { $0["event"] as? String == "began" } == 2)
    }

    @Test("Damage is told with its line and column, and the state counts as lost")
    func damage() throws {
        let laboratory = try laboratory()
        let text = try laboratory.read(Self.file)
        let broken = text.replacing("\"signed\"", with: "\"sighed\"", maxReplacements: 1)
        try laboratory.write(broken, to: Self.file)
        let finding = try #require(
            try plans(laboratory, at: Self.now.advanced(by: 60)).findings.first { $0.rule == "state/damaged" })
        let line = broken.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains("sighed") }
        #expect(finding.location?.line == line.map { $0 + 1 })
        #expect((finding.location?.column ?? 0) > 1)
        #expect(finding.message.contains("sighed"))
        let before = try laboratory.published("_443._tcp.xmpp.example.org.", zone: "example.org")
        try laboratory.apply(at: Self.now.advanced(by: 60))
        #expect(try laboratory.published("_443._tcp.xmpp.example.org.", zone: "example.org") == before)
        #expect(try laboratory.read(Self.file).contains("history-lost"))
    }

    private static let start = "{\"format\": \"danectl.zone-state/2\", \"zone\": \"example.org.\""
    private static let fact = "{\"at\": \"2026-01-01T00:00:00Z\", \"event\": \"finished\"}"

    @Test(
        "Whatever a state file holds, it is read or refused",
        arguments: [
            "", "[]", "{\"format\": 2}", "{", start, start + "}", start + ", \"x\": [[1.5e3, null, true], {}]}",
            start + ", \"x\": \(String(repeating: "[", count: 1_000))",
            start + ", \"histories\": [{\"of\": [\"a. A\", \"A. A\"], \"events\": [\(fact)]}]}",
            start + ", \"histories\": [{\"of\": [\"a\\u002e A\", \"\\\\\\\". A\"], \"events\": [\(fact)]}]}",
            start + ", \"records\": {\"a. A\": {\"ttl\": 4294967296, \"records\": []}}}",
            start + ", \"publications\": [{\"at\": \"99999999999999999\", \"serial\": 1}]}",
            start + ", \"zone\": \"\\ud83d\\ude00 \\ud83d\"}", start + ", \"zone\": \"\u{1}\"}", start + "} x",
        ])
    func anyText(_ text: String) {
        let fault = Array(text.utf8).withUnsafeBytes { StateFuzzEntry.run($0) }
        #expect(fault == nil)
    }
}
