import Dispatch
import OpenSSLBridge
import Synchronization
import Testing

/// A key that verifies thousands of signatures gets a table; nothing else may change.
@Suite("Verifying thousands of signatures")
struct TabledVerificationTests {
    @Test("right and wrong signatures are told apart before and after the table is there")
    func thousands() throws {
        let key = try PrivateKey.generate(.ecdsaP256SHA256)
        var signer = try Signer(key: key)
        let publicKey = try PublicKey(.ecdsaP256SHA256, dnskeyOctets: key.publicKeyOctets)
        let judge = try Judge(publicKey)
        var wrong = 0
        for index in 0..<4000 {
            let message = [UInt8(truncatingIfNeeded: index), UInt8(index >> 8)]
            var signature = try signer.signature(over: message)
            if !judge.isValid(signature: signature, message: message) { wrong += 1 }
            if index % 7 == 0 {
                signature[index % 64] ^= UInt8(1 << (index % 8))
                if judge.isValid(signature: signature, message: message) { wrong += 1 }
                if judge.isValid(signature: [UInt8](repeating: UInt8(index % 256), count: 64), message: message) {
                    wrong += 1
                }
            }
        }
        #expect(wrong == 0)
        // A new verifier of the same key has the table from its first signature on.
        let late = try Judge(publicKey)
        let message: [UInt8] = [42]
        let signature = try signer.signature(over: message)
        #expect(late.isValid(signature: signature, message: message))
        #expect(!late.isValid(signature: signature, message: [43]))
        #expect(!late.isValid(signature: [UInt8](repeating: 0, count: 64), message: message))
    }

    @Test("r and s of zero, of the order and beyond are invalid with a table too")
    func bounds() throws {
        let key = try PrivateKey.generate(.ecdsaP256SHA256)
        var signer = try Signer(key: key)
        let judge = try Judge(key)
        let message: [UInt8] = [1, 2, 3]
        let signature = try signer.signature(over: message)
        for _ in 0..<3000 where !judge.isValid(signature: signature, message: message) {
            Issue.record("a right signature was refused")
            break
        }
        let order: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD,
            0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
        ]
        let r = Array(signature[..<32])
        let s = Array(signature[32...])
        let zero = [UInt8](repeating: 0, count: 32)
        let ones = [UInt8](repeating: 0xFF, count: 32)
        for bad in [zero + s, r + zero, order + s, r + order, ones + s, r + ones, s + r] {
            #expect(!judge.isValid(signature: bad, message: message))
        }
    }

    @Test("threads share a key: each has its own verifier and signer, and all agree")
    func threads() throws {
        for algorithm in SignatureTests.signing {
            let key = try PrivateKey.generate(algorithm, bits: 1024)
            let publicKey = try PublicKey(algorithm, dnskeyOctets: key.publicKeyOctets)
            let count = algorithm == .ecdsaP256SHA256 ? 800 : 20
            let wrong = Atomic<Int>(0)
            DispatchQueue.concurrentPerform(iterations: 4) { thread in
                do {
                    var signer = try Signer(key: key)
                    let judge = try Judge(publicKey)
                    for index in 0..<count {
                        let message = [UInt8(thread), UInt8(truncatingIfNeeded: index), UInt8(index >> 8)]
                        let signature = try signer.signature(over: message)
                        let isRight =
                            judge.isValid(signature: signature, message: message)
                            && !judge.isValid(signature: signature, message: message + [0])
                        if !isRight { wrong.add(1, ordering: .relaxed) }
                    }
                } catch {
                    wrong.add(1, ordering: .relaxed)
                }
            }
            #expect(wrong.load(ordering: .relaxed) == 0, "\(algorithm)")
        }
    }
}
