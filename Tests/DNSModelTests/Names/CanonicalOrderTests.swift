// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel
import Testing

/// Names in RFC 4034 §6.1's order, as zones sort them and as `<` compares them.
@Suite("Canonical name order")
struct CanonicalOrderTests {
    /// The cases of RFC 4034 §6.1's list with names of our own: fewer labels first, case ignored, octets unsigned.
    private static let ascending = [
        "im.", "A.im.", "rooms.a.IM.", "Y.rooms.A.im.", "zZ.a.im.", "\\001.z.im.", "*.z.im.", "\\200.z.im.",
    ]

    private func sorted(_ names: [DomainName], apex: String, workers: Int = 1) -> [DomainName] {
        let zone = testZone(apex: apex, names.map { RecordFixture($0, .a) }, workers: Workers(workers))
        return (0..<zone.ownerCount).map { zone.name(of: OwnerIndex($0)) }
    }

    @Test("the kinds of names that RFC 4034 §6.1 lists are in its order", arguments: [".", "im.", "z.im."])
    func rfcList(apex: String) {
        let names = Self.ascending.map(testName)
        #expect(names == names.shuffled(using: &Self.generator).sorted())
        #expect(sorted(names.reversed(), apex: apex) == names)
    }

    private static var generator: SeededGenerator {
        get { SeededGenerator(seed: 5) }
        set {}
    }

    @Test("the absence of an octet sorts before the zero octet, and that before the one octet")
    func zeroOctets() {
        // Labels that begin alike, and names whose labels begin alike, with the octets that keys must escape.
        let names =
            [
                "a", "x.a", "a\\000", "x.a\\000", "a\\000\\000", "a\\000\\001", "a\\000a", "a\\001", "x.a\\001",
                "a\\001\\000",
            ]
            .map { testName($0 + ".example.") } + [testName("a\\002.example."), testName("aa.example.")]
        for workers in 1...2 {
            #expect(sorted(names.reversed(), apex: "example.", workers: workers) == names)
            #expect(sorted(names, apex: "example.", workers: workers) == names)
        }
        for (left, right) in zip(names, names.dropFirst()) { #expect(left < right) }
    }

    @Test("octets from 128 on sort after all others, upper case as lower case")
    func unsignedOctets() {
        let names = ["@", "[", "A", "b", "Z", "\\127", "\\128", "\\200", "\\255"].map { testName($0 + ".example.") }
        #expect(sorted(names.reversed(), apex: "example.") == names)
    }

    @Test("names of 255 octets and of 127 labels sort like all others")
    func longestNames() {
        let deep = testName(String(repeating: "a.", count: 127))
        #expect(deep.wireFormat.count == 255 && deep.labelCount == 127)
        let deeper = testName(String(repeating: "a.", count: 125) + "b.")
        let label = String(repeating: "x", count: 63)
        let wide = testName("\(String(repeating: "x", count: 61)).\(label).\(label).\(label).")
        #expect(wide.wireFormat.count == 255)
        let wider = testName("\(String(repeating: "x", count: 60))y.\(label).\(label).\(label).")
        let names = [testName("a."), testName("a.a."), deep, testName("b."), deeper, wide, wider]
        #expect(names.sorted() == names)
        #expect(sorted(names.reversed(), apex: ".") == names)
        let nuls = testName("\(String(repeating: "\\000", count: 61)).\(label).\(label).\(label).")
        #expect(sorted([wide, nuls], apex: ".") == [nuls, wide])
    }

    @Test("random names sort as they compare, below any apex", arguments: 0..<60)
    func randomNames(seed: Int) {
        let random = RandomZone(seed: UInt64(1000 + seed), names: 200)
        let names = Set(random.records.map(\.owner))
        for apex in [".", "example.", "sub.example.", "a.a.example."] {
            #expect(sorted(Array(names), apex: apex, workers: 2) == names.sorted())
        }
    }
}
