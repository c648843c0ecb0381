import DNSModel
import Rollover

/// A service's life in a world with its own clocks: servers that follow when they like, hosts that reload when they
/// like, an operator who changes his mind, timers that are missed, crashes. The planner sees only what was recorded.
struct SimulatedWorld {
    var random: SplitMix
    var now = 1_000_000
    // What the manifest says, truly.
    let propagation: Int
    let window: Int
    let layers: Int
    let rounding = 1
    let useDelay = 60
    let clockSkew: Int
    let negativeTTL: Int
    let isOpportunistic: Bool
    let owners: [TrackID]
    // What is recorded.
    var facts: [Event] = []
    var goal: CertificateGoal
    var previousGoal: CertificateGoal
    // What is true.
    var truth: [TrackID: [Publication]] = [:]
    var hosts: [[Deployment]]
    var certificates: [String: SimulatedCertificate] = [:]
    var nextKey: UInt8 = 1
    // What happened.
    var tally = Tally()

    struct Tally {
        var worlds = 0
        var plans = 0
        var steps = 0
        var refusals = 0
        var crashes = 0
        var handshakes = 0
        var failures: [String] = []
    }

    /// A version at the primary, and when each server took it.
    struct Publication {
        var at: Int
        var content: Content
        var ttl: Int
        var taken: [Int]
        var signings: [(at: Int, expiration: Int)]
    }

    /// What a host presents from a moment on.
    struct Deployment {
        var at: Int
        var labels: [String]
    }

    static let serverCount = 2
    static let presenter = TrackID.presenter("xmpp")

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        propagation = random.pick([0, 5, 300, 3_600])
        window = random.pick([0, 1, 60, 900])
        layers = random.pick([1, 2, 2, 3])
        clockSkew = random.pick([0, 300])
        negativeTTL = random.pick([0, 60, 900])
        isOpportunistic = random.chance(3)
        owners = Array([Fixture.owner, Fixture.secondOwner].prefix(random.chance(2) ? 2 : 1))
        hosts = Array(repeating: [], count: random.chance(2) ? 2 : 1)
        goal = CertificateGoal(
            presenter: Self.presenter, owners: owners, chains: [], spares: [], parameters: [Fixture.p311],
            ttl: TTL(UInt32(random.pick([0, 60, 300, 3_600]))), negativeTTL: TTL(UInt32(negativeTTL)))
        previousGoal = goal
        self.random = random
        let first = makeCertificate(key: nil)
        goal.chains = [first]
        let begin = 1_000
        let isPublished = !self.random.chance(4) || !(certificates[first.label]?.isPublic ?? false)
        for owner in owners {
            truth[owner] = [
                Publication(
                    at: -10_000_000, content: .absent, ttl: negativeTTL,
                    taken: Array(repeating: -10_000_000, count: Self.serverCount), signings: [])
            ]
            guard isPublished else { continue }
            let published = -1_000_000
            publish(Fixture.tlsa([first], goal.parameters), ttl: Int(goal.ttl.rawValue), at: owner, time: published)
            truth[owner]?[1].signings = [(published, now + 4_000)]
            record(.done(Fixture.tlsa([first], goal.parameters), ttl: goal.ttl), owner, at: published)
            record(.signed(expiration: Timestamp(Int64(now + 4_000))), owner, at: published)
        }
        for host in hosts.indices { hosts[host] = [Deployment(at: begin, labels: [first.label])] }
        record(.done(.chains([first]), ttl: TTL(0)), Self.presenter, at: begin)
        previousGoal = goal
    }

    private mutating func record(_ kind: Event.Kind, _ track: TrackID, at time: Int) {
        facts.append(Event(at: Timestamp(Int64(time)), track: track, kind: kind))
    }

    mutating func makeCertificate(key: UInt8?) -> Chain {
        let number = nextKey
        nextKey += 1
        let isPublic = !random.chance(3)
        let certificate = SimulatedCertificate(
            key: key ?? number, serial: number, issuer: isPublic ? random.pick([7, 8]) : nil, isPublic: isPublic)
        let chain = Fixture.chain(certificate)
        certificates[chain.label] = certificate
        return chain
    }

    // MARK: - What happens truly

    private mutating func publish(_ content: Content, ttl: Int, at owner: TrackID, time: Int) {
        let taken = (0..<Self.serverCount).map { _ in time + random.upTo(propagation) }
        truth[owner, default: []].append(
            Publication(at: time, content: content, ttl: ttl, taken: taken, signings: []))
    }

    private mutating func deploy(_ chains: [Chain], onlySome: Bool) {
        for host in hosts.indices where !onlySome || random.chance(2) {
            hosts[host].append(Deployment(at: now + random.upTo(window), labels: chains.map(\.label)))
        }
    }

    // MARK: - The operator's machine

    var situation: Situation {
        let caches = Timing.Caches(layers: layers, rounding: Int64(rounding), useDelay: Int64(useDelay))
        let timing = Timing(
            window: 0, propagation: Int64(propagation), stuckUntilExpire: nil, caches: caches,
            clockSkew: Int64(clockSkew))
        let tracks = owners.map {
            Track(id: $0, timing: timing, prior: .absent(negativeTTL: TTL(UInt32(negativeTTL))), events: facts)
        }
        let presenter = Track(
            id: Self.presenter, timing: .presented(window: Int64(window)), prior: .absent(negativeTTL: TTL(0)),
            events: facts)
        return Situation(
            now: Timestamp(Int64(now)), tracks: tracks + [presenter],
            pairings: goal.pairings(fallback: isOpportunistic ? .unauthenticated : .publicTrust))
    }

    /// One run of the timer: signs, plans, does what is due, perhaps crashes.
    ///
    /// - Returns: When the next step is due, or `nil` when there is none.
    mutating func apply() -> Int? {
        if random.chance(3) { resign() }
        let situation = situation
        var plan: Plan
        do throws(PlanRefusal) {
            plan = try CertificatePlanner.plan(situation, to: goal)
        } catch {
            tally.refusals += 1
            goal = previousGoal
            guard let other = try? CertificatePlanner.plan(situation, to: goal) else { return nil }
            plan = other
        }
        tally.plans += 1
        for step in plan.dueActions(now: Timestamp(Int64(now))) {
            let crash = random.chance(12) ? random.upTo(3) : 4
            if crash < 4 { tally.crashes += 1 }
            if crash == 0 { return now + 60 }
            perform(step, crash: crash)
            if crash < 4 { return now + 60 }
            tally.steps += 1
        }
        return plan.steps.first { $0.earliest > Timestamp(Int64(now)) }.map { Int($0.earliest.rawValue) }
    }

    /// Crash 1: recorded as begun, nothing done; 2: half done; 3: done, not recorded as done; 4: no crash.
    fileprivate mutating func perform(_ step: Step, crash: Int) {
        guard let content = step.action.content else { return }
        switch step.action {
        case .publish(let owner, _, let ttl):
            // The signatures' expiration is recorded before they are let out of the house.
            let expiration = now + random.pick([600, 4_000, 100_000])
            record(crash == 4 ? .done(content, ttl: ttl) : .began(content, ttl: ttl), owner, at: now)
            record(.signed(expiration: Timestamp(Int64(expiration))), owner, at: now)
            if crash >= 3 {
                publish(content, ttl: Int(ttl.rawValue), at: owner, time: now)
                if let last = truth[owner]?.indices.last { truth[owner]?[last].signings = [(now, expiration)] }
            }
        case .deploy(let presenter, let chains):
            record(crash == 4 ? .done(content, ttl: TTL(0)) : .began(content, ttl: TTL(0)), presenter, at: now)
            if crash >= 2 { deploy(chains, onlySome: crash == 2) }
        case .await: break
        }
    }

    private mutating func resign() {
        let expiration = now + random.pick([600, 4_000, 100_000])
        for owner in owners {
            guard let last = truth[owner]?.indices.last else { continue }
            truth[owner]?[last].signings.append((now, expiration))
            record(.signed(expiration: Timestamp(Int64(expiration))), owner, at: now)
        }
    }

    /// The operator has an idea.
    mutating func interfere() {
        let before = goal
        switch random.upTo(9) {
        case 0, 1, 2:
            let spare = goal.spares.first.flatMap { UInt8($0.label.dropFirst(10)) }
            goal.chains = [makeCertificate(key: random.chance(2) ? nil : spare)]
            if random.chance(5) { goal.chains.append(makeCertificate(key: nil)) }
            goal.chains.sort { $0.label < $1.label }
            goal.spares = []
        case 3:
            goal = goal.aborted(in: situation) ?? goal
        case 4:
            goal.ttl = TTL(UInt32(random.pick([0, 60, 300, 3_600])))
        case 5:
            goal.parameters = random.pick([
                [Fixture.p311], [Fixture.p311, Fixture.p312], [Fixture.p301], [Fixture.p211],
            ])
        case 6:
            let key = UInt8(100 + random.upTo(100))
            goal.spares = [Fixture.spare(key, isPublic: true)]
        case 7: loseState()
        case 8:
            let key = certificates[goal.chains.first?.label ?? ""]?.key
            goal.chains = [makeCertificate(key: key)]
        default: askTheGate()
        }
        previousGoal = before
    }

    /// Everything that was recorded is lost; what is published and presented now is looked up.
    private mutating func loseState() {
        guard let presented = hosts.first?.last?.labels else { return }
        // Where hosts differ, or one is about to change, a person has to sort that out first.
        guard hosts.allSatisfy({ $0.last?.labels == presented && ($0.last?.at ?? 0) <= now }) else { return }
        let chains = situation[Self.presenter]?.standing.flatMap(\.content.presentedChains) ?? []
        guard let current = chains.first(where: { [$0.label] == presented }) else { return }
        facts = []
        for owner in owners {
            guard let last = truth[owner]?.last else { continue }
            record(.historyLost(maximumTTL: TTL(3_600)), owner, at: now)
            record(.found(last.content, ttl: TTL(UInt32(last.ttl))), owner, at: now)
        }
        record(.historyLost(maximumTTL: TTL(0)), Self.presenter, at: now)
        record(.found(.chains([current]), ttl: TTL(0)), Self.presenter, at: now)
    }

    /// An ACME client comes with a certificate of some key and asks whether it may go live.
    private mutating func askTheGate() {
        let chain = makeCertificate(key: random.pick(Array(certificates.values).map(\.key).sorted()))
        guard case .now = situation.gate(Self.presenter, chains: [chain]) else { return }
        record(.done(.chains([chain]), ttl: TTL(0)), Self.presenter, at: now)
        deploy([chain], onlySome: false)
        goal.chains = [chain]
    }
}

extension SimulatedWorld {
    /// What the rivals do: a new key, its record, and the swap, at one moment.
    mutating func swapAtOnce() {
        let chain = makeCertificate(key: nil)
        for owner in owners {
            publish(Fixture.tlsa([chain], goal.parameters), ttl: Int(goal.ttl.rawValue), at: owner, time: now)
        }
        deploy([chain], onlySome: false)
    }

    /// Takes the step that is due now, but a second ago. Every other time it waits as it should.
    mutating func hurry() -> Bool {
        guard random.chance(2), let plan = try? CertificatePlanner.plan(situation, to: goal),
            let step = plan.steps.first,
            step.earliest == Timestamp(Int64(now))
        else { return false }
        now -= 1
        perform(step, crash: 4)
        return true
    }
}
