extension Zone {
    /// This zone with further records, whose names and RDATA were written into the same store.
    ///
    /// A record that is there already is not added again; the TTL of the one that is there stays.
    package func merging(_ batches: [RecordBatch], workers: Workers = .single) -> Zone {
        var own = RecordBatch()
        own.names = nameOffsets
        own.records = records
        return Zone(apex: apex, rrClass: rrClass, batches: [own] + batches, store: store, workers: workers)
    }

    /// This zone without the records for which `shouldRemove` is true. Owners that keep no record go with them.
    ///
    /// - Complexity: O(number of records); the names and RDATA stay in the store.
    public func removing(where shouldRemove: (RecordEntry) -> Bool) -> Zone {
        var keptNames: [UInt32] = []
        var keptRecords: [RecordEntry] = []
        var keptFirst: [UInt32] = []
        keptNames.reserveCapacity(nameOffsets.count)
        keptFirst.reserveCapacity(nameOffsets.count + 1)
        keptRecords.reserveCapacity(records.count)
        for owner in nameOffsets.indices {
            let start = keptRecords.count
            for index in recordRange(of: OwnerIndex(owner)) where !shouldRemove(records[index]) {
                var record = records[index]
                record.owner = OwnerIndex(keptNames.count)
                keptRecords.append(record)
            }
            guard keptRecords.count > start else { continue }
            keptNames.append(nameOffsets[owner])
            keptFirst.append(UInt32(start))
        }
        keptFirst.append(UInt32(keptRecords.count))
        return Zone(
            uncheckedApex: apex, rrClass: rrClass, store: store, nameOffsets: keptNames, records: keptRecords,
            firstRecord: keptFirst)
    }
}
