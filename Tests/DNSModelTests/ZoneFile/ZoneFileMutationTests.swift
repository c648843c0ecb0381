import DNSModel
import Testing

@Suite("Damaged zone files")
struct ZoneFileMutationTests {
    /// A generator of the same numbers for the same seed.
    private struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test("No damage traps or hangs, and all ways of reading agree about it", arguments: 0..<60)
    func mutations(_ seed: Int) {
        var random = SeededGenerator(state: UInt64(seed))
        let seeds = ZoneFileGrammarTests.cases.map(\.text) + ZoneFileErrorTests.cases.map(\.text) + [Self.signed]
        for _ in 0..<20 {
            var octets: [UInt8] = []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                octets += Array((seeds.randomElement(using: &random) ?? "").utf8) + [0x0A]
            }
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                let place = Int.random(in: 0..<octets.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
                case 1: octets[place] = Array("();\"\\\n\r \t.@$0a\0".utf8).randomElement(using: &random) ?? 0
                case 2: octets.remove(at: place)
                case 3: octets.insert(contentsOf: octets[place..<min(octets.count, place + 9)], at: place)
                default: octets.removeSubrange(place..<min(octets.count, place + 5))
                }
                if octets.isEmpty { octets = [0x0A] }
            }
            // A long tail of plain lines, so that there are pieces and a fast path.
            octets += Array(String(repeating: "tail 5 IN A 192.0.2.1\n", count: 20).utf8)
            let difference = octets.withUnsafeBytes { ZoneFileFuzzEntry.run($0) }
            #expect(difference == nil, "\(String(decoding: octets, as: UTF8.self).debugDescription)")
        }
    }

    /// Records of the types that have a fast path, as a signed zone has them.
    static let signed = """
        $ORIGIN example.
        $TTL 3600
        a 3600 IN RRSIG A 13 2 3600 20260131235959 20251229000000 12345 example. \
        AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==
        a 3600 IN NSEC b.example. A AAAA RRSIG NSEC CAA TYPE300
        35mthgpgcu1qg68fab165klnsnk3dpvl 3600 IN NSEC3 1 1 0 - 35MTHGPGCU1QG68FAB165KLNSNK3DPVM NS DS RRSIG
        35mthgpgcu1qg68fab165klnsnk3dpvl 3600 IN NSEC3 1 0 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr
        @ 3600 IN DNSKEY 257 3 13 \
        AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==
        sub IN DS 60485 13 2 0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef
        sub IN DS 60485 13 1 ( 0123456789abcdef 0123456789ABCDEF 01234567 )
        _443._tcp TLSA 3 1 1 0123456789abcdef0123456789ABCDEF 0123456789abcdef0123456789abcdef
        _xmpp._tcp SRV 5 1 5222 Host.example.
        six AAAA 2001:db8::1
        six AAAA ::
        six AAAA ::1
        six AAAA 1:2:3:4:5:6:7:8
        six AAAA 1::8
        six AAAA 1:2:3:4:5:6:7::
        six AAAA ::ffff:192.0.2.1
        t TXT "a b" c "" ; comment
        p PTR host.Example.
        mx MX 10 @
        """
}
