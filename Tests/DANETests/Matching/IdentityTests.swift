import DANE
import DNSModel
import Foundation
import OpenSSLBridge
import Testing

@Suite("Identities")
struct IdentityTests {
    @Test(
        "reference identities against what certificates present",
        arguments: [
            ("bar.com", SubjectAlternativeName.dnsID("bar.com"), true), ("baR.com", .dnsID("Bar.com"), true),
            ("tronçon.com", .dnsID("xn--tronon-zua.com"), true), ("im.bar.com", .dnsID("*.bar.com"), true),
            ("xmpp.im.bar.com", .dnsID("*.bar.com"), false), ("bar.com", .dnsID("*.bar.com"), false),
            ("bar.com", .srvID("bar.com"), false), ("bar.com", .srvID("_xmpp-client.bar.com"), true),
            ("BAR.com", .srvID("_XMPP-client.bar.COM"), true), ("im.bar.com", .srvID("_xmpp-client.*.bar.com"), false),
            ("bar.com", .srvID("_xmpp-server.bar.com"), false), ("bar.com", .xmppAddressID("bar.com"), true),
            ("im.bar.com", .xmppAddressID("*.bar.com"), false), ("tRonç.com", .xmppAddressID("trOnç.com"), true),
            ("bar.com", .xmppAddressID("juliet@bar.com"), false), ("a.com", .dnsID("*.com"), false),
            ("bar.com", .dnsID("b*r.com"), false), ("ab.bar.com", .dnsID("a*.bar.com"), false),
            ("bar.com", .dnsID("bar.com\0.evil.test"), false),
            ("bar.com", .uri(EncodedText("xmpp:bar.com", .ia5String)), false),
        ])
    func matching(domain: String, presented: SubjectAlternativeName, matches: Bool) {
        let identity = ReferenceIdentity(domain: domain, service: "xmpp-client", acceptsXMPPAddress: true)
        #expect(identity.matches(presented) == matches)
    }

    @Test("the identities of other people's certificates are read as others read them")
    func vectors() throws {
        guard let folder = Vectors.folder else { return }
        var count = 0
        for row in try Vectors.rows("f-xmpp-certs/expected.tsv", in: folder) {
            guard row[0] != "(none)", row[1] == "identities" || row[1] == "identity-match" else { continue }
            let certificates = try CredentialBundle(Vectors.octets("f-xmpp-certs/\(row[0])", in: folder)).certificates
            if row[1] == "identity-match" {
                guard row[2].hasPrefix("service=") else {
                    #expect(certificates[0].subjectAlternativeNames.isEmpty, "\(row)")
                    continue
                }
                let items = row[2].split(separator: " ").map { $0.split(separator: "=")[1] }
                let identity = ReferenceIdentity(
                    domain: String(items[1]), service: String(items[0]), acceptsXMPPAddress: true)
                #expect((identity.match(in: certificates[0]) != nil) == (row[3] == "accept"), "\(row)")
                continue
            }
            let index = try #require(Int(row[2].drop { !$0.isNumber }.prefix { $0.isNumber }))
            let certificate = certificates[index]
            let expected = try #require(
                try JSONSerialization.jsonObject(with: Data(row[3].utf8)) as? [String: Any])
            let encoded = { (text: EncodedText) in "\(text.text) (\(text.encoding.name))" }
            let names = certificate.subjectAlternativeNames
            #expect(certificate.dnsNames == expected["dns"] as? [String] ?? [], "\(row)")
            #expect(
                names.compactMap { if case .srv(let text) = $0 { encoded(text) } else { nil } }
                    == expected["srv"] as? [String] ?? [], "\(row)")
            #expect(
                names.compactMap { if case .xmppAddress(let text) = $0 { encoded(text) } else { nil } }
                    == expected["xmppAddr"] as? [String] ?? [], "\(row)")
            #expect(certificate.subject.commonNames == expected["cn"] as? [String] ?? [], "\(row)")
            #expect(
                Timestamp(certificate.notAfter).description.hasPrefix(try #require(expected["notAfter"] as? String)))
            count += 1
        }
        #expect(count >= 8)
    }
}
