import DNSModel
import Rollover
import Testing

/// Small worlds, explored to the last state: the calculus finds a counter-example exactly where the explorer does, and
/// at the same tick.
@Suite("On small bounds, calculus and exhaustive exploration agree")
struct ExhaustiveAgreementTests {
    #if DEBUG
        private static let worlds = 40
    #else
        private static let worlds = 1_500
    #endif

    @Test("Proved plans never fail, and mutated plans are refused exactly when some client can fail", arguments: 0..<2)
    func agreement(part: Int) throws {
        var random = SplitMix(seed: 0x5EED + UInt64(part))
        var tally = Tally()
        for number in 0..<Self.worlds {
            let world = SmallWorld(&random)
            guard let plan = try? CertificatePlanner.plan(world.situation, to: world.goal) else {
                tally.refused += 1
                continue
            }
            tally.plans += 1
            #expect(world.compare(plan.steps, tally: &tally) == nil, "world \(number): the plan itself")
            #expect(Coverage.check(world.situation.applying(plan.steps)).isSafe)
            for (kind, steps) in Mutation.all(of: plan.steps, now: world.situation.now) {
                let difference = world.compare(steps, tally: &tally)
                #expect(difference == nil, "world \(number), \(kind): \(difference ?? "")")
                if difference != nil { return }
            }
        }
        print("exhaustive: \(tally)")
        #expect(tally.unsafe > 0 && tally.safe > 0)
    }

    struct Tally: CustomStringConvertible {
        var plans = 0
        var refused = 0
        var safe = 0
        var unsafe = 0
        var states = 0

        var description: String {
            "\(plans) plans (\(refused) goals refused), \(safe + unsafe) timelines explored, \(unsafe) of them fail, "
                + "\(states) states; no disagreement"
        }
    }
}

/// Ways to spoil a plan.
enum Mutation {
    static func all(of steps: [Step], now: Timestamp) -> [(String, [Step])] {
        var result: [(String, [Step])] = []
        for index in steps.indices {
            if steps[index].earliest > now {
                var hasty = steps
                hasty[index].earliest = steps[index].earliest.advanced(by: -1)
                result.append(("step \(index) a tick early", hasty))
            }
            var late = steps
            late[index].earliest = steps[index].earliest.advanced(by: 1)
            result.append(("step \(index) a tick late", late))
            var without = steps
            without.remove(at: index)
            result.append(("step \(index) left out", without))
            if index + 1 < steps.count {
                var swapped = steps
                swapped[index].action = steps[index + 1].action
                swapped[index + 1].action = steps[index].action
                result.append(("steps \(index) and \(index + 1) swapped", swapped))
            }
            if case .publish(let track, let content, let ttl) = steps[index].action {
                for record in content.tlsaRecords {
                    var poorer = steps
                    poorer[index].action = .publish(
                        track, .tlsa(content.tlsaRecords.filter { $0 != record }), ttl: ttl)
                    result.append(("step \(index) without \(record)", poorer))
                }
                var longer = steps
                longer[index].action = .publish(track, content, ttl: TTL(ttl.rawValue + 1))
                result.append(("step \(index) with a longer TTL", longer))
            }
        }
        return result
    }
}

/// A service with times of a few ticks.
struct SmallWorld {
    var situation: Situation
    var goal: CertificateGoal
    private var certificates: [String: SimulatedCertificate] = [:]
    private var isOpportunistic: Bool

    init(_ random: inout SplitMix) {
        let now = Timestamp(100)
        let layers = random.chance(3) ? 2 : 1
        let longest = layers == 2 ? 1 : 3
        let caches = Timing.Caches(layers: layers, rounding: Int64(random.upTo(1)), useDelay: Int64(random.upTo(1)))
        let timing = Timing(
            window: 0, propagation: Int64(random.upTo(2)), stuckUntilExpire: nil, caches: caches,
            clockSkew: Int64(random.upTo(1)))
        isOpportunistic = random.chance(2)
        var made: [SimulatedCertificate] = []
        for key in UInt8(1)...3 {
            let isPublic = !random.chance(3)
            made.append(
                SimulatedCertificate(
                    key: key, serial: key, issuer: isPublic ? (random.chance(2) ? 8 : 9) : nil, isPublic: isPublic))
        }
        if random.chance(4) { made[1].key = made[0].key }
        let chains = made.map(Fixture.chain)
        for (chain, certificate) in zip(chains, made) { certificates[chain.label] = certificate }
        let choices: [[AssociationParameters]] = [
            [Fixture.p311], [Fixture.p311], [Fixture.p311, Fixture.p312], [Fixture.p301], [Fixture.p211],
            [Fixture.p101], [Fixture.p101, Fixture.p311],
        ]
        func ttl(_ random: inout SplitMix) -> TTL { TTL(UInt32(random.upTo(longest))) }
        func past(_ random: inout SplitMix) -> Timestamp { now.advanced(by: -Int64(random.upTo(6))) }
        let before = random.pick(choices)
        let old = random.chance(4) ? [chains[0], chains[2]] : [chains[0]]
        var facts: [Event] = []
        let owner = Fixture.owner
        if !random.chance(4) {
            facts.append(
                Event(at: Timestamp(10), track: owner, kind: .done(Fixture.tlsa(old, before), ttl: ttl(&random))))
            if random.chance(3) {
                facts.append(
                    Event(
                        at: Timestamp(10), track: owner,
                        kind: .signed(expiration: now.advanced(by: Int64(random.upTo(6))))))
            }
            if random.chance(2) {
                let next = random.chance(2) ? old : old + [chains[1]]
                let content = Fixture.tlsa(next, before)
                let time = past(&random)
                facts.append(
                    Event(
                        at: time, track: owner,
                        kind: random.chance(4)
                            ? .began(content, ttl: ttl(&random)) : .done(content, ttl: ttl(&random))))
            }
        }
        let presenter = Fixture.presenter
        facts.append(Event(at: Timestamp(10), track: presenter, kind: .done(.chains(old), ttl: TTL(0))))
        let negative = ttl(&random)
        situation = Situation(
            now: now,
            tracks: [
                Track(id: owner, timing: timing, prior: .absent(negativeTTL: negative), events: facts),
                Track(
                    id: presenter, timing: .presented(window: Int64(random.upTo(2))),
                    prior: .absent(negativeTTL: TTL(0)), events: facts),
            ],
            pairings: [
                Pairing(
                    owner, presenter, .association(fallback: isOpportunistic ? .unauthenticated : .publicTrust))
            ])
        let wanted = random.chance(5) ? [chains[1], chains[2]] : [chains[1]]
        goal = CertificateGoal(
            presenter: presenter, owners: [owner], chains: wanted, spares: [],
            parameters: random.chance(2) ? before : random.pick(choices), ttl: ttl(&random), negativeTTL: negative)
    }

    /// What differs between the calculus's verdict and the exploration's; `nil` when they agree.
    func compare(_ steps: [Step], tally: inout ExhaustiveAgreementTests.Tally) -> String? {
        let found = firstFailure(steps, tally: &tally)
        let proof = Coverage.check(situation.applying(steps))
        if found == nil { tally.safe += 1 } else { tally.unsafe += 1 }
        let told = proof.counterExample.map { Int($0.at.rawValue) }
        return found == told
            ? nil : "the explorer fails at \(found.map(String.init) ?? "no tick"), the calculus says \(proof)"
    }

    /// The first tick from the present on at which a client fails in a way that is not wholly the past's fault.
    private func firstFailure(_ steps: [Step], tally: inout ExhaustiveAgreementTests.Tally) -> Int? {
        guard let records = situation[Fixture.owner], let presented = situation[Fixture.presenter] else { return nil }
        let now = Int(situation.now.rawValue)
        let ends = steps.map { Int($0.earliest.rawValue) }
        let ticks = now...(max(now, ends.max() ?? now) + 20)
        let (served, answers) = versions(of: records, steps)
        let (hosted, certificateSets) = versions(of: presented, steps)
        let caches = records.timing.caches ?? .usual
        var names = Explorer(
            versions: served, propagation: Int(records.timing.propagation), layers: Int(caches.layers),
            rounding: Int(caches.rounding), useDelay: Int(caches.useDelay), clockSkew: Int(records.timing.clockSkew),
            isCached: true)
        var hosts = Explorer(
            versions: hosted, propagation: 0, layers: 0, rounding: 0, useDelay: 0, clockSkew: 0, isCached: false)
        let held = names.usableVersions(in: ticks, from: 70)
        let met = hosts.usableVersions(in: ticks, from: 70)
        tally.states += names.stateCount + hosts.stateCount
        var fails: [UInt32] = []
        for (index, answer) in answers.enumerated() {
            var bits: UInt32 = 0
            for (other, content) in certificateSets.enumerated() {
                let isPlanned = index >= records.changes.count || other >= presented.changes.count
                let known = content.presentedChains.compactMap { certificates[$0.label] }
                if isPlanned,
                    SimulatedClient.anyFails(Fixture.records(answer), known, isOpportunistic: isOpportunistic)
                {
                    bits |= 1 << UInt32(other)
                }
            }
            fails.append(bits)
        }
        for tick in ticks {
            for index in answers.indices
            where (held[tick] ?? 0) >> UInt32(index) & 1 == 1 && fails[index] & (met[tick] ?? 0) != 0 {
                return tick
            }
        }
        return nil
    }

    /// The facts and steps of one track, as the explorer takes them.
    private func versions(of track: Track, _ steps: [Step]) -> ([Explorer.Version], [Content]) {
        func tick(_ time: Timestamp) -> Int { Int(max(time.rawValue, -1_000_000)) }
        var versions = track.changes.map {
            Explorer.Version(
                began: tick($0.began), finished: $0.finished.map(tick), ttl: Int($0.ttl.rawValue),
                expiration: $0.signatureExpiration.map(tick))
        }
        var contents = track.changes.map(\.content)
        // What stands at the present is signed anew for as long as it stands; only a step taken at once ends that.
        let first = steps.filter { $0.action.track == track.id }.map(\.earliest).min() ?? .never
        if first > situation.now {
            let standing = versions.lastIndex { $0.finished != nil } ?? 0
            for index in versions.indices.dropFirst(standing) { versions[index].expiration = nil }
        }
        for step in steps where step.action.track == track.id {
            guard let content = step.action.content else { continue }
            var ttl = 0
            if case .publish(_, _, let published) = step.action { ttl = Int(published.rawValue) }
            let began = tick(step.earliest)
            versions.append(
                Explorer.Version(
                    began: began, finished: began + Int(track.timing.window), ttl: ttl, expiration: nil))
            contents.append(content)
        }
        return (versions, contents)
    }
}
