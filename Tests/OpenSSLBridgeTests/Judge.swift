import OpenSSLBridge

/// A verifier that expectations can hold: they copy what they look at.
final class Judge {
    private var verifier: Verifier

    init(_ key: PublicKey) throws { verifier = try Verifier(key: key) }

    /// The verifier for a private key's public half.
    convenience init(_ key: PrivateKey) throws {
        try self.init(PublicKey(key.algorithm, dnskeyOctets: key.publicKeyOctets))
    }

    func isValid(signature: [UInt8], message: [UInt8]) -> Bool {
        verifier.isValid(signature: signature, message: message)
    }
}
