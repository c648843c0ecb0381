import DNSModel
import Rollover
import Testing

@Suite("A service moves to another target")
struct TargetMoveTests {
    private let service = TrackID.rrset(Fixture.name("_xmpp-server._tcp.example."), .srv)
    private let oldTarget = Fixture.name("a.example.")
    private let newTarget = Fixture.name("b.example.")

    private func move(keeping: Bool = false) -> TargetMove {
        func endpoint(_ target: DomainName, _ key: UInt8, stays: Bool) -> TargetMove.Endpoint {
            let chain = Fixture.selfSigned(key)
            let tlsa = TrackID.tlsa(Fixture.name("_5269._tcp.\(target)"))
            let ttl = TTL(stays ? 3_600 : 900)
            return TargetMove.Endpoint(
                target: target,
                addresses: [(.rrset(target, .a), stays ? .present("192.0.2.\(key)") : .absent, ttl)],
                tlsa: (tlsa, stays ? Fixture.tlsa([chain], [Fixture.p311]) : .absent, ttl),
                presenter: (.presenter(target.description), stays ? [chain] : []))
        }
        return TargetMove(
            service: service, targets: [newTarget], ttl: TTL(7_200),
            endpoints: [endpoint(oldTarget, 1, stays: keeping), endpoint(newTarget, 2, stays: true)],
            fallback: .publicTrust)
    }

    private func situation(_ move: TargetMove) -> Situation {
        func track(_ id: TrackID, _ content: Content?, ttl: UInt32) -> Track {
            Track(
                id: id, timing: id.isPublished ? .published(propagation: 600) : .presented(window: 0),
                prior: .absent(negativeTTL: TTL(900)),
                events: content.map { [Event(at: Timestamp(0), track: id, kind: .done($0, ttl: TTL(ttl)))] } ?? [])
        }
        let chain = Fixture.selfSigned(1)
        return Situation(
            now: Fixture.noon,
            tracks: [
                track(service, .targets([oldTarget]), ttl: 7_200),
                track(.rrset(oldTarget, .a), .present("192.0.2.1"), ttl: 3_600),
                track(.tlsa(Fixture.name("_5269._tcp.a.example.")), Fixture.tlsa([chain], [Fixture.p311]), ttl: 3_600),
                track(.presenter("a.example."), .chains([chain]), ttl: 0),
                track(.rrset(newTarget, .a), nil, ttl: 0),
                track(.tlsa(Fixture.name("_5269._tcp.b.example.")), nil, ttl: 0),
                track(.presenter("b.example."), nil, ttl: 0),
            ], pairings: move.pairings)
    }

    @Test("New records first, the negative TTL, the move, the old SRV's own TTL, then the old target goes")
    func order() throws {
        let move = move()
        let plan = try TargetMovePlanner.plan(situation(move), move)
        let negative: Int64 = 600 + 2 * 901 + 60 + 1
        let moved = negative + 1
        let drained = moved + 600 + 2 * 7_201 + 60 + 1
        #expect(
            plan.steps.map { plan.situation.now.distance(to: $0.earliest) } == [
                0, 0, negative, moved, drained, drained + 1, drained + 1,
            ])
        #expect(plan.steps[3].action.track == service)
        #expect(plan.steps[4].action == .deploy(.presenter("a.example."), []))
    }

    @Test("Moving before the absence is forgotten is refused", arguments: [0, 600, 2_461])
    func tooEarly(seconds: Int64) throws {
        let move = move(keeping: true)
        let plan = try TargetMovePlanner.plan(situation(move), move)
        var steps = plan.steps
        let index = try #require(steps.firstIndex { $0.action.track == service })
        steps[index].earliest = Fixture.noon.advanced(by: seconds)
        let example = try #require(Coverage.check(plan.situation.applying(steps)).counterExample)
        #expect(example.at >= Fixture.noon.advanced(by: min(seconds, 0)))
    }

    @Test("Switching the old server off while an old SRV answer lives is refused, a second too early even")
    func oldTargetGone() throws {
        let move = move()
        let plan = try TargetMovePlanner.plan(situation(move), move)
        var steps = plan.steps
        steps[4].earliest = steps[4].earliest.advanced(by: -1)
        let example = try #require(Coverage.check(plan.situation.applying(steps)).counterExample)
        #expect(example.held.content == .targets([oldTarget]))
        #expect(example.met.content == .absent)
    }
}
