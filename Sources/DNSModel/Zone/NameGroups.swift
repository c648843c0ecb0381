/// Sorts names that stand in groups, as zone files have them: a name, and right after it names below it, such as a
/// delegation and its glue.
///
/// Names below another follow it in canonical order, before everything else (RFC 4034 §6.1). So only the first names of the
/// groups, their heads, are sorted among each other, and each group within itself, if it is not in order already. Where a
/// head turns out to be below another, or the same, their groups belong together and are sorted as one.
///
/// A hot file: see ``OwnerNameSort``.
struct NameGroups {
    let store: WireStore
    let workers: Workers
    let apex: DomainName
    let names: UnsafePointer<UInt32>
    let count: Int
    let order: UnsafeMutablePointer<UInt32>
    /// The heads' indices, ascending.
    let heads: [UInt32]
    /// What each name is to the head before it.
    let places: UnsafePointer<Place>

    /// What a name is to the head before it.
    enum Place: UInt8 {
        /// It is a head itself.
        case head
        /// It is below the head, and after the one before it that is in canonical order.
        case ascending
        /// It is the head again.
        case repeated
        /// It is below the head, but not after the one before it that is.
        case disordered
    }

    /// Up to this many names are sorted by insertion.
    static let few = 16
    /// Heads are cut into stretches of this many.
    private static let stretch = 1 << 12
    /// Set in a sorted head that is the same as one before it, or below it.
    private static let isBelowAnother = OwnerNameSort.equalsPrevious

    /// Whether there are so few heads that sorting them alone is worth trying.
    static func isWorthwhile(heads: Int, names: Int) -> Bool { heads <= names - names / 4 }

    /// Writes the order of all names, or returns `false` when too many groups are mingled.
    func sort() -> Bool {
        var sorted = [UInt32](repeating: 0, count: heads.count)
        return sorted.withUnsafeMutableBufferPointer { sorted in
            guard let start = sorted.baseAddress else { return true }
            BucketSort(
                store: store, workers: workers, keys: CanonicalNameKey(below: apex), names: names, order: start,
                marksRelatives: true
            ).sort(heads, count: heads.count)
            nonisolated(unsafe) let heads = start
            let stretches = inspect(heads)
            guard stretches.reduce(0, { $0 + $1.below }) <= sorted.count / 8 else { return false }
            let disordered = workers.map(chunks: stretches.count) { write(heads, stretches[$0]) }
            sortClusters(disordered.flatMap(\.self))
            sortClusters(clusters(heads, stretches))
            return true
        }
    }

    /// Some of the sorted heads, and what is known of them.
    private struct Stretch {
        var heads: Range<Int>
        /// The last head that is not below another.
        var lastTop: Int
        /// How many are.
        var below = 0
        /// The number of names in their groups, and where these begin in the order.
        var names = 0
        var firstName = 0
    }

    // MARK: Inspecting

    /// Marks the sorted heads that are below another, and counts.
    private func inspect(_ heads: UnsafeMutablePointer<UInt32>) -> [Stretch] {
        nonisolated(unsafe) let heads = heads
        let number = (self.heads.count + Self.stretch - 1) / Self.stretch
        var stretches = workers.map(chunks: number) { index in
            inspect(heads, index * Self.stretch..<min(self.heads.count, (index + 1) * Self.stretch))
        }
        // What each took for its first top may be below the last one before it.
        var top = stretches.first?.lastTop ?? 0
        var firstName = 0
        for index in stretches.indices {
            stretches[index].firstName = firstName
            firstName += stretches[index].names
            guard index > 0 else { continue }
            var place = stretches[index].heads.lowerBound
            while place < stretches[index].heads.upperBound, isBelow(heads[place], heads[top]) {
                if heads[place] & Self.isBelowAnother == 0 {
                    heads[place] |= Self.isBelowAnother
                    stretches[index].below += 1
                }
                place += 1
            }
            if stretches[index].lastTop >= place { top = stretches[index].lastTop }
        }
        return stretches
    }

    private func inspect(_ heads: UnsafeMutablePointer<UInt32>, _ range: Range<Int>) -> Stretch {
        var result = Stretch(heads: range, lastTop: range.lowerBound)
        let offsets = UnsafeMutablePointer<UInt32>.allocate(capacity: CacheWarming.block)
        defer { offsets.deallocate() }
        var sink: UInt8 = 0
        for place in range {
            if (place &- range.lowerBound) % CacheWarming.block == 0 {
                var ahead = 0
                for head in place..<min(place &+ CacheWarming.block, range.upperBound)
                where heads[head] & Self.isBelowAnother != 0 {
                    offsets[ahead] = names[Int(heads[head] & ~Self.isBelowAnother)]
                    ahead &+= 1
                }
                CacheWarming.touch(offsets, count: ahead, in: store, sink: &sink)
            }
            // So far the mark says that it may be.
            let mayBeBelow = heads[place] & Self.isBelowAnother != 0
            heads[place] &= ~Self.isBelowAnother
            if mayBeBelow, place > result.lastTop, isBelow(heads[place], heads[result.lastTop]) {
                heads[place] |= Self.isBelowAnother
                result.below &+= 1
            } else {
                result.lastTop = place
            }
            result.names &+= size(of: heads[place])
        }
        return result
    }

    /// Whether a head is the same name as another, or below it, which does not count for the apex.
    @inline(__always)
    private func isBelow(_ head: UInt32, _ other: UInt32) -> Bool {
        let name = store.nameOctets(at: names[Int(head & ~Self.isBelowAnother)])
        let other = store.nameOctets(at: names[Int(other & ~Self.isBelowAnother)])
        if other.count == apex.wireFormat.count, name.count > other.count { return false }
        return name.isAtOrBelow(other)
    }

    /// The number of names in a head's group.
    @inline(__always)
    private func size(of head: UInt32) -> Int {
        let first = Int(head & ~Self.isBelowAnother)
        var next = first &+ 1
        while next < count, places[next] != .head { next &+= 1 }
        return next &- first
    }

    // MARK: Writing

    /// Writes the groups of some heads, one after the other, and returns where groups stand that are not in order and not
    /// few names.
    private func write(_ heads: UnsafePointer<UInt32>, _ stretch: Stretch) -> [Range<Int>] {
        var large: [Range<Int>] = []
        var place = stretch.firstName
        for head in stretch.heads {
            let start = place
            var name = heads[head] & ~Self.isBelowAnother
            var isOrdered = true
            var hasRepeated = false
            repeat {
                isOrdered = isOrdered && places[Int(name)] != .disordered
                hasRepeated = hasRepeated || places[Int(name)] == .repeated
                order[place] = name
                place &+= 1
                name &+= 1
            } while Int(name) < count && places[Int(name)] != .head
            if isOrdered {
                if hasRepeated { gatherHead(start..<place) }
            } else if place &- start <= Self.few {
                sortFew(start..<place)
            } else {
                large.append(start..<place)
            }
        }
        return large
    }

    /// Where in the order groups stand that belong together.
    private func clusters(_ heads: UnsafePointer<UInt32>, _ stretches: [Stretch]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var top = 0
        for stretch in stretches {
            guard stretch.below > 0 else {
                top = stretch.firstName + stretch.names - size(of: heads[stretch.heads.upperBound - 1])
                continue
            }
            var place = stretch.firstName
            for head in stretch.heads {
                let end = place + size(of: heads[head])
                if heads[head] & Self.isBelowAnother == 0 {
                    top = place
                } else if result.last?.lowerBound == top {
                    result[result.count - 1] = top..<end
                } else {
                    result.append(top..<end)
                }
                place = end
            }
        }
        return result
    }
}

extension NameGroups: @unchecked Sendable {}  // Its pointers outlive every worker; each place has one writer.
