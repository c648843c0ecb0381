/// All records of one owner, class and type (RFC 2181 §5), copied out of a zone as values.
public struct RRset: Sendable, Hashable {
    /// The owner name.
    public var owner: DomainName
    /// The type.
    public var type: RRType
    /// The TTL of the set.
    public var ttl: TTL
    /// The RDATA of each record in wire format, names uncompressed.
    public var rdata: [[UInt8]]

    /// Creates an RRset.
    public init(owner: DomainName, type: RRType, ttl: TTL, rdata: [[UInt8]]) {
        self.owner = owner
        self.type = type
        self.ttl = ttl
        self.rdata = rdata
    }
}
