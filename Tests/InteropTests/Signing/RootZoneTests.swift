import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing

/// The zone that everyone knows, stripped of what its signers added and signed anew.
@Suite("The root zone, signed anew")
struct RootZoneTests {
    /// Where the zones are, or `nil` when there are none; then the test says so and passes.
    static let folder: URL? = {
        let path =
            ProcessInfo.processInfo.environment["DANECTL_VECTORS"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("../shared/vectors").path
        let folder = URL(fileURLWithPath: path).appendingPathComponent("g-big-zones")
        if FileManager.default.fileExists(atPath: folder.path) { return folder }
        print("no root zones at \(folder.path): set DANECTL_VECTORS")
        return nil
    }()

    private static let signersTypes: Set<RRType> = [.dnskey, .rrsig, .nsec, .nsec3, .nsec3param, .zonemd]

    @Test(
        "is accepted by every judge, keeps all its records, and denies between the same names",
        arguments: [
            ("root-2014062501.zone", SecurityAlgorithm.ecdsap256sha256),
            ("root-2017112902.zone", .rsasha256),
            ("root-2024073100.zone", .ecdsap256sha256),
            ("root-2024073100.zone", .rsasha256),
        ])
    func root(_ file: String, _ algorithm: SecurityAlgorithm) throws {
        guard let folder = Self.folder else { return }
        let original = try Self.read(folder.appendingPathComponent(file))
        let stripped = original.removing { Self.signersTypes.contains($0.type) }
        let now = Timestamp(Int64(Date().timeIntervalSince1970))
        var parameters = SigningParameters.standard(now: now)
        parameters.denial = .nsec
        parameters.zoneDigests = [.sha384]
        parameters.serialPolicy = .keep
        var keys: [ZoneKey] = []
        for role in [KeyRole.ksk, .zsk] {
            let request = KeyRequest(
                owner: .root, role: role, algorithm: algorithm, bits: 2048, ttl: nil, timing: KeyTiming())
            keys.append(try ZoneKey.generate(request, avoiding: Set(keys.flatMap(\.occupiedKeyTags))))
        }
        let signed = try ZoneSigner.sign(stripped, keys: keys, parameters: parameters, workers: Workers(2)).zone
        #expect(Self.records(of: signed) == Self.records(of: stripped))
        #expect(Self.owners(of: .nsec, in: signed) == Self.owners(of: .nsec, in: original))

        let scratch = try ScratchFolder()
        try JudgedZones.write(signed, to: scratch.url.appendingPathComponent("root").path)
        try Judge.expectAccepted(
            SignedZoneFile(name: "root", origin: ".", hasSplitKeys: true, hasDigest: true), in: scratch.url)
        let read = try Self.read(scratch.url.appendingPathComponent("root"))
        let anchors = keys.filter { $0.role == .ksk }.map { TrustAnchor.dnskey($0.dnskey, of: .root) }
        let report = ZoneValidator.validate(read, at: now, anchors: anchors, workers: Workers(2))
        #expect(report.isValid && report.status == .secure, "\(report.diagnostics.prefix(5))")
    }

    private static func read(_ file: URL) throws -> Zone {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let reading = ZoneFileReader.read(
            ZoneFileSource(text, name: file.lastPathComponent), options: ZoneFileOptions(origin: .root))
        return try #require(reading.value, "\(reading.diagnostics.prefix(5))")
    }

    /// All records that are no signer's, as text.
    private static func records(of zone: Zone) -> [String] {
        zone.records.filter { !signersTypes.contains($0.type) }.map { record in
            "\(zone.name(of: record.owner)) \(record.ttl) \(record.type) \(Hex.encode(zone.rdata(of: record)))"
        }
    }

    private static func owners(of type: RRType, in zone: Zone) -> [DomainName] {
        zone.records.filter { $0.type == type }.map { zone.name(of: $0.owner) }
    }
}
