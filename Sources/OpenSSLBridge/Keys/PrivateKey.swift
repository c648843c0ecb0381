import COpenSSL

/// A private key of a zone, with its public half (`EVP_PKEY *`).
public final class PrivateKey: @unchecked Sendable {  // immutable after init; each signer works on its own duplicate
    /// What it signs.
    public let algorithm: SignatureAlgorithm
    /// The public half as the octets of a DNSKEY's public key field (RFC 3110 §2, RFC 6605 §4, RFC 8080 §3).
    public let publicKeyOctets: [UInt8]
    let key: OwnedKey
    var pointer: OpaquePointer { key.pointer }

    private init(_ algorithm: SignatureAlgorithm, key: OwnedKey) throws(OpenSSLError) {
        self.algorithm = algorithm
        self.key = key
        self.publicKeyOctets = try key.publicKeyOctets(algorithm)
    }

    /// Makes a new key from OpenSSL's random generator.
    ///
    /// - Parameters:
    ///   - algorithm: What it is to sign.
    ///   - bits: The size of an RSA modulus, 1024 to 4096; other algorithms fix their size and ignore it.
    /// - Throws: `unsupported` for algorithms that only verify, `keySize` for a size out of range.
    public static func generate(_ algorithm: SignatureAlgorithm, bits: Int = 2048) throws(OpenSSLError) -> PrivateKey {
        ERR_clear_error()
        guard algorithm.canSign else {
            throw OpenSSLError(.unsupported, "RSA with SHA-1 is for verifying only")
        }
        if algorithm.modulusBits != nil, !(1024...4096).contains(bits) {
            throw OpenSSLError(.keySize, "an RSA modulus of \(bits) bits; 1024 to 4096 are allowed")
        }
        return try PrivateKey(algorithm, key: OwnedKey.generating(algorithm.family, bits: bits))
    }

    /// Makes a key from the numbers of a key file, computing the public half.
    ///
    /// - Throws: `inconsistentKey` when the numbers do not belong together, `malformedKey` when they are no key,
    ///   `keySize` for an RSA modulus out of ``SignatureAlgorithm/modulusBits``.
    public convenience init(
        _ algorithm: SignatureAlgorithm, material: PrivateKeyMaterial
    ) throws(OpenSSLError) {
        ERR_clear_error()
        switch (algorithm.family, material) {
        case (.rsa, .rsa(let numbers)):
            try self.init(algorithm, key: OwnedKey(rsa: numbers, for: algorithm))
        case (.ecdsa(let curve, let length, _), .octets(let scalar)):
            try self.init(algorithm, key: OwnedKey(curve: curve, fieldLength: length, scalar: scalar))
        case (.eddsa(let name, let length), .octets(let seed)):
            try self.init(algorithm, key: OwnedKey(eddsa: name, length: length, seed: seed))
        case (.rsa, .octets), (.ecdsa, .rsa), (.eddsa, .rsa):
            throw OpenSSLError(.malformedKey, "the numbers belong to another kind of algorithm")
        }
    }

    /// The secret numbers, to be written to a key file of mode 0600 and nowhere else.
    public func material() throws(OpenSSLError) -> PrivateKeyMaterial {
        switch algorithm.family {
        case .rsa: .rsa(try key.rsaMaterial())
        case .ecdsa(_, let length, _): .octets(try key.number("priv").octets(paddedTo: length))
        case .eddsa: .octets(try key.rawSecret())
        }
    }

    /// Whether `publicKey` is this key's public half, whatever leading zeros its octets have.
    public func matches(_ publicKey: PublicKey) -> Bool {
        ERR_clear_error()
        let isSame = EVP_PKEY_eq(pointer, publicKey.pointer) == 1
        ERR_clear_error()
        return isSame
    }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
    /// The algorithm; nothing secret.
    public var description: String { "private key for \(algorithm)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
