import OpenSSLBridge
import Testing

@Suite("Digests")
struct DigestTests {
    @Test(
        "FIPS 180-4: the digests of 'abc'",
        arguments: [
            (DigestAlgorithm.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                .sha384,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
            ),
            (
                .sha512,
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                    + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            ),
        ])
    func abc(algorithm: DigestAlgorithm, hex: String) {
        var context = DigestContext(algorithm)
        for _ in 0..<3 {
            context.update([0x61])
            context.update([])
            context.update([0x62, 0x63])
            let digest = context.finish()
            #expect(digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
        }
        #expect(DigestContext.digest(algorithm, of: [0x61, 0x62, 0x63]).count == algorithm.length)
    }

    @Test("RFC 8439 §2.5.2: Poly1305, however the message is cut")
    func poly1305() {
        let key: [UInt8] = [
            0x85, 0xD6, 0xBE, 0x78, 0x57, 0x55, 0x6D, 0x33, 0x7F, 0x44, 0x52, 0xFE, 0x42, 0xD5, 0x06, 0xA8,
            0x01, 0x03, 0x80, 0x8A, 0xFB, 0x0D, 0xB2, 0xFD, 0x4A, 0xBF, 0xF6, 0xAF, 0x41, 0x49, 0xF5, 0x1B,
        ]
        let message = Array("Cryptographic Forum Research Group".utf8)
        for cut in 0...message.count {
            guard var digest = Poly1305(key: key) else {
                Issue.record("the library has no Poly1305")
                return
            }
            message.withUnsafeBytes {
                digest.update(UnsafeRawBufferPointer(rebasing: $0[..<cut]))
                digest.update(UnsafeRawBufferPointer(rebasing: $0[cut...]))
            }
            let tag = digest.finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(tag == "a8061dc1305136c6c22b8baf0c0127a9")
        }
    }

    @Test("A message that fits a block has the digest that it has octet by octet, at every length")
    func short() {
        var context = DigestContext(.sha1)
        for length in 0...ShortSHA1.maximumLength {
            let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            for octet in message { context.update([octet]) }
            let expected = context.finish()
            var block = message + [UInt8](repeating: 0xEE, count: ShortSHA1.blockLength - length)
            block.withUnsafeMutableBufferPointer { octets in
                if let start = octets.baseAddress { ShortSHA1.digest(inPlace: start, count: length) }
            }
            #expect(Array(block.prefix(20)) == expected, "\(length) octets")
        }
    }

    @Test("random octets come in the number asked for, and differ")
    func random() throws {
        #expect(try RandomOctets.make(count: 0).isEmpty)
        let octets = try RandomOctets.make(count: 32)
        #expect(octets.count == 32)
        #expect(try RandomOctets.make(count: 32) != octets)
    }
}
