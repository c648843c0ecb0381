import OpenSSLBridge
import Testing

@Suite("Signatures")
struct SignatureTests {
    static let signing = SignatureAlgorithm.allCases.filter(\.canSign)

    @Test(
        "every algorithm: what a new key signs, its public half verifies, in a library context of its own too",
        arguments: signing, [false, true])
    func roundTrip(algorithm: SignatureAlgorithm, hasOwnContext: Bool) throws {
        let key = try PrivateKey.generate(algorithm, bits: 1024)
        let publicKey = try PublicKey(algorithm, dnskeyOctets: key.publicKeyOctets)
        #expect(key.matches(publicKey))
        let library = hasOwnContext ? LibraryContext() : nil
        try #require(!hasOwnContext || library != nil)
        var signer = try Signer(key: key, in: library)
        let length = signer.signatureLength
        let verifier = try Judge(publicKey)
        for count in [0, 1, 55, 64, 1000] {
            let message = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            var signature = try signer.signature(over: message)
            #expect(signature.count == length)
            #expect(verifier.isValid(signature: signature, message: message))
            #expect(!verifier.isValid(signature: signature, message: message + [0]))
            #expect(!verifier.isValid(signature: signature + [0], message: message))
            #expect(!verifier.isValid(signature: signature.dropLast() + [], message: message))
            #expect(!verifier.isValid(signature: [], message: message))
            signature[signature.count / 2] ^= 1
            #expect(!verifier.isValid(signature: signature, message: message))
            signature[signature.count / 2] ^= 1
            #expect(verifier.isValid(signature: signature, message: message), "a bad signature spoils nothing after it")
        }
    }

    @Test(
        "a thousand ECDSA signatures, short r and s among them, keep their length",
        arguments: [
            SignatureAlgorithm.ecdsaP256SHA256, .ecdsaP384SHA384,
        ])
    func paddedIntegers(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm)
        var signer = try Signer(key: key)
        let verifier = try Judge(key)
        let half = signer.signatureLength / 2
        var leadingZeros = 0
        for index in 0..<1000 {
            let message = [UInt8(truncatingIfNeeded: index), UInt8(index >> 8)]
            let signature = try signer.signature(over: message)
            if signature[0] == 0 || signature[half] == 0 { leadingZeros += 1 }
            #expect(signature.count == 2 * half)
            #expect(verifier.isValid(signature: signature, message: message))
        }
        #expect(leadingZeros > 0)
    }

    @Test("signatures of zeros and of ones are invalid, not fatal", arguments: signing)
    func degenerateSignatures(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm, bits: 1024)
        let verifier = try Judge(key)
        let length = algorithm.signatureLength ?? 128
        for octet: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
            #expect(!verifier.isValid(signature: [UInt8](repeating: octet, count: length), message: [1, 2, 3]))
        }
    }

    @Test("RSA with SHA-1 is for verifying only")
    func sha1() throws {
        #expect(throws: OpenSSLError.self) { _ = try PrivateKey.generate(.rsaSHA1, bits: 1024) }
        let sha256 = try PrivateKey.generate(.rsaSHA256, bits: 1024)
        let key = try PrivateKey(.rsaSHA1, material: sha256.material())
        do {
            _ = try Signer(key: key)
            Issue.record("a signer was made")
        } catch {
            #expect(error.code == .unsupported)
        }
    }

    @Test("a buffer that is too small is an error")
    func smallBuffer() throws {
        var signer = try Signer(key: PrivateKey.generate(.ecdsaP256SHA256))
        var output = [UInt8](repeating: 0, count: 63)
        var code: OpenSSLError.Code?
        do {
            _ = try output.withUnsafeMutableBytes { output in
                try [UInt8](arrayLiteral: 1).withUnsafeBytes { try signer.sign($0, into: output) }
            }
        } catch let error as OpenSSLError {
            code = error.code
        }
        #expect(code == .bufferTooSmall)
    }
}
