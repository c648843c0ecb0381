/// One DNSSEC key, as DNSKEY, RRSIG and DS records name it.
public struct KeyIdentity: Sendable, Hashable, Comparable, Codable {
    /// The algorithm's number (RFC 8624 and its successors).
    public let algorithm: UInt8
    /// The key tag (RFC 4034 appendix B).
    public let keyTag: UInt16
    /// Tells keys apart whose algorithm and tag are the same; any stable text, such as a digest of the public key.
    public let fingerprint: String

    /// Creates an identity.
    public init(algorithm: UInt8, keyTag: UInt16, fingerprint: String) {
        self.algorithm = algorithm
        self.keyTag = keyTag
        self.fingerprint = fingerprint
    }

    /// By algorithm, then key tag, then fingerprint.
    public static func < (left: Self, right: Self) -> Bool {
        (left.algorithm, left.keyTag, left.fingerprint) < (right.algorithm, right.keyTag, right.fingerprint)
    }
}

extension KeyIdentity: CustomStringConvertible {
    /// `13/31415`: algorithm and key tag.
    public var description: String { "\(algorithm)/\(keyTag)" }
}
