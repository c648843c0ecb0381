import DNSModel
import Diagnostics
import Testing

/// What is a zone file, point by point (RFC 1035 §5.1).
@Suite("Zone file grammar")
struct ZoneFileGrammarTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var text: String
        var records: [String]
        var testDescription: String { title }

        init(_ title: String, _ text: String, _ records: String...) {
            self.title = title
            self.text = text
            self.records = records
        }
    }

    @Test("A text gives the records it means", arguments: Self.cases)
    func records(_ test: Case) {
        let reading = ZoneFileFixture.read(test.text)
        #expect(reading.findings == [])
        #expect(reading.records == test.records)
    }

    static let a = "example. 300 A 192.0.2.1"

    static let cases: [Case] = [
        Case("an empty file", ""),
        Case("nothing but blanks and comments", "\n  \t\n; comment\n   ; another ( \" \\\n\t"),
        Case("an absolute owner", "www.example. A 192.0.2.1\n", "www.example. 300 A 192.0.2.1"),
        Case("a relative owner", "www A 192.0.2.1\n", "www.example. 300 A 192.0.2.1"),
        Case("the origin as owner", "@ A 192.0.2.1\n", a),
        Case("the root as owner", ". A 192.0.2.1\n", ". 300 A 192.0.2.1"),
        Case("@ within a label is a letter", "a@b A 192.0.2.1\n", "a\\@b.example. 300 A 192.0.2.1"),
        Case("no newline at the end", "@ A 192.0.2.1", a),
        Case("CR LF", "@ A 192.0.2.1\r\n\r\n@ TXT a\r\n", a, "example. 300 TXT \"a\""),
        Case("CR alone", "@ A 192.0.2.1\r@ TXT a\r", a, "example. 300 TXT \"a\""),
        Case("tabs", "@\tIN\tA\t192.0.2.1\t\n", a),
        Case(
            "an omitted owner", "@ A 192.0.2.1\n TXT a\n\tTXT b", a, "example. 300 TXT \"a\"", "example. 300 TXT \"b\""),
        Case(
            "an omitted owner after a comment and an empty line", "@ A 192.0.2.1\n\n; x\n TXT a", a,
            "example. 300 TXT \"a\""),
        Case("TTL, then class", "@ 60 IN A 192.0.2.1", "example. 60 A 192.0.2.1"),
        Case("class, then TTL", "@ IN 60 A 192.0.2.1", "example. 60 A 192.0.2.1"),
        Case("class alone", "@ IN A 192.0.2.1", a),
        Case("TTL alone", "@ 60 A 192.0.2.1", "example. 60 A 192.0.2.1"),
        Case("mnemonics in any case", "@ iN a 192.0.2.1\n@ tYpE1 192.0.2.2", a, "example. 300 A 192.0.2.2"),
        Case("class and type by number", "@ CLASS1 TYPE1 192.0.2.1", a),
        Case("TTL units", "@ 1w2D3h4M5s A 192.0.2.1", "example. 788645 A 192.0.2.1"),
        Case("the greatest TTL", "@ 2147483647 A 192.0.2.1", "example. 2147483647 A 192.0.2.1"),
        Case("a TTL of zero", "@ 0 A 192.0.2.1", "example. 0 A 192.0.2.1"),
        Case("an owner that looks like a class", "IN IN A 192.0.2.1", "IN.example. 300 A 192.0.2.1"),
        Case("an owner that looks like a TTL", "60 A 192.0.2.1", "60.example. 300 A 192.0.2.1"),
        Case("an owner that looks like a type", "A A 192.0.2.1", "A.example. 300 A 192.0.2.1"),
        Case("parentheses", "@ A ( 192.0.2.1 )", a),
        Case("parentheses over lines", "@ TXT ( a ; first\n b\n\n c )\n", "example. 300 TXT \"a\" \"b\" \"c\""),
        Case("parentheses without blanks", "@ TXT(a)b", "example. 300 TXT \"a\" \"b\""),
        Case("parentheses in parentheses", "@ TXT ((a) (\nb))", "example. 300 TXT \"a\" \"b\""),
        Case("parentheses around the owner", "(@) A 192.0.2.1", a),
        Case("parentheses around all", "@ A 192.0.2.9\n ( A\n 192.0.2.1 )", "example. 300 A 192.0.2.9", a),
        Case("a comment right after an item", "@ A 192.0.2.1;comment", a),
        Case("a comment with anything in it", "@ A 192.0.2.1 ; ( \" \\", a),
        Case("quotes", "@ TXT \"a b\" \"\" \";\" \"(\"", "example. 300 TXT \"a b\" \"\" \";\" \"(\""),
        Case("quotes right after an item", "@ TXT a\"b\"c", "example. 300 TXT \"a\" \"b\" \"c\""),
        Case("escapes in strings", "@ TXT \"\\\"\" \\065\\;\\ \\(", "example. 300 TXT \"\\\"\" \"A; (\""),
        Case("escapes in names", "a\\.b\\065.c\\032d A 192.0.2.1", "a\\.bA.c\\032d.example. 300 A 192.0.2.1"),
        Case("an escaped dot at the end is no final dot", "a\\. A 192.0.2.1", "a\\..example. 300 A 192.0.2.1"),
        Case("a zero octet by escape", "\\000 TXT \"\\000\"", "\\000.example. 300 TXT \"\\000\""),
        Case("an escaped dollar sign", "\\$TTL A 192.0.2.1", "\\$TTL.example. 300 A 192.0.2.1"),
        Case("an escaped @", "\\@ A 192.0.2.1", "\\@.example. 300 A 192.0.2.1"),
        Case("octets beyond ASCII", "@ TXT \"é\"", "example. 300 TXT \"\\195\\169\""),
        Case("generic RDATA of a known type", "@ A \\# 4 c0000201", a),
        Case("generic RDATA in groups", "@ A \\# 4 ( c000\n 02 01 )", a),
        Case("generic RDATA of an unknown type", "@ TYPE65280 \\# 3 abcdef", "example. 300 TYPE65280 \\# 3 abcdef"),
        Case("generic RDATA of no octets", "@ TYPE65280 \\# 0", "example. 300 TYPE65280 \\# 0"),
        Case(
            "names in RDATA are relative too", "@ MX 10 mail\n@ MX 0 .", "example. 300 MX 10 mail.example.",
            "example. 300 MX 0 ."),
        Case("@ in RDATA", "a CNAME @", "a.example. 300 CNAME example."),
        Case(
            "$ORIGIN", "$ORIGIN sub\nw A 192.0.2.1\n$ORIGIN other.\nw A 192.0.2.2", "w.sub.example. 300 A 192.0.2.1",
            "w.other. 300 A 192.0.2.2"),
        Case("directives in any case, with a comment", "$oRiGiN other. ; x\n@ A 192.0.2.1", "other. 300 A 192.0.2.1"),
        Case(
            "the owner stays when the origin changes", "a A 192.0.2.1\n$ORIGIN b.\n A 192.0.2.2",
            "a.example. 300 A 192.0.2.1", "a.example. 300 A 192.0.2.2"),
        Case(
            "$TTL for records that state none", "$TTL 1h\na 5 A 192.0.2.1\na A 192.0.2.2", "a.example. 5 A 192.0.2.1",
            "a.example. 3600 A 192.0.2.2"),
        Case(
            "two $TTLs", "$TTL 1\na A 192.0.2.1\n$TTL 2\na A 192.0.2.2", "a.example. 1 A 192.0.2.1",
            "a.example. 2 A 192.0.2.2"),
        Case(
            "a SOA as everybody writes it",
            "@ IN SOA ns hostmaster (\n\t2024010101 ; serial\n\t1h ; refresh\n\t15M\n\t4w\n\t300 )\n",
            "example. 300 SOA ns.example. hostmaster.example. 2024010101 3600 900 2419200 300"),
        Case(
            "service parameters with quoted values", "@ HTTPS 1 . alpn=\"h2,h3\" port=8443",
            "example. 300 HTTPS 1 . alpn=\"h2,h3\" port=8443"),
    ]

    @Test("Without $TTL, a record takes the TTL of the record before it (RFC 1035)")
    func inheritedTTL() {
        let reading = ZoneFileFixture.read(
            "a 60 A 192.0.2.1\nb A 192.0.2.2\nc 5 A 192.0.2.3\n A 192.0.2.4", defaultTTL: nil)
        #expect(reading.findings == [])
        #expect(
            reading.records == [
                "a.example. 60 A 192.0.2.1", "b.example. 60 A 192.0.2.2", "c.example. 5 A 192.0.2.3",
                "c.example. 5 A 192.0.2.4",
            ])
    }

    @Test("Without any TTL, the SOA's minimum is taken, and said (RFC 2308)")
    func minimumTTL() {
        let reading = ZoneFileFixture.read("@ SOA a b 1 2 3 4 77\nb A 192.0.2.2", defaultTTL: nil)
        #expect(reading.findings == ["1:1 zonefile/ttl-from-soa"])
        #expect(reading.records == ["example. 77 SOA a.example. b.example. 1 2 3 4 77", "b.example. 77 A 192.0.2.2"])
    }

    @Test("The caller's class holds for records that name none")
    func callersClass() {
        let records = ZoneFileReader.readRecords(
            ZoneFileSource("@ 5 TXT a\n@ 5 CH TXT b\n", name: "zone"),
            options: ZoneFileOptions(origin: ZoneFileFixture.name("example."), rrClass: .ch))
        #expect(records.value?.rrClass == .ch)
        #expect(records.value?.count == 2)
    }

    @Test("A byte order mark is skipped, and said")
    func byteOrderMark() {
        let reading = ZoneFileFixture.read("\u{FEFF}@ A 192.0.2.1\n")
        #expect(reading.findings == ["1:1 zonefile/byte-order-mark"])
        #expect(reading.records == [Self.a])
    }

    @Test("Names keep their case, and RDATA that canonical form lower-cases is marked")
    func letterCase() throws {
        let text = "Www A 192.0.2.1\nwww NS NS.example.\nwww NS ns.Example.\n@ TXT ABC\n@ NSEC Www A\n@ NS ns\n"
        for usesFastPath in [true, false] {
            var options = ZoneFileOptions(origin: ZoneFileFixture.name("example."), defaultTTL: TTL(1))
            options.usesFastPath = usesFastPath
            let records = try #require(
                ZoneFileReader.readRecords(ZoneFileSource(text, name: "zone"), options: options).value)
            let marks = records.batches.flatMap { $0.records.map(\.lowercases) }
            #expect(marks == [false, true, true, false, false, false])
            #expect(records.values.first?.owner.presentationFormat == "Www.example.")
        }
    }

    @Test("The SOA need not come first, and its owner is the apex")
    func apex() throws {
        let text = "www.zone.example. 5 A 192.0.2.1\nZone.example. 5 SOA a. b. 1 2 3 4 5\nzone.example. 5 NS ns.\n"
        let zone = try #require(
            ZoneFileReader.read(ZoneFileSource(text, name: "zone"), options: ZoneFileOptions()).value)
        #expect(zone.apex == ZoneFileFixture.name("zone.example."))
        #expect(zone.records.count == 3)
    }
}
