/// How zones are signed: a public-key algorithm with its digest. The raw value is the DNSSEC algorithm number.
public enum SignatureAlgorithm: UInt8, Sendable, Hashable, CaseIterable {
    /// RSA with SHA-1 (RFC 3110), to verify only (RFC 9905). Algorithm 7 is the same with another number (RFC 5155).
    case rsaSHA1 = 5
    /// RSA with SHA-256 (RFC 5702).
    case rsaSHA256 = 8
    /// RSA with SHA-512 (RFC 5702).
    case rsaSHA512 = 10
    /// ECDSA on P-256 with SHA-256 (RFC 6605).
    case ecdsaP256SHA256 = 13
    /// ECDSA on P-384 with SHA-384 (RFC 6605).
    case ecdsaP384SHA384 = 14
    /// Ed25519 (RFC 8080).
    case ed25519 = 15
    /// Ed448 (RFC 8080).
    case ed448 = 16

    /// Whether new signatures may be made with it.
    public var canSign: Bool { self != .rsaSHA1 }

    /// The sizes of modulus in bits that may be read (RFC 5702 §2), or `nil` where the algorithm fixes the size.
    public var modulusBits: ClosedRange<Int>? {
        switch self {
        case .rsaSHA1, .rsaSHA256: 512...4096
        case .rsaSHA512: 1024...4096
        case .ecdsaP256SHA256, .ecdsaP384SHA384, .ed25519, .ed448: nil
        }
    }

    /// The length of every signature in octets, or `nil` for RSA, where it is that of the modulus.
    public var signatureLength: Int? {
        switch self {
        case .rsaSHA1, .rsaSHA256, .rsaSHA512: nil
        case .ecdsaP256SHA256, .ed25519: 64
        case .ecdsaP384SHA384: 96
        case .ed448: 114
        }
    }

    /// The length of every public key in DNSKEY form in octets, or `nil` for RSA.
    public var publicKeyLength: Int? {
        switch self {
        case .rsaSHA1, .rsaSHA256, .rsaSHA512: nil
        case .ecdsaP256SHA256: 64
        case .ecdsaP384SHA384: 96
        case .ed25519: 32
        case .ed448: 57
        }
    }
}

/// What the library does for an algorithm.
enum SignatureFamily {
    /// PKCS #1 v1.5 over a digest.
    case rsa(DigestAlgorithm)
    /// A curve by OpenSSL's name, the length of a coordinate in octets, and the digest.
    case ecdsa(curve: String, fieldLength: Int, DigestAlgorithm)
    /// EdDSA by OpenSSL's name; signs messages, not digests.
    case eddsa(name: String, keyLength: Int)
}

extension SignatureAlgorithm {
    var family: SignatureFamily {
        switch self {
        case .rsaSHA1: .rsa(.sha1)
        case .rsaSHA256: .rsa(.sha256)
        case .rsaSHA512: .rsa(.sha512)
        case .ecdsaP256SHA256: .ecdsa(curve: "P-256", fieldLength: 32, .sha256)
        case .ecdsaP384SHA384: .ecdsa(curve: "P-384", fieldLength: 48, .sha384)
        case .ed25519: .eddsa(name: "ED25519", keyLength: 32)
        case .ed448: .eddsa(name: "ED448", keyLength: 57)
        }
    }
}
