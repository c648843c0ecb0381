public import DNSModel

/// A key that a validator believes without being shown why (RFC 4033 §2): a DS or a DNSKEY of a zone's apex.
public struct TrustAnchor: Sendable, Hashable {
    /// The two forms in which anchors are handed out.
    public enum Form: Sendable, Hashable {
        /// The digest of the key, as a parent zone publishes it.
        case ds(RData.DS)
        /// The key itself.
        case dnskey(RData.DNSKEY)
    }

    /// The zone whose key it is.
    public let owner: DomainName
    /// The key, or its digest.
    public let form: Form

    /// Creates an anchor for the zone `owner`.
    public init(owner: DomainName, form: Form) {
        self.owner = owner
        self.form = form
    }

    /// An anchor that is a DS record.
    public static func ds(_ ds: RData.DS, of owner: DomainName) -> Self { Self(owner: owner, form: .ds(ds)) }

    /// An anchor that is a DNSKEY record.
    public static func dnskey(_ key: RData.DNSKEY, of owner: DomainName) -> Self {
        Self(owner: owner, form: .dnskey(key))
    }

    /// The key tag of the key that it names.
    public var keyTag: UInt16 {
        switch form {
        case .ds(let ds): ds.keyTag
        case .dnskey(let key): key.keyTag
        }
    }

    /// The algorithm of the key that it names.
    public var algorithm: SecurityAlgorithm {
        switch form {
        case .ds(let ds): ds.algorithm
        case .dnskey(let key): key.algorithm
        }
    }
}
