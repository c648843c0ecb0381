import COpenSSL

/// A private key that belongs to certificates: made, read, written, and asked to sign.
///
/// Not to be confused with the keys that sign zones, which know DNSSEC's encodings.
public final class CertificateKey: @unchecked Sendable {
    // Sendable: the key is never changed after `init`, and OpenSSL allows signing with one key from several threads.

    /// The kinds of key that are made.
    public enum Kind: Sendable, Hashable {
        /// NIST P-256, the default of ACME clients.
        case ecP256
        /// NIST P-384.
        case ecP384
        /// Ed25519; public CAs don't issue for it.
        case ed25519
        /// RSA with a modulus of `bits`.
        case rsa(bits: Int)
    }

    /// The key (`EVP_PKEY *`), owned.
    package let pointer: OpaquePointer
    /// The public half, as certificates carry it.
    public let publicKey: SubjectPublicKeyInfo

    init(takingOwnershipOf pointer: OpaquePointer) throws(X509Error) {
        guard let octets = encodedDER({ i2d_PUBKEY(pointer, $0) }) else {
            EVP_PKEY_free(pointer)
            throw .openSSL("read the public half of the key")
        }
        do {
            publicKey = try SubjectPublicKeyInfo(der: octets)
        } catch {
            EVP_PKEY_free(pointer)
            throw error
        }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    /// Makes a new key with OpenSSL's own random generator.
    public static func generate(_ kind: Kind) throws(X509Error) -> CertificateKey {
        ERR_clear_error()
        let made: OpaquePointer? =
            switch kind {
            case .ecP256: danectl_generate_ec("P-256")
            case .ecP384: danectl_generate_ec("P-384")
            case .ed25519: danectl_generate_named("ED25519")
            case .rsa(let bits): (1024...16_384).contains(bits) ? danectl_generate_rsa(UInt32(bits)) : nil
            }
        guard let made else { throw .openSSL("make a key") }
        return try CertificateKey(takingOwnershipOf: made)
    }

    /// Reads a private key in DER: PKCS #8, PKCS #1 or SEC 1.
    ///
    /// - Throws: ``X509Error/malformed(what:reason:)``.
    public static func read(der: [UInt8]) throws(X509Error) -> CertificateKey {
        ERR_clear_error()
        let parsed = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return d2i_AutoPrivateKey(nil, &position, buffer.count)
        }
        guard let parsed else { throw .openSSLMalformed("the private key") }
        return try CertificateKey(takingOwnershipOf: parsed)
    }

    /// Reads an encrypted private key from the text of its PEM block.
    static func read(encryptedPEM text: [UInt8], passphrase: String) throws(X509Error) -> CertificateKey {
        ERR_clear_error()
        let parsed = text.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count)) else { return nil }
            defer { BIO_free(bio) }
            return passphrase.withCString {
                PEM_read_bio_PrivateKey(bio, nil, nil, UnsafeMutableRawPointer(mutating: $0))
            }
        }
        guard let parsed else {
            ERR_clear_error()
            throw .wrongPassphrase(what: "the private key")
        }
        return try CertificateKey(takingOwnershipOf: parsed)
    }

    /// The key in PKCS #8, as PEM. A secret: write it for its owner alone, never print it.
    public func pem() throws(X509Error) -> String {
        ERR_clear_error()
        guard let wrapped = EVP_PKEY2PKCS8(pointer) else { throw .openSSL("write the private key") }
        defer { PKCS8_PRIV_KEY_INFO_free(wrapped) }
        guard let octets = encodedDER({ i2d_PKCS8_PRIV_KEY_INFO(wrapped, $0) }) else {
            throw .openSSL("write the private key")
        }
        return PEMBlock.encode(label: "PRIVATE KEY", octets)
    }

    /// Whether this is the key of a certificate.
    public func matches(_ certificate: Certificate) -> Bool { matches(certificate.publicKey) }

    /// Whether this is the private half of a public key, however that is encoded.
    public func matches(_ other: SubjectPublicKeyInfo) -> Bool {
        if other == publicKey { return true }
        let equal = try? other.withKey { key throws(X509Error) in EVP_PKEY_eq(key, pointer) == 1 }
        ERR_clear_error()
        return equal ?? false
    }

    /// The AlgorithmIdentifier that this key's signatures go under, and its digest's name for OpenSSL.
    private var signatureScheme: (identifier: [UInt8], digest: OpaquePointer?) {
        switch publicKey.kind {
        case .ed25519: (DERWriter.sequence(DERWriter.objectIdentifier(.ed25519)), nil)
        case .ed448: (DERWriter.sequence(DERWriter.objectIdentifier(.ed448)), nil)
        case .ec(_, let bits) where bits == 384:
            (DERWriter.sequence(DERWriter.objectIdentifier(.ecdsaWithSHA384)), EVP_sha384())
        case .ec(_, let bits) where bits > 384:
            (DERWriter.sequence(DERWriter.objectIdentifier(.ecdsaWithSHA512)), EVP_sha512())
        case .ec: (DERWriter.sequence(DERWriter.objectIdentifier(.ecdsaWithSHA256)), EVP_sha256())
        default:
            (
                DERWriter.sequence(
                    DERWriter.objectIdentifier(.sha256WithRSA), DERWriter.value(DERReader.Tag.null, [])),
                EVP_sha256()
            )
        }
    }

    /// The AlgorithmIdentifier of ``signed(_:)``, in DER.
    var signatureAlgorithmIdentifier: [UInt8] { signatureScheme.identifier }

    /// A SIGNED value: what is signed, the algorithm, the signature.
    func signed(_ message: [UInt8]) throws(X509Error) -> [UInt8] {
        ERR_clear_error()
        guard let context = EVP_MD_CTX_new() else { throw .openSSL("sign") }
        defer { EVP_MD_CTX_free(context) }
        let scheme = signatureScheme
        var length = 0
        guard EVP_DigestSignInit(context, nil, scheme.digest, nil, pointer) == 1,
            EVP_DigestSign(context, nil, &length, message, message.count) == 1
        else { throw .openSSL("sign with \(publicKey.kind)") }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
            throw .openSSL("sign with \(publicKey.kind)")
        }
        return DERWriter.sequence(message, scheme.identifier, DERWriter.bitString(Array(signature.prefix(length))))
    }
}
