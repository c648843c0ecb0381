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
        #expect(receiver.text == ZoneFileWriter.text(of: outcome.zone))
        #expect(outcome.cuts?.classes == ZoneCuts(outcome.zone).classes)
        #expect(outcome.cuts?.emptyNonTerminals == ZoneCuts(outcome.zone).emptyNonTerminals)
        #expect(outcome.cuts?.ownersInZone == ZoneCuts(outcome.zone).ownersInZone)
        let alone = try ZoneSigner.sign(zone, keys: keys, parameters: SigningFixtures.parameters(denial))
        #expect(!alone.isReceived)
        #expect(ZoneFileWriter.text(of: alone.zone) == receiver.text)
        #expect(alone.statistics == outcome.statistics)
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
