import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing
import Workspace

/// What is judged of a file that is signed for the first time.
@Suite("Judging what was signed")
struct JudgedSigningTests {
    private static let now = Timestamp(1_767_225_600)

    private static func zone(_ hosts: Int) -> String {
        var text = "$ORIGIN example.org.\n$TTL 300\n@ SOA ns hostmaster 1 7200 3600 604800 300\n"
        text += "@ NS ns\nns A 192.0.2.1\n"
        for host in 0..<hosts { text += "h\(host) A 192.0.2.\(host % 250)\n" }
        return text
    }

    private func job(_ laboratory: Laboratory, hosts: Int, _ key: ZoneKey) throws -> SigningJob {
        try laboratory.write(Self.zone(hosts), to: "zone")
        var parameters = SigningParameters.standard(now: Self.now)
        parameters.denial = .recommendedNSEC3
        return SigningJob(
            source: "\(laboratory.path)/zone", origin: key.owner, allowsIncludesOutsideFolder: false,
            output: "\(laboratory.path)/signed", keys: [key], previous: nil,
            parameters: parameters, verification: .automatic, workers: Workers(2))
    }

    private func makeKey() throws -> ZoneKey {
        let request = KeyRequest(
            owner: try DomainName("example.org"), role: .csk, algorithm: .ed25519, bits: 0, ttl: nil,
            timing: KeyTiming())
        return try ZoneKey.generate(request, avoiding: [])
    }

    @Test("Each signature of a zone is verified, of a large one a sample while it is being signed")
    func amount() throws {
        let laboratory = try Laboratory()
        for (hosts, verified) in [(2500, 5000...10_000), (6000, 500...2000)] {
            var steps: [String] = []
            let result = try #require(try job(laboratory, hosts: hosts, makeKey()).run { steps.append($0) }.value)
            #expect(verified.contains(result.verifiedSignatures), "\(result.verifiedSignatures)")
            // A small one is read back for it.
            #expect(steps.contains("verifying example.org.") == (hosts == 2500), "\(steps)")
            try laboratory.remove("signed")
        }
    }

    @Test("Who asks for no verification is not told of one, whichever way the zone is signed")
    func none() throws {
        let laboratory = try Laboratory()
        var job = try job(laboratory, hosts: 6000, makeKey())
        job.verification = .none
        // The second time nothing is copied as text.
        job.resigningThreshold = .max
        for hosts in [6000, 6001] {
            try laboratory.write(Self.zone(hosts), to: "zone")
            var steps: [String] = []
            let result = try #require(try job.run { steps.append($0) }.value)
            #expect(result.change == .changed && result.verifiedSignatures == 0)
            #expect(!steps.contains("verifying example.org."), "\(steps)")
        }
    }

    @Test("What is not valid is not published, and it is told why, however large the zone", arguments: [20, 6000])
    func invalid(hosts: Int) throws {
        let laboratory = try Laboratory()
        // Published is one key, and signatures are made with another.
        let (published, other) = (try makeKey(), try makeKey())
        let key = ZoneKey(
            owner: published.owner, dnskey: published.dnskey, ttl: nil, timing: published.timing, role: published.role,
            privateKey: other.privateKey)
        let failure = #expect(throws: Failure.self) { try job(laboratory, hosts: hosts, key).run() }
        #expect(failure?.diagnostics.contains { $0.rule == "verify/signature-invalid" } == true)
        #expect(failure?.diagnostics.last?.rule == "sign/not-valid")
        // Neither the output nor what was written beside it.
        let left = try FileManager.default.contentsOfDirectory(atPath: laboratory.path)
        #expect(left.filter { $0 != "zone" && !$0.hasSuffix(".lock") } == [])
    }
}
