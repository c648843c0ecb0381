import DANE
public import DNSModel
public import Diagnostics
import Manifest
import OpenSSLBridge
public import Rollover

extension RolloverWorld {
    /// The facts about a certificate's servers and TLSA RRsets, and about all others that share these.
    func situation(of certificate: CertificateCase, histories: Histories) -> Situation {
        var names = [certificate.intent.name]
        for owner in certificate.owners {
            for name in owner.certificates where !names.contains(name) { names.append(name) }
        }
        var tracks: [Track] = []
        for owner in certificate.owners {
            tracks.append(tlsaTrack(owner.track, apex: owner.apex, names: names, histories))
        }
        var pairings: [Pairing] = []
        for name in names {
            guard let other = cases.first(where: { $0.intent.name == name }) else { continue }
            tracks.append(presenterTrack(of: other, histories))
            for owner in certificate.owners where owner.certificates.contains(name) {
                pairings.append(Pairing(owner.track, other.presenter, .association(fallback: owner.fallback)))
            }
        }
        return Situation(now: now, tracks: tracks, pairings: pairings)
    }

    /// Everything that is known of an RRset of ours that the servers of some certificates go with.
    func tlsaTrack(_ id: TrackID, apex: DomainName, names: [String], _ histories: Histories) -> Track {
        let policy = workspace.manifest.zone(named: apex)?.policy
        var events = histories.zones[id] ?? []
        var negativeTTL = survey.negativeTTL(of: apex)
        if case .done(.absent, let ttl)? = events.first?.kind {
            // That nothing was there when all this began needs no version of its own.
            negativeTTL = ttl
            events.removeFirst()
        }
        return Track(
            id: id,
            timing: .published(
                propagation: policy?.propagationDelay ?? 3_600,
                caches: Timing.Caches(layers: layers(of: names), rounding: 1, useDelay: 60)),
            prior: .absent(negativeTTL: negativeTTL), events: events)
    }

    /// What the servers of a certificate presented.
    func presenterTrack(of certificate: CertificateCase, _ histories: Histories) -> Track {
        let events = (certificateStates[certificate.intent.name]?.events ?? []).map {
            $0.refreshed(by: histories.chains)
        }
        return Track(
            id: certificate.presenter, timing: .presented(window: certificate.intent.deployWindow),
            prior: .absent(negativeTTL: TTL(0)), events: events)
    }

    /// What a certificate shall come to.
    func goal(of certificate: CertificateCase) -> CertificateGoal {
        let owners = certificate.owners.filter { !isGone($0) }
        var goal = CertificateGoal(
            presenter: certificate.presenter, owners: owners.map(\.track),
            chains: wantedChains(certificate),
            spares: spareChains(certificate), parameters: certificate.parameters.sorted(), ttl: certificate.ttl,
            negativeTTL: owners.map { survey.negativeTTL(of: $0.apex) }.max() ?? TTL(3_600))
        for owner in owners {
            for name in owner.certificates where name != certificate.intent.name {
                guard let other = cases.first(where: { $0.intent.name == name }) else { continue }
                goal.companions[owner.track, default: []] += wantedChains(other) + spareChains(other)
            }
        }
        return goal
    }

    private func wantedChains(_ certificate: CertificateCase) -> [Chain] {
        certificate.wanted.map { [chain(of: $0, certificate)] } ?? []
    }

    private func spareChains(_ certificate: CertificateCase) -> [Chain] {
        guard certificate.usesSpare, let spare = certificate.spare else { return [] }
        if let wanted = certificate.wanted, spare.matches(wanted.leaf) { return [] }
        return [ChainDescription.spare(spare.publicKey, parameters: certificate.parameters)]
    }

    /// The most layers of caches that clients of some certificates have.
    func layers(of names: [String]) -> Int {
        cases.filter { names.contains($0.intent.name) }.map(\.intent.cacheLayers).max() ?? 2
    }

    /// The events of all TLSA RRsets, and the chains that were worked out anew from files.
    var histories: Histories {
        var zones: [TrackID: [Event]] = [:]
        for state in zoneStates.values { zones.merge(EventLog.byTrack(state.events)) { first, _ in first } }
        var chains: [String: Chain] = [:]
        for certificate in cases { chains.merge(certificate.chains) { _, later in later } }
        return Histories(zones: zones, chains: chains)
    }

    /// Events by track, chains by label.
    struct Histories {
        let zones: [TrackID: [Event]]
        let chains: [String: Chain]
    }

    /// The plans of all certificates, or of one.
    func plans(only name: String? = nil) -> [CertificatePlan] {
        let histories = histories
        return cases.filter { name == nil || $0.intent.name == name }.map { plan(for: $0, histories) }
    }

    private func plan(for certificate: CertificateCase, _ histories: Histories) -> CertificatePlan {
        let goal = goal(of: certificate)
        let situation = situation(of: certificate, histories: histories)
        var result = CertificatePlan(
            certificate: certificate.intent.name, goal: goal, situation: situation,
            foreignOwners: certificate.foreignOwners)
        result.findings = certificate.findings
        if certificate.isBlocked || !survey.isComplete { return result }
        result.notes = notes(on: certificate)
        do throws(PlanRefusal) {
            result.plan = try CertificatePlanner.plan(situation, to: goal)
        } catch {
            var finding = error.diagnostic
            finding.location = finding.location ?? certificate.intent.location
            result.findings.append(finding)
        }
        return result
    }

    private func notes(on certificate: CertificateCase) -> [String] {
        var notes = retirements(of: certificate)
        let intent = certificate.intent
        if let staged = certificate.staged, let live = certificate.live, live.leaf.publicKey == staged.leaf.publicKey {
            notes.append("the staged certificate keeps the key")
        } else if let staged = certificate.staged, intent.strategy == .sameKey, certificate.live != nil {
            notes.append(
                "the staged \(KeyLabel.text(staged.leaf.publicKey)) is new, though 'rollover' is same-key: it waits")
        }
        if certificate.usesSpare, certificate.spare == nil {
            notes.append("apply makes a spare key first and publishes its record with these")
        }
        return notes
    }
}

/// The plan of one certificate, with what it is made from.
public struct CertificatePlan: Sendable {
    /// The certificate's name in the manifest.
    public let certificate: String
    /// What it shall come to.
    public let goal: CertificateGoal
    /// The facts.
    public let situation: Situation
    /// The proved plan; `nil` when there is none, and ``findings`` says why.
    public var plan: Plan?
    /// TLSA owner names that somebody else must publish.
    public let foreignOwners: [DomainName]
    /// What an operator should know besides.
    public var notes: [String] = []
    /// What is wrong.
    public var findings: [Diagnostic] = []

    /// The steps that are due.
    public var due: [Step] { plan?.dueActions(now: situation.now) ?? [] }

    /// The first step that puts the wanted chains live.
    public var deployment: Step? {
        plan?.steps.first { if case .deploy = $0.action { true } else { false } }
    }
}

extension Event {
    /// The event with its chains as they are worked out today.
    func refreshed(by known: [String: Chain]) -> Event {
        guard case .chains(let chains)? = content else { return self }
        let fresh = Content.chains(chains.map { known[$0.label] ?? $0 })
        var event = self
        switch kind {
        case .began(_, let ttl): event.kind = .began(fresh, ttl: ttl)
        case .done(_, let ttl): event.kind = .done(fresh, ttl: ttl)
        case .found(_, let ttl): event.kind = .found(fresh, ttl: ttl)
        default: break
        }
        return event
    }
}
