import COpenSSL

/// Makes ECDSA signatures with the function of OpenSSL's that gives r and s as numbers, `ECDSA_do_sign`.
///
/// It is the one that `EVP_PKEY_sign` calls after looking its way there up anew for each signature, and before it writes DER:
/// the same nonce, made of random octets, the key and the digest, for 3 to 4 % less. OpenSSL 3 calls it deprecated, without
/// a successor. It asks OpenSSL's default provider only, so where the system's configuration has given the key to another
/// one, to one that is certified say, there is no such signing. A hot file.
final class ECDSASigning {
    /// The key (`EC_KEY *`).
    let key: OpaquePointer
    private let fieldLength: Int

    /// - Parameter original: A private key (`EVP_PKEY *`), of whose library context the signatures' random octets will be.
    init?(_ original: OpaquePointer, fieldLength: Int) {
        guard let provider = EVP_PKEY_get0_provider(original), let name = OSSL_PROVIDER_get0_name(provider),
            String(cString: name) == "default", let key = EVP_PKEY_get1_EC_KEY(original)
        else {
            ERR_clear_error()
            return nil
        }
        self.key = key
        self.fieldLength = fieldLength
    }

    deinit { EC_KEY_free(key) }

    /// Signs a digest, and writes r and s to `target`, `2 * fieldLength` octets.
    @inline(__always)
    func sign(digest: UnsafeRawPointer, _ digestLength: Int, into target: UnsafeMutableRawPointer) throws(OpenSSLError)
    {
        let signature = ECDSA_do_sign(
            digest.assumingMemoryBound(to: UInt8.self), Int32(truncatingIfNeeded: digestLength), key)
        guard let signature else { throw .draining("cannot sign") }
        try write(signature, to: target)
    }

    /// Writes r and s to `target`, `2 * fieldLength` octets, and frees the signature (`ECDSA_SIG *`).
    @inline(__always)
    func write(_ signature: OpaquePointer, to target: UnsafeMutableRawPointer) throws(OpenSSLError) {
        defer { ECDSA_SIG_free(signature) }
        let octets = target.assumingMemoryBound(to: UInt8.self)
        let length = Int32(truncatingIfNeeded: fieldLength)
        guard BN_bn2binpad(ECDSA_SIG_get0_r(signature), octets, length) == length,
            BN_bn2binpad(ECDSA_SIG_get0_s(signature), octets + fieldLength, length) == length
        else { throw .draining("OpenSSL made an ECDSA signature that does not fit its curve") }
    }
}
