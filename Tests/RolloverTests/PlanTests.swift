import DNSModel
import Diagnostics
import Rollover
import Testing

@Suite("Plans as values")
struct PlanTests {
    private let old = Fixture.issued(1)
    private let new = Fixture.issued(2)

    private func plan(at now: Timestamp = Fixture.noon, to chains: [Chain]) throws -> Plan {
        try CertificatePlanner.plan(
            Fixture.situation(now: now, published: Fixture.tlsa([old], [Fixture.p311]), presented: [old]),
            to: Fixture.goal(chains))
    }

    @Test("A plan's hash is the same an hour later, and another for another goal or world")
    func hash() throws {
        let first = try plan(to: [new])
        #expect(first.hash.count == 32)
        #expect(try plan(at: Fixture.noon.advanced(by: 3_600), to: [new]).hash == first.hash)
        #expect(try plan(to: [Fixture.issued(3)]).hash != first.hash)
        var changed = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), ttl: 60, presented: [old])
        changed.now = Fixture.noon
        #expect(try CertificatePlanner.plan(changed, to: Fixture.goal([new])).hash != first.hash)
    }

    @Test("What stands as it should needs no steps")
    func nothingToDo() throws {
        let plan = try plan(to: [old])
        #expect(plan.isEmpty)
        #expect(plan.nextEvent == nil)
        #expect(plan.dueActions(now: Fixture.noon).isEmpty)
    }

    @Test("Of an old plan only the first steps come due, however late it is")
    func dueActions() throws {
        let plan = try plan(to: [new])
        #expect(plan.dueActions(now: Fixture.noon.advanced(by: -1)).isEmpty)
        #expect(plan.dueActions(now: Fixture.noon).map(\.action) == [plan.steps[0].action])
        #expect(plan.dueActions(now: Fixture.noon.advanced(by: 10_000_000)).map(\.action) == [plan.steps[0].action])
    }

    @Test("A missed timer moves what follows: the wait counts from what was done")
    func missedTimer() throws {
        var situation = try plan(to: [new]).situation
        let late = Fixture.noon.advanced(by: 500_000)
        situation.record(
            Event(
                at: late, track: Fixture.owner, kind: .done(Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600))))
        situation.now = late.advanced(by: 100)
        let rest = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        #expect(rest.nextEvent == late.advanced(by: 3_600 + 2 * 3_601 + 61))
    }

    @Test("A record goes hidden, rumoured, omnipresent, unretentive, hidden")
    func states() throws {
        let plan = try plan(to: [new])
        var situation = plan.situation
        for step in plan.steps {
            situation.record(
                Event(at: step.earliest, track: step.action.track, kind: .done(step.action.content!, ttl: TTL(3_600))))
        }
        let track = try #require(situation[Fixture.owner])
        let added = try #require(new.associations(for: [Fixture.p311]).first)
        let removed = try #require(old.associations(for: [Fixture.p311]).first)
        let ready = plan.steps[1].earliest
        let gone = plan.steps[2].earliest
        #expect(track.state(of: added, at: Fixture.noon.advanced(by: -1)) == .hidden)
        #expect(track.state(of: added, at: Fixture.noon) == .rumoured)
        #expect(track.state(of: added, at: ready.advanced(by: -1)) == .rumoured)
        #expect(track.state(of: added, at: ready) == .omnipresent)
        #expect(track.state(of: removed, at: gone.advanced(by: -1)) == .omnipresent)
        #expect(track.state(of: removed, at: gone) == .unretentive)
        #expect(track.state(of: removed, at: gone.advanced(by: 100_000)) == .hidden)
    }

    @Test("The gate: now, not before, never")
    func gate() throws {
        var situation = try plan(to: [new]).situation
        guard case .now = situation.gate(Fixture.presenter, chains: [old]) else {
            Issue.record("what is presented may be presented")
            return
        }
        guard case .never = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("no record names the new key")
            return
        }
        situation.record(
            Event(
                at: Fixture.noon, track: Fixture.owner,
                kind: .done(Fixture.tlsa([old, new], [Fixture.p311]), ttl: TTL(3_600))))
        guard case .notBefore(let time, let example) = situation.gate(Fixture.presenter, chains: [new]) else {
            Issue.record("caches may still lack the new key")
            return
        }
        #expect(time == Fixture.noon.advanced(by: 3_600 + 2 * 3_601 + 61))
        #expect(example.until == time.advanced(by: -1))
    }

    #if DEBUG
        private static let services = 500
    #else
        private static let services = 10_000
    #endif

    @Test("Ten thousand services are planned in under a second (release)")
    func manyServices() throws {
        let clock = ContinuousClock()
        let situation = Fixture.situation(published: Fixture.tlsa([old], [Fixture.p311]), presented: [old])
        var steps = 0
        let apart = try clock.measure {
            for _ in 0..<Self.services {
                steps += try CertificatePlanner.plan(situation, to: Fixture.goal([new])).steps.count
            }
        }
        #expect(steps == 3 * Self.services)
        let owners = (0..<Self.services).map { TrackID.tlsa(Fixture.name("_5269._tcp.h\($0).example.")) }
        let present = Fixture.tlsa([old], [Fixture.p311])
        var goal = Fixture.goal([new])
        goal.owners = owners
        let presenterTrack = try #require(situation[Fixture.presenter])
        let together = Situation(
            now: Fixture.noon,
            tracks: owners.map { id in
                Track(
                    id: id, timing: .published(propagation: 60), prior: .absent(negativeTTL: TTL(900)),
                    events: [Event(at: Timestamp(0), track: id, kind: .done(present, ttl: TTL(300)))])
            } + [presenterTrack],
            pairings: goal.pairings(fallback: .publicTrust))
        var shared = 0
        let joined = try clock.measure { shared = try CertificatePlanner.plan(together, to: goal).steps.count }
        #expect(shared == 2 * Self.services + 1)
        print("\(Self.services) plans: \(apart); one plan for \(Self.services) services of one certificate: \(joined)")
    }

    @Test("What a pairing names and nobody described is not relied on")
    func undescribedTrack() throws {
        let known = try plan(to: [new]).situation
        let situation = Situation(
            now: known.now, tracks: known.tracks.filter { $0.id == Fixture.presenter }, pairings: known.pairings)
        let plan = try CertificatePlanner.plan(situation, to: Fixture.goal([new]))
        let century: Int64 = 100 * 365 * 86_400
        #expect(plan.steps[1].earliest > Fixture.noon.advanced(by: century))
    }

    @Test("Chart and drawing show every version and step")
    func gantt() throws {
        let chart = Gantt(try plan(to: [new]))
        #expect(chart.rows.map(\.label) == ["_5269._tcp.xmpp.example. TLSA", "certificate xmpp"])
        #expect(chart.rows.map(\.bars.count) == [3, 2])
        let text = GanttText.render(chart, columns: 80)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(text.contains("3  2026-03-01T15:11:04Z  +3 h 11 min"))
        let drawing = GanttSVG.render(chart, width: 900)
        #expect(drawing.hasPrefix("<svg "))
        #expect(drawing.contains("3 1 1 020101 + 3 1 1 020102"))
    }

    @Test("Refusals are findings with rules that can be explained")
    func diagnostics() {
        let own = Fixture.selfSigned(1)
        let situation = Fixture.situation(published: Fixture.tlsa([own], [Fixture.p311]), presented: [own])
        do throws(PlanRefusal) {
            _ = try CertificatePlanner.withdraw(situation, Fixture.goal([own]))
            Issue.record("a self-signed certificate needs DANE")
        } catch {
            #expect(error.diagnostic.rule == "rollover/unsafe")
            #expect(RuleCatalog.rollover[error.diagnostic.rule] != nil)
        }
    }
}
