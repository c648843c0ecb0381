import OpenSSLBridge
import TLSJudge
import Testing

@Suite("DANE by OpenSSL")
struct TLSDANEVerifierTests {
    @Test("a handshake over memory accepts the record of the leaf's key and refuses another, as a plain check does")
    func handshake() throws {
        let authority = try TestAuthority()
        let key = try CertificateKey.generate(.ecP256)
        let leaf = try authority.leaf([.dnsID("a.test")], key: key)
        let right = DigestContext.digest(.sha256, of: leaf.publicKey.der)
        for (data, accepted) in [(right, true), ([UInt8](repeating: 7, count: 32), false)] {
            let expectation = TLSDANEVerifier.Expectation(
                associations: [.init(usage: 3, selector: 1, matchingType: 1, data: data)], names: ["a.test"],
                trustAnchors: [], checksNamesOfEndEntity: false, time: TestAuthority.now)
            let chain = [leaf, authority.intermediate]
            #expect(try TLSDANEVerifier.handshake(chain: chain, key: key, expectation).isAccepted == accepted)
            #expect(try TLSDANEVerifier.verify(chain: chain, expectation).isAccepted == accepted)
        }
    }
}
