import COpenSSL

/// A public key as certificates carry it (RFC 5280 §4.1.2.7): the octets that selector 1 of TLSA hashes.
public struct SubjectPublicKeyInfo: Sendable, Hashable {
    /// The kind of a key.
    public enum Kind: Sendable, Hashable {
        /// RSA, also under the RSASSA-PSS identifier; the modulus' length in bits.
        case rsa(bits: Int)
        /// An elliptic curve with a name, as `P-256`.
        case ec(curve: String, bits: Int)
        /// Ed25519 (RFC 8410).
        case ed25519
        /// Ed448 (RFC 8410).
        case ed448
        /// DSA, which TLS 1.3 no longer knows.
        case dsa
        /// Anything else.
        case other(ObjectIdentifier)
    }

    /// The DER exactly as found; never re-encoded.
    public let der: [UInt8]
    /// What kind of key it is, and its size.
    public let kind: Kind

    /// Reads a SubjectPublicKeyInfo.
    ///
    /// - Throws: ``X509Error/malformed(what:reason:)``.
    public init(der: [UInt8]) throws(X509Error) {
        do throws(DERFault) {
            var reader = DERReader(der)
            try self.init(reader.read(DERReader.Tag.sequence, "the key"))
            guard reader.isAtEnd else { throw DERFault(reason: "octets follow it") }
        } catch {
            throw .malformed(what: "the public key", reason: error.reason)
        }
    }

    init(_ value: DERValue) throws(DERFault) {
        var fields = value.reader
        var algorithm = try fields.read(DERReader.Tag.sequence, "the algorithm of the public key").reader
        let type = ObjectIdentifier(
            octets: try algorithm.read(DERReader.Tag.objectIdentifier, "the algorithm of the public key").content)
        let bits = try fields.read(DERReader.Tag.bitString, "the public key's bit string")
        switch type {
        case .rsaEncryption, .rsaPSS: kind = .rsa(bits: try Self.modulusBits(bits.content.dropFirst()))
        case .ecPublicKey:
            let curve = try algorithm.readIfPresent(DERReader.Tag.objectIdentifier)
            kind = Self.curve(curve.map { ObjectIdentifier(octets: $0.content) })
        case .ed25519: kind = .ed25519
        case .ed448: kind = .ed448
        case .dsa: kind = .dsa
        default: kind = .other(type)
        }
        der = Array(value.encoded)
    }

    private static func modulusBits(_ key: ArraySlice<UInt8>) throws(DERFault) -> Int {
        var reader = DERReader(key)
        var fields = try reader.read(DERReader.Tag.sequence, "the RSA key").reader
        let modulus = try fields.read(DERReader.Tag.integer, "the RSA modulus").content.drop { $0 == 0 }
        guard let first = modulus.first else { return 0 }
        return modulus.count * 8 - first.leadingZeroBitCount
    }

    private static func curve(_ identifier: ObjectIdentifier?) -> Kind {
        switch identifier {
        case ObjectIdentifier.prime256v1: .ec(curve: "P-256", bits: 256)
        case ObjectIdentifier.secp384r1: .ec(curve: "P-384", bits: 384)
        case ObjectIdentifier.secp521r1: .ec(curve: "P-521", bits: 521)
        case let other?: .ec(curve: other.description, bits: 0)
        case nil: .ec(curve: "explicit parameters", bits: 0)
        }
    }

    /// The key as OpenSSL holds it, owned by the caller; it is given to `body` and freed.
    func withKey<Result>(_ body: (OpaquePointer) throws(X509Error) -> Result) throws(X509Error) -> Result {
        ERR_clear_error()
        let parsed = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return d2i_PUBKEY(nil, &position, buffer.count)
        }
        guard let parsed else { throw .openSSLMalformed("the public key") }
        defer { EVP_PKEY_free(parsed) }
        return try body(parsed)
    }

    /// Whether OpenSSL can read the key.
    public var isUsable: Bool { (try? withKey { (_) throws(X509Error) in true }) ?? false }
}

extension SubjectPublicKeyInfo.Kind: CustomStringConvertible {
    /// `RSA, 2048 bits`, `EC P-256`, `Ed25519`.
    public var description: String {
        switch self {
        case .rsa(let bits): "RSA, \(bits) bits"
        case .ec(let curve, _): "EC \(curve)"
        case .ed25519: "Ed25519"
        case .ed448: "Ed448"
        case .dsa: "DSA"
        case .other(let type): "key type \(type)"
        }
    }
}
