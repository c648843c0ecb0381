/// What a key of a zone is there for (RFC 9499 §10).
public enum KeyRole: String, Sendable, Hashable, CaseIterable {
    /// Key-signing key: signs the DNSKEY RRset, and the parent's DS points to it.
    case ksk
    /// Zone-signing key: signs everything else.
    case zsk
    /// Combined signing key: both in one.
    case csk

    /// Whether a key of this role has the SEP flag (RFC 3757).
    public var isSEP: Bool { self != .zsk }

    /// The flags of a new key of this role: ZONE, and SEP where the parent points to it.
    public var flags: UInt16 { isSEP ? 257 : 256 }

    /// The role in words, as BIND writes it into key files.
    var words: String {
        switch self {
        case .ksk: "key-signing key"
        case .zsk: "zone-signing key"
        case .csk: "combined-signing key"
        }
    }
}
