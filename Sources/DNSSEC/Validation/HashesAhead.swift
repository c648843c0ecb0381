import DNSModel

/// The NSEC3 hashes of a block of owners, made together, so that the cache misses of looking them up in a chain overlap:
/// hashes lie anywhere in it.
///
/// A hot file: it keeps the hashes behind an unchecked pointer, one for each owner of a block.
struct HashesAhead: ~Copyable {
    private let hashes: UnsafeMutablePointer<NSEC3Hash>
    /// The block that the hashes are of.
    private var block = -1
    /// For each owner of the block a bit: whether its hash was made.
    private var made: UInt64 = 0
    /// What was read ahead, which nobody needs.
    private var sink: UInt64 = 0

    init() {
        assert(CacheWarming.block == UInt64.bitWidth)
        hashes = .allocate(capacity: CacheWarming.block)
    }

    deinit { hashes.deallocate() }

    /// The hash of an owner, or `nil` when it was not made ahead.
    @inline(__always)
    subscript(owner: OwnerIndex) -> NSEC3Hash? {
        let place = Int(owner) % CacheWarming.block
        return Int(owner) / CacheWarming.block == block && made >> UInt64(place) & 1 == 1 ? hashes[place] : nil
    }

    /// Hashes the owners of one block that the chain must have, and reads ahead where the chain has them.
    ///
    /// - Parameter owners: Owners of one block.
    mutating func make(
        for owners: Range<Int>, _ chain: AnnouncedChain, _ context: CheckContext, _ hasher: inout NSEC3NameHasher
    ) {
        block = owners.lowerBound / CacheWarming.block
        made = 0
        guard chain.parameters.isComputable else { return }
        for owner in owners {
            let index = OwnerIndex(truncatingIfNeeded: owner)
            switch context.cuts[index] {
            case .authoritative, .secureDelegation: break
            case .insecureDelegation:
                if chain.mayHaveGaps { continue }
            case .hashedOwner, .occluded, .outOfZone: continue
            }
            let place = owner % CacheWarming.block
            hashes[place] = hasher.hash(context.view.nameOctets(of: index), chain.parameters)
            made |= 1 << UInt64(place)
        }
        sink = chain.touch(hashes, made)
    }
}

extension AnnouncedChain {
    /// Reads ahead what ``find(_:)`` will look at for some hashes: those whose bit is set.
    fileprivate func touch(_ hashes: UnsafePointer<NSEC3Hash>, _ wanted: UInt64) -> UInt64 {
        var sum: UInt64 = 0
        for place in 0..<CacheWarming.block where wanted >> UInt64(place) & 1 == 1 {
            sum &+= UInt64(firstEntry(for: hashes[place]))
        }
        for place in 0..<CacheWarming.block where wanted >> UInt64(place) & 1 == 1 {
            let entry = firstEntry(for: hashes[place])
            if entry < entries.count { sum &+= entries[entry].hash.high }
        }
        return sum
    }
}
