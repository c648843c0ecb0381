import COpenSSL
import OpenSSLBridge
import Testing

/// Signatures that are made many at a time: as good as single ones, and none of them may tell anything of the key.
@Suite("Signatures in batches")
struct BatchSignatureTests {
    /// Signs messages in a batch, or several, and returns the signatures.
    private static func sign(_ messages: [[UInt8]], with signer: inout Signer) throws -> [[UInt8]] {
        let length = signer.signatureLength
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: length * messages.count + 1, alignment: 1)
        defer { room.deallocate() }
        for (index, message) in messages.enumerated() {
            let target = UnsafeMutableRawBufferPointer(rebasing: room[index * length..<(index + 1) * length])
            let written = try message.withUnsafeBytes { try signer.signLater($0, into: target) }
            #expect(written == length)
        }
        try signer.signWhatIsLeft()
        return messages.indices.map { Array(room[$0 * length..<($0 + 1) * length]) }
    }

    @Test(
        "every signature of every algorithm is valid, for its own message alone", arguments: SignatureTests.signing,
        [false, true])
    func valid(algorithm: SignatureAlgorithm, hasOwnContext: Bool) throws {
        let key = try PrivateKey.generate(algorithm, bits: 1024)
        var signer = try Signer(key: key, in: hasOwnContext ? LibraryContext() : nil, inBatches: true)
        let judge = try Judge(key)
        // Around what is signed one by one, and around one batch and two.
        for count in algorithm == .ecdsaP256SHA256 ? [0, 1, 3, 4, 5, 63, 64, 65, 127, 128, 200, 2] : [0, 3, 9] {
            let messages = (0..<count).map { [UInt8($0), UInt8(count), 7] }
            let signatures = try Self.sign(messages, with: &signer)
            for (message, signature) in zip(messages, signatures) {
                #expect(judge.isValid(signature: signature, message: message))
                #expect(!judge.isValid(signature: signature, message: message + [0]))
            }
        }
    }

    @Test("two keys take turns, and signing at once goes between")
    func interleaved() throws {
        let keys = [try PrivateKey.generate(.ecdsaP256SHA256), try PrivateKey.generate(.ecdsaP256SHA256)]
        var first = try Signer(key: keys[0], inBatches: true)
        var second = try Signer(key: keys[1], inBatches: true)
        let judges = [try Judge(keys[0]), try Judge(keys[1])]
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 200, alignment: 1)
        defer { room.deallocate() }
        for index in 0..<200 {
            let target = UnsafeMutableRawBufferPointer(rebasing: room[index * 64..<(index + 1) * 64])
            try [UInt8(index)].withUnsafeBytes {
                _ = index % 2 == 0 ? try first.signLater($0, into: target) : try second.signLater($0, into: target)
            }
            if index % 50 == 20 {
                #expect(judges[0].isValid(signature: try first.signature(over: [1, 2]), message: [1, 2]))
            }
        }
        try first.signWhatIsLeft()
        try second.signWhatIsLeft()
        for index in 0..<200 {
            let signature = Array(room[index * 64..<(index + 1) * 64])
            #expect(judges[index % 2].isValid(signature: signature, message: [UInt8(index)]))
            #expect(!judges[(index + 1) % 2].isValid(signature: signature, message: [UInt8(index)]))
        }
    }

    @Test("what is too small for a signature is an error, and the batch goes on")
    func smallBuffer() throws {
        let key = try PrivateKey.generate(.ecdsaP256SHA256)
        var signer = try Signer(key: key, inBatches: true)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 5 + 63, alignment: 1)
        defer { room.deallocate() }
        var code: OpenSSLError.Code?
        for index in 0..<6 {
            let target = UnsafeMutableRawBufferPointer(rebasing: room[index * 64..<min((index + 1) * 64, room.count)])
            do {
                _ = try [UInt8(index)].withUnsafeBytes { try signer.signLater($0, into: target) }
            } catch let error as OpenSSLError {
                #expect(index == 5)
                code = error.code
            }
        }
        #expect(code == .bufferTooSmall)
        try signer.signWhatIsLeft()
        let judge = try Judge(key)
        for index in 0..<5 {
            #expect(judge.isValid(signature: Array(room[index * 64..<(index + 1) * 64]), message: [UInt8(index)]))
        }
    }

    /// Else all the tests here would be of signing one by one.
    @Test(
        "P-256 signatures are put off until a batch is full or ended, others are there at once",
        arguments: [false, true])
    func puttingOff(inBatches: Bool) throws {
        for algorithm in [SignatureAlgorithm.ecdsaP256SHA256, .ecdsaP384SHA384, .ed25519] {
            let key = try PrivateKey.generate(algorithm)
            var signer = try Signer(key: key, inBatches: inBatches)
            let length = signer.signatureLength
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: length * 65, alignment: 1)
            defer { room.deallocate() }
            room.initializeMemory(as: UInt8.self, repeating: 0)
            func isMade(_ index: Int) -> Bool { room[index * length..<(index + 1) * length].contains { $0 != 0 } }
            for index in 0..<65 {
                let target = UnsafeMutableRawBufferPointer(rebasing: room[index * length..<(index + 1) * length])
                _ = try [UInt8(index)].withUnsafeBytes { try signer.signLater($0, into: target) }
                let isPutOff = inBatches && algorithm == .ecdsaP256SHA256 && index != 63
                #expect(isMade(index) == !isPutOff, "\(algorithm), \(index)")
            }
            try signer.signWhatIsLeft()
            #expect((0..<65).allSatisfy(isMade))
        }
    }

    /// Who knows the key can compute each nonce from its signature; they must be as if drawn by lot.
    @Test("nonces never come twice, for the same message neither, and each of their bits is set half of the time")
    func nonces() throws {
        let key = try PrivateKey.generate(.ecdsaP256SHA256)
        guard case .octets(let secret) = try key.material() else { throw OpenSSLError.draining("no scalar") }
        var signer = try Signer(key: key, inBatches: true)
        let count = 4096
        // Eight messages, again and again.
        let messages = (0..<count).map { [UInt8($0 % 8)] }
        let signatures = try Self.sign(messages, with: &signer)
        let solver = try NonceSolver(secret)
        var seen: Set<[UInt8]> = []
        var set = [Int](repeating: 0, count: 256)
        for (message, signature) in zip(messages, signatures) {
            let nonce = try #require(solver.nonce(of: signature, over: message))
            seen.insert(nonce)
            for bit in 0..<256 where nonce[bit / 8] >> (7 - bit % 8) & 1 == 1 { set[bit] += 1 }
        }
        #expect(seen.count == count)
        // Six standard deviations, of 32 each.
        for bit in 0..<256 { #expect(abs(set[bit] - count / 2) < 192, "bit \(bit)") }
    }

    @Test("shared inverses are those that OpenSSL computes one by one", arguments: [1, 2, 3, 17, 64])
    func inverses(count: Int) throws {
        let field = try Field()
        let inverses = try #require(SharedInverses(modulo: field.order, capacity: 64, field.context))
        for round in 0..<3 {
            var expected: [String] = []
            for index in 0..<count {
                // 1, p − 1, and whatever comes.
                let number = inverses[index]
                switch (round, index) {
                case (0, 0): BN_set_word(number, 1)
                case (1, 0), (1, 5):
                    BN_copy(number, field.order)
                    BN_sub_word(number, 1)
                default: BN_rand_range(number, field.order)
                }
                expected.append(field.hex(BN_mod_inverse(field.result, number, field.order, field.context)))
            }
            #expect(inverses.begin(count))
            for index in (0..<count).reversed() {
                let inverse = try #require(inverses.next())
                #expect(field.hex(inverse) == expected[index])
            }
            #expect(inverses.next() == nil)
        }
    }

    @Test("where one number has no inverse, none is given", arguments: [0, 1, 2, 3])
    func noInverse(place: Int) throws {
        let field = try Field()
        let inverses = try #require(SharedInverses(modulo: field.order, capacity: 4, field.context))
        for index in 0..<4 { BN_set_word(inverses[index], index == place ? 0 : 7) }
        if inverses.begin(4) { #expect(inverses.next() == nil) }
        #expect(inverses.next() == nil)
        #expect(!inverses.begin(0))
    }
}

/// Numbers modulo the order of P-256.
private final class Field {
    let group: OpaquePointer
    let order: OpaquePointer
    let context: OpaquePointer
    let result: OpaquePointer

    init() throws {
        group = try #require(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1))
        order = try #require(EC_GROUP_get0_order(group))
        context = try #require(BN_CTX_new())
        result = try #require(BN_new())
    }

    deinit {
        BN_free(result)
        BN_CTX_free(context)
        EC_GROUP_free(group)
    }

    func hex(_ number: OpaquePointer?) -> String {
        guard let number, let text = BN_bn2hex(number) else { return "none" }
        defer { CRYPTO_free(text, #file, #line) }
        return String(cString: text)
    }
}

/// Solves s = (hash + r · key) / nonce for the nonce.
private final class NonceSolver {
    private let field: Field
    private let secret, r, s, hash: OpaquePointer

    init(_ secret: [UInt8]) throws {
        field = try Field()
        self.secret = try #require(BN_bin2bn(secret, Int32(secret.count), nil))
        r = try #require(BN_new())
        s = try #require(BN_new())
        hash = try #require(BN_new())
    }

    deinit {
        for number in [secret, r, s, hash] { BN_free(number) }
    }

    func nonce(of signature: [UInt8], over message: [UInt8]) -> [UInt8]? {
        let digest = DigestContext.digest(.sha256, of: message)
        guard BN_bin2bn(Array(signature[..<32]), 32, r) != nil, BN_bin2bn(Array(signature[32...]), 32, s) != nil,
            BN_bin2bn(digest, 32, hash) != nil, BN_mod_mul(r, r, secret, field.order, field.context) == 1,
            BN_mod_add(hash, hash, r, field.order, field.context) == 1,
            BN_mod_inverse(s, s, field.order, field.context) != nil,
            BN_mod_mul(hash, hash, s, field.order, field.context) == 1
        else { return nil }
        var octets = [UInt8](repeating: 0, count: 32)
        return BN_bn2binpad(hash, &octets, 32) == 32 ? octets : nil
    }
}
