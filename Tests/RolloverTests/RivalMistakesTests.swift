import DNSModel
import Rollover
import Testing

@Suite("The rivals' mistakes are refused, each with its counter-example")
struct RivalMistakesTests {
    private let old = Fixture.issued(1)
    private let new = Fixture.issued(2)

    private func proof(_ situation: Situation, _ steps: [Step]) -> Proof {
        Coverage.check(situation.applying(steps))
    }

    private func publish(_ chains: [Chain], _ parameters: [AssociationParameters] = [Fixture.p311], ttl: UInt32 = 3_600)
        -> Step.Action
    {
        .publish(Fixture.owner, Fixture.tlsa(chains, parameters), ttl: TTL(ttl))
    }

    private var plain: Situation {
        Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [old])
    }

    @Test("The old record is removed before the servers have swapped")
    func removedBeforeSwap() throws {
        let steps = [
            Fixture.step(publish([old, new]), after: 0),
            Fixture.step(publish([new]), after: 20_000),
            Fixture.step(.deploy(Fixture.presenter, [new]), after: 20_060),
        ]
        let example = try #require(proof(plain, steps).counterExample)
        #expect(example.at == Fixture.noon.advanced(by: 20_000))
        #expect(
            example.sentence == """
                a resolver that fetched _5269._tcp.xmpp.example. TLSA at 2026-03-01T17:33:20Z holds 3 1 1 020102 at \
                2026-03-01T17:33:20Z, when a server of 'xmpp' presents key 1 certificate 0, of which no record \
                matches; this can happen until 2026-03-01T17:44:20Z
                """)
    }

    @Test("A quarter of the TTL is waited")
    func quarterOfTheTTL() throws {
        let steps = [
            Fixture.step(publish([old, new]), after: 0),
            Fixture.step(.deploy(Fixture.presenter, [new]), after: 3_600 + 900),
        ]
        let example = try #require(proof(plain, steps).counterExample)
        #expect(example.at == Fixture.noon.advanced(by: 4_500))
        // The last answer without the new key leaves the slowest server an hour after the change.
        #expect(example.fetchedAt == Fixture.noon.advanced(by: 3_600))
        #expect(example.held.content == Fixture.tlsa([old], [Fixture.p311]))
        // Two layers of cache, a second of rounding each, a minute to the handshake.
        #expect(example.until == Fixture.noon.advanced(by: 3_600 + 2 * 3_601 + 60))
    }

    @Test("Certificate and TLSA are swapped at one moment")
    func swappedTogether() throws {
        let steps = [
            Fixture.step(publish([new]), after: 0), Fixture.step(.deploy(Fixture.presenter, [new]), after: 0),
        ]
        let example = try #require(proof(plain, steps).counterExample)
        #expect(example.at == Fixture.noon)
    }

    @Test("The certificate goes first, TLSA follows")
    func certificateFirst() throws {
        let steps = [
            Fixture.step(.deploy(Fixture.presenter, [new]), after: 0), Fixture.step(publish([new]), after: 5),
        ]
        let example = try #require(proof(plain, steps).counterExample)
        #expect(example.at == Fixture.noon)
        #expect(example.met.content == .chains([new]))
    }

    @Test("A rollover passes a second after the first publication, as long as the record is visible")
    func visibleNow() {
        let steps = [
            Fixture.step(publish([old, new]), after: 0),
            Fixture.step(.deploy(Fixture.presenter, [new]), after: 1),
        ]
        #expect(!proof(plain, steps).isSafe)
    }

    @Test("The TTL is lowered, and the wait is computed from the new one")
    func loweredTTL() throws {
        let lowered = [
            Fixture.step(publish([old], ttl: 60), after: 0),
            Fixture.step(publish([old, new], ttl: 60), after: 300),
            Fixture.step(.deploy(Fixture.presenter, [new]), after: 300 + 3_600 + 2 * 61 + 61),
        ]
        let example = try #require(proof(plain, lowered).counterExample)
        #expect(example.held.ttl == TTL(3_600))
        let patient = lowered.dropLast() + [Fixture.step(.deploy(Fixture.presenter, [new]), after: 10_863)]
        #expect(proof(plain, Array(patient)).isSafe)
    }

    @Test("A plan remembers that the TTL was lowered a moment ago")
    func plannedAfterLoweredTTL() throws {
        var situation = plain
        situation.record(
            Event(
                at: Fixture.noon.advanced(by: -10), track: Fixture.owner,
                kind: .done(Fixture.tlsa([old], [Fixture.p311]), ttl: TTL(60))))
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new], ttl: 60))
        let deployment = try #require(plan.steps.first { if case .deploy = $0.action { true } else { false } })
        #expect(deployment.earliest == Fixture.noon.advanced(by: -10 + 3_600 + 2 * 3_601 + 60 + 1))
    }

    @Test("A first publication forgets that resolvers remember the absence")
    func negativeCaching() throws {
        let situation = Fixture.situation(published: .absent, presented: [old])
        let selfSigned = Fixture.selfSigned(3)
        let steps = [
            Fixture.step(publish([old, selfSigned]), after: 0),
            Fixture.step(.deploy(Fixture.presenter, [selfSigned]), after: 3_600 + 900),
        ]
        let example = try #require(proof(situation, steps).counterExample)
        #expect(example.held.content == .absent)
        #expect(example.held.ttl == TTL(900))
        #expect(example.until == Fixture.noon.advanced(by: 3_600 + 2 * 901 + 60))
        #expect(
            example.sentence == """
                a resolver that fetched _5269._tcp.xmpp.example. TLSA at 2026-03-01T13:00:00Z still holds no record at \
                2026-03-01T13:15:00Z, when a server of 'xmpp' presents key 3 certificate 0, and without TLSA no public \
                trust anchor vouches for the certificate; this can happen until 2026-03-01T13:31:02Z
                """)
    }

    @Test("3 1 1 names both keys, 3 1 2 only the next one")
    func combinationWithoutTheCurrentKey() throws {
        let mixed = Content.tlsa(
            old.associations(for: [Fixture.p311]) + new.associations(for: [Fixture.p311, Fixture.p312]))
        let steps = [Fixture.step(.publish(Fixture.owner, mixed, ttl: TTL(3_600)), after: 0)]
        let example = try #require(proof(plain, steps).counterExample)
        #expect(example.reason == "of which no 3 1 2 record matches, though another combination does")
    }

    @Test("SHA-512 is added for the next key only, and a client that prefers it finds nothing")
    func digestAgility() {
        let mixed = Content.tlsa(
            old.associations(for: [Fixture.p311]) + new.associations(for: [Fixture.p312]))
        let steps = [Fixture.step(.publish(Fixture.owner, mixed, ttl: TTL(3_600)), after: 0)]
        #expect(!proof(plain, steps).isSafe)
    }

    @Test("A stuck secondary is taken for an up-to-date one")
    func stuckSecondary() throws {
        var situation = plain
        situation.record(
            Event(
                at: Fixture.noon, track: Fixture.owner,
                kind: .done(Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600))))
        let later = Fixture.noon.advanced(by: 14_000)
        situation.now = later
        guard case .now = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("four hours are enough when every server follows within one")
            return
        }
        situation.record(
            Event(
                at: later, track: Fixture.owner,
                kind: .seenLagging(server: "ns2.example.", expire: 1_209_600)))
        guard case .notBefore(let time, let example) = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("a lagging server must close the gate")
            return
        }
        #expect(time == later.advanced(by: 1_209_600 + 2 * 3_601 + 60 + 1))
        #expect(example.fetchedAt == later)
        // Two days on, somebody has mended it: all servers are seen with the new version.
        situation.now = later.advanced(by: 172_800)
        situation.record(Event(at: situation.now, track: Fixture.owner, kind: .seenEverywhere))
        guard case .notBefore(let mended, _) = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("what was fetched a moment ago is still in caches")
            return
        }
        #expect(mended == situation.now.advanced(by: 2 * 3_601 + 60 + 1))
    }

    @Test("The signatures' expiration ends what a stuck secondary can serve")
    func signatureExpirationBounds() throws {
        var situation = plain
        let expiration = Fixture.noon.advanced(by: 86_400)
        situation.record(
            Event(at: Timestamp(0), track: Fixture.owner, kind: .signed(expiration: expiration)))
        situation.record(
            Event(
                at: Fixture.noon, track: Fixture.owner,
                kind: .done(Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600))))
        situation.record(
            Event(at: Fixture.noon, track: Fixture.owner, kind: .seenLagging(server: "ns2.example.", expire: 1_209_600))
        )
        guard case .notBefore(let time, _) = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("the gate must be closed")
            return
        }
        #expect(time == expiration.advanced(by: 300 + 60 + 1))
    }

    @Test("One server of two is forgotten: the old certificate is still presented")
    func forgottenServer() {
        let steps = [
            Fixture.step(publish([old, new]), after: 0),
            Fixture.step(.deploy(Fixture.presenter, [new]), after: 12_000),
            Fixture.step(publish([new]), after: 12_300),
        ]
        // The deploy window is 600 s; the record goes after 300.
        #expect(!proof(plain, steps).isSafe)
    }
}
