extension Zone {
    /// Sorts and joins batches of records into a zone.
    ///
    /// Owner names that are equal but for case become one owner, under the spelling that came first. Records that are
    /// equal in owner, type and canonical RDATA become one (RFC 2181 §5), the first; the others are in
    /// ``droppedDuplicates``. TTLs stay as they are. The result is the same for any number of workers.
    ///
    /// - Parameters:
    ///   - apex: The owner of the SOA record.
    ///   - batches: The records, in the order in which they were read; together fewer than 2³¹ names and records.
    ///   - store: Where their names and RDATA are.
    package init(
        apex: DomainName, rrClass: RRClass = .in, batches: [RecordBatch], store: WireStore, workers: Workers = .single
    ) {
        var names: [UInt32] = []
        names.reserveCapacity(batches.reduce(0) { $0 + $1.names.count })
        for batch in batches { names += batch.names }
        let order = OwnerNameSort.order(of: names, below: apex, in: store, workers: workers)
        let gather = RecordGather(batches, names: names, order: order, store: store, workers: workers)
        self = gather.makeZone(apex: apex, rrClass: rrClass)
    }
}
