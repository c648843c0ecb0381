extension Zone {
    /// Sorts and joins batches of records into a zone.
    ///
    /// Owner names that are equal but for case become one owner, under the spelling that came first. Records that are
    /// equal in owner, type and canonical RDATA become one (RFC 2181 §5), with the TTL of the first.
    ///
    /// - Parameters:
    ///   - apex: The owner of the SOA record.
    ///   - batches: The records, in the order in which they were read.
    ///   - store: Where their names and RDATA are.
    package init(
        apex: DomainName, rrClass: RRClass = .in, batches: [RecordBatch], store: WireStore, workers: Workers = .single
    ) {
        var names: [(offset: UInt32, index: Int)] = []
        var bases: [Int] = []
        for batch in batches {
            bases.append(names.count)
            for offset in batch.names { names.append((offset, names.count)) }
        }
        names.sort {
            let order = CanonicalNameOrder.compare(store.nameOctets(at: $0.offset), store.nameOctets(at: $1.offset))
            return order == 0 ? $0.index < $1.index : order < 0
        }
        var nameOffsets: [UInt32] = []
        var rank = [OwnerIndex](repeating: 0, count: names.count)
        for entry in names {
            if let last = nameOffsets.last,
                CanonicalNameOrder.compare(store.nameOctets(at: last), store.nameOctets(at: entry.offset)) == 0
            {
                rank[entry.index] = OwnerIndex(nameOffsets.count - 1)
            } else {
                rank[entry.index] = OwnerIndex(nameOffsets.count)
                nameOffsets.append(entry.offset)
            }
        }
        var records: [RecordEntry] = []
        for (batch, base) in zip(batches, bases) {
            for var record in batch.records {
                record.owner = rank[base + Int(record.owner)]
                records.append(record)
            }
        }
        self.init(
            apex: apex, rrClass: rrClass, store: store, nameOffsets: nameOffsets, unsortedRecords: records)
    }

    private init(
        apex: DomainName, rrClass: RRClass, store: WireStore, nameOffsets: [UInt32], unsortedRecords: [RecordEntry]
    ) {
        var keyed = unsortedRecords.enumerated().map { (index: $0.offset, record: $0.element) }
        keyed.sort {
            let order = Self.compare($0.record, $1.record, in: store)
            return order == 0 ? $0.index < $1.index : order < 0
        }
        var records: [RecordEntry] = []
        records.reserveCapacity(keyed.count)
        for entry in keyed {
            if let last = records.last, Self.compare(last, entry.record, in: store) == 0 { continue }
            records.append(entry.record)
        }
        var firstRecord = [UInt32](repeating: 0, count: nameOffsets.count + 1)
        for record in records { firstRecord[Int(record.owner) + 1] += 1 }
        for index in 0..<nameOffsets.count { firstRecord[index + 1] += firstRecord[index] }
        self.init(
            uncheckedApex: apex, rrClass: rrClass, store: store, nameOffsets: nameOffsets, records: records,
            firstRecord: firstRecord)
    }

    private static func compare(_ left: RecordEntry, _ right: RecordEntry, in store: WireStore) -> Int {
        if left.owner != right.owner { return left.owner < right.owner ? -1 : 1 }
        if left.type != right.type { return left.type < right.type ? -1 : 1 }
        return CanonicalRDataOrder.compare(left, right, in: store)
    }
}
