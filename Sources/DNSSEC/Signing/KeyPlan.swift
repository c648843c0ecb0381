import DNSModel
import OpenSSLBridge

/// Which keys sign which RRsets of a zone (RFC 4035 §2.2, RFC 6840 §5.11, RFC 7344 §4.1).
struct KeyPlan: Sendable {
    /// A key that signs.
    struct ActiveKey: Sendable {
        let algorithm: UInt8
        let keyTag: UInt16
        let privateKey: PrivateKey
        /// The RDATA of its DNSKEY record.
        let dnskey: [UInt8]
        /// Whether another key that signs has its key tag and algorithm.
        var isAmbiguous = false
    }

    /// All keys that sign anything, by algorithm and key tag.
    var active: [ActiveKey] = []
    /// Those that sign the DNSKEY RRset, as indices of ``active``.
    var dnskeySigners: [Int] = []
    /// Those that sign the CDS and CDNSKEY RRsets.
    var parentSignalSigners: [Int] = []
    /// Those that sign everything else.
    var zoneSigners: [Int] = []
    /// The RDATA of the DNSKEY records to be published.
    var published: [[UInt8]] = []
    /// The RDATA of the DNSKEY records of all keys given, published or not.
    var own: Set<[UInt8]> = []
    /// The keys that the parent is asked to point to.
    var parentSignalKeys: [RData.DNSKEY] = []

    /// The CDS and CDNSKEY records to be published (RFC 7344 §3, RFC 8078 §4).
    func parentSignal(_ signal: ParentSignal, apex: DomainName) -> [(type: RRType, octets: [UInt8])] {
        switch signal {
        case .asInSource, .none: []
        case .delete: [(.cds, [0, 0, 0, 0, 0]), (.cdnskey, [0, 0, 3, 0, 0])]
        case .publish(let digests):
            parentSignalKeys.flatMap { key in
                digests.uniqued().compactMap { type in Self.cds(key, type, apex: apex).map { (.cds, $0) } }
                    + [(.cdnskey, key.wireFormat)]
            }
        }
    }

    /// "digest = digest_algorithm( DNSKEY owner name | DNSKEY RDATA)" (RFC 4034 §5.1.4).
    private static func cds(_ key: RData.DNSKEY, _ type: DigestType, apex: DomainName) -> [UInt8]? {
        let algorithm: DigestAlgorithm
        switch type {
        case .sha1: algorithm = .sha1
        case .sha256: algorithm = .sha256
        case .sha384: algorithm = .sha384
        default: return nil
        }
        let digest = DigestContext.digest(algorithm, of: apex.lowercased.wireFormat + key.wireFormat)
        return RData.DS(keyTag: key.keyTag, algorithm: key.algorithm, digestType: type, digest: digest).wireFormat
    }
}
