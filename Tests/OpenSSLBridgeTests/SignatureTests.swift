import Dispatch
import Glibc
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

    /// A thread that signs, and ends when it is told to.
    private final class Signing: @unchecked Sendable {
        let key: PrivateKey
        var signer: Signer?
        let hasSigned = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)

        init(_ key: PrivateKey) { self.key = key }

        func run() {
            signer = LibraryContext().flatMap { library in try? Signer(key: key, in: library) }
            _ = try? signer?.signature(over: [1])
            hasSigned.signal()
            mayEnd.wait()
        }
    }

    @Test("a thread that has signed in a library context may end after the context has been given back")
    func threadsOutlivingContexts() throws {
        let key = try PrivateKey.generate(.ecdsaP256SHA256)
        for _ in 0..<8 {
            let signing = Signing(key)
            var thread = pthread_t()
            let status = pthread_create(
                &thread, nil,
                { argument in
                    argument.map { Unmanaged<Signing>.fromOpaque($0).takeUnretainedValue().run() }
                    return nil
                }, Unmanaged.passUnretained(signing).toOpaque())
            try #require(status == 0)
            signing.hasSigned.wait()
            let hasSigner = signing.signer != nil
            #expect(hasSigner)
            signing.signer = nil
            signing.mayEnd.signal()
            // What OpenSSL has to do when a thread ends is done before this returns.
            pthread_join(thread, nil)
            var signer = try Signer(key: key, in: LibraryContext())
            #expect(try signer.signature(over: [2]).count == 64)
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

    /// What a key of another provider's than OpenSSL's default one would be signed with.
    @Test(
        "r and s are the same from OpenSSL's DER and back, short ones among them", arguments: [32, 48])
    func derForm(fieldLength: Int) throws {
        for (first, second) in [(0, 0), (0, 1), (1, 0), (fieldLength - 1, 3), (2, fieldLength - 1)] {
            for top: UInt8 in [0x01, 0x7F, 0x80, 0xFF] {
                func half(_ zeros: Int) -> [UInt8] {
                    [UInt8](repeating: 0, count: zeros) + [top]
                        + (zeros + 1..<fieldLength).map { UInt8(truncatingIfNeeded: $0 * 37) }
                }
                let signature = half(first) + half(second)
                var der = [UInt8](repeating: 0, count: 2 * fieldLength + 8)
                var back = [UInt8](repeating: 0xAA, count: 2 * fieldLength)
                let length = ECDSASignatureForm.convert(signature, fieldLength: fieldLength, toDER: &der)
                #expect(
                    der[..<length].withUnsafeBytes { der in
                        ECDSASignatureForm.convert(der: der, to: &back, fieldLength: fieldLength)
                    })
                #expect(back == signature)
                // Octets missing or too many, and a length that is not the content's.
                for bad in [Array(der[..<(length - 1)]), der[..<length] + [0], [0x30, 0] + der[2..<length], []] {
                    #expect(
                        !bad.withUnsafeBytes {
                            ECDSASignatureForm.convert(der: $0, to: &back, fieldLength: fieldLength)
                        })
                }
            }
        }
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
