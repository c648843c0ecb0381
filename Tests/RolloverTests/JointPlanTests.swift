import DNSModel
import Rollover
import Testing

@Suite("Several certificates on one RRset are planned together")
struct JointPlanTests {
    private static let rsa = TrackID.presenter("rsa")
    private static let ec = TrackID.presenter("ec")
    private static let old = (rsa: Fixture.issued(1), ec: Fixture.issued(2))
    private static let new = (rsa: Fixture.issued(3), ec: Fixture.issued(4))

    private func situation() -> Situation {
        func presenter(_ id: TrackID, _ chain: Chain) -> Track {
            Track(
                id: id, timing: .presented(window: 600), prior: .absent(negativeTTL: TTL(0)),
                events: [Event(at: Timestamp(0), track: id, kind: .done(.chains([chain]), ttl: TTL(0)))])
        }
        let records = Fixture.tlsa([Self.old.rsa, Self.old.ec], [Fixture.p311])
        return Situation(
            now: Fixture.noon,
            tracks: [
                Track(
                    id: Fixture.owner, timing: .published(propagation: 3_600), prior: .absent(negativeTTL: TTL(900)),
                    events: [Event(at: Timestamp(0), track: Fixture.owner, kind: .done(records, ttl: TTL(3_600)))]),
                presenter(Self.rsa, Self.old.rsa), presenter(Self.ec, Self.old.ec),
            ],
            pairings: [Self.rsa, Self.ec].map { Pairing(Fixture.owner, $0, .association(fallback: .publicTrust)) })
    }

    private func goal(_ presenter: TrackID, _ chain: Chain, _ parameters: [AssociationParameters] = [Fixture.p311])
        -> CertificateGoal
    {
        CertificateGoal(
            presenter: presenter, owners: [Fixture.owner], chains: [chain], spares: [], parameters: parameters,
            ttl: TTL(3_600), negativeTTL: TTL(900))
    }

    @Test("RSA and ECDSA go over in two publications, and the proof is over both")
    func together() throws {
        let plan = try CertificatePlanner.plan(
            situation(), to: [goal(Self.rsa, Self.new.rsa), goal(Self.ec, Self.new.ec)])
        let contents = plan.steps.map(\.action.content)
        #expect(
            contents == [
                Fixture.tlsa([Self.old.rsa, Self.old.ec, Self.new.rsa, Self.new.ec], [Fixture.p311]),
                .chains([Self.new.rsa]), .chains([Self.new.ec]),
                Fixture.tlsa([Self.new.rsa, Self.new.ec], [Fixture.p311]),
            ])
        let drained: Int64 = 3_600 + 2 * 3_601 + 60 + 1
        #expect(
            plan.steps.map { Fixture.noon.distance(to: $0.earliest) } == [0, drained, drained, drained + 601])
        // Three versions, and two chains at each of two presenters: whoever overlaps matches.
        #expect(plan.assurance.pairsThatMeet >= 8)
        #expect(plan.title.contains("certificate rsa") && plan.title.contains("certificate ec"))
    }

    @Test("One that stays takes part: its record is in every version")
    func oneStays() throws {
        let plan = try CertificatePlanner.plan(
            situation(), to: [goal(Self.rsa, Self.new.rsa), goal(Self.ec, Self.old.ec)])
        for step in plan.steps {
            guard case .publish(_, let content, _) = step.action else { continue }
            #expect(content.tlsaRecords.contains { Self.old.ec.matches($0) })
        }
        #expect(plan.steps.count == 3)
    }

    @Test("Dropping the other certificate's old record too early is refused with its counter-example")
    func droppedTooEarly() throws {
        let plan = try CertificatePlanner.plan(
            situation(), to: [goal(Self.rsa, Self.new.rsa), goal(Self.ec, Self.new.ec)])
        var steps = plan.steps
        let last = try #require(steps.indices.last)
        steps[last].earliest = steps[last].earliest.advanced(by: -1)
        let example = try #require(Coverage.check(plan.situation.applying(steps)).counterExample)
        #expect(example.held.content == Fixture.tlsa([Self.new.rsa, Self.new.ec], [Fixture.p311]))
    }

    @Test("A SHA-512 record of one certificate alone is refused: the other would match none (RFC 7671 §8)")
    func oneCombinationForOne() throws {
        let mixed = Content.tlsa(
            Self.old.rsa.associations(for: [Fixture.p311, Fixture.p312]) + Self.old.ec.associations(for: [Fixture.p311])
        )
        let steps = [Fixture.step(.publish(Fixture.owner, mixed, ttl: TTL(3_600)), after: 0)]
        let example = try #require(Coverage.check(situation().applying(steps)).counterExample)
        #expect(example.pairing.presented == Self.ec)
        #expect(example.reason == "of which no 3 1 2 record matches, though another combination does")
        // Planned together, both get it.
        let plan = try CertificatePlanner.plan(
            situation(),
            to: [
                goal(Self.rsa, Self.old.rsa, [Fixture.p311, Fixture.p312]),
                goal(Self.ec, Self.old.ec, [Fixture.p311, Fixture.p312]),
            ])
        #expect(
            plan.steps.map(\.action.content) == [
                Fixture.tlsa([Self.old.rsa, Self.old.ec], [Fixture.p311, Fixture.p312])
            ])
    }
}
