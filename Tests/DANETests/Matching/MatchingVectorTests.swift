import DANE
import DNSModel
import Foundation
import OpenSSLBridge
import Testing

@Suite("Matching, other people's cases")
struct MatchingVectorTests {
    struct Case: Decodable {
        let id: String
        let host: String
        let tlsa: [String]
        let chain_pem: String
        let trust_anchor_file: String
        let expect: String
        let expect_match_depth: Int
    }

    private func record(_ text: String) throws -> RData.TLSA {
        let items = text.split(separator: " ")
        let parameters = try TLSAParameters(parsing: items.prefix(3).joined(separator: " "))
        return RData.TLSA(
            usage: parameters.usage, selector: parameters.selector, matchingType: parameters.matchingType,
            associationData: try #require(Hex.decode(items[3])))
    }

    @Test("OpenSSL's own DANE cases", arguments: ["danetest", "danecross"])
    func openSSLCases(file: String) throws {
        guard let folder = Vectors.folder else { return }
        let text = String(decoding: try Vectors.octets("e-tlsa-dane/openssl/\(file).jsonl", in: folder), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let test = try JSONDecoder().decode(Case.self, from: Data(line.utf8))
            let chain = try CredentialBundle(Array(test.chain_pem.utf8)).certificates
            let anchorPath = "e-tlsa-dane/openssl/\(test.trust_anchor_file)"
            let anchors = (try? CredentialBundle(Vectors.octets(anchorPath, in: folder)))?.certificates ?? []
            let identity = ReferenceIdentity(domain: test.host, service: nil, acceptsXMPPAddress: false)
            let now = Timestamp(1_767_225_600)
            let context = MatchingContext.client(
                at: now, referenceIdentities: [identity],
                pkix: .evaluate(chain, anchors: anchors, identities: [identity], at: now))
            let verdict = TLSAMatcher.judge(chain: chain, records: try test.tlsa.map(record), context: context)
            #expect(
                verdict.isAuthenticated == (test.expect == "accept"),
                "\(test.id): \(verdict.judgements) \(chain.map(\.subjectAlternativeNames))")
            if case .authenticated(_, let depth) = verdict.status {
                #expect(depth == test.expect_match_depth, "\(test.id)")
            }
        }
    }

    @Test("the records that others published or computed come out", arguments: ["e-tlsa-dane", "f-xmpp-certs"])
    func generation(topic: String) throws {
        guard let folder = Vectors.folder else { return }
        var count = 0
        for row in try Vectors.rows("\(topic)/expected.tsv", in: folder) where row[1] == "tlsa-generate" {
            let certificates = try CredentialBundle(Vectors.octets("\(topic)/\(row[0])", in: folder)).certificates
            let index = try #require(Int(String(row[2].dropFirst(5).prefix { $0.isNumber })))
            let parameters = try TLSAParameters(parsing: row[3].split(separator: " ").prefix(3).joined(separator: " "))
            let record = try TLSAGenerator.record(parameters, certificate: certificates[index])
            let data = row[3].split(separator: " ", maxSplits: 3)[3]
            if data.hasPrefix("<") {
                let digest = DigestContext.digest(.sha256, of: record.associationData)
                #expect(data == "<\(record.associationData.count) octets, sha256 of them \(Hex.encode(digest))>")
            } else {
                #expect(Hex.encode(record.associationData) == data, "\(row)")
            }
            count += 1
        }
        #expect(count > 5)
    }

    @Test("records seen in the wild match the certificates seen with them")
    func wild() throws {
        guard let folder = Vectors.folder else { return }
        for row in try Vectors.rows("e-tlsa-dane/expected.tsv", in: folder) where row[1] == "tlsa-match" {
            let certificates = try CredentialBundle(Vectors.octets("e-tlsa-dane/\(row[0])", in: folder)).certificates
            let record = try record(row[3])
            #expect(certificates.contains { TLSAMatcher.matches(record, $0) }, "\(row)")
        }
    }
}
