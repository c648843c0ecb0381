import COpenSSL

/// Makes signatures with one key, thousands of them: what can be prepared once is prepared once.
///
/// One worker's, never shared: it has its own duplicate of the key, so that workers do not meet at the key's reference
/// count or RSA's blinding. A hot file: it reads and writes through unchecked pointers.
public struct Signer: ~Copyable {
    /// The longest signature of all in octets: RSA with a modulus of 4096 bits.
    public static let maximumSignatureLength = 512

    /// What it signs with.
    public let algorithm: SignatureAlgorithm
    /// The length of every signature it makes, in octets.
    public let signatureLength: Int
    private let family: SignatureFamily
    private let context: SignatureContext
    private var digest: DigestContext
    private let batch: ECDSABatch?

    /// Prepares to sign.
    ///
    /// - Parameters:
    ///   - library: A context of the library that the worker has to itself; without one, the shared context.
    ///   - inBatches: Whether ``signLater(_:into:)`` is to make many signatures at a time, where that costs less.
    /// - Throws: `unsupported` for algorithms that only verify.
    public init(
        key: PrivateKey, in library: LibraryContext? = nil, inBatches: Bool = false
    ) throws(OpenSSLError) {
        guard key.algorithm.canSign else {
            throw OpenSSLError(.unsupported, "RSA with SHA-1 is for verifying only")
        }
        let context = try SignatureContext(duplicating: key.pointer, key.algorithm.family, isSigning: true, in: library)
        signatureLength = key.algorithm.signatureLength ?? context.keyLength
        self.context = context
        batch = inBatches ? context.ecdsa.flatMap { ECDSABatch($0, in: context.library) } : nil
        algorithm = key.algorithm
        family = key.algorithm.family
        digest = DigestContext(family.digest)
    }

    /// Signs a message, in the encoding of RRSIG records: RSA's integer (RFC 3110 §3), ECDSA's r and s
    /// (RFC 6605 §4), EdDSA's octets (RFC 8080 §4).
    ///
    /// - Parameters:
    ///   - message: The octets to be signed, not a digest of them.
    ///   - output: Room for ``signatureLength`` octets.
    /// - Returns: The signature's length.
    public mutating func sign(
        _ message: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(OpenSSLError) -> Int {
        guard output.count >= signatureLength, let target = output.baseAddress else {
            throw OpenSSLError(.bufferTooSmall, "\(output.count) octets for a signature of \(signatureLength)")
        }
        let scratch = context.scratch
        switch family {
        case .ecdsa(_, let fieldLength, let algorithm):
            digest.digest(message, into: UnsafeMutableRawBufferPointer(start: scratch, count: 64))
            try context.sign(digest: scratch, algorithm.length, into: target, fieldLength: fieldLength)
            return signatureLength
        case .rsa(let algorithm):
            digest.digest(message, into: UnsafeMutableRawBufferPointer(start: scratch, count: 64))
            return try context.sign(digest: scratch, algorithm.length, into: target, capacity: output.count)
        case .eddsa:
            return try context.sign(message: message, into: target, capacity: output.count)
        }
    }

    /// Signs a message as ``sign(_:into:)`` does, but perhaps later: the signature is there when ``signWhatIsLeft()`` has
    /// returned.
    ///
    /// - Parameters:
    ///   - message: The octets to be signed, which need not stay.
    ///   - output: Room for ``signatureLength`` octets, which must stay until then.
    /// - Returns: The signature's length.
    /// - Throws: What stopped this or an earlier signature; those not yet made are never made then.
    public mutating func signLater(
        _ message: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(OpenSSLError) -> Int {
        guard let batch, output.count >= signatureLength, let target = output.baseAddress else {
            return try sign(message, into: output)
        }
        digest.digest(
            message, into: UnsafeMutableRawBufferPointer(start: batch.nextDigest, count: ECDSABatch.digestLength))
        try batch.add(signatureTo: target)
        return signatureLength
    }

    /// Makes the signatures that ``signLater(_:into:)`` has put off.
    public mutating func signWhatIsLeft() throws(OpenSSLError) { try batch?.sign() }

    /// Signs a message and returns the signature. For few messages; ``sign(_:into:)`` does not allocate.
    public mutating func signature(over message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: signatureLength)
        // Arrays' closures throw any error, so the typed one takes this way out.
        let result: Result<Int, OpenSSLError> = message.withUnsafeBytes { message in
            signature.withUnsafeMutableBytes { output in
                do throws(OpenSSLError) {
                    return .success(try sign(message, into: output))
                } catch {
                    return .failure(error)
                }
            }
        }
        let length = try result.get()
        return Array(signature.prefix(length))
    }
}

extension SignatureFamily {
    /// The digest that is signed; EdDSA has none of its own accord, and any will do.
    var digest: DigestAlgorithm {
        switch self {
        case .rsa(let digest), .ecdsa(_, _, let digest): digest
        case .eddsa: .sha512
        }
    }
}
