import DNSModel
import Diagnostics
import Foundation
import Testing

/// Zone files and lines collected from other projects' tests, read in place when they are there.
@Suite("Zone file vectors")
struct ZoneFileVectorTests {
    /// The folder of vectors: `DANECTL_VECTORS`, or beside the package. `nil` when there is none.
    private static let folder: String? = {
        let package = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
        let candidates: [String?] = [
            ProcessInfo.processInfo.environment["DANECTL_VECTORS"],
            package.appending(path: "../shared/vectors").standardizedFileURL.path,
        ]
        let found = candidates.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0 + "/b-zoneparse") }
        if found == nil { print("no vectors: set DANECTL_VECTORS to test with them") }
        return found.map { $0 + "/b-zoneparse/" }
    }()

    private func source(_ path: String) -> ZoneFileSource? {
        FileManager.default.contents(atPath: path).map { ZoneFileSource(Array($0), name: path) }
    }

    private func options(origin: String?, defaultTTL: UInt32? = 3_600) -> ZoneFileOptions {
        ZoneFileOptions(origin: origin.map(ZoneFileFixture.name), defaultTTL: defaultTTL.map { TTL($0) }) {
            path, from in
            IncludePolicy.anywhere.resolve(path, from: from).flatMap { resolved in
                source(resolved).map { .success($0) } ?? .failure(IncludeRefusal("there is no such file"))
            }
        }
    }

    /// Files where we decide otherwise than the vector says, each with its reason; see `docs/decisions.md`.
    private static let decidedOtherwise: Set<String> = [
        // Its key files are not there, and its includes are relative to where validns was started.
        "validns/example.sec", "validns/36-include/include.zone",
    ]

    @Test("Files are accepted and refused as their projects say")
    func files() throws {
        guard let folder = Self.folder else { return }
        let table = try String(contentsOfFile: folder + "expected.tsv", encoding: .utf8)
        var count = 0
        for row in table.split(separator: "\n").dropFirst() {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count > 3, cells[1] == "parse", ["accept", "refuse"].contains(cells[3]),
                !Self.decidedOtherwise.contains(cells[0])
            else { continue }
            let text = try #require(source(folder + cells[0]))
            let isNamed = cells[2].hasPrefix("origin=")
            var options = options(origin: isNamed ? String(cells[2].dropFirst(7)) : "example.test.")
            options.limits.errors = 20
            let result = ZoneFileReader.readRecords(text, options: options)
            let findings = result.diagnostics.map(\.description).joined(separator: "\n")
            #expect((result.value != nil) == (cells[3] == "accept"), "\(cells[0]): \(findings)")
            options.usesFastPath = false
            let slow = ZoneFileReader.readRecords(text, options: options)
            #expect(slow.value?.fingerprint == result.value?.fingerprint, "\(cells[0])")
            #expect(slow.diagnostics == result.diagnostics, "\(cells[0])")
            count += 1
        }
        #expect(count > 50)
    }

    @Test(
        "Files mean what the normal form beside them means",
        arguments: [
            ("nsd/rr-test.zone", "nsd/rr-test.cmp_zone"),
            ("nsd/svcb.success-cases.zone", "nsd/svcb.success-cases.zone.cmp"),
        ])
    func normalForms(file: String, normalForm: String) throws {
        guard let folder = Self.folder else { return }
        let records = try [file, normalForm].map { name in
            let result = ZoneFileReader.readRecords(try #require(source(folder + name)), options: options(origin: nil))
            return Set(
                try #require(result.value).values.map { record in
                    record.owner.description.lowercased() + ZoneFileFixture.line(record).drop { $0 != " " }
                })
        }
        #expect(records[0].symmetricDifference(records[1]) == [])
        #expect(records[0].count > 5)
    }

    /// Lines where we decide otherwise than the vector says, each with its reason.
    private static let contestedCases: Set<String> = [
        // A name as a character string, against RFC 1706 §6.
        "simdzone-types/nsap_ptr_text",
        // A backslash with one digit (RFC 1035 §5.1), and HINFO of more than two strings (RFC 1035 §3.3.2).
        "miekg-TestQuotes/44", "miekg-TestParseHINFO/80",
    ]

    @Test("Lines mean what their projects say")
    func lines() throws {
        guard let folder = Self.folder else { return }
        let text = try String(contentsOfFile: folder + "cases.jsonl", encoding: .utf8)
        var count = 0
        for row in text.split(separator: "\n") {
            guard let object = try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any],
                let identifier = object["id"] as? String, let line = object["text"] as? String,
                let origin = object["origin"] as? String, !Self.contestedCases.contains(identifier)
            else { continue }
            let result = ZoneFileReader.readRecords(
                ZoneFileSource(line, name: identifier), options: options(origin: origin))
            let findings = result.diagnostics.map(\.description).joined(separator: "\n")
            #expect(
                (result.value != nil) == (object["expect"] as? String == "accept"),
                "\(identifier): \(line)\n\(findings)")
            guard let record = result.value?.values.last else { continue }
            if let expected = object["rdata_hex"] as? String {
                #expect(hexadecimal(record.rdata) == expected.lowercased(), "\(identifier): \(line)")
            }
            if let expected = object["owner_wire_hex"] as? String {
                #expect(hexadecimal(record.owner.wireFormat) == expected, "\(identifier)")
            }
            if let expected = object["ttl"] as? Int { #expect(Int(record.ttl.rawValue) == expected, "\(identifier)") }
            count += 1
        }
        #expect(count > 200)
    }

    @Test("Records have the wire format that Unbound's tests say")
    func unbound() throws {
        guard let folder = Self.folder else { return }
        // The others of them have lines that are wrong on purpose.
        for suffix in ["2"] {
            let text = try #require(source(folder + "unbound-ldnsrr/test_ldnsrr." + suffix))
            let result = ZoneFileReader.readRecords(text, options: options(origin: "."))
            #expect(result.diagnostics.map(\.description) == [], "\(suffix)")
            let expected = try String(contentsOfFile: folder + "unbound-ldnsrr/test_ldnsrr.c" + suffix, encoding: .utf8)
                .split(separator: "\n").enumerated().filter { $0.offset % 2 == 0 }.map { $0.element.lowercased() }
            let found = (result.value?.values ?? []).map { record in
                let header = [record.type.rawValue, 1].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
                let ttl = (0..<4).map { UInt8(truncatingIfNeeded: record.ttl.rawValue >> UInt32(24 - 8 * $0)) }
                let length = [UInt8(record.rdata.count >> 8), UInt8(record.rdata.count & 255)]
                return hexadecimal(record.owner.wireFormat + header + ttl + length + record.rdata)
            }
            #expect(found.count == expected.count, "\(suffix)")
            for (found, expected) in zip(found, expected) { #expect(found == expected, "\(suffix)") }
        }
    }

    @Test("Owners and TTLs are those that NLnet Labs' domain finds")
    func domain() throws {
        guard let folder = Self.folder else { return }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder + "domain").filter {
            $0.hasSuffix(".yaml")
        }
        #expect(files.count > 5)
        // A TXT record of no strings is none (RFC 1035 §3.3.14).
        for file in files where file != "unknown-zero-length.yaml" {
            let lines = try String(contentsOfFile: folder + "domain/" + file, encoding: .utf8)
                .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            func value(_ key: String, _ line: String) -> String? {
                line.range(of: key + ": ").map { String(line[$0.upperBound...]) }
            }
            let start = try #require(lines.firstIndex { $0.hasPrefix("zonefile:") })
            let end = try #require(lines.firstIndex { $0.hasPrefix("result:") })
            var options = options(origin: lines.first.flatMap { value("origin", $0) }, defaultTTL: nil)
            if let name = lines.compactMap({ value("default_class", $0) }).first {
                options.rrClass = RRClass(mnemonic: name)
            }
            let text = lines[(start + 1)..<end].map { $0.dropFirst(2) }.joined(separator: "\n")
            let result = ZoneFileReader.readRecords(ZoneFileSource(text, name: file), options: options)
            #expect(result.diagnostics.map(\.description) == [], "\(file)")
            let found = (result.value?.values ?? []).map { "\($0.owner) \($0.ttl)" }
            let owners = lines[end...].compactMap { value("owner", $0) }
            let ttls = lines[end...].compactMap { value("ttl", $0) }
            #expect(found == zip(owners, ttls).map { "\($0) \($1)" }, "\(file)")
        }
    }

    private func hexadecimal(_ octets: [UInt8]) -> String {
        octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
