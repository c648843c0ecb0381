import DNSModel

/// The tables of a signed zone, as the workers left them, and what may still change at the apex.
struct SignedTables {
    var names: [UInt32]
    /// The class of each name.
    let classes: [OwnerClass]
    var firstRecord: [UInt32]
    var records: [RecordEntry]

    /// Lets workers fill the tables.
    ///
    /// - Returns: The tables, or `nil` when a worker has failed.
    static func filling(_ layout: SigningLayout, pool: WorkerPool, workers: Workers) -> SignedTables? {
        filling(layout) { output in
            workers.forEach(chunks: layout.chunks.count) { index in
                pool.lend { worker throws(SigningFault) in try worker.run(layout.chunks[index], into: output) }
            }
            return pool.fault == nil
        }
    }

    /// The tables that `fill` has filled, or `nil` when it has not.
    static func filling(_ layout: SigningLayout, fill: (SigningOutput) -> Bool) -> SignedTables? {
        var isFull = false
        var classes: [OwnerClass] = []
        var firstRecord: [UInt32] = []
        var records: [RecordEntry] = []
        let names = [UInt32](unsafeUninitializedCapacity: layout.nameCount) { names, nameCount in
            classes = [OwnerClass](unsafeUninitializedCapacity: layout.nameCount) { classes, classCount in
                firstRecord = [UInt32](unsafeUninitializedCapacity: layout.nameCount + 1) { first, firstCount in
                    records = [RecordEntry](unsafeUninitializedCapacity: layout.recordCount) { records, recordCount in
                        let output = SigningOutput(
                            names: names.baseAddress.unsafelyUnwrapped,
                            classes: classes.baseAddress.unsafelyUnwrapped,
                            firstRecord: first.baseAddress.unsafelyUnwrapped,
                            records: records.baseAddress.unsafelyUnwrapped)
                        // Each chunk writes where its owners' records begin; the last one's end is known.
                        output.firstRecord[layout.nameCount] = UInt32(truncatingIfNeeded: layout.recordCount)
                        isFull = fill(output)
                        recordCount = isFull ? layout.recordCount : 0
                    }
                    firstCount = isFull ? layout.nameCount + 1 : 0
                }
                classCount = isFull ? layout.nameCount : 0
            }
            nameCount = isFull ? layout.nameCount : 0
        }
        guard isFull else { return nil }
        return SignedTables(names: names, classes: classes, firstRecord: firstRecord, records: records)
    }

    /// The zone.
    func zone(apex: DomainName, rrClass: RRClass, store: WireStore) -> Zone {
        Zone(
            uncheckedApex: apex, rrClass: rrClass, store: store, nameOffsets: names, records: records,
            firstRecord: firstRecord)
    }

    // MARK: The apex

    /// The indices of the records at the apex.
    var apexRange: Range<Int> { 0..<Int(firstRecord[1]) }

    /// Replaces an RRset at the apex and its signatures by as many others.
    mutating func replaceAtApex(
        _ type: RRType, records new: [RecordEntry], signatures: [RecordEntry], store: WireStore
    ) {
        var newRecords = new.makeIterator()
        var newSignatures = signatures.makeIterator()
        for index in apexRange {
            if records[index].type == type {
                if let record = newRecords.next() { records[index] = record }
            } else if Self.isSignature(records[index], covering: type, in: store) {
                if let signature = newSignatures.next() { records[index] = signature }
            }
        }
        let signatures = apexRange.filter { records[$0].type == .rrsig }
        guard let first = signatures.first, let last = signatures.last else { return }
        records[first...last].sort { CanonicalRDataOrder.compare($0, $1, in: store) < 0 }
    }

    /// The records of an RRset at the apex.
    func atApex(_ type: RRType) -> [RecordEntry] { records[apexRange].filter { $0.type == type } }

    static func isSignature(_ record: RecordEntry, covering type: RRType, in store: WireStore) -> Bool {
        guard record.type == .rrsig, record.rdataLength > 1 else { return false }
        let rdata = store.octets(at: record.rdataOffset, count: 2)
        return UInt16(rdata[0]) << 8 | UInt16(rdata[1]) == type.rawValue
    }

    // MARK: Comparison

    /// Whether another zone has the same names and records, but for the apex SOA and ZONEMD RRsets and their signatures.
    func isEqualButForApexVersion(to other: Zone, store: WireStore, workers: Workers) -> Bool {
        guard names.count == other.nameOffsets.count else { return false }
        let own = self
        let chunks = max(1, names.count / 8192)
        let results = workers.map(chunks: chunks) { chunk in
            let range = (own.names.count * chunk / chunks)..<(own.names.count * (chunk + 1) / chunks)
            return range.allSatisfy { own.isEqual(at: $0, to: other, store: store) }
        }
        return results.allSatisfy { $0 }
    }

    private func isEqual(at owner: Int, to other: Zone, store: WireStore) -> Bool {
        guard OctetEquality.areSame(store.nameOctets(at: names[owner]), other.nameOctets(of: OwnerIndex(owner))) else {
            return false
        }
        var left = Int(firstRecord[owner])..<Int(firstRecord[owner + 1])
        var right = other.recordRange(of: OwnerIndex(owner))
        while true {
            if owner == 0 {
                while let index = left.first, Self.isVersion(records[index], in: store) { left.removeFirst() }
                while let index = right.first, Self.isVersion(other.records[index], in: other.store) {
                    right.removeFirst()
                }
            }
            guard let one = left.popFirst() else { return right.isEmpty }
            guard let two = right.popFirst() else { return false }
            let (record, twin) = (records[one], other.records[two])
            guard record.type == twin.type, record.ttl == twin.ttl, record.rdataLength == twin.rdataLength,
                OctetEquality.areSame(
                    store.octets(at: record.rdataOffset, count: record.rdataLength), other.rdataOctets(of: twin))
            else { return false }
        }
    }

    private static func isVersion(_ record: RecordEntry, in store: WireStore) -> Bool {
        record.type == .soa || record.type == .zonemd || isSignature(record, covering: .soa, in: store)
            || isSignature(record, covering: .zonemd, in: store)
    }
}
