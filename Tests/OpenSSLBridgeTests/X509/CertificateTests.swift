import OpenSSLBridge
import Testing

@Suite("X.509 certificates")
struct CertificateTests {
    @Test(
        "what a template says is what the certificate made from it says",
        arguments: [CertificateKey.Kind.ecP256, .ecP384, .ed25519, .rsa(bits: 2048)])
    func roundTrip(kind: CertificateKey.Kind) throws {
        let authority = try TestAuthority(kind)
        let key = try CertificateKey.generate(kind)
        let names: [SubjectAlternativeName] = [
            .dnsID("yax.im"), .srvID("_xmpp-client.yax.im"), .xmppAddressID("yax.im"),
            .rfc822(EncodedText("ops@yax.im", .ia5String)), .uri(EncodedText("xmpp:yax.im", .ia5String)),
            .ipAddress([192, 0, 2, 1]),
        ]
        let leaf = try authority.leaf(names, key: key)
        #expect(leaf.subjectAlternativeNames == names)
        #expect(leaf.publicKey == key.publicKey)
        #expect(key.matches(leaf))
        #expect(!authority.rootKey.matches(leaf))
        #expect(leaf.notBefore == TestAuthority.now - TestAuthority.day)
        #expect(leaf.notAfter == TestAuthority.now + 90 * TestAuthority.day)
        #expect(leaf.serialNumber == [0, 0x80, 3])
        #expect(leaf.extensions.extendedKeyUsage == [.serverAuthentication, .clientAuthentication])
        #expect(leaf.extensions.keyUsage == .digitalSignature)
        #expect(leaf.issuer == authority.intermediate.subject)
        #expect(leaf.isIssued(by: authority.intermediate))
        #expect(!leaf.isIssued(by: authority.root))
        #expect(!leaf.isCA && authority.intermediate.isCA && authority.root.isSelfSigned)
        #expect(authority.intermediate.extensions.basicConstraints?.pathLength == 0)
    }

    @Test("a time after 2049 is written as GeneralizedTime and read again")
    func farFuture() throws {
        let key = try CertificateKey.generate(.ed25519)
        for end: Int64 in [2_524_607_999, 2_524_608_000, 4_102_444_800, 16_725_225_600] {
            let certificate = try Certificate.selfSigned(
                .server(commonName: "x", names: [], notBefore: -1_000_000, notAfter: end, serialNumber: [1]), key: key)
            #expect(certificate.notAfter == end)
            #expect(certificate.notBefore == -1_000_000)
        }
    }

    @Test("OpenSSL finds the path from leaf to root, and none when a certificate is missing or out of date")
    func paths() throws {
        let authority = try TestAuthority()
        let leaf = try authority.leaf([.dnsID("a.test")], key: try CertificateKey.generate(.ecP256))
        let good = try PathVerifier.verify(
            leaf: leaf, intermediates: [authority.intermediate], anchors: [authority.root], allowsPartialChain: false,
            at: TestAuthority.now)
        #expect(good.path == [leaf, authority.intermediate, authority.root])
        let broken = try PathVerifier.verify(
            leaf: leaf, intermediates: [], anchors: [authority.root], allowsPartialChain: false, at: TestAuthority.now)
        guard case .invalid(20, _, 0) = broken else {
            Issue.record("\(broken)")
            return
        }
        let late = try PathVerifier.verify(
            leaf: leaf, intermediates: [authority.intermediate], anchors: [authority.root], allowsPartialChain: false,
            at: TestAuthority.now + 91 * TestAuthority.day)
        guard case .invalid(10, _, 0) = late else {
            Issue.record("\(late)")
            return
        }
    }

    @Test("a chain in the wrong order, with strays, or without an issuer is told apart from a good one")
    func chainOrder() throws {
        let authority = try TestAuthority()
        let other = try TestAuthority()
        let leaf = try authority.leaf([.dnsID("a.test")], key: try CertificateKey.generate(.ecP256))
        #expect(
            CertificateChain([leaf, authority.intermediate]).findings == [
                .missingIssuer(of: 1, issuer: authority.root.subject)
            ])
        #expect(
            CertificateChain([leaf, authority.intermediate, authority.root]).findings == [
                .rootIncluded(position: 2)
            ])
        let reversed = CertificateChain([authority.root, authority.intermediate, leaf])
        #expect(reversed.path == [leaf, authority.intermediate, authority.root])
        #expect(reversed.findings.contains(.leafNotFirst(position: 2)))
        let swapped = CertificateChain([leaf, authority.root, authority.intermediate])
        #expect(swapped.findings.contains(.outOfOrder(position: 2, expected: 1)))
        let stray = CertificateChain([leaf, authority.intermediate, other.intermediate, leaf])
        #expect(stray.findings.contains(.stray(position: 2)))
        #expect(stray.findings.contains(.duplicate(position: 3)))
        #expect(CertificateChain([]).leaf == nil)
    }

    @Test("a request carries its names and key, and is refused when it was tampered with")
    func requests() throws {
        let key = try CertificateKey.generate(.ecP256)
        let request = try CertificateRequest.make(
            subject: DistinguishedName(commonName: "yax.im"),
            names: [.dnsID("yax.im"), .srvID("_xmpp-server.yax.im")], key: key)
        #expect(request.publicKey == key.publicKey)
        #expect(request.subject.commonNames == ["yax.im"])
        #expect(request.extensions.subjectAlternativeNames == [.dnsID("yax.im"), .srvID("_xmpp-server.yax.im")])
        var octets = request.der
        octets[octets.count - 1] ^= 1
        #expect(throws: X509Error.self) { try CertificateRequest(der: octets) }
    }

    @Test("any cut or flipped octet of a certificate is refused or read, never a trap")
    func damaged() throws {
        let authority = try TestAuthority()
        let octets = try authority.leaf(
            [.dnsID("a.test"), .srvID("_x.a.test")], key: try CertificateKey.generate(.ecP256)
        ).der
        for length in 0..<octets.count {
            #expect(throws: X509Error.self) { try Certificate(der: Array(octets.prefix(length))) }
        }
        var readable = 0
        for index in octets.indices {
            for value: UInt8 in [0, 0x7F, 0x80, 0xFF] {
                var changed = octets
                changed[index] = value
                if let certificate = try? Certificate(der: changed) {
                    _ = certificate.label + certificate.subjectAlternativeNames.map(\.description).joined()
                    readable += 1
                }
            }
        }
        #expect(readable > 0)
    }
}
