import DNSModel
import Testing

@Suite("$INCLUDE")
struct ZoneFileIncludeTests {
    private func read(_ text: String, files: [String: String], policy: IncludePolicy = .anywhere)
        -> ZoneFileFixture.Reading
    {
        ZoneFileFixture.read(text) { options in
            options.include = { path, includingFile in
                policy.resolve(path, from: includingFile).flatMap { resolved in
                    guard let text = files[resolved] else { return .failure(IncludeRefusal("there is no such file")) }
                    return .success(ZoneFileSource(text, name: resolved))
                }
            }
        }
    }

    @Test("Origin and owner are as before after an include; its $TTL stays")
    func restores() {
        let reading = read(
            "a A 192.0.2.1\n$INCLUDE sub.inc sub\n A 192.0.2.3\nb A 192.0.2.4\n",
            files: ["sub.inc": "$ORIGIN deep\n$TTL 5\nc A 192.0.2.2\n"])
        #expect(reading.findings == [])
        #expect(
            reading.records == [
                "a.example. 300 A 192.0.2.1", "c.deep.sub.example. 5 A 192.0.2.2", "a.example. 5 A 192.0.2.3",
                "b.example. 5 A 192.0.2.4",
            ])
    }

    @Test("Without an origin of its own, an included file has that of the including one")
    func inheritsOrigin() {
        let reading = read("$INCLUDE \"with blank\"\n", files: ["with blank": "c A 192.0.2.2"])
        #expect(reading.records == ["c.example. 300 A 192.0.2.2"])
    }

    @Test("Paths are relative to the including file, and errors name the file they are in")
    func relativePaths() {
        let reading = read(
            "$INCLUDE sub/one\n", files: ["sub/one": "$INCLUDE two\nx Q\n", "sub/two": "\n y A ( z\n"])
        #expect(
            reading.findings == [
                "sub/two:2:6 zonefile/unclosed-parenthesis", "sub/one:2:3 zonefile/unknown-type",
            ])
    }

    @Test("Loops, missing files and too deep nesting are refused")
    func refusals() {
        #expect(read("$INCLUDE zone\n", files: ["zone": ""]).findings == ["1:10 zonefile/include-loop"])
        #expect(
            read("$INCLUDE a\n", files: ["a": "$INCLUDE b\n", "b": "\n$INCLUDE ./a\n"]).findings == [
                "b:2:10 zonefile/include-loop"
            ])
        #expect(
            read("$INCLUDE a\nx Q\n", files: [:]).findings == [
                "1:10 zonefile/include-refused", "2:3 zonefile/unknown-type",
            ])
        let files = Dictionary(uniqueKeysWithValues: (0..<40).map { ("f\($0)", "$INCLUDE f\($0 + 1)\n") })
        #expect(read("$INCLUDE f0\n", files: files).findings == ["f15:1:1 zonefile/include-depth"])
    }

    @Test("An included file with a relative first owner needs one")
    func blankOwner() {
        let reading = read("$INCLUDE a\n", files: ["a": " A 192.0.2.1\n"])
        #expect(reading.findings == ["a:1:2 zonefile/no-owner"])
    }

    @Test("The policy keeps includes within a folder, as far as text can tell")
    func policy() {
        let policy = IncludePolicy.within(folder: "zones/a")
        #expect(policy.resolve("b.inc", from: "zones/a/z.zone") == .success("zones/a/b.inc"))
        #expect(policy.resolve("../a/./b.inc", from: "zones/a/z.zone") == .success("zones/a/b.inc"))
        #expect(policy.resolve("sub/b.inc", from: "zones/a/z.zone") == .success("zones/a/sub/b.inc"))
        for path in ["../b.inc", "../ab/x", "/etc/passwd", "sub/../../x", "..", ""] {
            #expect(throws: IncludeRefusal.self) { try policy.resolve(path, from: "zones/a/z.zone").get() }
        }
        #expect(IncludePolicy.within(folder: ".").resolve("b", from: "z") == .success("b"))
        #expect(throws: IncludeRefusal.self) { try IncludePolicy.within(folder: ".").resolve("../b", from: "z").get() }
        #expect(IncludePolicy.anywhere.resolve("/x/../y", from: "z") == .success("/y"))
        #expect(IncludePolicy.anywhere.resolve("y", from: "/z") == .success("/y"))
    }
}
