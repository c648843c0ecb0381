public import DNSModel

/// The CDS and CDNSKEY records by which a zone tells its parent which DS records it wants (RFC 7344).
public struct ChildSynchronisation: Sendable, Hashable {
    /// The CDS RRset's data; in canonical order.
    public let cds: [RData.DS]
    /// The CDNSKEY RRset's data; in canonical order.
    public let cdnskey: [RData.DNSKEY]

    /// The records for keys that the parent is to know.
    ///
    /// - Parameters:
    ///   - keys: The keys; see ``DelegationSet``.
    ///   - digestTypes: What the CDS records are made with; one type is enough (RFC 9615 and registries want SHA-256).
    public init(keys: [ZoneKey], digestTypes: [DigestType]) {
        cds = keys.flatMap { key in
            Set(digestTypes).sorted().compactMap { RData.DS(of: key.dnskey, owner: key.owner, digestType: $0) }
        }
        .sorted { $0.wireFormat.lexicographicallyPrecedes($1.wireFormat) }
        cdnskey = keys.map(\.dnskey).sorted { $0.wireFormat.lexicographicallyPrecedes($1.wireFormat) }
    }

    private init(cds: [RData.DS], cdnskey: [RData.DNSKEY]) {
        self.cds = cds
        self.cdnskey = cdnskey
    }

    /// Asks the parent to remove all DS records (RFC 8078 §4): `0 0 0 00` and `0 3 0 AA==`, each alone in its RRset.
    public static let deletion = ChildSynchronisation(
        cds: [RData.DS(keyTag: 0, algorithm: .delete, digestType: .delete, digest: [0])],
        cdnskey: [RData.DNSKEY(flags: 0, protocolField: 3, algorithm: .delete, publicKey: [0])])
}
