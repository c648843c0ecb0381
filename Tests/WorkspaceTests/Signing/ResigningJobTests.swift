import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing
import Workspace

/// Signing a file again, by way of the published text or not: the file is the same.
@Suite("Signing a file again")
struct ResigningJobTests {
    private static let apex = "example.org"
    private static let now = Timestamp(1_767_225_600)

    private static func zone(_ hosts: Int) -> String {
        var text =
            "$ORIGIN example.org.\n$TTL 300\n@ SOA ns1 hostmaster 1 7200 3600 604800 300\n@ NS ns1\nns1 A 192.0.2.1\n"
        for host in 0..<hosts { text += "h\(host) A 192.0.2.\(host % 250)\ncut\(host % 50) NS ns.cut\(host % 50)\n" }
        return text
    }

    private static func job(
        _ laboratory: Laboratory, _ keys: [ZoneKey], _ denial: DenialOfExistence, at time: Timestamp
    ) throws -> SigningJob {
        var parameters = SigningParameters.standard(now: time)
        parameters.denial = denial
        return SigningJob(
            source: "\(laboratory.path)/zone", origin: try DomainName(apex), allowsIncludesOutsideFolder: false,
            output: "\(laboratory.path)/signed", keys: keys, previous: nil, parameters: parameters,
            verification: .automatic, workers: Workers(2))
    }

    /// Ed25519 makes the same signature of the same message each time, so that files can be compared.
    private static func keys() throws -> [ZoneKey] {
        let request = KeyRequest(
            owner: try DomainName(apex), role: .csk, algorithm: .ed25519, bits: 0, ttl: nil, timing: KeyTiming())
        return [try ZoneKey.generate(request, avoiding: [])]
    }

    @Test(
        "The file is the same both ways, large or small, and is not touched when nothing has changed",
        arguments: [DenialOfExistence.nsec, .recommendedNSEC3], [60, 6000])
    func sameFile(_ denial: DenialOfExistence, hosts: Int) throws {
        let laboratory = try Laboratory()
        let keys = try Self.keys()
        try laboratory.write(Self.zone(hosts), to: "zone")
        _ = try Self.job(laboratory, keys, denial, at: Self.now).run()
        let first = try laboratory.read("signed")
        var again = try Self.job(laboratory, keys, denial, at: Self.now.advanced(by: 60))
        again.resigningThreshold = 0
        #expect(try again.run().value?.change == .unchanged)
        #expect(try laboratory.read("signed") == first)

        let changed = Self.zone(hosts + 1).replacingOccurrences(of: "h7 A", with: "*.h7 AAAA 2001:db8::1\nh7 A")
        try laboratory.write(changed, to: "zone")
        var results: [SigningResult] = []
        var files: [String] = []
        for threshold in [0, Int.max] {
            try laboratory.write(first, to: "signed")
            again.resigningThreshold = threshold
            results.append(try #require(try again.run().value))
            files.append(try laboratory.read("signed"))
        }
        #expect(files[0] == files[1])
        #expect(files[0] != first)
        #expect(results.map(\.change) == [.changed, .changed])
        #expect(results[0].statistics == results[1].statistics)
        // Of a large zone only what is new is verified on the short way.
        #expect(results[0].verifiedSignatures > 0 && results[0].verifiedSignatures <= results[1].verifiedSignatures)
        #expect(results[0].statistics.signaturesMade < 20)
        // What was written is danectl's own again.
        #expect(try again.run().value?.change == .unchanged)
    }

    @Test("A file that somebody has changed is not copied from")
    func tampered() throws {
        let laboratory = try Laboratory()
        let keys = try Self.keys()
        try laboratory.write(Self.zone(80), to: "zone")
        _ = try Self.job(laboratory, keys, .nsec, at: Self.now).run()
        let first = try laboratory.read("signed")
        var again = try Self.job(laboratory, keys, .nsec, at: Self.now.advanced(by: 60))
        again.resigningThreshold = 0
        // One character of a signature.
        let line = try #require(first.split(separator: "\n").first { $0.hasPrefix("h9.") && $0.contains("RRSIG\tA ") })
        let other = line.dropLast(8) + (line.hasSuffix("AAAAAA==") ? "QQQQAA==" : "AAAAAA==")
        try laboratory.write(first.replacingOccurrences(of: line, with: other), to: "signed")
        let result = try #require(try again.run().value)
        #expect(result.change == .changed)
        #expect(result.statistics.signaturesMade == 2)
        let second = try laboratory.read("signed")
        #expect(!second.contains(other))
        #expect(second.split(separator: "\n").count == first.split(separator: "\n").count)
    }
}
