import DNSModel
import Rollover
import Testing

@Suite("What other tools' scripts do is refused, each with its counter-example")
struct RivalToolsTests {
    private let old = Fixture.issued(1)
    private let new = Fixture.issued(2)

    private func proof(_ situation: Situation, _ steps: [Step]) -> Proof {
        Coverage.check(situation.applying(steps))
    }

    private func publish(_ chains: [Chain], ttl: UInt32 = 3_600) -> Step.Action {
        .publish(Fixture.owner, Fixture.tlsa(chains, [Fixture.p311]), ttl: TTL(ttl))
    }

    @Test("A reload that failed is taken for one that worked, and the old record goes")
    func failedReload() throws {
        // The servers were told to load the new certificate and did not: there is no deployment among the facts.
        let steps = [
            Fixture.step(publish([old, new]), after: 0), Fixture.step(publish([new]), after: 100_000),
        ]
        let situation = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [old])
        let example = try #require(proof(situation, steps).counterExample)
        #expect(example.at == Fixture.noon.advanced(by: 100_000))
        #expect(example.met.content == .chains([old]))
        #expect(!example.isTemporary, "it lasts until somebody repairs it")
    }

    @Test("One or two days are waited, whatever the TTL", arguments: [86_400, 2 * 86_400] as [Int64])
    func fixedWait(seconds: Int64) throws {
        let week: UInt32 = 7 * 86_400
        let situation = Fixture.situation(
            published: Fixture.tlsa([old], [Fixture.p311]), ttl: week, presented: [old])
        let steps = [
            Fixture.step(publish([old, new], ttl: week), after: 0),
            Fixture.step(.deploy(Fixture.presenter, [new]), after: seconds),
        ]
        let example = try #require(proof(situation, steps).counterExample)
        #expect(example.at == Fixture.noon.advanced(by: seconds))
        #expect(example.held.ttl == TTL(week))
    }

    @Test("Twice the TTL is waited, and the way to the secondaries forgotten")
    func twiceTheTTL() throws {
        let situation = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [old])
        let steps = [
            Fixture.step(publish([old, new]), after: 0),
            Fixture.step(.deploy(Fixture.presenter, [new]), after: 2 * 3_600),
        ]
        let example = try #require(proof(situation, steps).counterExample)
        #expect(example.fetchedAt == Fixture.noon.advanced(by: 3_600), "from the slowest secondary")
    }

    @Test("The record was there when somebody looked, and has gone since: the gate is closed")
    func lookedOnce() throws {
        var situation = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [old])
        let both = Fixture.tlsa([old, new], [Fixture.p311])
        situation.record(
            Event(
                at: Fixture.noon.advanced(by: -200_000), track: Fixture.owner, kind: .done(both, ttl: TTL(3_600))))
        guard case .now = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("it has been there for days")
            return
        }
        situation.record(
            Event(
                at: Fixture.noon, track: Fixture.owner,
                kind: .found(Fixture.tlsa([old], [Fixture.p311]), ttl: TTL(3_600))))
        guard case .never(let example) = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("it is not there any more")
            return
        }
        #expect(example.held.content == Fixture.tlsa([old], [Fixture.p311]))
    }

    @Test("Whatever is configured now becomes the record set, all at once")
    func replacedAtOnce() throws {
        let situation = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [old])
        for order in [0, 1] as [Int64] {
            let steps = [
                Fixture.step(publish([new]), after: order),
                Fixture.step(.deploy(Fixture.presenter, [new]), after: 1 - order),
            ].sorted { $0.earliest < $1.earliest }
            #expect(proof(situation, steps).counterExample != nil)
        }
    }

    @Test("An authority's intermediate is pinned, and its successor issues the next certificate")
    func rotatedAuthority() throws {
        let pinned = Fixture.tlsa([Fixture.issued(1, by: 9)], [Fixture.p211])
        let situation = Fixture.situation(published: pinned, presented: [Fixture.issued(1, by: 9)])
        let renewed = Fixture.issued(2, by: 8)
        guard case .never(let example) = situation.gate(Fixture.presenter, chains: [renewed]) else {
            Issue.record("the new authority is not published")
            return
        }
        #expect(example.reason == "of which no record matches")
        // The same authority again needs nothing.
        guard case .now = situation.gate(Fixture.presenter, chains: [Fixture.issued(2, by: 9)]) else {
            Issue.record("the authority is the same")
            return
        }
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([renewed], parameters: [Fixture.p211]))
        #expect(plan.steps.map(\.action.content?.presentedChains.count) == [0, 1, 0])
    }

    @Test("3 0 1 is published, and a renewal with the same key is swapped in as if nothing had changed")
    func wholeCertificate() throws {
        let first = Fixture.chain(SimulatedCertificate(key: 1, serial: 1, issuer: 9, isPublic: true))
        let renewed = Fixture.chain(SimulatedCertificate(key: 1, serial: 2, issuer: 9, isPublic: true))
        let situation = Fixture.situation(published: Fixture.tlsa([first], [Fixture.p301]), presented: [first])
        guard case .never = situation.gate(Fixture.presenter, chains: [renewed]) else {
            Issue.record("another certificate has another digest")
            return
        }
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([renewed], parameters: [Fixture.p301]))
        #expect(plan.steps.count == 3)
    }

    @Test("The current and the next record side by side are no mistake, whichever key is presented")
    func bothRecords() {
        for presented in [old, new] {
            let situation = Fixture.situation(
                published: Fixture.tlsa([old, new], [Fixture.p311]), presented: [presented])
            guard case .safe(let assurance) = Coverage.check(situation) else {
                Issue.record("both match")
                continue
            }
            #expect(assurance.inherited.isEmpty && assurance.pairsThatMeet > 0)
        }
    }
}
