import COpenSSL

/// Verifies signatures with one key, thousands of them: what can be prepared once is prepared once.
///
/// One worker's, never shared. A hot file: it reads and writes through unchecked pointers.
public struct Verifier: ~Copyable {
    /// What it verifies.
    public let algorithm: SignatureAlgorithm
    private let family: SignatureFamily
    private let signatureLength: Int
    private let context: SignatureContext
    private let key: PublicKey
    private var tabled: TabledECDSAVerification?
    private var count = 0
    private var digest: DigestContext

    /// Prepares to verify.
    public init(key: PublicKey) throws(OpenSSLError) {
        let context = try SignatureContext(duplicating: key.pointer, key.algorithm.family, isSigning: false)
        signatureLength = key.algorithm.signatureLength ?? context.keyLength
        self.context = context
        self.key = key
        algorithm = key.algorithm
        family = key.algorithm.family
        digest = DigestContext(family.digest)
        if key.multiples.isReady { tabled = key.multiples.verification(with: key) }
    }

    /// Whether `signature`, in the encoding of RRSIG records, is this key's over `message`.
    ///
    /// A signature of a wrong length is not valid (RFC 3110 §3, RFC 6605 §4, RFC 8080 §4).
    public mutating func isValid(signature: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) -> Bool {
        guard signature.count == signatureLength, let octets = signature.baseAddress else { return false }
        let scratch = context.scratch
        switch family {
        case .ecdsa(_, let fieldLength, let algorithm):
            digest.digest(message, into: UnsafeMutableRawBufferPointer(start: scratch, count: 64))
            if let tabled {
                // What the table cannot confirm, OpenSSL's own verification decides.
                if tabled.isValid(signature: octets, digest: scratch) { return true }
            } else {
                countTowardsTable()
            }
            let length = ECDSASignatureForm.convert(octets, fieldLength: fieldLength, toDER: scratch + 64)
            let der = UnsafeRawBufferPointer(start: scratch + 64, count: length)
            return context.isValid(signature: der, digest: scratch, algorithm.length)
        case .rsa(let algorithm):
            digest.digest(message, into: UnsafeMutableRawBufferPointer(start: scratch, count: 64))
            return context.isValid(signature: signature, digest: scratch, algorithm.length)
        case .eddsa:
            return context.isValid(signature: signature, message: message)
        }
    }

    /// Asks for a table now and then, until there is one or the key cannot have one.
    private mutating func countTowardsTable() {
        count += 1
        guard count % 64 == 0, key.multiples.isWorthwhile(after: 64) else { return }
        tabled = key.multiples.verification(with: key)
    }

    /// Whether `signature` is this key's over `message`.
    public mutating func isValid(signature: [UInt8], message: [UInt8]) -> Bool {
        signature.withUnsafeBytes { signature in
            message.withUnsafeBytes { isValid(signature: signature, message: $0) }
        }
    }
}
