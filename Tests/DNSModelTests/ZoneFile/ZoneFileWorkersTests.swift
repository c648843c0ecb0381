import DNSModel
import Diagnostics
import Testing

@Suite("Zone files read by several threads")
struct ZoneFileWorkersTests {
    /// What came of reading, in a form that compares.
    private func outcome(_ text: String, workers: Int, pieceSize: Int, fast: Bool = true) -> [String] {
        var options = ZoneFileOptions(origin: ZoneFileFixture.name("Example."), workers: Workers(workers))
        options.pieceSize = pieceSize
        options.usesFastPath = fast
        options.include = { path, _ in .success(ZoneFileSource("$TTL 9\ni A 192.0.2.1\n$ORIGIN x\n", name: path)) }
        let result = ZoneFileReader.readRecords(ZoneFileSource(text, name: "zone"), options: options)
        return result.diagnostics.map(\.description) + (result.value?.fingerprint ?? [])
    }

    @Test("The result is the same for any number of threads and size of pieces", arguments: Self.texts)
    func invariance(_ text: String) {
        let expected = outcome(text, workers: 1, pieceSize: 1 << 19, fast: false)
        #expect(outcome(text, workers: 1, pieceSize: 1 << 19) == expected)
        for workers in [2, 3, 8] {
            for pieceSize in [1, 2, 7, 16, 33, 64, 100, 250, 1_000] {
                #expect(outcome(text, workers: workers, pieceSize: pieceSize) == expected)
                #expect(outcome(text, workers: workers, pieceSize: pieceSize, fast: false) == expected)
            }
        }
    }

    /// Texts in which some line begins otherwise than it looks.
    static let texts: [String] = {
        let plain = (0..<60).map { "host\($0 / 3) 60 IN A 192.0.2.\($0)\n" }.joined()
        let head = "$TTL 300\n@ SOA a b (\n1\n2 3 4 5 )\n"
        let multi = "m TXT ( a\nb A 192.0.2.1\nc \"d ; e\"\n) ; )\nafter A 192.0.2.9\n"
        return [
            head + plain,
            // Lines within parentheses and quotes look like records.
            head + String(repeating: multi, count: 20),
            head + String(repeating: "q TXT \"x\\\" ( y\"\nz TXT ( \"(\"\n\")\" )\n", count: 20),
            // Directives change what comes after them.
            head + plain + "$ORIGIN sub\n" + plain + "$TTL 5\n" + "t A 192.0.2.1\n" + plain + "$ORIGIN other.\nu NS u\n"
                + plain,
            head + String(repeating: "$ORIGIN a.example.\nx A 192.0.2.1\n$ORIGIN B.example.\ny NS z\n", count: 20),
            head + String(repeating: "$TTL 1\nx A 192.0.2.1\n$TTL 2\ny A 192.0.2.2\n", count: 20),
            // Without $TTL, each record depends on the one before.
            "@ 7 SOA a b 1 2 3 4 5\n"
                + String(repeating: "x A 192.0.2.1\ny A 192.0.2.2\nz 9 A 192.0.2.3\n w A 1\nv A 192.0.2.4\n", count: 10),
            "@ SOA a b 1 2 3 4 77\n" + (0..<80).map { "h\($0) A 192.0.2.\($0)\n" }.joined() + "late 5 A 192.0.2.1\n"
                + plain.replacing(" 60 ", with: " "),
            // Owners are omitted.
            head + (0..<40).map { "o\($0) A 192.0.2.1\n TXT a\n\n ; c\n TXT b\n" }.joined(),
            // Includes and generated records in the middle.
            head + plain + "$INCLUDE f sub\n A 192.0.2.77\n" + plain + "$GENERATE 1-9 g$ A 192.0.2.$\n TXT x\n" + plain,
            // Errors, more of them than are reported.
            head + String(repeating: "bad Q\nx A 192.0.2.1\n", count: 700),
            head + plain + "bad A (\n" + plain + "bad \"x\n" + plain + " )\n" + plain,
            // Classes, line ends, no newline at the end.
            "a 1 CH TXT a\n" + plain,
            plain.replacing("\n", with: "\r\n"), plain.replacing("\n", with: "\r"), head + plain + "last A 192.0.2.1",
            head + plain + String(repeating: "x", count: 700), "", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
        ]
    }()

    @Test("A large text of plain lines is read as its lines say")
    func largeText() throws {
        var text = "$TTL 300\n@ SOA a b 1 2 3 4 5\n"
        for index in 0..<50_000 {
            text += "h\(index) NS ns\(index % 7).h\(index)\nh\(index) A 10.0.\(index >> 8 & 255).\(index & 255)\n"
        }
        var options = ZoneFileOptions(origin: ZoneFileFixture.name("example."), workers: Workers(2))
        options.pieceSize = 1 << 14
        let records = try #require(
            ZoneFileReader.readRecords(ZoneFileSource(text, name: "zone"), options: options).value)
        #expect(records.count == 100_001)
        let values = records.values
        for index in stride(from: 0, to: 50_000, by: 1_237) {
            let first = ZoneFileFixture.line(values[1 + index * 2])
            #expect(first == "h\(index).example. 300 NS ns\(index % 7).h\(index).example.")
            let second = ZoneFileFixture.line(values[2 + index * 2])
            #expect(second == "h\(index).example. 300 A 10.0.\(index >> 8 & 255).\(index & 255)")
        }
    }
}
