import DNSModel
import Foundation
import Testing

/// A record of the vectors, and what is to be made of it.
struct RecordVector: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let origin: String
    let text: String
    let expect: String
    var type: String?
    var rdata_hex: String?
    var canonical_text: String?

    var testDescription: String { id }

    /// The single records of `b-zoneparse/cases.jsonl` whose verdict is about their data.
    static let all: [RecordVector] = {
        let folder =
            ProcessInfo.processInfo.environment["DANECTL_VECTORS"]
            ?? URL(filePath: #filePath).appending(path: "../../../../../shared/vectors").standardized.path
        let path = folder + "/b-zoneparse/cases.jsonl"
        guard let lines = try? String(contentsOfFile: path, encoding: .utf8) else {
            print("no test vectors at \(path): set DANECTL_VECTORS")
            return []
        }
        return lines.split(separator: "\n").compactMap {
            try? JSONDecoder().decode(RecordVector.self, from: Data($0.utf8))
        }
    }()
}

@Suite("Records of the zone file vectors")
struct RecordVectorTests {
    /// Vectors with which we do not agree, and why.
    private static let disagreements: [String: String] = [
        "simdzone-types/nsap_ptr_text": "RFC 1706 §6 and BIND have a domain name there, the vector a string",
        "miekg-TestParseClass/46": "no other implementation knows the class CS; the zone file reader does",
        "miekg-TestQuotes/44": "\\2 is no escape of RFC 1035 §5.1; no other implementation takes it",
        "miekg-TestParseHINFO/80": "HINFO has two strings (RFC 1035 §3.3.2); only one implementation joins the rest",
    ]
    /// Families of vectors whose verdict is about owners, TTLs, classes and directives: the zone file reader's.
    private static let elsewhere = ["simdzone-owner/", "simdzone-syntax/", "miekg-TestParseDirectiveMisc/"]

    @Test("Data is read as the vectors say, and what we print reads back", arguments: RecordVector.all)
    func vector(_ vector: RecordVector) throws {
        if Self.disagreements[vector.id] != nil || Self.elsewhere.contains(where: vector.id.hasPrefix) { return }
        let origin = try DomainName(vector.origin)
        guard vector.expect == "accept" else {
            // A record without owner or with an unknown class or type is refused before its data is looked at.
            guard let record = SplitRecord(vector.text) else { return }
            #expect(throws: RDataError.self, "\(vector.text)") { try record.rdata(origin: origin) }
            return
        }
        let record = try #require(SplitRecord(vector.text.replacing("$TTL 2H\n", with: "")), "\(vector.text)")
        let wire = try record.rdata(origin: origin)
        if let hex = vector.rdata_hex { #expect(Hex.encode(wire) == hex, "\(vector.text)") }
        if let canonical = vector.canonical_text {
            let other = try #require(SplitRecord(canonical), "\(canonical)")
            #expect(try other.rdata(origin: .root) == wire, "\(canonical)")
        }
        var printed: [UInt8] = []
        RDataPrinter.append(record.type, wire.span, to: &printed)
        #expect(try RDataParser.rdata(record.type, from: String(decoding: printed, as: UTF8.self)) == wire)
    }
}
