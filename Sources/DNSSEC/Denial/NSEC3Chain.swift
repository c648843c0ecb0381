import DNSModel

/// The names of an NSEC3 chain in order of hash, and where each stands among the owners of the zone.
///
/// The hashed owner names are new names of the zone. They are sorted already, so that they and the owners are merged in
/// one walk. A hot file: it reads names through unchecked pointers.
struct NSEC3Chain: Sendable {
    /// The names, in order of hash; none twice.
    let names: [HashedName]
    /// For each name, the number of owners that sort before its hashed owner name; the top bit tells that the owner at
    /// that place *is* the hashed owner name.
    let positions: [UInt32]

    /// The bit of ``positions`` for a hashed owner name that owns other records too.
    static let joinedBit: UInt32 = 0x8000_0000

    /// Hashes the owners that a chain covers (RFC 5155 §7.1), sorts the hashes, and finds their places.
    ///
    static func make(
        _ zone: ZoneView, cuts: ZoneCuts, apex: DomainName, parameters: NSEC3Parameters, workers: Workers
    ) -> Attempt {
        let chunks = max(1, min(zone.ownerCount / 4096, workers.count * 8))
        let parts = workers.map(chunks: chunks) { chunk in
            let owners = (zone.ownerCount * chunk / chunks)..<(zone.ownerCount * (chunk + 1) / chunks)
            return hash(owners, of: zone, cuts: cuts, parameters: parameters)
        }
        let names = HashOrder.sorted(parts, workers: workers)
        if let (first, second) = HashOrder.collision(in: names) {
            return .collision(first.owner, second.owner)
        }
        return .chain(
            NSEC3Chain(
                names: names,
                positions: HashedNamePlaces(zone, apex: apex, workers: workers).positions(of: names, workers: workers)))
    }

    /// What comes of making a chain: two names may have one hash.
    enum Attempt {
        case chain(NSEC3Chain)
        case collision(OwnerIndex, OwnerIndex)
    }

    private static func hash(
        _ owners: Range<Int>, of zone: ZoneView, cuts: ZoneCuts, parameters: NSEC3Parameters
    ) -> [HashedName] {
        var hasher = NSEC3Hasher(iterations: parameters.iterations, salt: parameters.salt)
        var result: [HashedName] = []
        // Few names are covered under opt-out, nearly all without.
        if !parameters.optOut { result.reserveCapacity(owners.count + owners.count / 4) }
        let ahead = UnsafeMutablePointer<UInt32>.allocate(capacity: CacheWarming.block)
        defer { ahead.deallocate() }
        var sink: UInt8 = 0
        cuts.classes.withUnsafeBufferPointer { classes in
            var owner = owners.lowerBound
            while owner < owners.upperBound {
                // Under opt-out most names are never looked at: those that are, a block of them, are read ahead.
                let first = result.count
                while owner < owners.upperBound, result.count &- first < CacheWarming.block {
                    let kind = classes[owner]
                    // "If the opt-out flag is set, insecure delegations may be left out" (RFC 5155 §7.1).
                    if kind.isInDenialChain, !(parameters.optOut && kind == .insecureDelegation) {
                        ahead[result.count &- first] = zone.names[owner]
                        result.append(HashedName(owner: OwnerIndex(truncatingIfNeeded: owner)))
                    }
                    owner &+= 1
                }
                CacheWarming.touch(ahead, count: result.count &- first, in: zone.store, sink: &sink)
                for place in first..<result.count {
                    let owner = result[place].owner
                    result[place] = hasher.withHash(of: zone.nameOctets(of: owner)) {
                        HashedName(hash: $0, owner: owner)
                    }
                }
            }
        }
        for name in cuts.emptyNonTerminals(before: owners)
        where !(parameters.optOut && name.leadsOnlyToInsecureDelegations) {
            let hashed = hasher.withHash(of: zone.store.nameOctets(at: name.nameOffset)) {
                HashedName(hash: $0, owner: HashedName.emptyNonTerminal)
            }
            result.append(hashed)
        }
        return result
    }
}
