// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel
import Diagnostics
import Testing

/// A zone that breaks one rule, and the nearest one that breaks none.
struct ZoneRuleCase: CustomTestStringConvertible, Sendable {
    var rule: RuleID
    var severity: Severity
    var broken: String
    var okay: String
    /// Whether SOA and NS come before the records.
    var hasApex = true

    var testDescription: String { rule.name }

    init(_ rule: RuleID, _ severity: Severity, _ broken: String, ok: String, hasApex: Bool = true) {
        self.rule = rule
        self.severity = severity
        self.broken = broken
        self.okay = ok
        self.hasApex = hasApex
    }
}

@Suite("Zone rules")
struct ZoneCheckTests {
    static let digest = String(repeating: "0", count: 64)

    static let cases: [ZoneRuleCase] = [
        ZoneRuleCase(
            "zone/cname-and-other-data", .error, "a 60 CNAME b\na 60 TXT x\nb 60 A 192.0.2.1",
            ok: "a 60 CNAME b\nb 60 TXT x\na 60 NSEC b A\na 60 KEY 256 3 13 AAAA"),
        ZoneRuleCase(
            "zone/cname-and-dname", .error, "a 60 CNAME b\na 60 DNAME c", ok: "a 60 CNAME b\nb 60 DNAME c"),
        ZoneRuleCase(
            "zone/multiple-cname", .error, "a 60 CNAME b\na 60 CNAME c", ok: "a 60 CNAME b\nA 60 CNAME B"),
        ZoneRuleCase(
            "zone/multiple-dname", .error, "a 60 DNAME b\na 60 DNAME c", ok: "a 60 DNAME b\nc 60 DNAME b"),
        ZoneRuleCase(
            "zone/dname-and-ns", .error, "a 60 DNAME b\na 60 NS ns.elsewhere.", ok: "@ 60 DNAME b"),
        ZoneRuleCase(
            "zone/data-below-dname", .error, "a 60 DNAME b\nx.y.a 60 A 192.0.2.1",
            ok: "a 60 DNAME b\nx.y.ba 60 A 192.0.2.1\na 60 A 192.0.2.1"),
        ZoneRuleCase(
            "zone/missing-soa", .error, "@ 60 NS ns.elsewhere.",
            ok: "@ 60 NS ns.elsewhere.\n@ 60 SOA ns1 h 1 7200 3600 1209600 300", hasApex: false),
        ZoneRuleCase(
            "zone/duplicate-soa", .error, "@ 3600 SOA ns1 hostmaster 2 7200 3600 1209600 300",
            ok: "@ 3600 SOA ns1 hostmaster 1 7200 3600 1209600 300"),
        ZoneRuleCase(
            "zone/misplaced-soa", .error, "a 60 SOA ns1 h 1 7200 3600 1209600 300", ok: "a 60 A 192.0.2.1"),
        ZoneRuleCase(
            "zone/missing-ns", .error, "@ 60 SOA ns1 h 1 7200 3600 1209600 300\na 60 NS ns.elsewhere.",
            ok: "@ 60 SOA ns1 h 1 7200 3600 1209600 300\n@ 60 NS ns.elsewhere.", hasApex: false),
        ZoneRuleCase(
            "zone/soa-zero-timer", .warning, "@ 60 SOA ns1 h 1 7200 0 1209600 300\n@ 60 NS ns.elsewhere.",
            ok: "@ 60 SOA ns1 h 1 7200 1 1209600 300\n@ 60 NS ns.elsewhere.", hasApex: false),
        ZoneRuleCase(
            "zone/soa-retry", .warning, "@ 60 SOA ns1 h 1 7200 7200 1209600 300\n@ 60 NS ns.elsewhere.",
            ok: "@ 60 SOA ns1 h 1 7200 7199 1209600 300\n@ 60 NS ns.elsewhere.", hasApex: false),
        ZoneRuleCase(
            "zone/soa-expire", .warning, "@ 60 SOA ns1 h 1 7200 3600 10799 300\n@ 60 NS ns.elsewhere.",
            ok: "@ 60 SOA ns1 h 1 7200 3600 10800 300\n@ 60 NS ns.elsewhere.", hasApex: false),
        ZoneRuleCase(
            "zone/soa-minimum", .warning, "@ 60 SOA ns1 h 1 7200 3600 1209600 86401\n@ 60 NS ns.elsewhere.",
            ok: "@ 60 SOA ns1 h 1 7200 3600 1209600 86400\n@ 60 NS ns.elsewhere.", hasApex: false),
        ZoneRuleCase(
            "zone/missing-glue", .warning, "a 60 NS ns.a\nns.b 60 A 192.0.2.1",
            ok: "a 60 NS NS.a\nns.A 60 A 192.0.2.1\nb 60 NS b\nb 60 A 192.0.2.1\nc 60 NS ns.b\nd 60 NS x.elsewhere."),
        ZoneRuleCase(
            "zone/ns-without-address", .warning, "a 60 NS ns\nns 60 TXT x",
            ok: "a 60 NS ns\nb 60 NS x.w\n*.w 60 A 192.0.2.1\nns 60 AAAA 2001:db8::1\nc 60 NS x.a"),
        ZoneRuleCase(
            "zone/target-without-address", .warning, "a 60 MX 10 mail",
            ok: "a 60 MX 10 mail\nmail 60 A 192.0.2.1\nb 60 MX 0 .\n_x._tcp 60 SRV 0 0 0 .\nc 60 MX 1 x.d\nd 60 DNAME e"
        ),
        ZoneRuleCase(
            "zone/ns-is-cname", .error, "@ 3600 NS ns\nns 60 CNAME a\na 60 A 192.0.2.1",
            ok: "@ 3600 NS a\nns 60 CNAME a\na 60 A 192.0.2.1"),
        ZoneRuleCase(
            "zone/mx-is-cname", .error, "@ 60 MX 10 mail\n*.w 60 CNAME a\nmail 60 CNAME a\na 60 A 192.0.2.1",
            ok: "@ 60 MX 10 a\nmail 60 CNAME a\na 60 A 192.0.2.1"),
        ZoneRuleCase(
            "zone/srv-is-cname", .error, "_xmpp._tcp 60 SRV 0 0 5222 x.w\n*.w 60 CNAME a\na 60 A 192.0.2.1",
            ok: "_xmpp._tcp 60 SRV 0 0 5222 a\n*.w 60 CNAME a\na 60 A 192.0.2.1"),
        ZoneRuleCase(
            "zone/ds-at-apex", .error, "@ 60 DS 1 13 2 \(digest)", ok: "a 60 DS 1 13 2 \(digest)\na 60 NS ns.x."),
        ZoneRuleCase(
            "zone/ds-without-ns", .warning, "a 60 DS 1 13 2 \(digest)", ok: "a 60 DS 1 13 2 \(digest)\na 60 NS n.x."),
        ZoneRuleCase("zone/wildcard-ns", .warning, "*.a 60 NS ns.x.", ok: "*.a 60 TXT x\nx*.a 60 NS ns.x."),
        ZoneRuleCase("zone/wildcard-dname", .warning, "*.a 60 DNAME x.", ok: "**.a 60 DNAME x."),
        ZoneRuleCase("zone/data-at-cut", .warning, "a 60 NS ns.x.\na 60 TXT x", ok: "a 60 NS ns.x.\nb 60 TXT x"),
        ZoneRuleCase(
            "zone/occluded-data", .warning, "a 60 NS ns.a\nns.a 60 A 192.0.2.1\nwww.a 60 TXT x",
            ok: "a 60 NS ns.a\nns.a 60 A 192.0.2.1\nns.a 60 AAAA 2001:db8::1\nwww.ba 60 TXT x"),
        ZoneRuleCase("zone/out-of-zone", .warning, "a.other. 60 TXT x", ok: "a.example. 60 TXT x"),
        ZoneRuleCase(
            "zone/not-at-apex", .warning, "a 60 CDS 1 13 2 \(digest)", ok: "@ 60 CDS 1 13 2 \(digest)"),
        ZoneRuleCase(
            "zone/rrset-ttl-mismatch", .warning, "a 60 TXT x\na 61 TXT y", ok: "a 60 TXT x\na 61 A 192.0.2.1"),
        ZoneRuleCase("zone/zero-ttl", .note, "a 0 TXT x", ok: "a 1 TXT x"),
        ZoneRuleCase(
            "zone/duplicate-record", .note, "a 60 MX 1 B.x.\nA 60 MX 1 b.X.", ok: "a 60 MX 1 b.x.\nA 60 MX 2 b.x."),
        ZoneRuleCase(
            "zone/odd-host-name", .note, "a_b 60 A 192.0.2.1", ok: "A-9 60 A 192.0.2.1\n*.x 60 A 192.0.2.1\n_x 60 TXT x"
        ),
    ]

    private func findings(_ text: String, hasApex: Bool = true, workers: Int = 1) -> [Diagnostic] {
        ZoneCheck.findings(in: zoneOfLines((hasApex ? soaAndNS : "") + text), workers: Workers(workers))
    }

    @Test("a zone that breaks a rule is told so, once and nothing else", arguments: cases)
    func broken(_ example: ZoneRuleCase) {
        let found = findings(example.broken, hasApex: example.hasApex)
        let own = found.filter { $0.rule == example.rule }
        #expect(own.count == 1)
        #expect(own.first?.severity == example.severity)
        #expect(own.first?.references.isEmpty == false)
        let byTheWay: Set<RuleID> = ["zone/ns-without-address", "zone/data-at-cut"]
        #expect(found.filter { $0.rule != example.rule && !byTheWay.contains($0.rule) }.map(\.rule) == [])
    }

    @Test("the nearest zone that breaks no rule is told nothing of it", arguments: cases)
    func okay(_ example: ZoneRuleCase) {
        #expect(findings(example.okay, hasApex: example.hasApex).filter { $0.rule == example.rule } == [])
    }

    @Test("every rule has a test and an explanation, and no explanation is without a rule")
    func catalog() {
        #expect(RuleCatalog.zone.explanations.map(\.rule) == Self.cases.map(\.rule).sorted())
    }

    @Test("a finding tells the place of its record")
    func locations() {
        let zone = zoneOfLines(soaAndNS + "a 60 TXT x\na 61 TXT y")
        let found = ZoneCheck.findings(in: zone) { owner, type, rdata in
            guard owner == testName("a.example."), type == .txt, rdata == [1, UInt8(ascii: "y")] else { return nil }
            return SourceLocation(file: "example.zone", line: 4)
        }
        #expect(found.first?.location == SourceLocation(file: "example.zone", line: 4))
        #expect(
            found.first?.description == """
                example.zone:4: warning: the records of a.example. TXT differ in TTL [zone/rrset-ttl-mismatch] \
                (RFC 2181 §5.2; RFC 4034 §3.1.4)
                  hint: give all of them one TTL; signing uses the lowest
                """)
    }

    @Test("what is found does not depend on the number of workers, and is told up to a limit")
    func manyFindings() {
        var text = ""
        for number in 0..<3000 {
            text += "d\(number) 60 NS ns.d\(number)\nx.d\(number) 60 TXT x\n"
            for glue in 0..<(number == 7 ? 40 : 0) { text += "g\(glue).d\(number) 60 A 192.0.2.1\n" }
        }
        let zone = zoneOfLines(soaAndNS + text)
        let one = ZoneCheck.findings(in: zone, limit: .max)
        #expect(one.filter { $0.rule == "zone/missing-glue" }.count == 3000)
        #expect(one.filter { $0.rule == "zone/occluded-data" }.count == 3000)
        #expect(one == ZoneCheck.findings(in: zone, workers: Workers(3), limit: .max))
        let limited = ZoneCheck.findings(in: zone, limit: 10)
        #expect(limited.count == 22)
        #expect(limited.last?.message == "2990 more findings of this kind are not listed")
    }

    @Test("random zones are checked without a trap", arguments: 0..<60)
    func randomZones(seed: Int) {
        let random = RandomZone(seed: UInt64(5000 + seed))
        let zone = testZone(apex: random.apex.description, random.records)
        let found = ZoneCheck.findings(in: zone)
        #expect(found == ZoneCheck.findings(in: zone, workers: Workers(2)))
        for finding in found { #expect(RuleCatalog.zone[finding.rule] != nil) }
    }
}
