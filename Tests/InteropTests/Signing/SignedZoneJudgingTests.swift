import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing

/// What the signer makes, before the programs of others. They know no time but today's, so this is signed now.
@Suite("Signed zones before independent judges")
struct SignedZoneJudgingTests {
    static let denials: [DenialOfExistence] = [
        .nsec, .recommendedNSEC3, .nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: true)),
        .nsec3(NSEC3Parameters(iterations: 2, salt: [0xAB, 0xCD], optOut: false)),
    ]
    static let algorithms: [SecurityAlgorithm] = [
        .rsasha256, .rsasha512, .ecdsap256sha256, .ecdsap384sha384, .ed25519, .ed448,
    ]

    @Test("each way of denial passes, with and without ZONEMD", arguments: denials, [false, true])
    func denial(_ denial: DenialOfExistence, hasDigest: Bool) throws {
        try judge(JudgedZones.tour(apex: "tour.example."), denial, .ecdsap256sha256, hasDigest: hasDigest)
    }

    @Test("each algorithm passes, with split keys and with one", arguments: algorithms, [true, false])
    func algorithm(_ algorithm: SecurityAlgorithm, isSplit: Bool) throws {
        try judge(JudgedZones.tour(apex: "tour.example."), .recommendedNSEC3, algorithm, isSplit: isSplit)
    }

    @Test("random zones pass", arguments: 0..<12)
    func randomZones(_ seed: Int) throws {
        let zone = try JudgedZones.random(apex: "random.example.", owners: 60 + seed * 40, seed: UInt64(seed))
        try judge(zone, Self.denials[seed % Self.denials.count], .ed25519, hasDigest: seed % 3 == 0)
    }

    @Test("random zones whose signatures are made in batches pass", arguments: 0..<4)
    func batches(_ seed: Int) throws {
        let zone = try JudgedZones.random(apex: "random.example.", owners: 1200, seed: UInt64(100 + seed))
        try judge(zone, Self.denials[seed], .ecdsap256sha256, isSplit: seed % 2 == 0, hasDigest: seed == 1)
    }

    @Test("CDS and CDNSKEY, signed by the key-signing key, pass")
    func parentSignal() throws {
        var parameters = SigningParameters.standard(now: Timestamp(Int64(Date().timeIntervalSince1970)))
        parameters.parentSignal = .publish(digests: [.sha256, .sha384])
        try judge(JudgedZones.tour(apex: "tour.example."), parameters, .ecdsap256sha256, isSplit: true)
    }

    private func judge(
        _ zone: Zone, _ denial: DenialOfExistence, _ algorithm: SecurityAlgorithm, isSplit: Bool = true,
        hasDigest: Bool = false
    ) throws {
        var parameters = SigningParameters.standard(now: Timestamp(Int64(Date().timeIntervalSince1970)))
        parameters.denial = denial
        if hasDigest { parameters.zoneDigests = [.sha384, .sha512] }
        try judge(zone, parameters, algorithm, isSplit: isSplit)
    }

    private func judge(
        _ zone: Zone, _ parameters: SigningParameters, _ algorithm: SecurityAlgorithm, isSplit: Bool
    ) throws {
        let roles: [KeyRole] = isSplit ? [.ksk, .zsk] : [.csk]
        var keys: [ZoneKey] = []
        for role in roles {
            let request = KeyRequest(
                owner: zone.apex, role: role, algorithm: algorithm, bits: 2048, ttl: nil, timing: KeyTiming())
            keys.append(try ZoneKey.generate(request, avoiding: Set(keys.flatMap(\.occupiedKeyTags))))
        }
        let outcome = try ZoneSigner.sign(zone, keys: keys, parameters: parameters, workers: Workers(2))
        let folder = try ScratchFolder()
        try JudgedZones.write(outcome.zone, to: folder.url.appendingPathComponent("zone").path)
        try Judge.expectAccepted(
            SignedZoneFile(
                name: "zone", origin: zone.apex.presentationFormat, hasSplitKeys: isSplit,
                hasDigest: !parameters.zoneDigests.isEmpty),
            in: folder.url)
    }
}
