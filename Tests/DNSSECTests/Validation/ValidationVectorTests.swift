import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing

@Suite("Validation of the shared vectors")
struct ValidationVectorTests {
    static let zones =
        ["a-rfc-vectors", "c-signed-zones", "g-big-zones"].flatMap { ValidationVectors.rows($0, ["verify-zone"]) }

    @Test("signed zones of RFCs, other projects and the root", arguments: zones)
    func zone(_ row: ValidationVectors.Row) throws {
        let origin = try row.argument("origin").map { try DomainName($0) }
        let reading = ZoneFileReader.read(
            ZoneFileSource(try row.text, name: row.file), options: ZoneFileOptions(origin: origin))
        let zone = try #require(reading.value, "\(reading.diagnostics)")
        let report = ZoneValidator.validate(
            zone, at: try #require(row.time), anchors: row.anchors, workers: Workers(2))
        #expect(report.isValid == row.accepts, "\(report.diagnostics.prefix(8).map(\.description))")
        if row.accepts { #expect(report.status == (row.anchors.isEmpty ? .indeterminate : .secure)) }
    }

    @Test("RRsets with the keys beside them", arguments: ValidationVectors.rows("a-rfc-vectors", ["verify-rrsets"]))
    func rrsetsOfRFCs(_ row: ValidationVectors.Row) throws {
        let sets = try ValidationVectors.signedRRsets(try row.text)
        let keys = try #require(sets.first { $0.rrset.type == .dnskey })
        let validator = RRsetValidator(
            zone: keys.rrset.owner, keys: try keys.rrset.rdata.map { try RData.DNSKEY(wireFormat: $0) })
        var count = 0
        for set in sets where !set.signatures.isEmpty {
            let verdict = validator.validate(set, at: row.time)
            #expect(verdict.status == .secure, "\(verdict.reason)")
            count += 1
        }
        #expect(count > 0)
    }

    @Test("RRsets of Unbound's unit tests", arguments: ValidationVectors.rows("c-signed-zones", ["verify-rrsets"]))
    func rrsetsOfUnbound(_ row: ValidationVectors.Row) throws {
        let entries = ValidationVectors.entries(try row.text)
        let first = try #require(entries.first)
        let keys = try #require(try ValidationVectors.signedRRsets(first.text).first { $0.rrset.type == .dnskey })
        let validator = RRsetValidator(
            zone: keys.rrset.owner, keys: try keys.rrset.rdata.map { try RData.DNSKEY(wireFormat: $0) })
        var count = 0
        for entry in entries.dropFirst() {
            for set in try ValidationVectors.signedRRsets(entry.text) where !set.signatures.isEmpty {
                let verdict = validator.validate(set, at: row.time)
                let isBogus = entry.question.hasPrefix("bogus")
                #expect(verdict.status == (isBogus ? .bogus : .secure), "\(entry.question): \(verdict.reason)")
                count += 1
            }
        }
        #expect(count > 0)
    }

    @Test(
        "single signatures, whatever their dates",
        arguments: ValidationVectors.rows("i-chain-of-trust", ["verify-rrset"]))
    func signatures(_ row: ValidationVectors.Row) throws {
        struct Line: Decodable {
            let rrsig: String
            let dnskey: String
            let rrset: [String]
            let expect: String
        }
        var count = 0
        for line in try row.text.split(separator: "\n") {
            let test = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
            let text = ([test.rrsig] + test.rrset).joined(separator: "\n") + "\n"
            let set = try #require(try ValidationVectors.signedRRsets(text).first { !$0.signatures.isEmpty })
            let key = try #require(try ValidationVectors.signedRRsets(test.dnskey + "\n").first)
            let validator = RRsetValidator(
                zone: key.rrset.owner, keys: try key.rrset.rdata.map { try RData.DNSKEY(wireFormat: $0) })
            let verdict = validator.validate(set, at: nil)
            let isSupported = ![1, 3, 6].contains(set.signatures.first?.algorithm.rawValue)
            #expect(verdict.status == (isSupported ? .secure : .insecure), "\(verdict.reason)")
            count += 1
        }
        #expect(count > 0)
    }

    @Test("real chains from the root down", arguments: ValidationVectors.rows("i-chain-of-trust", ["verify-chain"]))
    func chain(_ row: ValidationVectors.Row) throws {
        let sets = try ValidationVectors.signedRRsets(try row.text)
        let isOldAnchor = row.arguments.contains("19036")
        let digest =
            isOldAnchor
            ? "19036 8 2 49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5"
            : "20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"
        let anchor = try #require(ValidationVectors.anchor((". DS " + digest).split(separator: " ")))
        let time = row.time ?? Timestamp(1_580_476_262)
        let verdict = ChainOfTrust.validate(sets, anchors: [anchor], at: time)
        #expect((verdict.status == .secure) == row.accepts, "\(verdict.firstFault?.verdict.reason ?? "no fault")")
    }

    @Test("DS records and keys of Unbound's unit tests")
    func digests() throws {
        for row in ValidationVectors.rows("c-signed-zones", ["ds-matches-dnskey"]) {
            for entry in ValidationVectors.entries(try row.text) {
                let sets = try ValidationVectors.signedRRsets(entry.text)
                let ds = try #require(sets.first { $0.rrset.type == .ds })
                let key = try #require(sets.first { $0.rrset.type == .dnskey })
                let anchors = try ds.rrset.rdata.map {
                    TrustAnchor.ds(try RData.DS(wireFormat: $0), of: ds.rrset.owner)
                }
                let link = ChainOfTrust.validate([key], anchors: anchors, at: nil).links.first
                let matches = link?.verdict.rule != "verify/anchor-mismatch"
                #expect(matches == entry.question.hasPrefix("yes"), "\(entry.question) \(ds.rrset.owner)")
            }
        }
    }
}
