import COpenSSL

/// A public key of a zone (`EVP_PKEY *`).
public final class PublicKey: @unchecked Sendable {  // immutable after init; each verifier works on its own duplicate
    /// What it verifies.
    public let algorithm: SignatureAlgorithm
    /// The octets of the DNSKEY's public key field, as they were given.
    public let dnskeyOctets: [UInt8]
    let pointer: OpaquePointer
    /// A table that speeds verifying up, made when the key has verified enough to be worth it.
    let multiples = KeyMultiplesCache()

    /// Reads the public key field of a DNSKEY (RFC 3110 §2, RFC 6605 §4, RFC 8080 §3).
    ///
    /// - Throws: `malformedKey` for a wrong length or a point off the curve, `keySize` for an RSA modulus out of
    ///   ``SignatureAlgorithm/modulusBits``.
    public init(_ algorithm: SignatureAlgorithm, dnskeyOctets: [UInt8]) throws(OpenSSLError) {
        ERR_clear_error()
        self.algorithm = algorithm
        self.dnskeyOctets = dnskeyOctets
        if let length = algorithm.publicKeyLength, dnskeyOctets.count != length {
            throw OpenSSLError(.malformedKey, "a public key of \(dnskeyOctets.count) octets; \(length) are expected")
        }
        switch algorithm.family {
        case .rsa:
            let form = try RSAPublicKeyForm(dnskeyOctets)
            try form.check(for: algorithm)
            let modulus = try BigNumber(form.modulus)
            let exponent = try BigNumber(form.exponent)
            let parameters = try KeyParameters()
            try parameters.add("n", modulus)
            try parameters.add("e", exponent)
            pointer = try parameters.makeUnsafeOwnedKey("RSA", isPrivate: false)
            // The builder borrows the numbers until here.
            _ = (modulus.bitCount, exponent.bitCount)
        case .ecdsa(let curve, _, _):
            pointer = try KeyParameters()
                .makeUnsafeOwnedECKey(curve: curve, point: [4] + dnskeyOctets, isPrivate: false)
        case .eddsa(let name, _):
            let made = dnskeyOctets.withUnsafeBufferPointer {
                EVP_PKEY_new_raw_public_key_ex(nil, name, nil, $0.baseAddress, $0.count)
            }
            guard let made else { throw .draining(.malformedKey, "the octets are no \(name) public key") }
            pointer = made
        }
    }

    deinit { EVP_PKEY_free(pointer) }
}
