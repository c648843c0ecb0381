import DNSModel

/// Tables for what one chunk yields, filled again for the next one.
///
/// A hot file: the tables are unchecked, and as large as the largest chunk needs.
final class ChunkTables {
    let output: SigningOutput

    init(for layout: SigningLayout) {
        let (names, records) = layout.largestChunk
        output = SigningOutput(
            names: .allocate(capacity: max(1, names)), classes: .allocate(capacity: max(1, names)),
            firstRecord: .allocate(capacity: names + 1), records: .allocate(capacity: max(1, records)))
    }

    deinit {
        output.names.deallocate()
        output.classes.deallocate()
        output.firstRecord.deallocate()
        output.records.deallocate()
    }
}

/// A chunk as it was signed, valid until its worker signs the next one.
struct SignedChunk {
    let view: ZoneView
    let classes: UnsafeBufferPointer<OwnerClass>

    init(_ output: SigningOutput, names: Int, records: Int, in store: WireStore) {
        view = ZoneView(
            store: store, names: UnsafeBufferPointer(start: output.names, count: names),
            firstRecord: UnsafeBufferPointer(start: output.firstRecord, count: names + 1),
            records: UnsafeBufferPointer(start: output.records, count: records))
        classes = UnsafeBufferPointer(start: output.classes, count: names)
    }

    /// A copy of the tables.
    func zone(_ apex: DomainName, _ rrClass: RRClass) -> Zone {
        Zone(
            uncheckedApex: apex, rrClass: rrClass, store: view.store, nameOffsets: Array(view.names),
            records: Array(view.records), firstRecord: Array(view.firstRecord))
    }
}

extension SigningWorker {
    /// Signs a chunk into tables of its own, and forgets the one before.
    func signAlone(_ chunk: SigningLayout.Chunk, of layout: SigningLayout) throws(SigningFault) -> SignedChunk {
        writer.forget()
        let tables = tables ?? ChunkTables(for: layout)
        self.tables = tables
        var alone = chunk
        alone.firstName = 0
        alone.firstRecord = 0
        let end = try run(alone, into: tables.output)
        tables.output.firstRecord[end.name] = UInt32(truncatingIfNeeded: end.record)
        return SignedChunk(tables.output, names: end.name, records: end.record, in: store)
    }
}
