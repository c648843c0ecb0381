/// The sweep behind ``ZoneCuts``: every owner once, in canonical order, each compared with at most the zone cut above
/// it and the name before it.
///
/// A hot file: names are read through the store's unchecked pointers, and arithmetic on their lengths, which the store
/// guarantees to be those of well-formed names, wraps.
struct ZoneCutSweep {
    private(set) var emptyNonTerminals: [EmptyNonTerminal] = []
    private let store: WireStore
    /// The length of the apex's name.
    private let apexLength: Int
    /// The last delegation point or DNAME owner, as long as names below it may follow.
    private var cut: Name?
    /// The last name that belongs to the denial chain; it and all its ancestors are known.
    private var previous: Name
    /// The empty non-terminals above ``previous``, by index, shortest first, with the number of labels below the apex.
    private var open: [(index: Int, depth: Int)] = []

    /// A name in the store and its length, the root's zero octet included.
    private struct Name {
        var octets: UnsafePointer<UInt8>
        var length: Int
    }

    init(_ zone: Zone, apex: Int) {
        store = zone.store
        apexLength = zone.apex.wireFormat.count
        // Any name will do: it is as long as the apex until a name below the apex has been seen.
        previous = Name(octets: UnsafePointer(bitPattern: 1).unsafelyUnwrapped, length: apexLength)
        if apex < zone.ownerCount, zone.nameOctets(of: OwnerIndex(apex)).count == apexLength {
            let types = zone.recordRange(of: OwnerIndex(apex)).lazy.map { zone.records[$0].type }
            if types.contains(.dname) {
                cut = Name(octets: store.pointer(at: zone.nameOffsets[apex]), length: apexLength)
            }
        }
    }

    /// Classifies some owners: those that follow the ones that were classified last.
    mutating func classify(
        _ owners: Range<Int>, of zone: Zone, _ classes: UnsafeMutableBufferPointer<OwnerClass>
    ) {
        var sink: UInt8 = 0
        zone.nameOffsets.withUnsafeBufferPointer { names in
            zone.firstRecord.withUnsafeBufferPointer { firstRecord in
                zone.records.withUnsafeBufferPointer { records in
                    for owner in owners {
                        if owner % CacheWarming.block == 0, let start = names.baseAddress {
                            CacheWarming.touch(
                                start + owner, count: min(CacheWarming.block, names.count &- owner), in: store,
                                sink: &sink)
                        }
                        let offset = names[owner]
                        var content = OwnerContent()
                        for index in Int(firstRecord[owner])..<Int(firstRecord[owner &+ 1]) {
                            content.add(records[index].type)
                        }
                        classes[owner] = classify(owner, named: offset, content)
                    }
                }
            }
        }
    }

    @inline(__always)
    private mutating func classify(_ owner: Int, named offset: UInt32, _ content: OwnerContent) -> OwnerClass {
        let octets = store.pointer(at: offset)
        var length = 0
        while octets[length] != 0 { length &+= 1 &+ Int(octets[length]) }
        let name = Name(octets: octets, length: length &+ 1)
        if name.length == apexLength {
            // "Resource records MUST NOT exist at any subdomain of the owner of a DNAME RR" (RFC 6672 §2.4), which may be the
            // apex.
            if content.hasDNAME { cut = name }
            return .authoritative
        }
        // "The owner name for the NSEC3 RR is the base32 encoding of the hashed owner name prepended as a single label
        // to the name of the zone" (RFC 5155 §3), whatever stands at the apex.
        if content.isHashedOwner, isChildOfApex(name) { return .hashedOwner }
        if let cut {
            if isBelow(name, cut) { return .occluded }
            self.cut = nil
        }
        if content.hasNS || content.hasDNAME { cut = name }
        let kind: OwnerClass =
            content.hasNS ? (content.hasDS ? .secureDelegation : .insecureDelegation) : .authoritative
        linkEmptyNonTerminals(above: name, at: offset, owner, leadsElsewhere: kind != .insecureDelegation)
        previous = name
        return kind
    }

    /// Finds the ancestors of a name that no earlier name has made known.
    @inline(__always)
    private mutating func linkEmptyNonTerminals(
        above name: Name, at offset: UInt32, _ owner: Int, leadsElsewhere: Bool
    ) {
        // The usual case.
        if isChildOfApex(name) {
            if !open.isEmpty { open.removeAll(keepingCapacity: true) }
            return
        }
        linkDeepName(name, at: offset, owner, leadsElsewhere: leadsElsewhere)
    }

    private mutating func linkDeepName(_ name: Name, at offset: UInt32, _ owner: Int, leadsElsewhere: Bool) {
        var starts = InlineArray<128, UInt8>(repeating: 0)
        var previousStarts = InlineArray<128, UInt8>(repeating: 0)
        let depth = labelStarts(of: name, into: &starts)
        let previousDepth = labelStarts(of: previous, into: &previousStarts)
        var common = 0
        while common < depth, common < previousDepth {
            let start = Int(starts[depth &- 1 &- common])
            let previousStart = Int(previousStarts[previousDepth &- 1 &- common])
            let length = Int(name.octets[start])
            guard length == Int(previous.octets[previousStart]),
                equalOctets(name.octets + start, previous.octets + previousStart, count: length &+ 1)
            else { break }
            common &+= 1
        }
        while let last = open.last, last.depth > common { open.removeLast() }
        // The empty non-terminals have more labels than what is shared, and fewer than the name.
        var level = common &+ 1
        while level < depth {
            open.append((index: emptyNonTerminals.count, depth: level))
            emptyNonTerminals.append(
                EmptyNonTerminal(
                    nameOffset: offset &+ UInt32(starts[depth &- level]),
                    position: OwnerIndex(truncatingIfNeeded: owner), leadsOnlyToInsecureDelegations: true))
            level &+= 1
        }
        guard leadsElsewhere else { return }
        for entry in open.reversed() {
            // What is above one that was told already was told with it.
            if !emptyNonTerminals[entry.index].leadsOnlyToInsecureDelegations { break }
            emptyNonTerminals[entry.index].leadsOnlyToInsecureDelegations = false
        }
    }

    /// Where each label below the apex begins, leftmost first, and their number.
    private func labelStarts(of name: Name, into starts: inout InlineArray<128, UInt8>) -> Int {
        var count = 0
        var index = 0
        let end = name.length &- apexLength
        while index < end {
            starts[count] = UInt8(truncatingIfNeeded: index)
            count &+= 1
            index &+= 1 &+ Int(name.octets[index])
        }
        return count
    }

    /// Whether a name below the apex has one label more than it.
    @inline(__always)
    private func isChildOfApex(_ name: Name) -> Bool {
        1 &+ Int(name.octets[0]) &+ apexLength == name.length
    }

    /// Whether a name below the apex is below another that is at or below the apex.
    @inline(__always)
    private func isBelow(_ name: Name, _ ancestor: Name) -> Bool {
        let surplus = name.length &- ancestor.length
        guard surplus > 0 else { return false }
        var index = 0
        while index < surplus { index &+= 1 &+ Int(name.octets[index]) }
        return index == surplus
            && equalOctets(name.octets + surplus, ancestor.octets, count: ancestor.length &- apexLength)
    }

    /// Whether octets of names are equal but for case.
    @inline(__always)
    private func equalOctets(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
        OctetEquality.areSameIgnoringCase(
            UnsafeBufferPointer(start: left, count: count), UnsafeBufferPointer(start: right, count: count))
    }
}

/// What the types at an owner mean for its class.
private struct OwnerContent {
    private var flags: UInt8 = 0

    @inline(__always)
    mutating func add(_ type: RRType) {
        switch type {
        case .ns: flags |= 1
        case .ds: flags |= 2
        case .dname: flags |= 4
        case .nsec3: flags |= 8
        case .rrsig: flags |= 16
        default: flags |= 32
        }
    }

    var hasNS: Bool { flags & 1 != 0 }
    var hasDS: Bool { flags & 2 != 0 }
    var hasDNAME: Bool { flags & 4 != 0 }
    /// NSEC3 and perhaps signatures, nothing else.
    var isHashedOwner: Bool { flags & ~16 == 8 }
}

extension Zone {
    /// The owners at or below the apex.
    package var ownersInZone: Range<Int> {
        let start = insertionPoint(of: apex)
        var low = start
        var high = ownerCount
        while low < high {
            let middle = (low + high) / 2
            if nameOctets(of: OwnerIndex(middle)).isAtOrBelow(apex) { low = middle + 1 } else { high = middle }
        }
        return start..<low
    }
}
