import Foundation
import OpenSSLBridge
import Testing

/// PKCS #7, PKCS #12 and encrypted keys as the `openssl` program writes them.
@Suite("Certificates in containers")
struct ContainerTests {
    let folder: URL
    let authority: TestAuthority
    let key: CertificateKey
    let leaf: Certificate

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        authority = try TestAuthority()
        key = try CertificateKey.generate(.ecP256)
        leaf = try authority.leaf([.dnsID("a.test"), .srvID("_xmpp-client.a.test")], key: key)
    }

    /// What the program makes of the leaf, its key and the issuer.
    private func openssl(_ arguments: [String]) throws -> [UInt8] {
        try #require(FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "openssl is not installed")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            ("leaf.pem", leaf.pem), ("key.pem", try key.pem()), ("ca.pem", authority.intermediate.pem),
            ("root.pem", authority.root.pem),
        ]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = Pipe()
        try process.run()
        let octets = Array(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return octets
    }

    @Test("PKCS #7, in DER and in PEM", arguments: ["DER", "PEM"])
    func pkcs7(form: String) throws {
        let arguments = ["crl2pkcs7", "-nocrl", "-certfile", "leaf.pem", "-certfile", "ca.pem", "-outform", form]
        let octets = try openssl(arguments)
        #expect(Set(try CredentialBundle(octets).certificates) == [leaf, authority.intermediate])
    }

    @Test("PKCS #12 wants its passphrase, the right one")
    func pkcs12() throws {
        let arguments = [
            "pkcs12", "-export", "-in", "leaf.pem", "-inkey", "key.pem", "-certfile", "ca.pem", "-passout",
            "pass:swordfish",
        ]
        let octets = try openssl(arguments)
        let bundle = try CredentialBundle(octets, passphrase: "swordfish")
        #expect(bundle.certificates == [leaf, authority.intermediate])
        #expect(bundle.privateKeys.first?.matches(leaf) == true)
        #expect(throws: X509Error.encrypted(what: "the PKCS #12 file")) { try CredentialBundle(octets) }
        #expect(throws: X509Error.wrongPassphrase(what: "the PKCS #12 file")) {
            try CredentialBundle(octets, passphrase: "shark")
        }
        for length in stride(from: 1, to: octets.count, by: 7) {
            #expect(throws: X509Error.self) {
                try CredentialBundle(Array(octets.prefix(length)), passphrase: "swordfish")
            }
        }
    }

    @Test(
        "encrypted keys, PKCS #8 in PEM and DER, and the traditional form",
        arguments: [
            ["pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:swordfish"],
            ["pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:swordfish", "-outform", "DER"],
            ["ec", "-in", "key.pem", "-aes128", "-passout", "pass:swordfish"],
        ])
    func encryptedKeys(arguments: [String]) throws {
        let octets = try openssl(arguments)
        #expect(try CredentialBundle(octets, passphrase: "swordfish").privateKeys.first?.publicKey == key.publicKey)
        #expect(throws: X509Error.encrypted(what: "the private key")) { try CredentialBundle(octets) }
        #expect(throws: X509Error.wrongPassphrase(what: "the private key")) {
            try CredentialBundle(octets, passphrase: "shark")
        }
    }

    @Test("the program reads our certificates as we do, and finds their path")
    func program() throws {
        let time = String(TestAuthority.now)
        let verify = [
            "verify", "-attime", time, "-CAfile", "root.pem", "-untrusted", "ca.pem", "-x509_strict", "leaf.pem",
        ]
        let verdict = try openssl(verify)
        #expect(String(decoding: verdict, as: UTF8.self).contains("leaf.pem: OK"))
        let text = try openssl(["x509", "-in", "leaf.pem", "-noout", "-ext", "subjectAltName,extendedKeyUsage"])
        let shown = String(decoding: text, as: UTF8.self)
        #expect(shown.contains("DNS:a.test") && shown.contains("_xmpp-client.a.test"))
        #expect(shown.contains("TLS Web Client Authentication"))
    }
}
