/// Collects records one by one and makes a zone of them.
///
/// For zones that are made in code, and for the records that signing adds. Readers of zone files write into a
/// ``WireStore`` themselves.
public struct ZoneRecordsBuilder: ~Copyable {
    /// Where the names and RDATA go.
    package let store: WireStore
    /// What was added so far.
    package private(set) var batch = RecordBatch()
    private var writer: WireWriter
    private var lastOwner: DomainName?

    /// Creates a builder with a store of its own.
    public init() { self.init(store: WireStore()) }

    /// Creates a builder that writes into an existing zone's store, so that its batch can be merged into that zone.
    package init(store: WireStore) {
        self.store = store
        writer = WireWriter(store)
    }

    /// The number of records that were added.
    public var recordCount: Int { batch.records.count }

    /// Adds a record.
    ///
    /// - Parameter rdata: The RDATA in wire format, names uncompressed, well-formed for `type`, at most 65535 octets.
    /// - Throws: ``WireStoreFull`` when names and RDATA come to more than 4 GiB.
    public mutating func add(
        owner: DomainName, type: RRType, ttl: TTL, rdata: [UInt8]
    ) throws(WireStoreFull) {
        precondition(rdata.count <= Int(UInt16.max), "RDATA is at most 65535 octets")
        if owner != lastOwner {
            batch.names.append(try writer.append(owner.wireFormat))
            lastOwner = owner
        }
        let offset = try writer.append(rdata)
        batch.records.append(
            RecordEntry(
                owner: OwnerIndex(batch.names.count - 1), type: type, ttl: ttl, rdataOffset: offset,
                rdataLength: rdata.count, lowercases: CanonicalRData.needsLowercasing(type: type, rdata: rdata)))
    }

    /// Adds the records of an RRset.
    ///
    /// - Throws: ``WireStoreFull``, as ``add(owner:type:ttl:rdata:)`` does.
    public mutating func add(_ rrset: RRset) throws(WireStoreFull) {
        for rdata in rrset.rdata {
            try add(owner: rrset.owner, type: rrset.type, ttl: rrset.ttl, rdata: rdata)
        }
    }

    /// The zone of all records that were added.
    public func makeZone(apex: DomainName, rrClass: RRClass = .in, workers: Workers = .single) -> Zone {
        Zone(apex: apex, rrClass: rrClass, batches: [batch], store: store, workers: workers)
    }
}
