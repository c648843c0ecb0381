import OpenSSLBridge
import Testing

@Suite("Certificate and key files")
struct CredentialBundleTests {
    @Test("PEM with text around and several blocks is read in order")
    func pem() throws {
        let authority = try TestAuthority()
        let key = try CertificateKey.generate(.ecP256)
        let leaf = try authority.leaf([.dnsID("a.test")], key: key)
        let text =
            "Bag Attributes\n  friendlyName: x\r\n" + leaf.pem + "\nissuer\n" + authority.intermediate.pem
            + (try key.pem())
        let bundle = try CredentialBundle(Array(text.utf8))
        #expect(bundle.certificates == [leaf, authority.intermediate])
        #expect(bundle.privateKeys.map(\.publicKey) == [key.publicKey])
    }

    @Test("DER certificate, request, key and public key are told apart")
    func der() throws {
        let authority = try TestAuthority()
        let request = try CertificateRequest.make(
            subject: DistinguishedName(commonName: nil), names: [.dnsID("a.test")], key: authority.rootKey)
        #expect(try CredentialBundle(authority.root.der).certificates == [authority.root])
        #expect(try CredentialBundle(request.der).requests == [request])
        #expect(try CredentialBundle(authority.rootKey.publicKey.der).publicKeys == [authority.rootKey.publicKey])
        let block = try PEMBlock.blocks(in: Array(try authority.rootKey.pem().utf8))
        #expect(try CredentialBundle(block[0].octets).privateKeys.first?.publicKey == authority.rootKey.publicKey)
    }

    @Test(
        "what is no certificate is named",
        arguments: [
            ("ssh-ed25519 AAAAC3Nza me@host", "an OpenSSH public key"),
            ("Private-key-format: v1.3\nAlgorithm: 13", "a DNSSEC private key file"),
            ("hello", "text without a PEM block"),
            ("-----BEGIN X509 CRL-----\nMAAA\n-----END X509 CRL-----\n", "only X509 CRL"),
        ])
    func guesses(text: String, found: String) {
        #expect(throws: X509Error.notRecognized(found: found)) { try CredentialBundle(Array(text.utf8)) }
    }

    @Test("an empty file, an open block and an encrypted key are said to be that")
    func errors() {
        #expect(throws: X509Error.empty) { try CredentialBundle(Array(" \n".utf8)) }
        #expect(throws: X509Error.malformed(what: "the PEM block CERTIFICATE", reason: "it has no end")) {
            try CredentialBundle(Array("-----BEGIN CERTIFICATE-----\nMAAA\n".utf8))
        }
        let encrypted = """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00000000000000000000000000000000

            AAAAAAAAAAAAAAAAAAAAAA==
            -----END RSA PRIVATE KEY-----

            """
        #expect(throws: X509Error.encrypted(what: "the private key")) { try CredentialBundle(Array(encrypted.utf8)) }
        #expect(throws: X509Error.wrongPassphrase(what: "the private key")) {
            try CredentialBundle(Array(encrypted.utf8), passphrase: "no")
        }
    }
}
