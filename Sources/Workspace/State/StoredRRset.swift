import DNSModel

/// An RRset as state files keep it: TTL, and RDATA as zone files have it.
struct StoredRRset: Codable, Sendable, Hashable {
    var ttl: UInt32
    /// RDATA in presentation format, sorted.
    var records: [String]

    /// Records as they are written.
    init(ttl: UInt32, records: [String]) {
        self.ttl = ttl
        self.records = records
    }

    /// Keeps an RRset, with its TTL as it is published.
    init(_ rrset: RRset, ttl: TTL) {
        self.ttl = ttl.rawValue
        records = rrset.rdata.map { Self.text(rrset.type, $0) }.sorted()
    }

    /// Whether it has the same records as an RRset, whatever the TTL.
    func hasRecords(of rrset: RRset) -> Bool { records == StoredRRset(rrset, ttl: rrset.ttl).records }

    private static func text(_ type: RRType, _ rdata: [UInt8]) -> String {
        var text: [UInt8] = []
        RDataPrinter.append(type, rdata.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The RRset, or `nil` when somebody has written into the state what is no such RDATA.
    func rrset(_ owner: DomainName, _ type: RRType) -> RRset? {
        var rdata: [[UInt8]] = []
        for record in records {
            let text = Array(record.utf8)
            var tokens: [RDataToken] = []
            var start = 0
            for end in 0...text.count where end == text.count || text[end] == UInt8(ascii: " ") {
                if end > start { tokens.append(RDataToken(range: start..<end, isQuoted: false)) }
                start = end + 1
            }
            var wire: [UInt8] = []
            do throws(RDataError) {
                try RDataParser.parse(type, tokens: tokens, text: text.span, origin: .root, into: &wire)
            } catch {
                return nil
            }
            rdata.append(wire)
        }
        return rdata.isEmpty ? nil : RRset(owner: owner, type: type, ttl: TTL(ttl), rdata: rdata)
    }
}
