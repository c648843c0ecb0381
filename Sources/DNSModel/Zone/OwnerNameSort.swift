/// Puts the owner names of a zone into canonical order, on several threads.
///
/// An entry is 16 octets: twelve of a ``CanonicalNameKey`` and the name's index, so entries compare as integers and no
/// two are equal. Splitters from a sample cut the entries into buckets of a few thousand, which workers sort one by one;
/// names that are equal in twelve octets get a key of the next twelve. Names that are in order cost one comparison each,
/// and those that stand behind a name they are below need not be sorted: see ``NameGroups``.
///
/// A hot file: unchecked pointers into arrays that the callers keep alive, each place written by one worker.
struct OwnerNameSort {
    /// Set in an element of the order whose name equals the one before it.
    static let equalsPrevious: UInt32 = 0x8000_0000

    private let store: WireStore
    private let workers: Workers
    private let apex: DomainName
    private let names: UnsafePointer<UInt32>
    private let count: Int
    private let order: UnsafeMutablePointer<UInt32>

    /// The names' indices in canonical order; those of equal names together, in ascending order, and all but the first of
    /// them marked with ``equalsPrevious``.
    ///
    /// - Parameter names: Where each name stands in the store; fewer than 2³¹.
    static func order(of names: [UInt32], below apex: DomainName, in store: WireStore, workers: Workers) -> [UInt32] {
        names.withUnsafeBufferPointer { names in
            [UInt32](unsafeUninitializedCapacity: names.count) { order, initialized in
                initialized = names.count
                guard let start = names.baseAddress, let target = order.baseAddress else { return }
                let sort = OwnerNameSort(
                    store: store, workers: workers, apex: apex, names: start, count: names.count, order: target)
                sort.run()
            }
        }
    }

    private func run() {
        let places = UnsafeMutablePointer<NameGroups.Place>.allocate(capacity: count)
        defer { places.deallocate() }
        let inspection = inspect(places)
        if inspection.isSorted { return }
        if inspection.inside == nil, NameGroups.isWorthwhile(heads: inspection.heads.count, names: count) {
            let groups = NameGroups(
                store: store, workers: workers, apex: apex, names: names, count: count, order: order,
                heads: inspection.heads, places: places)
            if groups.sort() { return }
        }
        var place = 0
        for group in [inspection.before, nil, inspection.after] {
            let base = group == nil ? apex : .root
            let members = group ?? inspection.inside
            let sorter = BucketSort(
                store: store, workers: workers, keys: CanonicalNameKey(below: base), names: names, order: order + place)
            sorter.sort(members, count: members?.count ?? count)
            place += members?.count ?? count
        }
    }

    // MARK: Inspection

    private struct Inspection {
        /// Whether the order has been written, because there was nothing to sort.
        var isSorted = true
        /// Names out of the zone that sort before the apex, and those that sort after everything in the zone.
        var before: [UInt32] = []
        var after: [UInt32] = []
        /// The names in the zone, or `nil` when that is all of them.
        var inside: [UInt32]?
        /// Names that are not below the head before them: the heads of ``NameGroups``.
        var heads: [UInt32] = []
    }

    /// Looks for names out of the zone, and finds out whether anything is left to do.
    private func inspect(_ places: UnsafeMutablePointer<NameGroups.Place>) -> Inspection {
        nonisolated(unsafe) let places = places
        let chunk = 1 << 15
        let parts = workers.map(chunks: (count + chunk - 1) / chunk) { [self] index in
            inspect(index * chunk..<min(count, (index + 1) * chunk), places)
        }
        var result = Inspection()
        for part in parts {
            result.isSorted = result.isSorted && part.isSorted
            result.before += part.before
            result.after += part.after
        }
        if !result.isSorted {
            result.heads.reserveCapacity(parts.reduce(0) { $0 + $1.heads.count })
            for part in parts { result.heads += part.heads }
        }
        if !result.before.isEmpty || !result.after.isEmpty {
            result.isSorted = false
            let outside = Set(result.before).union(result.after)
            result.inside = (0..<UInt32(count)).filter { !outside.contains($0) }
        }
        return result
    }

    private func inspect(_ range: Range<Int>, _ places: UnsafeMutablePointer<NameGroups.Place>) -> Inspection {
        let keys = CanonicalNameKey(below: apex)
        var result = Inspection()
        var previous: UInt128 = 0
        var previousName = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        // The first name of a chunk is a head; the apex is none, since everything is below it.
        var head: UnsafeBufferPointer<UInt8>?
        // The last name below it.
        var member: UnsafeBufferPointer<UInt8>?
        result.heads.reserveCapacity(range.count)
        if range.lowerBound > 0 {
            previousName = store.nameOctets(at: names[range.lowerBound - 1])
            if previousName.isAtOrBelow(apex) { previous = key(keys, names[range.lowerBound - 1]) }
        }
        apex.wireFormat.withUnsafeBufferPointer { apexOctets in
            for index in range {
                let name = store.nameOctets(at: names[index])
                let isBelowHead = head.map { name.isAtOrBelow($0) } ?? false
                if isBelowHead, let length = head?.count {
                    if name.count == length {
                        places[index] = .repeated
                    } else {
                        let isAscending = member.map { CanonicalNameOrder.compare($0, name) < 0 } ?? true
                        places[index] = isAscending ? .ascending : .disordered
                        member = name
                    }
                } else {
                    places[index] = .head
                    result.heads.append(UInt32(truncatingIfNeeded: index))
                    head = name.count > apexOctets.count ? name : nil
                    member = nil
                }
                guard isBelowHead || name.isAtOrBelow(apexOctets) else {
                    head = nil
                    result.isSorted = false
                    if CanonicalNameOrder.compare(name, apexOctets) < 0 {
                        result.before.append(UInt32(truncatingIfNeeded: index))
                    } else {
                        result.after.append(UInt32(truncatingIfNeeded: index))
                    }
                    continue
                }
                guard result.isSorted else {
                    previousName = name
                    continue
                }
                let key = key(keys, names[index])
                var element = UInt32(truncatingIfNeeded: index)
                if index > 0 {
                    if key < previous {
                        result.isSorted = false
                    } else if key == previous {
                        let order = CanonicalNameOrder.compare(previousName, name)
                        if order > 0 { result.isSorted = false }
                        if order == 0 { element |= Self.equalsPrevious }
                    }
                }
                order[index] = element
                previous = key
                previousName = name
            }
        }
        return result
    }

    @inline(__always)
    private func key(_ keys: CanonicalNameKey, _ offset: UInt32) -> UInt128 {
        keys.chunk(of: store.pointer(at: offset), from: 0, room: store.room(at: offset))
    }
}

extension OwnerNameSort: @unchecked Sendable {}  // Its pointers outlive every worker; each place has one writer.

extension WireStore {
    /// The number of octets from an offset to the end of its segment, which may be read, if not understood.
    @inline(__always)
    func room(at offset: UInt32) -> Int {
        Self.segmentSize &- Int(offset & (1 << Self.segmentBits &- 1))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether this wire-format name is `ancestor` or below it.
    @inline(__always)
    package func isAtOrBelow(_ ancestor: UnsafeBufferPointer<UInt8>) -> Bool {
        let surplus = count &- ancestor.count
        guard surplus >= 0 else { return false }
        var index = 0
        while index < surplus { index &+= 1 &+ Int(self[index]) }
        guard index == surplus else { return false }
        return OctetEquality.areSameIgnoringCase(UnsafeBufferPointer(rebasing: self[surplus...]), ancestor)
    }

    /// Whether this wire-format name is `ancestor` or below it.
    package func isAtOrBelow(_ ancestor: DomainName) -> Bool {
        ancestor.wireFormat.withUnsafeBufferPointer { isAtOrBelow($0) }
    }
}
