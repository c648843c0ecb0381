import COpenSSL

/// One reference to an `EVP_PKEY`, released once: what ``PrivateKey`` is made of.
final class OwnedKey: @unchecked Sendable {  // never changed after it is made
    let pointer: OpaquePointer

    init(takingOwnershipOf pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// An integer of the key by OpenSSL's name.
    func number(_ name: String) throws(OpenSSLError) -> BigNumber {
        var made: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &made) == 1, let made else {
            throw .draining("the key has no '\(name)'")
        }
        return BigNumber(takingOwnershipOf: made)
    }

    /// The public half in DNSKEY form.
    func publicKeyOctets(_ algorithm: SignatureAlgorithm) throws(OpenSSLError) -> [UInt8] {
        switch algorithm.family {
        case .rsa:
            return RSAPublicKeyForm(exponent: try number("e").octets, modulus: try number("n").octets).octets
        case .ecdsa(_, let length, _):
            return try number("qx").octets(paddedTo: length) + number("qy").octets(paddedTo: length)
        case .eddsa(_, let length):
            var octets = [UInt8](repeating: 0, count: length)
            var count = length
            guard EVP_PKEY_get_raw_public_key(pointer, &octets, &count) == 1, count == length else {
                throw .draining("cannot get the public half")
            }
            return octets
        }
    }

    /// The seed of an EdDSA key.
    func rawSecret() throws(OpenSSLError) -> [UInt8] {
        var count = 0
        guard EVP_PKEY_get_raw_private_key(pointer, nil, &count) == 1 else {
            throw .draining("cannot get the private half")
        }
        var octets = [UInt8](repeating: 0, count: count)
        guard EVP_PKEY_get_raw_private_key(pointer, &octets, &count) == 1, count == octets.count else {
            throw .draining("cannot get the private half")
        }
        return octets
    }

    /// The numbers of an RSA key.
    func rsaMaterial() throws(OpenSSLError) -> RSAMaterial {
        RSAMaterial(
            modulus: try number("n").octets, publicExponent: try number("e").octets,
            privateExponent: try number("d").octets,
            prime1: try number("rsa-factor1").octets, prime2: try number("rsa-factor2").octets,
            exponent1: try number("rsa-exponent1").octets, exponent2: try number("rsa-exponent2").octets,
            coefficient: try number("rsa-coefficient1").octets)
    }
}

// MARK: - Construction

extension OwnedKey {
    /// A new key.
    static func generating(_ family: SignatureFamily, bits: Int) throws(OpenSSLError) -> OwnedKey {
        let type =
            switch family {
            case .rsa: "RSA"
            case .ecdsa: "EC"
            case .eddsa(let name, _): name
            }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else {
            throw .draining(.unsupported, "OpenSSL has no \(type)")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var isReady = EVP_PKEY_keygen_init(context) == 1
        switch family {
        case .rsa: isReady = isReady && EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(clamping: bits)) == 1
        case .ecdsa(let curve, _, _): isReady = isReady && EVP_PKEY_CTX_set_group_name(context, curve) == 1
        case .eddsa: break
        }
        var key: OpaquePointer?
        guard isReady, EVP_PKEY_generate(context, &key) == 1, let key else {
            throw .draining("cannot generate a key of \(type)")
        }
        return OwnedKey(takingOwnershipOf: key)
    }

    /// An EdDSA key from its seed (RFC 8032 §5.1.5, §5.2.5).
    convenience init(eddsa name: String, length: Int, seed: [UInt8]) throws(OpenSSLError) {
        guard seed.count == length else {
            throw OpenSSLError(.malformedKey, "a private key of \(seed.count) octets; \(length) are expected")
        }
        let made = seed.withUnsafeBufferPointer {
            EVP_PKEY_new_raw_private_key_ex(nil, name, nil, $0.baseAddress, $0.count)
        }
        guard let made else { throw .draining(.malformedKey, "the octets are no \(name) private key") }
        self.init(takingOwnershipOf: made)
    }

    /// An ECDSA key from its scalar, whose leading zeros may be missing, as old versions of BIND write them.
    convenience init(curve: String, fieldLength: Int, scalar: [UInt8]) throws(OpenSSLError) {
        guard scalar.count <= fieldLength, !scalar.isEmpty else {
            throw OpenSSLError(.malformedKey, "a private key of \(scalar.count) octets; \(fieldLength) are expected")
        }
        let number = try BigNumber(scalar)
        let point = try Self.publicPoint(curve: curve, scalar: number, length: 1 + 2 * fieldLength)
        let parameters = try KeyParameters()
        try parameters.add("priv", number)
        let made = try parameters.makeUnsafeOwnedECKey(curve: curve, point: point, isPrivate: true)
        _ = number.bitCount  // lives until the key is built
        self.init(takingOwnershipOf: made)
    }

    /// The uncompressed point that belongs to a scalar.
    private static func publicPoint(
        curve: String, scalar: borrowing BigNumber, length: Int
    ) throws(OpenSSLError) -> [UInt8] {
        guard let group = EC_GROUP_new_by_curve_name(EC_curve_nist2nid(curve)) else {
            throw .draining(.unsupported, "OpenSSL has no curve \(curve)")
        }
        defer { EC_GROUP_free(group) }
        guard BN_is_zero(scalar.pointer) == 0, BN_cmp(scalar.pointer, EC_GROUP_get0_order(group)) < 0 else {
            throw OpenSSLError(.malformedKey, "the private key is not between 1 and the order of \(curve)")
        }
        guard let point = EC_POINT_new(group) else { throw .draining("cannot compute the public half") }
        defer { EC_POINT_clear_free(point) }
        let context = try BigNumberContext()
        var octets = [UInt8](repeating: 0, count: length)
        guard EC_POINT_mul(group, point, scalar.pointer, nil, nil, context.pointer) == 1,
            EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, &octets, length, context.pointer) == length
        else { throw .draining("cannot compute the public half") }
        return octets
    }
}
