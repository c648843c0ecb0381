/// A zone's records: flat, in canonical order, immutable.
///
/// Records are sorted by owner (RFC 4034 §6.1), then by type, then by canonical RDATA (RFC 4034 §6.3), with no
/// duplicates. Everything that follows (zone cuts, denial, signing, writing) is a walk over ranges of indices, which can
/// be cut anywhere between two owners and given to several workers.
public struct Zone: Sendable {
    /// The owner of the zone's SOA record.
    public let apex: DomainName
    /// The class of all records.
    public let rrClass: RRClass
    /// Where names and RDATA live.
    package let store: WireStore
    /// Where each owner name stands in ``store``, in canonical order, each name once.
    package let nameOffsets: [UInt32]
    /// All records, sorted; `owner` is an index into ``nameOffsets``.
    public let records: [RecordEntry]
    /// The index of each owner's first record, and the number of records at the end.
    package let firstRecord: [UInt32]
    /// Records that were left out because an equal one stands in the zone (RFC 2181 §5), in canonical order of owner.
    public let droppedDuplicates: [RecordEntry]

    package init(
        uncheckedApex apex: DomainName, rrClass: RRClass, store: WireStore, nameOffsets: [UInt32],
        records: [RecordEntry], firstRecord: [UInt32], droppedDuplicates: [RecordEntry] = []
    ) {
        self.apex = apex
        self.rrClass = rrClass
        self.store = store
        self.nameOffsets = nameOffsets
        self.records = records
        self.firstRecord = firstRecord
        self.droppedDuplicates = droppedDuplicates
    }
}

// MARK: - Owners

extension Zone {
    /// The number of distinct owner names.
    public var ownerCount: Int { nameOffsets.count }

    /// The name of an owner. It copies; hot loops use the store.
    public func name(of owner: OwnerIndex) -> DomainName { store.name(at: nameOffsets[Int(owner)]) }

    /// The wire-format name of an owner, valid for as long as the zone lives.
    @inline(__always)
    package func nameOctets(of owner: OwnerIndex) -> UnsafeBufferPointer<UInt8> {
        store.nameOctets(at: nameOffsets[Int(owner)])
    }

    /// The indices into ``records`` of an owner's records.
    @inline(__always)
    public func recordRange(of owner: OwnerIndex) -> Range<Int> {
        Int(firstRecord[Int(owner)])..<Int(firstRecord[Int(owner) + 1])
    }

    /// The index of a name, or `nil` when it owns no record.
    ///
    /// - Complexity: O(log of the number of owners).
    public func owner(named name: DomainName) -> OwnerIndex? {
        let position = insertionPoint(of: name)
        guard position < nameOffsets.count else { return nil }
        let isFound = name.wireFormat.withUnsafeBufferPointer { wanted in
            OctetEquality.areSameIgnoringCase(nameOctets(of: OwnerIndex(position)), wanted)
        }
        return isFound ? OwnerIndex(position) : nil
    }

    /// The number of owners that sort before `name`.
    package func insertionPoint(of name: DomainName) -> Int {
        name.wireFormat.withUnsafeBufferPointer { wanted in
            let search = NameSearch(for: wanted, in: self)
            var low = 0
            var high = nameOffsets.count
            while low < high {
                let middle = (low + high) / 2
                if search.isBefore(OwnerIndex(middle)) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }
}

// MARK: - RRsets

extension Zone {
    /// The RDATA of a record, copied.
    public func rdata(of record: RecordEntry) -> [UInt8] { Array(rdataOctets(of: record)) }

    /// The RDATA of a record as written, valid for as long as the zone lives.
    @inline(__always)
    package func rdataOctets(of record: RecordEntry) -> UnsafeBufferPointer<UInt8> {
        store.octets(at: record.rdataOffset, count: record.rdataLength)
    }

    /// The indices into ``records`` of one RRset; empty when there is none.
    public func rrsetRange(of owner: OwnerIndex, type: RRType) -> Range<Int> {
        let all = recordRange(of: owner)
        guard let first = all.first(where: { records[$0].type == type }) else {
            return all.upperBound..<all.upperBound
        }
        var end = first
        while end < all.upperBound, records[end].type == type { end += 1 }
        return first..<end
    }

    /// The ranges of indices of an owner's RRsets, by type.
    public func rrsetRanges(of owner: OwnerIndex) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let all = recordRange(of: owner)
        var start = all.lowerBound
        while start < all.upperBound {
            var end = start + 1
            while end < all.upperBound, records[end].type == records[start].type { end += 1 }
            result.append(start..<end)
            start = end
        }
        return result
    }

    /// One RRset as a value, or `nil` when there is none.
    public func rrset(_ owner: DomainName, _ type: RRType) -> RRset? {
        self.owner(named: owner).flatMap { rrset(of: $0, type) }
    }

    /// One RRset of an owner as a value, or `nil` when there is none.
    public func rrset(of owner: OwnerIndex, _ type: RRType) -> RRset? {
        let range = rrsetRange(of: owner, type: type)
        return range.isEmpty ? nil : rrset(at: range)
    }

    /// The RRset at a range of indices, as a value.
    public func rrset(at range: Range<Int>) -> RRset {
        let first = records[range.lowerBound]
        return RRset(
            owner: name(of: first.owner), type: first.type, ttl: first.ttl,
            rdata: records[range].map { rdata(of: $0) })
    }
}
