/// A DNSSEC algorithm (IANA "DNS Security Algorithm Numbers"). Open to values that IANA adds tomorrow.
///
/// Complete as of November 2026.
@frozen
public struct SecurityAlgorithm: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number.
    public let rawValue: UInt8
    /// Wraps a number, known or not.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In CDS and CDNSKEY: delete the delegation's DS (RFC 8078 §4).
    public static let delete = Self(rawValue: 0)
    /// RSA/MD5 (RFC 3110); must not be used.
    public static let rsamd5 = Self(rawValue: 1)
    /// Diffie-Hellman (RFC 2539); signs nothing.
    public static let dh = Self(rawValue: 2)
    /// DSA/SHA-1 (RFC 2536); must not be used.
    public static let dsa = Self(rawValue: 3)
    /// RSA/SHA-1 (RFC 3110); verified, never made (RFC 9905).
    public static let rsasha1 = Self(rawValue: 5)
    /// DSA/SHA-1 for zones with NSEC3 (RFC 5155); must not be used.
    public static let dsaNSEC3SHA1 = Self(rawValue: 6)
    /// RSA/SHA-1 for zones with NSEC3 (RFC 5155); verified, never made (RFC 9905).
    public static let rsasha1NSEC3 = Self(rawValue: 7)
    /// RSA/SHA-256 (RFC 5702).
    public static let rsasha256 = Self(rawValue: 8)
    /// RSA/SHA-512 (RFC 5702).
    public static let rsasha512 = Self(rawValue: 10)
    /// GOST R 34.10-2001 (RFC 5933); must not be used (RFC 9906).
    public static let eccGOST = Self(rawValue: 12)
    /// ECDSA on P-256 with SHA-256 (RFC 6605).
    public static let ecdsap256sha256 = Self(rawValue: 13)
    /// ECDSA on P-384 with SHA-384 (RFC 6605).
    public static let ecdsap384sha384 = Self(rawValue: 14)
    /// Ed25519 (RFC 8080).
    public static let ed25519 = Self(rawValue: 15)
    /// Ed448 (RFC 8080).
    public static let ed448 = Self(rawValue: 16)
    /// SM2 with SM3 (RFC 9563).
    public static let sm2sm3 = Self(rawValue: 17)
    /// GOST R 34.10-2012 (RFC 9558).
    public static let eccGOST12 = Self(rawValue: 23)
    /// Reserved for indirect keys (RFC 4034 §A.1).
    public static let indirect = Self(rawValue: 252)
    /// A private algorithm that is identified by a name (RFC 4034 §A.1.1).
    public static let privateDNS = Self(rawValue: 253)
    /// A private algorithm that is identified by an OID (RFC 4034 §A.1.1).
    public static let privateOID = Self(rawValue: 254)

    /// By number.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

// MARK: - Mnemonics

extension SecurityAlgorithm {
    /// Reads a mnemonic in any case, or a number up to 255.
    public init?(mnemonic: String) {
        if let number = UInt8(decimalDigits: mnemonic.utf8) {
            self.init(rawValue: number)
            return
        }
        let wanted = mnemonic.uppercased()
        guard let found = AlgorithmRecommendation.all.first(where: { $0.mnemonic == wanted || $0.alias == wanted })
        else { return nil }
        self = found.algorithm
    }

    /// IANA's mnemonic, such as `ECDSAP256SHA256`, or `nil` when it has none.
    public var mnemonic: String? { recommendation?.mnemonic }
}

extension SecurityAlgorithm: CustomStringConvertible {
    /// The mnemonic, or the number.
    public var description: String { mnemonic ?? String(rawValue) }
}

extension UInt8 {
    /// Reads decimal digits and nothing else: no sign.
    init?(decimalDigits text: some Collection<UInt8>) {
        var value = 0
        for octet in text {
            guard octet &- 48 < 10, value < 256 else { return nil }
            value = value * 10 + Int(octet &- 48)
        }
        guard !text.isEmpty, value < 256 else { return nil }
        self = UInt8(value)
    }
}
