import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing

/// Vectors of RFC 8976 and of other implementations, read in place.
@Suite("Zone digest vectors")
struct ZoneDigestVectorTests {
    static let folder: String =
        (ProcessInfo.processInfo.environment["DANECTL_VECTORS"] ?? "../shared/vectors") + "/h-zonemd"

    struct Row: Sendable, CustomStringConvertible {
        let file: String
        let check: String
        let arguments: String
        let expected: String

        var description: String { "\(file) \(check)" }

        var origin: DomainName? {
            let words = arguments.split(separator: " ")
            let word = words.first { $0.hasPrefix("origin=") && !$0.hasPrefix("origin=(") }
            return word.flatMap { try? DomainName($0.dropFirst(7) + ".") }
        }
    }

    static let rows: [Row] = {
        guard let text = try? String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8) else {
            print("no vectors at \(folder): zone digests are not compared with others'")
            return []
        }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return fields.count > 3
                ? Row(file: fields[0], check: fields[1], arguments: fields[2], expected: fields[3]) : nil
        }
    }()

    @Test("digests are computed as others do", arguments: rows.filter { $0.check == "zonemd-compute" })
    func compute(_ row: Row) throws {
        let zone = try #require(read(row))
        let algorithm: ZoneDigest.Algorithm = row.arguments.contains("hash=1") ? .sha384 : .sha512
        #expect(Hex.encode(ZoneDigest.compute(zone, algorithms: [algorithm])[0]) == row.expected)
    }

    /// Rows that depend on trust anchors or signatures are the validator's, not the digest's.
    @Test(
        "digests are verified as others do",
        arguments: rows.filter { $0.check == "zonemd-verify" && !$0.arguments.contains("trust-anchor=example") })
    func verify(_ row: Row) throws {
        guard let zone = read(row) else {
            #expect(row.expected == "refuse", "the zone is not read")
            return
        }
        switch ZoneDigest.verify(zone) {
        case .verified, .absent: #expect(row.expected == "accept")
        case .failed(let failures): #expect(row.expected == "refuse", "\(failures)")
        }
    }

    private func read(_ row: Row) -> Zone? {
        guard let data = FileManager.default.contents(atPath: Self.folder + "/" + row.file) else { return nil }
        var options = ZoneFileOptions()
        options.origin = row.origin
        let result = ZoneFileReader.read(ZoneFileSource([UInt8](data), name: row.file), options: options)
        return result.hasErrors ? nil : result.value
    }
}
