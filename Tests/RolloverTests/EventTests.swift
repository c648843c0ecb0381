import DNSModel
import Foundation
import Rollover
import Testing

@Suite("Events are kept as readable JSON")
struct EventTests {
    @Test("Every kind of event survives the state file")
    func roundTrip() throws {
        let chain = Fixture.issued(1)
        let key = KeyIdentity(algorithm: 13, keyTag: 4_711, fingerprint: "8cb0")
        let contents: [Content] = [
            .unknown, .absent, Fixture.tlsa([chain], [Fixture.p311]), .chains([chain]),
            .keys([key], signedBy: [key]), .signatures([key]), .delegation([key]),
            .targets([Fixture.name("a.example.")]), .present("192.0.2.1"),
        ]
        var kinds: [Event.Kind] = contents.map { .done($0, ttl: TTL(300)) }
        kinds += [
            .began(.absent, ttl: TTL(60)), .found(.absent, ttl: TTL(60)), .finished, .signed(expiration: Fixture.noon),
            .seenEverywhere, .seenLagging(server: "ns2.example.", expire: 86_400),
            .historyLost(maximumTTL: TTL(86_400)),
        ]
        let tracks: [TrackID] = [
            Fixture.owner, Fixture.presenter, .ds(Fixture.name("example.")), .signatures(Fixture.name("example.")),
            .rrset(Fixture.name("example."), RRType(1_234)), .document("https://example/posh.json"),
        ]
        let events = kinds.enumerated().map { index, kind in
            Event(at: Fixture.noon, track: tracks[index % tracks.count], kind: kind)
        }
        let data = try JSONEncoder().encode(events)
        #expect(try JSONDecoder().decode([Event].self, from: data) == events)
    }

    @Test(
        "A state file that is not one is refused, not guessed at",
        arguments: [
            #"{"at": "yesterday", "track": "a. TLSA", "event": "finished"}"#,
            #"{"at": "2026-03-01T12:00:00Z", "track": "a", "event": "finished"}"#,
            #"{"at": "2026-03-01T12:00:00Z", "track": "a. TLSA", "event": "guessed"}"#,
            #"{"at": "2026-03-01T12:00:00Z", "track": "a. TLSA", "event": "done", "ttl": 1, "content": {"tlsa": ["3 1 1"]}}"#,
        ])
    func malformed(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Event.self, from: Data(text.utf8)) }
    }
}
