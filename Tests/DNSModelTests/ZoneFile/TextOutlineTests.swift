import DNSModel
import Diagnostics
import Testing

/// The outline of a zone file's text, and reading only what has changed since.
@Suite("Outlines of zone files")
struct TextOutlineTests {
    /// Any digest does that tells these few texts apart (FNV-1a, forwards and backwards).
    private static let outlining = OutlineOptions(blockSize: 256) { octets in
        var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x6C62_272E_07BB_0142)
        for octet in octets { high = (high ^ UInt64(octet)) &* 0x100_0000_01B3 }
        for octet in octets.reversed() { low = (low ^ UInt64(octet)) &* 0x100_0000_01B3 }
        return TextOutline.Digest(high: high, low: low)
    }

    private static let head =
        "$ORIGIN example.\n$TTL 300\n@ SOA ns1 host 1 7200 3600 604800 300\n@ NS ns1\nns1 A 192.0.2.1\n"

    private static func options(_ workers: Int = 1) throws -> ZoneFileOptions {
        var options = ZoneFileOptions(
            origin: try DomainName("example."), workers: Workers(workers),
            include: { _, _ in .success(ZoneFileSource("more A 192.0.2.9\n", name: "more")) })
        options.outlining = outlining
        return options
    }

    private static func read(_ text: String, _ workers: Int = 1) throws -> (zone: Zone, outline: TextOutline?) {
        let reading = ZoneFileReader.readOutlined(ZoneFileSource(text, name: "zone"), options: try options(workers))
        return try #require(reading.value, "\(reading.diagnostics)")
    }

    private static func hosts(_ count: Int) -> [String] {
        (0..<count).flatMap { ["h\($0) A 192.0.2.\($0 % 250)", "h\($0) TXT \"host \($0)\"", "; host \($0)"] }
    }

    @Test(
        "Blocks are the whole text, begin at an owner, part no owner's lines, and are the same for any number of threads"
    )
    func blocks() throws {
        let text = Self.head + Self.hosts(200).joined(separator: "\n") + "\n"
        let outline = try #require(try Self.read(text).outline)
        #expect(outline.blocks.count > 20)
        #expect(outline.apexRecords == 2)
        #expect(outline.blocks.reduce(0) { $0 + $1.length } == text.utf8.count)
        var place = text.utf8.startIndex
        for block in outline.blocks.dropLast() {
            place = text.utf8.index(place, offsetBy: block.length)
            let line = text.utf8[place...].prefix { $0 != 10 }
            #expect(String(line)?.hasPrefix("h") == true)
            #expect(String(line)?.contains(" A ") == true)
        }
        for workers in 2...5 { #expect(try Self.read(text, workers).outline == outline) }
        #expect(try Self.read(Self.head).outline == nil)
        // The last line need not end.
        let open = try #require(try Self.read(String(text.dropLast())).outline)
        #expect(open.blocks.dropLast() == outline.blocks.dropLast())
    }

    @Test("The zone is the same with an outline and without")
    func zone() throws {
        let text = Self.head + Self.hosts(100).joined(separator: "\n") + "\n"
        var options = try Self.options(2)
        options.outlining = nil
        options.pieceSize = 1 << 20
        let plain = try #require(ZoneFileReader.read(ZoneFileSource(text, name: "zone"), options: options).value)
        #expect(ZoneFileWriter.text(of: try Self.read(text, 2).zone) == ZoneFileWriter.text(of: plain))
    }

    @Test(
        "A text whose blocks depend on each other has no outline",
        arguments: [
            "$ORIGIN other.example.", "$TTL 60", "$INCLUDE more", "$GENERATE 1-3 g$ A 192.0.2.$",
        ])
    func directives(_ directive: String) throws {
        for place in [0, 60, 290] {
            var lines = Self.hosts(100)
            lines.insert(directive, at: place)
            for workers in 1...2 {
                let outline = try Self.read(Self.head + lines.joined(separator: "\n") + "\n", workers).outline
                // What the first block settles is settled for all.
                #expect((outline == nil) == !(place == 0 && (directive.hasPrefix("$O") || directive.hasPrefix("$T"))))
            }
        }
    }

    @Test("Nor has one in which TTLs are taken over, or that begins with a byte order mark, or whose SOA comes late")
    func others() throws {
        let hosts = Self.hosts(100).joined(separator: "\n") + "\n"
        let noTTL = Self.head.replacing("$TTL 300\n", with: "").replacing("@ SOA", with: "@ 300 SOA")
        #expect(try Self.read(noTTL + hosts).outline == nil)
        #expect(try Self.read("\u{FEFF}" + Self.head + hosts).outline == nil)
        let late = Self.head.split(separator: "\n")
        #expect(try Self.read("$TTL 300\n" + hosts + late.joined(separator: "\n") + "\n").outline == nil)
        #expect(
            try Self.read(noTTL + hosts.replacing(" A ", with: " 60 A ").replacing(" TXT ", with: " 60 TXT ")).outline
                != nil)
    }

    /// Edits of all kinds: some keep owners and types, some do not.
    private static func edit(_ lines: inout [String], using random: inout SeededGenerator) {
        let place = random.below(lines.count)
        switch random.below(12) {
        case 0: lines.remove(at: place)
        case 1: lines.insert("new\(random.below(9)) A 192.0.2.1", at: place)
        case 2: lines.insert(lines[random.below(lines.count)], at: place)
        case 3: lines.swapAt(place, random.below(lines.count))
        case 4: lines[place] = lines[place].uppercased()
        case 5: lines[place] += " ; remark"
        case 6:
            lines.insert(
                ["; remark", "", "$TTL 60", "$ORIGIN example.", "( ", "\" ", "bad"][random.below(7)], at: place)
        case 7...9:
            let fields = lines[place].split(separator: " ", maxSplits: 2)
            if fields.count > 2, fields[1] == "A" { lines[place] = "\(fields[0]) A 198.51.100.\(random.below(256))" }
        default:
            let fields = lines[place].split(separator: " ", maxSplits: 2)
            if fields.count > 2, fields[1] == "TXT" {
                lines[place] = "\(fields[0]) TXT \"\(String(repeating: "x", count: random.below(200)))\""
            }
        }
    }

    @Test("What is not in the changed blocks is as it was, whatever has changed", arguments: 1...60)
    func changes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let old = Self.hosts(150)
        let before = try Self.read(Self.head + old.joined(separator: "\n") + "\n")
        let outline = try #require(before.outline)
        var used = 0
        for _ in 0..<20 {
            var lines = old
            for _ in 0...random.below(3) { Self.edit(&lines, using: &random) }
            let head = random.below(3) == 0 ? Self.head.replacing("host 1 ", with: "host 100 ") : Self.head
            let text = head + lines.joined(separator: "\n") + (random.below(2) == 0 ? "\n" : "")
            let source = ZoneFileSource(text, name: "zone")
            let workers = 1 + random.below(3)
            let found = ZoneFileReader.readChanges(of: source, since: outline, options: try Self.options(workers))
            guard let found else { continue }
            used += 1
            // Had all been read, nothing would have been found, and the zone would have the same owners and types.
            let whole = ZoneFileReader.read(source, options: try Self.options())
            #expect(whole.diagnostics == [])
            let after = try #require(whole.value)
            #expect(found.outline.blocks.reduce(0) { $0 + $1.length } == text.utf8.count)
            #expect(after.ownerCount == before.zone.ownerCount)
            for owner in 0..<OwnerIndex(after.ownerCount) {
                let name = after.name(of: owner)
                #expect(Array(after.nameOctets(of: owner)) == Array(before.zone.nameOctets(of: owner)))
                for range in after.rrsetRanges(of: owner) {
                    let rrset = after.rrset(at: range)
                    let old = try #require(before.zone.rrset(name, rrset.type))
                    #expect(old.rdata.count == rrset.rdata.count)
                    if rrset != old { #expect(found.zone.rrset(name, rrset.type) == rrset, "\(rrset)") }
                }
            }
            // Where the changes are, the next run finds none.
            let again = ZoneFileReader.readChanges(of: source, since: found.outline, options: try Self.options(workers))
            #expect(again?.changedBlocks == 0)
        }
        #expect(used > 0)
    }

    @Test(
        "Where the first block settles something else, the others mean something else",
        arguments: [
            ("$TTL 300", "$TTL 301"), ("$ORIGIN example.", "$ORIGIN exampl."), ("@ SOA", "@ CH SOA"),
            ("ns1 A 192.0.2.1", "ns1 A 192.0.2.1\n$TTL 60"),
        ])
    func settled(old: String, new: String) throws {
        let text = Self.head + Self.hosts(100).joined(separator: "\n") + "\n"
        let outline = try #require(try Self.read(text).outline)
        let source = ZoneFileSource(text.replacing(old, with: new), name: "zone")
        #expect(ZoneFileReader.readChanges(of: source, since: outline, options: try Self.options()) == nil)
    }

    @Test("Too many changes are no changes")
    func tooMany() throws {
        let text = Self.head + Self.hosts(400).joined(separator: "\n") + "\n"
        let outline = try #require(try Self.read(text).outline)
        let one = ZoneFileSource(text.replacing("h7 A 192.0.2.7\n", with: "h7 A 192.0.2.77\n"), name: "zone")
        #expect(ZoneFileReader.readChanges(of: one, since: outline, options: try Self.options())?.changedBlocks == 1)
        let all = ZoneFileSource(text.replacing("192.0.2", with: "192.0.3"), name: "zone")
        #expect(ZoneFileReader.readChanges(of: all, since: outline, options: try Self.options()) == nil)
        for text in ["", "\n", Self.head, text + String(repeating: "; more\n", count: 100)] {
            let other = ZoneFileSource(text, name: "zone")
            #expect(ZoneFileReader.readChanges(of: other, since: outline, options: try Self.options()) == nil)
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<max(1, limit), using: &self) }
}
