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
    /// - Returns: The chain, or the two names that have one hash.
    static func make(
        _ zone: ZoneView, cuts: ZoneCuts, apex: DomainName, parameters: NSEC3Parameters, workers: Workers
    ) -> Result<NSEC3Chain, Collision> {
        let chunks = max(1, min(zone.ownerCount / 4096, workers.count * 8))
        let parts = workers.map(chunks: chunks) { chunk in
            let owners = (zone.ownerCount * chunk / chunks)..<(zone.ownerCount * (chunk + 1) / chunks)
            return hash(owners, of: zone, cuts: cuts, parameters: parameters)
        }
        let names = HashOrder.sorted(parts, workers: workers)
        if let (first, second) = HashOrder.collision(in: names) {
            return .failure(Collision(first: first.owner, second: second.owner))
        }
        return .success(
            NSEC3Chain(names: names, positions: positions(of: names, in: zone, apex: apex, workers: workers)))
    }

    /// Two names with one hash.
    struct Collision: Error {
        let first: OwnerIndex
        let second: OwnerIndex
    }

    private static func hash(
        _ owners: Range<Int>, of zone: ZoneView, cuts: ZoneCuts, parameters: NSEC3Parameters
    ) -> [HashedName] {
        var hasher = NSEC3Hasher(iterations: parameters.iterations, salt: parameters.salt)
        var result: [HashedName] = []
        // Few names are covered under opt-out, nearly all without.
        if !parameters.optOut { result.reserveCapacity(owners.count + owners.count / 4) }
        cuts.classes.withUnsafeBufferPointer { classes in
            var sink: UInt8 = 0
            for owner in owners {
                // Under opt-out most names are never looked at.
                if !parameters.optOut { zone.warmNames(owner, isFirst: owner == owners.lowerBound, sink: &sink) }
                let kind = classes[owner]
                // "If the opt-out flag is set, insecure delegations may be left out" (RFC 5155 §7.1).
                guard kind.isInDenialChain, !(parameters.optOut && kind == .insecureDelegation) else { continue }
                let hashed = hasher.withHash(of: zone.nameOctets(of: owner)) {
                    HashedName(hash: $0, owner: OwnerIndex(truncatingIfNeeded: owner))
                }
                result.append(hashed)
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

    // MARK: Places

    /// How many names after the last place are read ahead: so far the search for the next one seldom goes.
    private static let aheadOfPlace = 32

    private static func positions(
        of names: [HashedName], in zone: ZoneView, apex: DomainName, workers: Workers
    ) -> [UInt32] {
        let apexLength = apex.wireFormat.count
        return [UInt32](unsafeUninitializedCapacity: names.count) { buffer, initialized in
            let result = SharedBuffer(buffer)
            let chunks = max(1, min(names.count / 2048, workers.count * 8))
            workers.forEach(chunks: chunks) { chunk in
                var low = 0
                var warmed = 0
                var sink: UInt8 = 0
                var text = InlineArray<32, UInt8>(repeating: 0)
                let places = (names.count * chunk / chunks)..<(names.count * (chunk + 1) / chunks)
                for index in places {
                    write(names[index], to: &text)
                    low = lowerBound(of: text, in: zone, from: low, apexLength: apexLength)
                    // From the first place on, the names are gone through in order.
                    if index == places.lowerBound { warmed = low }
                    while warmed < min(zone.ownerCount, low &+ aheadOfPlace) {
                        zone.warmNames(warmed, isFirst: true, sink: &sink)
                        warmed = (warmed / CacheWarming.block &+ 1) &* CacheWarming.block
                    }
                    let isJoined =
                        low < zone.ownerCount
                        && compare(zone.nameOctets(of: low), with: text, apexLength: apexLength) == 0
                    result.buffer[index] = UInt32(truncatingIfNeeded: low) | (isJoined ? joinedBit : 0)
                }
            }
            initialized = names.count
        }
    }

    private static func write(_ name: HashedName, to text: inout InlineArray<32, UInt8>) {
        withUnsafeMutableBytes(of: &text) {
            if let base = $0.baseAddress { name.writeBase32Hex(to: base.assumingMemoryBound(to: UInt8.self)) }
        }
    }

    /// The first owner at or after a hashed owner name, sought in growing steps from `start`.
    private static func lowerBound(
        of text: InlineArray<32, UInt8>, in zone: ZoneView, from start: Int, apexLength: Int
    ) -> Int {
        var low = start
        var step = 1
        var high = start
        while high < zone.ownerCount, compare(zone.nameOctets(of: high), with: text, apexLength: apexLength) < 0 {
            low = high &+ 1
            high = min(zone.ownerCount, high &+ step)
            step &*= 2
        }
        while low < high {
            let middle = (low &+ high) / 2
            if compare(zone.nameOctets(of: middle), with: text, apexLength: apexLength) < 0 {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Compares a name of the zone with the name that has the label `text` right below the apex.
    ///
    /// Below the apex, canonical order is decided by the label next to the apex, then by there being further labels.
    @inline(__always)
    private static func compare(
        _ name: UnsafeBufferPointer<UInt8>, with text: InlineArray<32, UInt8>, apexLength: Int
    ) -> Int {
        let end = name.count &- apexLength
        if end == 0 { return -1 }
        var start = 0
        while start &+ 1 &+ Int(name[start]) < end { start &+= 1 &+ Int(name[start]) }
        let length = Int(name[start])
        var index = 0
        while index < min(32, length) {
            let octet = asciiLowercased(name[start &+ 1 &+ index])
            if octet != text[index] { return Int(octet) &- Int(text[index]) }
            index &+= 1
        }
        if length != 32 { return length &- 32 }
        return start
    }
}
