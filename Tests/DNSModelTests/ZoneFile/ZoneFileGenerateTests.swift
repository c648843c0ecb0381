import DNSModel
import Testing

/// `$GENERATE` as BIND has it; each expectation is what named-checkzone made of the same line, but for those of lines
/// that it refuses.
@Suite("$GENERATE")
struct ZoneFileGenerateTests {
    @Test(
        "A line gives its records",
        arguments: [
            (
                "1-3 h$ A 192.0.2.$",
                ["h1.example. 300 A 192.0.2.1", "h2.example. 300 A 192.0.2.2", "h3.example. 300 A 192.0.2.3"]
            ),
            (
                "1-10/4 h${0,3,d} 60 IN A 192.0.2.$",
                ["h001.example. 60 A 192.0.2.1", "h005.example. 60 A 192.0.2.5", "h009.example. 60 A 192.0.2.9"]
            ),
            ("0-1 a$ IN 60 A 192.0.2.1", ["a0.example. 60 A 192.0.2.1", "a1.example. 60 A 192.0.2.1"]),
            ("10-11 h${-5,3,x} A 192.0.2.${+5}", ["h005.example. 300 A 192.0.2.15", "h006.example. 300 A 192.0.2.16"]),
            ("10-10 ${0,3,X}-\\$$ A 192.0.2.1", ["00A-\\$10.example. 300 A 192.0.2.1"]),
            ("1-1 a${0,2}b A 192.0.2.1", ["a01b.example. 300 A 192.0.2.1"]),
            ("0-1 a${-1}b A 192.0.2.1", ["a-1b.example. 300 A 192.0.2.1", "a0b.example. 300 A 192.0.2.1"]),
            ("0-0 a$$b A 192.0.2.1", ["a\\$b.example. 300 A 192.0.2.1"]),
            ("26-26 ${0,5,n}.e CNAME ${0,3,N}.f", ["a.1.0.e.example. 300 CNAME A.1.f.example."]),
            (
                "0-1 a$ MX \"10 mail$\"",
                ["a0.example. 300 MX 10 mail0.example.", "a1.example. 300 MX 10 mail1.example."]
            ),
            ("8-8 a TXT \"x$$y \\$ ${0,0,o}\"", ["a.example. 300 TXT \"x$y\" \"$\" \"10\""]),
            // Several items of RDATA, which BIND refuses.
            ("0-0 a$ MX 10 mail$ ; comment", ["a0.example. 300 MX 10 mail0.example."]),
            ("0-0 a$ TXT \"a $\" b$", ["a0.example. 300 TXT \"a 0\" \"b0\""]),
        ] as [(String, [String])])
    func generates(_ line: String, _ records: [String]) {
        let reading = ZoneFileFixture.read("$GENERATE " + line + "\n")
        #expect(reading.findings == [])
        #expect(reading.records == records)
    }

    @Test(
        "What is wrong is said at its place",
        arguments: [
            ("3-1 a$ A 192.0.2.1", "1:11 zonefile/generate-range"),
            ("1-3/0 a$ A 192.0.2.1", "1:11 zonefile/generate-range"),
            ("1 a$ A 192.0.2.1", "1:11 zonefile/generate-range"),
            ("1-99999999999999999999 a$ A 192.0.2.1", "1:11 zonefile/generate-range"),
            ("0-2147483647 a$ A 192.0.2.1", "1:11 zonefile/generate-size"),
            ("0-1 a${0,3,q} A 192.0.2.1", "1:16 zonefile/generate-template"),
            ("0-1 a${0 A 192.0.2.1", "1:16 zonefile/generate-template"),
            ("0-1 a${0,999} A 192.0.2.1", "1:16 zonefile/generate-template"),
            ("0-1 a${-1,2,x} A 192.0.2.1", "1:11 zonefile/generate-range"),
            ("0-1 a$ B 192.0.2.1", "1:18 zonefile/directive-usage"),
            ("0-1 a$ A", "1:18 zonefile/directive-usage"),
            ("0-1 a$ ( A\n 192.0.2.1 )", "1:17 zonefile/directive-usage"),
            ("0-0 a$ A x", "1:1 rdata/malformed"),
            ("0-0 a$ TXT \"(\"", "1:1 zonefile/unclosed-parenthesis"),
        ])
    func refuses(_ line: String, _ finding: String) {
        #expect(ZoneFileFixture.read("$GENERATE " + line + "\n").findings == [finding])
    }

    @Test("The limit holds for all lines together")
    func sharedLimit() {
        let text = "$GENERATE 1-60 a$ A 192.0.2.1\n$GENERATE 1-60 b$ A 192.0.2.1\n"
        #expect(
            ZoneFileFixture.read(text) { $0.limits.generatedRecords = 100 }.findings == ["2:11 zonefile/generate-size"])
    }

    @Test("The owner before it stays the current owner")
    func currentOwner() {
        let reading = ZoneFileFixture.read("o A 192.0.2.1\n$GENERATE 1-1 a$ A 192.0.2.1\n A 192.0.2.2\n")
        #expect(reading.records.last == "o.example. 300 A 192.0.2.2")
    }
}
