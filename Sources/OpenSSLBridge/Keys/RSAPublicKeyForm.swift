/// An RSA public key as DNSKEY records carry it (RFC 3110 §2): the exponent's length, exponent, modulus.
public struct RSAPublicKeyForm: Sendable, Hashable {
    /// The public exponent, most significant octet first, as it was written.
    public let exponent: [UInt8]
    /// The modulus, most significant octet first, as it was written.
    public let modulus: [UInt8]
    /// Whether the exponent's length takes three octets where one would do.
    public let usesLongFormNeedlessly: Bool

    /// Makes the form from numbers; leading zeros are left out, as "prohibited" (RFC 3110 §2).
    public init(exponent: some Collection<UInt8>, modulus: some Collection<UInt8>) {
        self.exponent = Array(exponent.drop { $0 == 0 })
        self.modulus = Array(modulus.drop { $0 == 0 })
        self.usesLongFormNeedlessly = false
    }

    /// Reads the octets of a DNSKEY's public key field.
    ///
    /// Leading zeros are read, though RFC 3110 §2 prohibits them: see ``hasLeadingZeros``.
    /// - Throws: `malformedKey` when there is no room for what the length says, or a part is empty or zero.
    public init(_ octets: [UInt8]) throws(OpenSSLError) {
        var start = 1
        var length = Int(octets.first ?? 0)
        if length == 0, octets.count >= 3 {
            length = Int(octets[1]) << 8 | Int(octets[2])
            start = 3
        }
        guard length > 0, octets.count > start + length else {
            throw OpenSSLError(.malformedKey, "an RSA public key of \(octets.count) octets has no exponent and modulus")
        }
        exponent = Array(octets[start..<(start + length)])
        modulus = Array(octets[(start + length)...])
        usesLongFormNeedlessly = start == 3 && length < 256
        guard exponent.contains(where: { $0 != 0 }), modulus.contains(where: { $0 != 0 }) else {
            throw OpenSSLError(.malformedKey, "the RSA exponent or modulus is zero")
        }
    }

    /// The octets of a DNSKEY's public key field.
    public var octets: [UInt8] {
        let length = exponent.count
        let prefix: [UInt8] =
            length < 256 && !usesLongFormNeedlessly
            ? [UInt8(truncatingIfNeeded: length)]
            : [0, UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
        return prefix + exponent + modulus
    }

    /// Whether the exponent or the modulus begins with a zero octet, which RFC 3110 §2 prohibits.
    public var hasLeadingZeros: Bool { exponent.first == 0 || modulus.first == 0 }

    /// The size of the modulus in bits.
    public var modulusBits: Int { Self.bitCount(modulus) }

    /// The size of the exponent in bits.
    public var exponentBits: Int { Self.bitCount(exponent) }

    private static func bitCount(_ octets: [UInt8]) -> Int {
        guard let first = octets.firstIndex(where: { $0 != 0 }) else { return 0 }
        return (octets.count - first) * 8 - octets[first].leadingZeroBitCount
    }

    /// Checks sizes and parity, so that no hostile key takes longer than an honest one.
    ///
    /// OpenSSL itself refuses exponents of more than 64 bits with moduli of more than 3072.
    func check(for algorithm: SignatureAlgorithm) throws(OpenSSLError) {
        if let allowed = algorithm.modulusBits, !allowed.contains(modulusBits) {
            throw OpenSSLError(
                .keySize,
                "an RSA modulus of \(modulusBits) bits; \(allowed.lowerBound) to \(allowed.upperBound) are allowed")
        }
        guard exponentBits >= 2, exponentBits <= modulusBits, (exponent.last ?? 0) & 1 == 1 else {
            throw OpenSSLError(.malformedKey, "an RSA exponent must be odd, at least 3 and smaller than the modulus")
        }
        guard (modulus.last ?? 0) & 1 == 1 else {
            throw OpenSSLError(.malformedKey, "an RSA modulus must be odd")
        }
    }
}
