import DNSModel
import DNSSEC
import Testing

/// No one has two names with one SHA-1 hash at hand: hashes are made up here.
@Suite("Hashed names in order")
struct HashOrderTests {
    private static func name(_ hash: [UInt8], _ owner: Int) -> HashedName {
        hash.withUnsafeBufferPointer { octets in
            guard let base = octets.baseAddress else { preconditionFailure("a hash has octets") }
            return HashedName(hash: base, owner: OwnerIndex(owner))
        }
    }

    private static func hashes(_ count: Int) -> [[UInt8]] {
        var random = SeededRandom(seed: 5155)
        return (0..<count).map { _ in (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) } }
    }

    @Test("stand as their octets do, for any number of names and workers", arguments: [0, 1, 2, 500, 20_000])
    func order(_ count: Int) {
        let hashes = Self.hashes(count)
        let names = hashes.enumerated().map { Self.name($1, $0) }
        let parts = [Array(names.prefix(count / 3)), Array(names.dropFirst(count / 3))]
        let expected = hashes.indices.sorted { hashes[$0].lexicographicallyPrecedes(hashes[$1]) }
        for workers in [1, 3] {
            let sorted = HashOrder.sorted(parts, workers: Workers(workers))
            #expect(sorted.map { Int($0.owner) } == expected)
            let hasCollision = HashOrder.collision(in: sorted) != nil
            #expect(!hasCollision)
        }
    }

    @Test("two with one hash are found, wherever they stand", arguments: [2, 500, 20_000])
    func collision(_ count: Int) throws {
        var hashes = Self.hashes(count)
        hashes[count - 1] = hashes[0]
        let sorted = HashOrder.sorted([hashes.enumerated().map { Self.name($1, $0) }], workers: Workers(2))
        let found = try #require(HashOrder.collision(in: sorted))
        #expect(Set([Int(found.0.owner), Int(found.1.owner)]) == [0, count - 1])
    }

    @Test("a difference in any octet is a difference", arguments: 0..<20)
    func everyOctet(_ place: Int) {
        let hash = Self.hashes(1)[0]
        var other = hash
        other[place] ^= 1
        let sorted = HashOrder.sorted([[Self.name(hash, 0), Self.name(other, 1)]], workers: .single)
        let hasCollision = HashOrder.collision(in: sorted) != nil
        #expect(!hasCollision)
        #expect(sorted.map { Int($0.owner) } == (hash.lexicographicallyPrecedes(other) ? [0, 1] : [1, 0]))
    }
}
