/// A message digest of the SHA family (FIPS 180-4).
public enum DigestAlgorithm: Sendable, Hashable, CaseIterable {
    /// SHA-1: for NSEC3 hashes and for old signatures and DS records.
    case sha1
    /// SHA-256.
    case sha256
    /// SHA-384.
    case sha384
    /// SHA-512.
    case sha512

    /// The digest's length in octets.
    public var length: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The longest digest of all, in octets.
    public static let maximumLength = 64
}
