import DNSModel
import Diagnostics
import Testing

/// What is no zone file, and where exactly.
@Suite("Zone file errors")
struct ZoneFileErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var text: String
        var findings: [String]
        var testDescription: String { title }

        init(_ title: String, _ text: String, _ findings: String...) {
            self.title = title
            self.text = text
            self.findings = findings
        }
    }

    @Test("An error has its line, its column and its rule", arguments: Self.cases)
    func findings(_ test: Case) {
        let reading = ZoneFileFixture.read(test.text)
        #expect(reading.findings == test.findings)
        #expect(reading.records == [])
    }

    static let cases: [Case] = [
        Case("no owner", " A 192.0.2.1\n", "1:2 zonefile/no-owner"),
        Case("no type", "www 60 IN\n", "1:10 zonefile/missing-type"),
        Case("owner alone", "www", "1:4 zonefile/missing-type"),
        Case("unknown type", "www IN MXX 10 a\n", "1:8 zonefile/unknown-type"),
        Case("unknown class", "www inn A 192.0.2.1\n", "1:5 zonefile/unknown-type"),
        Case("a type of queries", "www ANY a\n", "1:5 zonefile/meta-type"),
        Case("two classes in a record", "www IN IN A 192.0.2.1\n", "1:8 zonefile/duplicate-class"),
        Case("two TTLs", "www 1 2 A 192.0.2.1\n", "1:7 zonefile/duplicate-ttl"),
        Case("two classes in a file", "a IN A 192.0.2.1\nb CH A 192.0.2.1\n", "2:3 zonefile/mixed-classes"),
        Case("a quoted type", "www \"A\" 192.0.2.1\n", "1:5 zonefile/missing-type"),
        Case("a quoted owner", "\"www\" A 192.0.2.1\n", "1:1 zonefile/quoted-name"),
        Case("a malformed TTL", "www 5x A 192.0.2.1\n", "1:6 zonefile/bad-ttl"),
        Case("a TTL with a unit missing", "www 5m30 A 192.0.2.1\n", "1:9 zonefile/bad-ttl"),
        Case("a TTL of 2^31", "www 2147483648 A 192.0.2.1\n", "1:5 zonefile/ttl-range"),
        Case("a TTL beyond 64 bits", "www 99999999999999999999999w A 192.0.2.1\n", "1:5 zonefile/ttl-range"),
        Case("an empty label", "a..b A 192.0.2.1\n", "1:3 zonefile/bad-name"),
        Case("two dots", ".. A 192.0.2.1\n", "1:1 zonefile/bad-name"),
        Case("a bad escape", "a\\256 A 192.0.2.1\n", "1:2 zonefile/bad-name"),
        Case("a short escape", "a\\00 A 192.0.2.1\n", "1:2 zonefile/bad-name"),
        Case("a label of 64 octets", String(repeating: "a", count: 64) + " A 192.0.2.1\n", "1:1 zonefile/bad-name"),
        Case(
            "a name of 257 octets", String(repeating: "123456789.", count: 25) + "abcde. A 192.0.2.1\n",
            "1:1 zonefile/bad-name"),
        Case("a stray parenthesis", "www A 192.0.2.1 )\n", "1:17 zonefile/stray-parenthesis"),
        Case("an unclosed parenthesis", "a A 192.0.2.1\nwww A (\n 192.0.2.1\n", "2:7 zonefile/unclosed-parenthesis"),
        Case(
            "an unclosed parenthesis, and what comes after it", "www TXT ( a\n b\nx Q\ny R\n",
            "1:9 zonefile/unclosed-parenthesis", "3:3 zonefile/unknown-type", "4:3 zonefile/unknown-type"),
        Case("an unclosed quote", "www TXT \"abc\nx Q\n", "1:9 zonefile/unclosed-quote", "2:3 zonefile/unknown-type"),
        Case("an unclosed quote at the end", "www TXT \"abc", "1:9 zonefile/unclosed-quote"),
        Case("an unclosed quote after an escaped backslash", "www TXT \"abc\\\\\n", "1:9 zonefile/unclosed-quote"),
        Case(
            "an unclosed quote in parentheses", "www TXT ( \"abc\n \"def\" )\nx Q\n", "1:11 zonefile/unclosed-quote",
            "3:3 zonefile/unknown-type"),
        Case("a backslash at the end of a line", "www TXT abc\\\n", "1:12 zonefile/dangling-backslash"),
        Case("a backslash at the end of the file", "www TXT abc\\", "1:12 zonefile/dangling-backslash"),
        Case("a backslash before a line end in quotes", "www TXT \"abc\\\n", "1:13 zonefile/dangling-backslash"),
        Case("a NUL octet in an item", "www TXT a\0b\nx Q\n", "1:10 zonefile/nul-octet", "2:3 zonefile/unknown-type"),
        Case("a NUL octet in a string", "www TXT \"a\0b\"\n", "1:11 zonefile/nul-octet"),
        Case("a NUL octet in a comment", "www TXT a ; \0\n", "1:13 zonefile/nul-octet"),
        Case("a NUL octet between items", "www \0 A\n", "1:5 zonefile/nul-octet"),
        Case("an unknown directive", "$FOO bar\n", "1:1 zonefile/unknown-directive"),
        Case("$ORIGIN without a name", "$ORIGIN ; x\n", "1:8 zonefile/directive-usage"),
        Case("$ORIGIN with two names", "$ORIGIN a. b.\n", "1:12 zonefile/directive-usage"),
        Case("$TTL with a name", "$TTL abc\n", "1:6 zonefile/bad-ttl"),
        Case("$INCLUDE without a name", "$INCLUDE\n", "1:9 zonefile/directive-usage"),
        Case("$INCLUDE where none is allowed", "$INCLUDE file\n", "1:10 zonefile/include-refused"),
        Case("a directive after a blank is a record", "a A 192.0.2.1\n $TTL 5\n", "2:2 zonefile/unknown-type"),
        Case("RDATA that is wrong", "www A 192.0.2.256\nx AAAA ::x\n", "1:7 rdata/malformed", "2:8 rdata/malformed"),
        Case("RDATA that is missing", "www A\n", "1:5 rdata/missing-field"),
        Case("RDATA with something after it", "www A 192.0.2.1 x\n", "1:17 rdata/trailing-data"),
        Case("a place in a record of several lines", "www MX (\n 10\n a..b )\n", "3:4 rdata/bad-name"),
        Case("columns after CR LF", "a A 192.0.2.1\r\nb A x\r\n", "2:5 rdata/malformed"),
        Case("lines that end in CR", "a A 192.0.2.1\rb A x\r", "2:5 rdata/malformed"),
    ]

    @Test("All errors of a file are found in one run")
    func allErrors() {
        let text = (1...40).map { $0 % 2 == 0 ? "h\($0) A 192.0.2.\($0)" : "h\($0) A 192.0.2.x" }.joined(
            separator: "\n")
        #expect(ZoneFileFixture.read(text).findings.count == 20)
    }

    @Test("Reading stops after so many errors, and says so")
    func manyErrors() {
        let text = String(repeating: "www Q\n", count: 5_000)
        let findings = ZoneFileFixture.read(text).findings
        #expect(findings.count == 1_001)
        #expect(findings.last == "- zonefile/too-many-errors")
    }

    @Test("A relative name without an origin is an error, wherever it stands")
    func noOrigin() {
        let text = "www A 192.0.2.1\na. NS b\na. NS b.\n$ORIGIN c\n@ A 192.0.2.1\na. TXT b\n$ORIGIN c.\n@ A 192.0.2.1\n"
        #expect(
            ZoneFileFixture.read(text, origin: nil).findings == [
                "1:1 zonefile/no-origin", "2:7 zonefile/no-origin", "4:9 zonefile/no-origin", "5:1 zonefile/no-origin",
            ])
    }

    @Test("Without an origin, relative names are below the owner of the SOA record, if that is written in full")
    func originFromSOA() {
        let soa = "SOA ns host 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n"
        let read = ZoneFileFixture.read("a.example. " + soa, origin: nil)
        #expect(read.findings == ["- zonefile/origin-from-soa"])
        #expect(ZoneFileFixture.read("a " + soa, origin: nil).findings.contains("1:1 zonefile/no-origin"))
    }

    @Test("A record without any TTL is an error")
    func noTTL() {
        #expect(ZoneFileFixture.read("www A 192.0.2.1\n", defaultTTL: nil).findings == ["1:1 zonefile/no-ttl"])
    }

    @Test("A zone needs a SOA record")
    func noSOA() {
        let result = ZoneFileReader.read(
            ZoneFileSource("a. 5 A 192.0.2.1\n", name: "zone"), options: ZoneFileOptions())
        #expect(result.value == nil)
        #expect(result.diagnostics.map(ZoneFileFixture.finding) == ["- zonefile/no-soa"])
    }

    @Test("A record of more text than the limit is an error, not a long wait")
    func longRecord() {
        let text = "a TXT (" + String(repeating: " a\n", count: 1_000) + "\nb A x\n"
        let findings = ZoneFileFixture.read(text) { $0.limits.recordLength = 1_000 }.findings
        #expect(findings == ["1:7 zonefile/unclosed-parenthesis", "1002:5 rdata/malformed"])
        let long = "a TXT " + String(repeating: "a ", count: 1_000) + "\nb A x\n"
        #expect(
            ZoneFileFixture.read(long) { $0.limits.recordLength = 1_000 }.findings == [
                "1:1 zonefile/record-too-long", "2:5 rdata/malformed",
            ])
    }

    @Test("Parentheses nest up to a limit")
    func deepParentheses() {
        let text = "a A " + String(repeating: "(", count: 65) + "192.0.2.1" + String(repeating: ")", count: 65)
        #expect(ZoneFileFixture.read(text).findings == ["1:69 zonefile/parentheses-depth"])
    }

    @Test("Every rule that the reader reports has its story")
    func catalog() {
        for test in Self.cases {
            for diagnostic in ZoneFileFixture.read(test.text).diagnostics
            where diagnostic.rule.name.hasPrefix("zonefile/") {
                #expect(RuleCatalog.zoneFile[diagnostic.rule] != nil)
            }
        }
    }
}
