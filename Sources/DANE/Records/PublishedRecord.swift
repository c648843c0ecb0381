public import DNSModel

/// A record that danectl made, ready to be printed or put into a zone.
public struct PublishedRecord: Sendable, Hashable {
    /// The owner name.
    public var owner: DomainName
    /// TLSA, SMIMEA, OPENPGPKEY or SSHFP.
    public var type: RRType
    /// The time to live, or `nil` to leave it to the zone.
    public var ttl: TTL?
    /// The RDATA in wire format.
    public var rdata: [UInt8]

    /// Creates a record.
    public init(owner: DomainName, type: RRType, ttl: TTL?, rdata: [UInt8]) {
        self.owner = owner
        self.type = type
        self.ttl = ttl
        self.rdata = rdata
    }

    /// A TLSA record.
    public init(_ service: TLSAService, _ record: RData.TLSA, ttl: TTL?) {
        self.init(owner: service.owner, type: .tlsa, ttl: ttl, rdata: record.wireFormat)
    }

    /// The record as one line of a zone file, without line end.
    ///
    /// - Parameter isGeneric: Whether to write `TYPE52 \# …` (RFC 3597 §5), for servers that don't know the type.
    public func presentation(isGeneric: Bool = false) -> String {
        let head = "\(owner)\(ttl.map { " \($0)" } ?? "") IN "
        if isGeneric { return head + "TYPE\(type.rawValue) \\# \(rdata.count) \(Hex.encode(rdata).lowercased())" }
        switch type {
        case .tlsa where rdata.count >= 3, .smimea where rdata.count >= 3:
            return head + "\(type == .tlsa ? "TLSA" : "SMIMEA") \(rdata[0]) \(rdata[1]) \(rdata[2]) "
                + Hex.encode(rdata.dropFirst(3)).lowercased()
        case .sshfp where rdata.count >= 2:
            return head + "SSHFP \(rdata[0]) \(rdata[1]) \(Hex.encode(rdata.dropFirst(2)).lowercased())"
        case .openpgpkey: return head + "OPENPGPKEY \(Base64.encode(rdata))"
        default: return head + "TYPE\(type.rawValue) \\# \(rdata.count) \(Hex.encode(rdata).lowercased())"
        }
    }
}

extension PublishedRecord: CustomStringConvertible {
    /// The line of a zone file.
    public var description: String { presentation() }
}
