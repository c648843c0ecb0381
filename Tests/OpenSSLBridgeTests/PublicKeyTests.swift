import OpenSSLBridge
import Testing

@Suite("Public keys in DNSKEY form")
struct PublicKeyTests {
    @Test("RFC 3110: a three-octet length is read, and written as it was")
    func longForm() throws {
        let key = try PrivateKey.generate(.rsaSHA256, bits: 1024)
        let octets = key.publicKeyOctets
        let long = [0, 0, octets[0]] + octets[1...]
        let form = try RSAPublicKeyForm(long)
        #expect(form.usesLongFormNeedlessly)
        #expect(form.octets == long)
        #expect(key.matches(try PublicKey(.rsaSHA256, dnskeyOctets: long)))
    }

    @Test("RFC 3110: leading zeros are read, and seen")
    func leadingZeros() throws {
        let key = try PrivateKey.generate(.rsaSHA256, bits: 1024)
        let octets = key.publicKeyOctets
        #expect(try !RSAPublicKeyForm(octets).hasLeadingZeros)
        let zeros = [octets[0] + 1, 0] + octets[1...]
        #expect(try RSAPublicKeyForm(zeros).hasLeadingZeros)
        #expect(key.matches(try PublicKey(.rsaSHA256, dnskeyOctets: zeros)))
    }

    @Test("an exponent of 300 octets fits only with the three-octet length")
    func longExponent() throws {
        let exponent = [UInt8](repeating: 0x55, count: 300)
        let form = RSAPublicKeyForm(exponent: exponent, modulus: [UInt8](repeating: 0xC1, count: 320))
        #expect(form.octets.prefix(3) == [0, 1, 44])
        #expect(try RSAPublicKeyForm(form.octets) == form)
    }

    @Test(
        "sizes out of bounds are refused before any arithmetic",
        arguments: [
            (SignatureAlgorithm.rsaSHA256, 63), (.rsaSHA256, 513), (.rsaSHA256, 65_000), (.rsaSHA512, 127),
            (.rsaSHA1, 4000),
        ])
    func sizes(algorithm: SignatureAlgorithm, length: Int) {
        let octets = RSAPublicKeyForm(exponent: [1, 0, 1], modulus: [UInt8](repeating: 0xC1, count: length)).octets
        let error = #expect(throws: OpenSSLError.self) { _ = try PublicKey(algorithm, dnskeyOctets: octets) }
        #expect(error?.code == .keySize)
    }

    @Test(
        "even or tiny exponents, even moduli and truncated keys are refused",
        arguments: [
            [], [0], [1], [3, 1, 0, 1], [0, 0], [0, 0, 0, 1], [0, 255, 255, 1],
            [1, 0] + [UInt8](repeating: 0xC1, count: 128),
            [1, 1] + [UInt8](repeating: 0xC1, count: 128), [1, 4] + [UInt8](repeating: 0xC1, count: 128),
            [1, 3] + [UInt8](repeating: 0xC0, count: 128), [1, 3] + [UInt8](repeating: 0, count: 128),
        ])
    func malformedRSA(octets: [UInt8]) {
        #expect(throws: OpenSSLError.self) { _ = try PublicKey(.rsaSHA256, dnskeyOctets: octets) }
    }

    @Test("a point off the curve is refused")
    func offCurve() {
        for (algorithm, length) in [(SignatureAlgorithm.ecdsaP256SHA256, 64), (.ecdsaP384SHA384, 96)] {
            for octet: UInt8 in [0, 1, 0xFF] {
                let error = #expect(throws: OpenSSLError.self) {
                    _ = try PublicKey(algorithm, dnskeyOctets: [UInt8](repeating: octet, count: length))
                }
                #expect(error?.code == .malformedKey)
            }
        }
    }

    @Test("octets of a wrong length are refused", arguments: SignatureAlgorithm.allCases)
    func wrongLength(algorithm: SignatureAlgorithm) {
        for length in [0, 1, 31, 33, 58, 63, 65, 97] {
            #expect(throws: OpenSSLError.self) {
                _ = try PublicKey(algorithm, dnskeyOctets: [UInt8](repeating: 4, count: length))
            }
        }
    }

    @Test("another key does not match")
    func mismatch() throws {
        for algorithm in SignatureTests.signing {
            let one = try PrivateKey.generate(algorithm, bits: 1024)
            let other = try PrivateKey.generate(algorithm, bits: 1024)
            #expect(!one.matches(try PublicKey(algorithm, dnskeyOctets: other.publicKeyOctets)))
        }
    }
}
