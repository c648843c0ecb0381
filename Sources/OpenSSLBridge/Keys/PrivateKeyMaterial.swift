/// The secret numbers of a private key, for key files. It never prints or mirrors them.
public enum PrivateKeyMaterial: Sendable {
    /// RSA's eight numbers.
    case rsa(RSAMaterial)
    /// The scalar of ECDSA or the seed of EdDSA, as long as the field.
    case octets([UInt8])
}

/// The eight numbers of an RSA private key (RFC 8017 §3.2), each most significant octet first.
public struct RSAMaterial: Sendable {
    /// The modulus, n.
    public var modulus: [UInt8]
    /// The public exponent, e.
    public var publicExponent: [UInt8]
    /// The private exponent, d.
    public var privateExponent: [UInt8]
    /// The first prime, p.
    public var prime1: [UInt8]
    /// The second prime, q.
    public var prime2: [UInt8]
    /// d mod (p − 1).
    public var exponent1: [UInt8]
    /// d mod (q − 1).
    public var exponent2: [UInt8]
    /// q⁻¹ mod p.
    public var coefficient: [UInt8]

    /// Collects the numbers; ``PrivateKey/init(_:material:)`` checks them.
    public init(
        modulus: [UInt8], publicExponent: [UInt8], privateExponent: [UInt8], prime1: [UInt8], prime2: [UInt8],
        exponent1: [UInt8], exponent2: [UInt8], coefficient: [UInt8]
    ) {
        self.modulus = modulus
        self.publicExponent = publicExponent
        self.privateExponent = privateExponent
        self.prime1 = prime1
        self.prime2 = prime2
        self.exponent1 = exponent1
        self.exponent2 = exponent2
        self.coefficient = coefficient
    }
}

extension PrivateKeyMaterial: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that there is something, not what.
    public var description: String { "private key material, not shown" }
    /// Says that there is something, not what.
    public var debugDescription: String { description }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}

extension RSAMaterial: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that there is something, not what.
    public var description: String { "RSA private key material, not shown" }
    /// Says that there is something, not what.
    public var debugDescription: String { description }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
