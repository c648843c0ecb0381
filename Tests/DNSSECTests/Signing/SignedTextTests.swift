import DNSModel
import DNSSEC
import Diagnostics
import Testing

@Suite("The text of a zone that is being signed")
struct SignedTextTests {
    /// Keeps what it is given, up to a number of pieces.
    private final class Receiver: SignedTextReceiver {
        private(set) var text: [UInt8] = []
        private var piecesLeft: Int

        init(pieces: Int = .max) { piecesLeft = pieces }

        func take(_ piece: UnsafeRawBufferPointer) -> Bool {
            text += piece
            piecesLeft -= 1
            return piecesLeft > 0
        }
    }

    /// A zone of several chunks of names.
    private static func largeZone() throws -> Zone {
        var text = SigningFixtures.sample
        for number in 0..<1500 { text += "\nhost\(number * 7919 % 1500) 300 A 192.0.2.9" }
        return try SigningFixtures.zone("example.", text)
    }

    private static let denials: [DenialOfExistence] = [
        .nsec, .recommendedNSEC3, .nsec3(NSEC3Parameters(iterations: 1, salt: [0xCD], optOut: true)),
    ]

    @Test("is that of the signed zone, for any number of workers", arguments: denials, [1, 2, 5])
    func text(denial: DenialOfExistence, workers: Int) throws {
        // Ed25519 signs the same octets the same way each time.
        let keys = [try SigningFixtures.key("example.", .ksk), try SigningFixtures.key("example.", .zsk)]
        let zone = try Self.largeZone()
        let receiver = Receiver()
        let outcome = try ZoneSigner.sign(
            zone, keys: keys, parameters: SigningFixtures.parameters(denial), workers: Workers(workers),
            receiver: receiver)
        #expect(outcome.isReceived)
        let alone = try ZoneSigner.sign(zone, keys: keys, parameters: SigningFixtures.parameters(denial))
        #expect(!alone.isReceived)
        // Not by `==` in the expectation, which would look for the differences of two long texts for hours.
        let isSame = ZoneFileWriter.text(of: alone.zone) == receiver.text
        #expect(isSame)
        #expect(alone.statistics == outcome.statistics)
        #expect(alone.cuts?.classes == ZoneCuts(alone.zone).classes)
        #expect(alone.cuts?.emptyNonTerminals == ZoneCuts(alone.zone).emptyNonTerminals)
        #expect(alone.cuts?.ownersInZone == ZoneCuts(alone.zone).ownersInZone)
        // All that is kept is the apex.
        #expect(outcome.zone.ownerCount == 1)
        for type: RRType in [.soa, .ns, .dnskey, .nsec3param, .rrsig, .nsec] {
            #expect(outcome.zone.rrset("example.", type) == alone.zone.rrset("example.", type), "\(type)")
        }
    }

    @Test("is judged on the way", arguments: denials, [1, 3])
    func judgement(denial: DenialOfExistence, workers: Int) throws {
        let keys = [try SigningFixtures.key("example.", .ksk), try SigningFixtures.key("example.", .zsk)]
        let zone = try Self.largeZone()
        let parameters = SigningFixtures.parameters(denial)
        func sign(_ judgement: ConcurrentValidation) throws -> SigningOutcome {
            try ZoneSigner.sign(
                zone, cuts: nil, keys: keys, parameters: parameters, previous: nil, workers: Workers(workers),
                receiver: Receiver(), judgement: judgement)
        }
        let anchors = [TrustAnchor.dnskey(keys[0].dnskey, of: "example.")]
        let all = try sign(.init(anchors: anchors, threshold: 0, sample: .max))
        #expect(all.verifiedSignatures == all.statistics.signatureCount)
        let sample = try sign(.init(anchors: anchors, threshold: 0, sample: 100))
        #expect((20..<400).contains(try #require(sample.verifiedSignatures)))
        // Who is led in by another key finds fault, and a small zone is left to who reads it back.
        let stranger = [TrustAnchor.dnskey(keys[1].dnskey, of: "example.")]
        #expect(try sign(.init(anchors: stranger, threshold: 0, sample: 100)).verifiedSignatures == nil)
        let threshold = all.statistics.signatureCount
        #expect(try sign(.init(anchors: anchors, threshold: threshold, sample: 100)).verifiedSignatures == nil)
    }

    @Test("is found sound for zones of all sorts", arguments: 0..<10, denials)
    func soundness(seed: Int, denial: DenialOfExistence) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let zone = try RandomZone.make(apex: "example.", owners: 20 + 50 * seed, using: &random)
        let keys = [try SigningFixtures.key("example.", .ksk), try SigningFixtures.key("example.", .zsk)]
        let outcome = try ZoneSigner.sign(
            zone, cuts: nil, keys: keys, parameters: SigningFixtures.parameters(denial), previous: nil,
            workers: Workers(2), receiver: Receiver(),
            judgement: .init(
                anchors: [.dnskey(keys[0].dnskey, of: "example.")], threshold: 0, sample: .max))
        #expect(outcome.verifiedSignatures == outcome.statistics.signatureCount)
    }

    @Test("is not given when a digest of the whole zone, or a comparison with the last one, decides on its beginning")
    func unknownVersion() throws {
        let keys = [try SigningFixtures.key()]
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        var parameters = SigningFixtures.parameters()
        let first = try ZoneSigner.sign(zone, keys: keys, parameters: parameters)
        let again = Receiver()
        let unchanged = try ZoneSigner.sign(
            zone, keys: keys, parameters: parameters, previous: first.zone, receiver: again)
        #expect(!unchanged.isReceived && unchanged.change == .unchanged && again.text.isEmpty)
        parameters.zoneDigests = [.sha384]
        let digested = Receiver()
        #expect(try !ZoneSigner.sign(zone, keys: keys, parameters: parameters, receiver: digested).isReceived)
        #expect(digested.text.isEmpty)
    }

    @Test("stops when nobody takes it any more", arguments: [1, 3])
    func refusal(workers: Int) throws {
        let receiver = Receiver(pieces: 2)
        let zone = try Self.largeZone()
        let keys = [try SigningFixtures.key()]
        let failure = #expect(throws: DiagnosedFailure.self) {
            try ZoneSigner.sign(
                zone, keys: keys, parameters: SigningFixtures.parameters(), workers: Workers(workers),
                receiver: receiver)
        }
        #expect(failure?.diagnostics == [])
        let whole = Receiver()
        _ = try ZoneSigner.sign(zone, keys: keys, parameters: SigningFixtures.parameters(), receiver: whole)
        #expect(whole.text.starts(with: receiver.text) && receiver.text.count < whole.text.count)
    }
}
