import DANE
import DNSModel
import Diagnostics
import OpenSSLBridge
import Testing

@Suite("Certificate lint")
struct CertificateLintTests {
    let pki: TestPKI
    let key: CertificateKey

    init() throws {
        pki = try TestPKI()
        key = try CertificateKey.generate(.ecP256)
    }

    private func lint(
        _ chain: [Certificate], key: CertificateKey? = nil, at now: Timestamp = TestPKI.now
    ) throws -> [Diagnostic] {
        CertificateLint.findings(
            chain: chain, key: key,
            profile: .xmpp(
                domains: [try DomainName("yax.im."), try DomainName("chat.yax.im.")],
                targets: [try DomainName("xmpp.yaxim.org.")]),
            now: now, at: SourceLocation(file: "yax.im.pem"))
    }

    private static let good: [SubjectAlternativeName] = [
        .dnsID("yax.im"), .dnsID("chat.yax.im"), .dnsID("xmpp.yaxim.org"), .srvID("_xmpp-client.yax.im"),
        .srvID("_xmpp-server.yax.im"), .srvID("_xmpp-client.chat.yax.im"), .srvID("_xmpp-server.chat.yax.im"),
    ]

    @Test("a certificate as RFC 6120 wants it has nothing to be said of but where its chain ends")
    func good() throws {
        let leaf = try pki.leaf(Self.good, key: key)
        #expect(try lint([leaf, pki.intermediate], key: key).map(\.rule.name) == ["cert/chain-ends"])
    }

    @Test("what real authorities delivered is called by its name")
    func realFaults() throws {
        let leaf = try pki.leaf(
            [.dnsID("yax.im"), .dnsID("chat.yax.im"), .srvID("yax.im"), .xmppAddressID("yax.im")], key: key)
        let findings = try lint([leaf, pki.intermediate])
        let srv = try #require(findings.first { $0.rule == "cert/srv-id-without-service" })
        #expect(srv.severity == .error)
        #expect(srv.message.contains("lacks the service prefix, expected '_xmpp-client.yax.im'"))
        let address = try #require(findings.first { $0.rule == "cert/xmpp-addr-in-server-certificate" })
        #expect(address.severity == .warning)
        #expect(findings.contains { $0.rule == "cert/missing-target" })
    }

    @Test(
        "each rule about names has a name that breaks it",
        arguments: [
            ("cert/srv-id-with-transport", SubjectAlternativeName.srvID("_xmpp-client._tcp.yax.im")),
            ("cert/srv-id-wildcard", .srvID("_xmpp-client.*.yax.im")),
            ("cert/bad-wildcard", .dnsID("x*.yax.im")), ("cert/bad-wildcard", .dnsID("a.*.yax.im")),
            ("cert/bad-wildcard", .dnsID("*.im")), ("cert/wildcard", .dnsID("*.yax.im")),
            ("cert/bad-dns-id", .dnsID("https://yax.im")),
            ("cert/name-encoding", .srv(EncodedText("_xmpp-client.yax.im", .utf8String))),
            ("cert/name-encoding", .xmppAddress(EncodedText("yax.im", .ia5String))),
            ("cert/name-encoding", .dns(EncodedText("tronçon.com", .ia5String))),
        ])
    func names(rule: String, name: SubjectAlternativeName) throws {
        let leaf = try pki.leaf(Self.good + [name], key: key)
        #expect(try lint([leaf, pki.intermediate]).map(\.rule.name).contains(rule))
    }

    @Test("dates, order, keys and purposes")
    func others() throws {
        func rules(_ chain: [Certificate], key: CertificateKey? = nil, at now: Timestamp = TestPKI.now) throws
            -> [String]
        {
            try lint(chain, key: key, at: now).map(\.rule.name)
        }
        let leaf = try pki.leaf(Self.good, key: key)
        let chain = [leaf, pki.intermediate]
        #expect(try rules(chain, at: TestPKI.now.advanced(by: 91 * TestPKI.day)).contains("cert/expired"))
        #expect(try rules(chain, at: TestPKI.now.advanced(by: 80 * TestPKI.day)).contains("cert/expires-soon"))
        #expect(try !rules(chain, at: TestPKI.now.advanced(by: 40 * TestPKI.day)).contains("cert/expires-soon"))
        #expect(try rules(chain, at: TestPKI.now.advanced(by: -2 * TestPKI.day)).contains("cert/not-yet-valid"))
        #expect(try rules(chain, key: pki.rootKey).contains("cert/key-mismatch"))
        #expect(try rules([pki.intermediate, leaf]).contains("cert/chain-order"))
        #expect(try rules([leaf]).contains("cert/chain-incomplete"))
        #expect(try rules([leaf, pki.intermediate, leaf]).contains("cert/chain-stray"))
        #expect(try rules([leaf, pki.intermediate, pki.root]).contains("cert/chain-root"))
        #expect(try rules([]) == ["cert/none"])
        var template = TestPKI.template(Self.good)
        template.extensions.extendedKeyUsage = [.serverAuthentication]
        template.extensions.keyUsage = [.keyEncipherment]
        let narrow = try Certificate.issued(
            template, for: key.publicKey, by: pki.intermediate, key: pki.intermediateKey)
        #expect(try rules([narrow]).contains("cert/no-client-auth"))
        #expect(try rules([narrow]).contains("cert/no-digital-signature"))
        template.extensions.extendedKeyUsage = [.clientAuthentication]
        #expect(
            try rules([
                try Certificate.issued(template, for: key.publicKey, by: pki.intermediate, key: pki.intermediateKey)
            ]).contains("cert/no-server-auth"))
        let weak = try CertificateKey.generate(.rsa(bits: 1024))
        #expect(
            try rules([try Certificate.selfSigned(TestPKI.template(Self.good), key: weak)]).contains("cert/weak-key"))
        let named = try Certificate.selfSigned(TestPKI.template([], commonName: "yax.im"), key: key)
        #expect(try rules([named]).contains("cert/common-name-only"))
        #expect(try rules([named]).contains("cert/missing-dns-id"))
    }

    @Test("XEP-0416: a good chain, and each fault")
    func endToEnd() throws {
        func lint(
            _ leafChange: (inout CertificateTemplate) -> Void, _ authorityChange: (inout CertificateTemplate) -> Void
        )
            throws -> [String]
        {
            let authorityKey = try CertificateKey.generate(.ecP256)
            var authority = CertificateTemplate.authority(
                commonName: "CA of yax.im", pathLength: 0, notBefore: TestPKI.now.rawValue - 1,
                notAfter: TestPKI.now.rawValue + 365 * TestPKI.day, serialNumber: [9])
            authority.extensions.subjectAlternativeNames = [.dnsID("yax.im")]
            authority.extensions.crlDistributionPoints = ["https://yax.im/ca.crl"]
            authorityChange(&authority)
            let issuer = try Certificate.selfSigned(authority, key: authorityKey)
            var template = TestPKI.template(
                [
                    .xmppAddressID("juliet@yax.im"), .rfc822(EncodedText("juliet@yax.im", .ia5String)),
                    .uri(EncodedText("reload://01020304@xmpp.org/", .ia5String)),
                ], commonName: "Juliet")
            template.extensions.crlDistributionPoints = ["https://yax.im/leaf.crl"]
            leafChange(&template)
            let leaf = try Certificate.issued(template, for: key.publicKey, by: issuer, key: authorityKey)
            return CertificateLint.findings(
                chain: [leaf, issuer], key: nil, profile: .xep0416, now: TestPKI.now, at: nil
            ).filter { $0.severity == .error }.map(\.rule.name)
        }
        #expect(try lint({ _ in }, { _ in }) == [])
        #expect(try lint({ $0.subject = DistinguishedName(commonName: nil) }, { _ in }) == ["cert/xep-0416-subject"])
        #expect(try lint({ $0.extensions.crlDistributionPoints = nil }, { _ in }) == ["cert/xep-0416-crl"])
        #expect(try lint({ _ in }, { $0.extensions.basicConstraints?.pathLength = 1 }) == ["cert/xep-0416-ca"])
        #expect(
            try lint({ _ in }, { $0.extensions.subjectAlternativeNames = [.dnsID("b.test")] })
                == ["cert/xep-0416-foreign-address"])
        #expect(try lint({ $0.extensions.subjectAlternativeNames?.removeLast() }, { _ in }) == ["cert/xep-0416-reload"])
        #expect(
            try lint({ $0.extensions.subjectAlternativeNames?.remove(at: 1) }, { _ in }) == ["cert/xep-0416-rfc822"])
        #expect(
            try lint({ $0.extensions.subjectAlternativeNames?.append(.xmppAddressID("b@yax.im")) }, { _ in })
                == ["cert/xep-0416-xmpp-addr"])
    }
}
