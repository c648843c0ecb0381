import DNSModel
import Rollover
import Testing

@Suite("Strategies: what is done when, and why it is safe")
struct StrategyTests {
    private let old = Fixture.issued(1)
    private let new = Fixture.issued(2)
    /// Propagation, two TTLs of an hour with a second each, a minute to the handshake, and the next second.
    private let drained: Int64 = 3_600 + 2 * 3_601 + 60 + 1

    private func offsets(_ plan: Plan) -> [Int64] {
        plan.steps.map { plan.situation.now.distance(to: $0.earliest) }
    }

    private var plain: Situation {
        Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [old])
    }

    @Test("Two-phase: publish both, wait, deploy, wait for the last server, remove")
    func twoPhase() throws {
        let plan = try CertificatePlanner.plan(plain, to: Fixture.goal([new]))
        #expect(
            plan.steps.map(\.action) == [
                .publish(Fixture.owner, Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600)),
                .deploy(Fixture.presenter, [new]),
                .publish(Fixture.owner, Fixture.tlsa([new], [Fixture.p311]), ttl: TTL(3_600)),
            ])
        #expect(offsets(plan) == [0, drained, drained + 600 + 1])
        #expect(plan.assurance.tightestMargin == 1)
        #expect(plan.steps[1].waitsFor?.contains("TTL 3600") == true)
    }

    @Test("Spare key: its record is published long before, and the swap is safe at once")
    func spareKey() throws {
        let spare = Fixture.spare(2, isPublic: true)
        let prepare = try CertificatePlanner.plan(plain, to: Fixture.goal([old], spares: [spare]))
        #expect(prepare.steps.count == 1)
        var later = prepare.completion
        later.now = Fixture.noon.advanced(by: 86_400)
        let next = Fixture.spare(3, isPublic: true)
        let swap = try CertificatePlanner.plan(later, to: Fixture.goal([new], spares: [next]))
        #expect(offsets(swap) == [0, 601])
        #expect(swap.steps.first?.action == .deploy(Fixture.presenter, [new]))
        #expect(
            swap.steps.last?.action
                == .publish(Fixture.owner, Fixture.tlsa([new, next], [Fixture.p311]), ttl: TTL(3_600)))
    }

    @Test("A certificate put live past DNS: its record is added at once, the old one's goes when no server has it")
    func putLiveOutside() throws {
        var situation = plain
        let found = Event(at: Fixture.noon, track: Fixture.presenter, kind: .done(.chains([new]), ttl: TTL(0)))
        situation.record(found)
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        #expect(
            plan.steps.map(\.action) == [
                .publish(Fixture.owner, Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600)),
                .publish(Fixture.owner, Fixture.tlsa([new], [Fixture.p311]), ttl: TTL(3_600)),
            ])
        #expect(offsets(plan) == [0, 601])
        #expect(plan.steps.first?.ifLate == "clients go on failing")
        #expect(plan.assurance.inherited.contains { $0.met.content == .chains([new]) })
    }

    @Test("A spare key cannot be published as a whole certificate")
    func spareNeedsKeySelector() {
        #expect(throws: PlanRefusal.self) {
            try CertificatePlanner.plan(
                plain,
                to: Fixture.goal([old], spares: [Fixture.spare(2, isPublic: true)], parameters: [Fixture.p301]))
        }
    }

    @Test("Same key: nothing to publish, and the plan says so")
    func sameKey() throws {
        let renewed = Fixture.chain(SimulatedCertificate(key: 1, serial: 7, issuer: 9, isPublic: true))
        let plan = try CertificatePlanner.plan(plain, to: Fixture.goal([renewed]))
        #expect(plan.steps.map(\.action) == [.deploy(Fixture.presenter, [renewed])])
        #expect(plan.notes.contains { $0.contains("no DNS change") })
    }

    @Test("A renewal under the same private CA changes nothing in DNS; a new CA is a rollover")
    func certificateAuthority() throws {
        func leaf(_ key: UInt8, _ authority: UInt8) -> Chain {
            Fixture.chain(SimulatedCertificate(key: key, serial: key, issuer: authority, isPublic: false))
        }
        let situation = Fixture.situation(
            published: Fixture.tlsa([leaf(1, 5)], [Fixture.p211]), presented: [leaf(1, 5)])
        let renewal = try CertificatePlanner.plan(
            situation, to: Fixture.goal([leaf(2, 5)], parameters: [Fixture.p211]))
        #expect(renewal.steps.map(\.action) == [.deploy(Fixture.presenter, [leaf(2, 5)])])
        let roll = try CertificatePlanner.plan(situation, to: Fixture.goal([leaf(3, 6)], parameters: [Fixture.p211]))
        #expect(offsets(roll) == [0, drained, drained + 601])
    }

    @Test("1 0 1 becomes 3 1 1 with the certificate that is there, at once")
    func parameters() throws {
        let situation = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p101]), presented: [old])
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([old]))
        #expect(offsets(plan) == [0])
        let both = try CertificatePlanner.plan(
            plain, to: Fixture.goal([new], parameters: [Fixture.p311, Fixture.p312]))
        #expect(
            both.steps.first?.action
                == .publish(Fixture.owner, Fixture.tlsa([old, new], [Fixture.p311, Fixture.p312]), ttl: TTL(3_600)))
    }

    @Test("To DANE-TA from a self-signed certificate, by way of 3 1 1 for both (RFC 7671 §8.2)")
    func toTrustAnchor() throws {
        let selfSigned = Fixture.selfSigned(1)
        let issued = Fixture.chain(SimulatedCertificate(key: 2, serial: 2, issuer: 5, isPublic: false))
        let situation = Fixture.situation(
            published: Fixture.tlsa([selfSigned], [Fixture.p311]), presented: [selfSigned])
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([issued], parameters: [Fixture.p211]))
        #expect(
            plan.steps.map(\.action.content) == [
                Fixture.tlsa([selfSigned, issued], [Fixture.p311]), .chains([issued]),
                Fixture.tlsa([issued], [Fixture.p211]),
            ])
    }

    @Test("First publication is safe at once; the key changes when nobody remembers the absence")
    func firstPublication() throws {
        let situation = Fixture.situation(published: .absent, presented: [old])
        let first = try CertificatePlanner.plan(situation, to: Fixture.goal([old]))
        #expect(offsets(first) == [0])
        let both = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        let negative: Int64 = 3_600 + 2 * 901 + 60 + 1
        #expect(offsets(both) == [0, negative, negative, negative + 601])
    }

    @Test("DANE is withdrawn only where clients can do without")
    func withdrawal() throws {
        let plan = try CertificatePlanner.withdraw(plain, Fixture.goal([old]))
        #expect(offsets(plan) == [0, drained])
        let own = Fixture.selfSigned(1)
        let situation = Fixture.situation(published: Fixture.tlsa([own], [Fixture.p311]), presented: [own])
        #expect(throws: PlanRefusal.self) { try CertificatePlanner.withdraw(situation, Fixture.goal([own])) }
    }

    @Test("A rollover can be aborted after each of its steps, and the way back is proved")
    func abort() throws {
        let goal = Fixture.goal([new])
        let plan = try CertificatePlanner.plan(plain, to: goal)
        var situation = plain
        let expected: [[Int64]] = [[0], [0, 601], [0, drained, drained + 601]]
        for (index, step) in plan.steps.enumerated() {
            situation.now = step.earliest
            let content = try #require(step.action.content)
            situation.record(Event(at: step.earliest, track: step.action.track, kind: .done(content, ttl: TTL(3_600))))
            var moment = situation
            moment.now = step.earliest.advanced(by: 5)
            let back = goal.aborted(in: moment) ?? Fixture.goal([old])
            #expect(back.chains == [old])
            let way = try CertificatePlanner.plan(moment, to: back)
            #expect(way.completion[Fixture.presenter]?.latest?.content == .chains([old]))
            #expect(way.completion[Fixture.owner]?.latest?.content == Fixture.tlsa([old], [Fixture.p311]))
            #expect(offsets(way).count == expected[index].count)
        }
    }

    @Test("Emergency: how long the key is accepted, until when it can be replayed, what haste would break")
    func emergency() throws {
        var situation = plain
        let expiration = Fixture.noon.advanced(by: 864_000)
        situation.record(Event(at: Timestamp(0), track: Fixture.owner, kind: .signed(expiration: expiration)))
        let report = try EmergencyPlanner.report(situation, to: Fixture.goal([new]), compromised: old)
        #expect(report.replayableUntil == expiration.advanced(by: 300))
        #expect(report.haste?.at == Fixture.noon)
        let removal = try #require(report.plan.steps.last?.earliest)
        #expect(report.acceptedUntil == removal.advanced(by: 3_600 + 2 * 61 + 60))
    }

    @Test("Two certificates on one service: each combination matches each of them")
    func twoCertificates() throws {
        let pair = [Fixture.issued(3), Fixture.issued(4)]
        let plan = try CertificatePlanner.plan(plain, to: Fixture.goal(pair))
        #expect(plan.steps.first?.action.content == Fixture.tlsa([old] + pair, [Fixture.p311]))
        let half = [
            Fixture.step(
                .publish(Fixture.owner, Fixture.tlsa([old, pair[0]], [Fixture.p311]), ttl: TTL(60)), after: 0),
            Fixture.step(.deploy(Fixture.presenter, pair), after: 90_000),
        ]
        #expect(!Coverage.check(plain.applying(half)).isSafe)
    }

    @Test("One certificate for several services waits for the slowest RRset")
    func severalServices() throws {
        let present = Fixture.tlsa([old], [Fixture.p311])
        func track(_ id: TrackID, ttl: UInt32) -> Track {
            Track(
                id: id, timing: .published(propagation: 60), prior: .absent(negativeTTL: TTL(900)),
                events: [Event(at: Timestamp(0), track: id, kind: .done(present, ttl: TTL(ttl)))])
        }
        var goal = Fixture.goal([new])
        goal.owners = [Fixture.owner, Fixture.secondOwner]
        let situation = Situation(
            now: Fixture.noon,
            tracks: [
                track(Fixture.owner, ttl: 300), track(Fixture.secondOwner, ttl: 86_400),
                Track(
                    id: Fixture.presenter, timing: .presented(window: 0), prior: .absent(negativeTTL: TTL(0)),
                    events: [
                        Event(at: Timestamp(0), track: Fixture.presenter, kind: .done(.chains([old]), ttl: TTL(0)))
                    ]),
            ],
            pairings: goal.pairings(fallback: .publicTrust))
        let plan = try CertificatePlanner.plan(situation, to: goal)
        let slowest: Int64 = 60 + 2 * 86_401 + 61
        #expect(offsets(plan) == [0, 0, slowest, slowest + 1, slowest + 1])
    }

    @Test("What was lost is assumed to live in caches for the greatest TTL")
    func historyLost() throws {
        var situation = plain
        situation.record(Event(at: Fixture.noon, track: Fixture.owner, kind: .historyLost(maximumTTL: TTL(86_400))))
        situation.record(
            Event(
                at: Fixture.noon, track: Fixture.owner,
                kind: .done(Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600))))
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        let forgotten: Int64 = 3_600 + 2 * 86_401 + 60 + 1
        #expect(offsets(plan).first == forgotten)
    }

    @Test("A deployment that was begun and not finished is finished before anything is removed")
    func crashedDeployment() throws {
        var situation = plain
        let both = Fixture.tlsa([old, new], [Fixture.p311])
        let earlier = Fixture.noon.advanced(by: -100_000)
        situation.record(Event(at: earlier, track: Fixture.owner, kind: .done(both, ttl: TTL(3_600))))
        situation.record(
            Event(
                at: Fixture.noon.advanced(by: -50), track: Fixture.presenter, kind: .began(.chains([new]), ttl: TTL(0)))
        )
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        #expect(plan.steps.map(\.action.track) == [Fixture.presenter, Fixture.owner])
        #expect(offsets(plan) == [0, 601])
    }

    @Test("A broken present is repaired, and the plan says from when on")
    func inheritedFailure() throws {
        let situation = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [new])
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        #expect(offsets(plan) == [0])
        #expect(plan.assurance.inherited.map(\.until) == [Fixture.noon.advanced(by: drained - 1)])
    }

    @Test("Where a secondary may be stuck and nobody has looked, the SOA expire is waited out")
    func stuckUntilExpire() throws {
        var timing = Timing.published(propagation: 3_600)
        timing.stuckUntilExpire = 604_800
        let situation = Fixture.situation(
            published: Fixture.tlsa([old], [Fixture.p311]), presented: [old], timing: timing)
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        let expired: Int64 = 604_800 + 2 * 3_601 + 60 + 1
        #expect(offsets(plan)[1] == expired)
        var seen = situation
        seen.record(
            Event(
                at: Fixture.noon, track: Fixture.owner,
                kind: .done(Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600))))
        seen.now = Fixture.noon.advanced(by: 120)
        seen.record(Event(at: seen.now, track: Fixture.owner, kind: .seenEverywhere))
        let rest = try CertificatePlanner.plan(seen, to: Fixture.goal([new]))
        let cached: Int64 = 2 * 3_601 + 60 + 1
        #expect(offsets(rest).first == cached)
    }

    @Test("Two certificates behind one TLSA RRset: the roll of one leaves the other's record alone")
    func sharedRRset() throws {
        let neighbour = Fixture.issued(7)
        let other = TrackID.presenter("neighbour")
        let base = Fixture.situation(published: Fixture.tlsa([old, neighbour], [Fixture.p311]), presented: [old])
        let neighbourTrack = Track(
            id: other, timing: .presented(window: 0), prior: .absent(negativeTTL: TTL(0)),
            events: [Event(at: Timestamp(0), track: other, kind: .done(.chains([neighbour]), ttl: TTL(0)))])
        let situation = Situation(
            now: base.now, tracks: base.tracks + [neighbourTrack],
            pairings: base.pairings + [Pairing(Fixture.owner, other, .association(fallback: .publicTrust))])
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        #expect(
            plan.steps.map(\.action.content) == [
                Fixture.tlsa([old, new, neighbour], [Fixture.p311]), .chains([new]),
                Fixture.tlsa([new, neighbour], [Fixture.p311]),
            ])
    }

    @Test("A POSH document is rolled as a TLSA RRset is, with its 'expires' for a TTL")
    func posh() throws {
        let document = TrackID.document("https://shire.example/.well-known/posh/xmpp-server.json")
        var goal = Fixture.goal([new], parameters: [Fixture.p301], ttl: 604_800)
        goal.owners = [document]
        let caches = Timing.Caches(layers: 1, rounding: 0, useDelay: 60)
        let presented = try #require(plain[Fixture.presenter])
        let situation = Situation(
            now: Fixture.noon,
            tracks: [
                Track(
                    id: document, timing: .published(propagation: 0, caches: caches),
                    prior: .absent(negativeTTL: TTL(0)),
                    events: [
                        Event(
                            at: Timestamp(0), track: document,
                            kind: .done(Fixture.tlsa([old], [Fixture.p301]), ttl: TTL(604_800)))
                    ]), presented,
            ], pairings: goal.pairings(fallback: .publicTrust))
        let plan = try CertificatePlanner.plan(situation, to: goal)
        #expect(offsets(plan)[1] == 604_800 + 60 + 1)
    }

    @Test("No combination fits both certificates: DANE pauses if clients can do without, else there is no plan")
    func noCommonCombination() throws {
        func only(_ chain: Chain, _ parameters: AssociationParameters) -> Chain {
            let some = chain.associations(for: [parameters])
            return Chain(
                label: chain.label, satisfies: some, publishes: some, isPubliclyTrusted: chain.isPubliclyTrusted)
        }
        let before = only(old, Fixture.p101)
        let situation = Fixture.situation(published: Fixture.tlsa([before], [Fixture.p101]), presented: [before])
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([only(new, Fixture.p311)]))
        #expect(plan.steps.map(\.action.content).first == .absent)
        #expect(offsets(plan) == [0, drained, drained + 601])
        let own = only(Fixture.selfSigned(2), Fixture.p311)
        #expect(throws: PlanRefusal.self) {
            try CertificatePlanner.plan(situation, to: Fixture.goal([own]))
        }
    }
}
