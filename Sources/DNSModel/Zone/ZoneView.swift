/// A zone's tables as unchecked buffers, for loops over millions of records; valid inside ``Zone/withView(_:)`` only.
package struct ZoneView: @unchecked Sendable {
    // Sendable: the tables are immutable, and whoever passes a view on waits for the work that uses it.
    package let store: WireStore
    package let names: UnsafeBufferPointer<UInt32>
    package let firstRecord: UnsafeBufferPointer<UInt32>
    package let records: UnsafeBufferPointer<RecordEntry>

    package init(
        store: WireStore, names: UnsafeBufferPointer<UInt32>, firstRecord: UnsafeBufferPointer<UInt32>,
        records: UnsafeBufferPointer<RecordEntry>
    ) {
        self.store = store
        self.names = names
        self.firstRecord = firstRecord
        self.records = records
    }

    /// The number of owners.
    @inlinable @inline(__always)
    package var ownerCount: Int { names.count }

    /// The wire-format name of an owner.
    @inlinable @inline(__always)
    package func nameOctets(of owner: Int) -> UnsafeBufferPointer<UInt8> { store.nameOctets(at: names[owner]) }

    /// The wire-format name of an owner.
    @inlinable @inline(__always)
    package func nameOctets(of owner: OwnerIndex) -> UnsafeBufferPointer<UInt8> { nameOctets(of: Int(owner)) }

    /// The name of an owner, copied.
    package func name(of owner: OwnerIndex) -> DomainName { store.name(at: names[Int(owner)]) }

    /// The RDATA of a record.
    @inlinable @inline(__always)
    package func rdataOctets(of record: RecordEntry) -> UnsafeBufferPointer<UInt8> {
        store.octets(at: record.rdataOffset, count: record.rdataLength)
    }

    /// The indices into ``records`` of an owner's records.
    @inlinable @inline(__always)
    package func recordRange(of owner: OwnerIndex) -> Range<Int> {
        Int(firstRecord[Int(owner)])..<Int(firstRecord[Int(owner) &+ 1])
    }

    /// The name of an empty non-terminal, copied.
    package func name(of emptyNonTerminal: EmptyNonTerminal) -> DomainName {
        store.name(at: emptyNonTerminal.nameOffset)
    }

    /// The records of an owner.
    @inlinable @inline(__always)
    package func records(of owner: Int) -> UnsafeBufferPointer<RecordEntry> {
        let start = Int(firstRecord[owner])
        return UnsafeBufferPointer(rebasing: records[start..<Int(firstRecord[owner &+ 1])])
    }

    /// Reads ahead names and RDATA of an owner and the next ones, when it is the first of a block: see ``CacheWarming``.
    @inlinable @inline(__always)
    package func warm(_ owner: Int, isFirst: Bool, sink: inout UInt8) {
        if isFirst || owner % CacheWarming.block == 0 { warmBlock(owner, sink: &sink) }
    }

    @usableFromInline
    func warmBlock(_ owner: Int, sink: inout UInt8) {
        let end = min(ownerCount, owner &+ CacheWarming.block &- owner % CacheWarming.block)
        guard let names = names.baseAddress, let records = records.baseAddress, owner < end else { return }
        CacheWarming.touch(names + owner, count: end &- owner, in: store, sink: &sink)
        let first = Int(firstRecord[owner])
        CacheWarming.touch(records + first, count: Int(firstRecord[end]) &- first, in: store, sink: &sink)
    }

    /// The number of owners that sort before `name`.
    package func insertionPoint(of name: UnsafeBufferPointer<UInt8>) -> Int {
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low &+ high) / 2
            if CanonicalNameOrder.compare(nameOctets(of: middle), name) < 0 { low = middle &+ 1 } else { high = middle }
        }
        return low
    }
}

extension Zone {
    /// Calls `body` with the zone's tables.
    package func withView<Result, Failure: Error>(
        _ body: (ZoneView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try nameOffsets.withUnsafeBufferPointer { names throws(Failure) in
            try firstRecord.withUnsafeBufferPointer { firstRecord throws(Failure) in
                try records.withUnsafeBufferPointer { records throws(Failure) in
                    try body(ZoneView(store: store, names: names, firstRecord: firstRecord, records: records))
                }
            }
        }
    }
}
