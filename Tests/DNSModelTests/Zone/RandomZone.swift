// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel

/// A generator of numbers that gives the same ones for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes zones with everything in them that is hard to sort or to classify: empty non-terminals, deep names, wildcards,
/// delegations with and without DS and glue, DNAME, labels with NUL, dots, upper case and high octets, duplicates,
/// names out of the zone.
struct RandomZone {
    var apex: DomainName
    var records: [RecordFixture] = []

    init(seed: UInt64, names: Int = 60) {
        var random = SeededGenerator(seed: seed)
        apex = [DomainName.root, testName("example."), testName("Sub.example.")].randomElement(using: &random)!
        records.append(RecordFixture(apex, .soa, [0, 0]))
        records.append(RecordFixture(apex, .ns, [1, 97, 0]))
        if random.next() % 16 == 0 { records.append(RecordFixture(apex, .dname, [1, 98, 0])) }
        var pool = [apex]
        for _ in 0..<names {
            var name = pool.randomElement(using: &random)!
            for _ in 0...Int(random.next() % 3) {
                name = name.prepending(label: Self.label(&random)) ?? name
            }
            if random.next() % 3 != 0 { pool.append(name) }
            if random.next() % 40 == 0, let outside = testName("other.").prepending(label: Self.label(&random)) {
                name = outside
            }
            if random.next() % 8 == 0 { name = Self.swappingCase(name) }
            addRecords(at: name, &random)
        }
        records.shuffle(using: &random)
    }

    private mutating func addRecords(at name: DomainName, _ random: inout SeededGenerator) {
        switch random.next() % 10 {
        case 0: records.append(RecordFixture(name, .ns, [1, UInt8.random(in: 97...99, using: &random), 0]))
        case 1:
            records.append(RecordFixture(name, .ns, [1, 97, 0]))
            records.append(RecordFixture(name, .ds, [0, 1, 13, 2, UInt8.random(in: 0...3, using: &random)]))
        case 2 where random.next() % 2 == 0: records.append(RecordFixture(name, .dname, [1, 98, 0]))
        case 3 where random.next() % 2 == 0:
            records.append(RecordFixture(name, .nsec3, [1]))
            if random.next() % 2 == 0 { records.append(RecordFixture(name, .rrsig, [1])) }
        default:
            for _ in 0...Int(random.next() % 3) {
                let type: RRType = random.next() % 2 == 0 ? .a : .txt
                records.append(
                    RecordFixture(
                        name, type, ttl: random.next() % 4 == 0 ? 60 : 3600,
                        [1, UInt8.random(in: 0...3, using: &random)]))
            }
        }
    }

    private static func label(_ random: inout SeededGenerator) -> [UInt8] {
        switch random.next() % 12 {
        case 0: [UInt8(ascii: "*")]
        case 1: [0]
        case 2: [0, 0]
        case 3: [1]
        case 4: [1, 0]
        case 5: [UInt8(ascii: "a"), 0]
        case 6: [UInt8(ascii: "."), 0x80, 0xFF]
        case 7: Array(repeating: UInt8(ascii: "x"), count: 1 + Int(random.next() % 63))
        case 8: Array("shared-prefix-\(random.next() % 8)".utf8)
        default: [UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "d"), using: &random)]
        }
    }

    private static func swappingCase(_ name: DomainName) -> DomainName {
        let swapped = name.wireFormat.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
        return try! DomainName(wireFormat: swapped)
    }
}
