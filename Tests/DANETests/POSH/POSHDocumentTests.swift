import DANE
import DNSModel
import Diagnostics
import Foundation
import OpenSSLBridge
import Testing

@Suite("POSH")
struct POSHDocumentTests {
    @Test("what is written is read again, and matches the certificates it was made from")
    func roundTrip() throws {
        let pki = try TestPKI()
        let document = POSHDocument(certificates: [pki.root, pki.intermediate], expires: 604_800)
        let read = POSHDocument.parse(Array(document.json.utf8), file: "xmpp-client.json")
        #expect(read.diagnostics.isEmpty)
        #expect(read.value == document)
        #expect(document.matches(pki.root) == true)
        #expect(document.matches(try TestPKI().root) == false)
        var expired = document
        expired.expires = 0
        #expect(expired.matches(pki.root) == false)
        let reference = POSHDocument(.reference(url: "https://hosting.example.net/posh.json"), expires: 86_400)
        #expect(POSHDocument.parse(Array(reference.json.utf8), file: "x").value == reference)
        #expect(reference.matches(pki.root) == nil)
        #expect(POSHDocument.wellKnownPath(service: "xmpp-server") == "/.well-known/posh/xmpp-server.json")
    }

    @Test(
        "each fault is named",
        arguments: [
            ("{", "posh/not-json"), ("[]]", "posh/not-json"),
            ("{\"url\": \"http://a.test/\", \"expires\": 1}", "posh/url"),
            ("{\"url\": \"https://a.test/\"}", "posh/expires"),
            ("{\"url\": \"https://a.test/\", \"expires\": -1}", "posh/expires"),
            ("{\"url\": \"https://a.test/\", \"expires\": 0}", "posh/expires"),
            ("{\"expires\": 1}", "posh/no-fingerprint"),
            ("{\"fingerprints\": [], \"expires\": 1}", "posh/no-fingerprint"),
            ("{\"fingerprints\": [{\"sha-256\": \"YQ==\"}], \"expires\": 1}", "posh/bad-digest"),
            ("{\"a\": 1, \"a\": 2}", "posh/not-json"), (String(repeating: "[", count: 100_000), "posh/not-json"),
        ])
    func faults(text: String, rule: String) {
        #expect(POSHDocument.parse(Array(text.utf8), file: "x").diagnostics.map(\.rule.name).contains(rule))
    }

    @Test("other people's documents")
    func vectors() throws {
        guard let folder = Vectors.folder else { return }
        for row in try Vectors.rows("f-xmpp-certs/expected.tsv", in: folder) where row[1].hasPrefix("posh-") {
            let octets = try Vectors.octets("f-xmpp-certs/\(row[0])", in: folder)
            if row[1] == "posh-parse" {
                let result = POSHDocument.parse(octets, file: row[0])
                #expect(result.value != nil && result.diagnostics.isEmpty, "\(row) \(result.diagnostics)")
            } else {
                let document = POSHDocument(
                    certificates: [try CredentialBundle(octets).certificates[0]], expires: 604_800)
                let ours = try JSONSerialization.jsonObject(with: Data(document.json.utf8)) as? NSDictionary
                let theirs = try JSONSerialization.jsonObject(with: Data(row[3].utf8)) as? NSDictionary
                #expect(ours == theirs, "\(row)")
            }
        }
    }
}
