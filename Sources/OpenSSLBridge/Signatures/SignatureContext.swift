import COpenSSL

/// An OpenSSL context that signs or verifies with one duplicate of a key: `EVP_PKEY_CTX *` for digests, `EVP_MD_CTX *`
/// for EdDSA. Both are initialised once.
///
/// OpenSSL 3.0 and 3.1 let one initialisation of EdDSA serve many messages; later versions want one each.
final class SignatureContext {
    /// The context that the key belongs to, or `nil` for the shared one.
    let library: LibraryContext?
    private let key: OpaquePointer?
    private let digestContext: OpaquePointer?
    private let messageContext: OpaquePointer?
    private let isReusable: Bool
    /// The shorter way to ECDSA signatures, where there is one.
    let ecdsa: ECDSASigning?
    /// Room for a digest at 0 and a DER signature at 64.
    let scratch = UnsafeMutableRawPointer.allocate(byteCount: 64 + 128, alignment: 16)

    /// Duplicates the key and prepares the operation.
    init(
        duplicating original: OpaquePointer, _ family: SignatureFamily, isSigning: Bool,
        in library: LibraryContext? = nil
    ) throws(OpenSSLError) {
        ERR_clear_error()
        if let copy = library?.privateKey(copying: original) {
            self.library = library
            key = copy
        } else {
            ERR_clear_error()
            self.library = nil
            key = EVP_PKEY_dup(original)
        }
        isReusable = OpenSSL_version_num() < 0x3020_0000
        if case .ecdsa(_, let fieldLength, _) = family, isSigning, let key {
            ecdsa = ECDSASigning(key, fieldLength: fieldLength)
        } else {
            ecdsa = nil
        }
        if case .eddsa = family {
            digestContext = nil
            messageContext = EVP_MD_CTX_new()
            guard key != nil, messageContext != nil, initialiseMessage(isSigning: isSigning) else {
                throw .draining("cannot prepare for signatures")
            }
            return
        }
        messageContext = nil
        digestContext = EVP_PKEY_CTX_new_from_pkey(self.library?.pointer, key, nil)
        var isReady =
            key != nil && digestContext != nil
            && (isSigning ? EVP_PKEY_sign_init(digestContext) : EVP_PKEY_verify_init(digestContext)) == 1
        if isReady, case .rsa(let digest) = family {
            isReady =
                EVP_PKEY_CTX_set_rsa_padding(digestContext, RSA_PKCS1_PADDING) == 1
                && EVP_PKEY_CTX_set_signature_md(digestContext, digest.method) == 1
        }
        guard isReady else { throw .draining("cannot prepare for signatures") }
    }

    deinit {
        EVP_PKEY_CTX_free(digestContext)
        EVP_MD_CTX_free(messageContext)
        EVP_PKEY_free(key)
        scratch.deallocate()
    }

    /// The longest signature of the key in octets.
    var keyLength: Int { Int(EVP_PKEY_get_size(key)) }

    private func initialiseMessage(isSigning: Bool) -> Bool {
        EVP_MD_CTX_reset(messageContext)
        return
            (isSigning
            ? EVP_DigestSignInit_ex(messageContext, nil, nil, library?.pointer, nil, key, nil)
            : EVP_DigestVerifyInit_ex(messageContext, nil, nil, library?.pointer, nil, key, nil)) == 1
    }
}

// MARK: - Operations

extension SignatureContext {
    /// Signs a digest with ECDSA, and writes r and s to `target`, `2 * fieldLength` octets.
    @inline(__always)
    func sign(
        digest: UnsafeRawPointer, _ digestLength: Int, into target: UnsafeMutableRawPointer, fieldLength: Int
    ) throws(OpenSSLError) {
        if let ecdsa { return try ecdsa.sign(digest: digest, digestLength, into: target) }
        let der = scratch + 64
        let length = try sign(digest: digest, digestLength, into: der, capacity: 128)
        let isConverted = ECDSASignatureForm.convert(
            der: UnsafeRawBufferPointer(start: der, count: length), to: target, fieldLength: fieldLength)
        guard isConverted else { throw OpenSSLError(.library, "OpenSSL made a malformed ECDSA signature") }
    }

    /// Signs a digest.
    @inline(__always)
    func sign(
        digest: UnsafeRawPointer, _ digestLength: Int, into output: UnsafeMutableRawPointer, capacity: Int
    ) throws(OpenSSLError) -> Int {
        var length = capacity
        let status = EVP_PKEY_sign(
            digestContext, output.assumingMemoryBound(to: UInt8.self), &length,
            digest.assumingMemoryBound(to: UInt8.self), digestLength)
        guard status == 1 else { throw .draining("cannot sign") }
        return length
    }

    /// Signs a message.
    func sign(
        message: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer, capacity: Int
    ) throws(OpenSSLError) -> Int {
        guard isReusable || initialiseMessage(isSigning: true) else { throw .draining("cannot sign") }
        var length = capacity
        let status = EVP_DigestSign(
            messageContext, output.assumingMemoryBound(to: UInt8.self), &length,
            message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
        guard status == 1 else { throw .draining("cannot sign") }
        return length
    }

    /// Whether a signature over a digest is right.
    @inline(__always)
    func isValid(
        signature: UnsafeRawBufferPointer, digest: UnsafeRawPointer, _ digestLength: Int
    ) -> Bool {
        let status = EVP_PKEY_verify(
            digestContext, signature.baseAddress?.assumingMemoryBound(to: UInt8.self), signature.count,
            digest.assumingMemoryBound(to: UInt8.self), digestLength)
        if status != 1 { ERR_clear_error() }
        return status == 1
    }

    /// Whether a signature over a message is right.
    func isValid(signature: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) -> Bool {
        guard isReusable || initialiseMessage(isSigning: false) else { return false }
        let status = EVP_DigestVerify(
            messageContext, signature.baseAddress?.assumingMemoryBound(to: UInt8.self), signature.count,
            message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
        if status != 1 { ERR_clear_error() }
        return status == 1
    }
}

extension DigestAlgorithm {
    /// OpenSSL's method, a static of the library.
    fileprivate var method: OpaquePointer? {
        switch self {
        case .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}
