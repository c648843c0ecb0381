import DANE
public import DNSModel
public import Diagnostics
import Manifest
import OpenSSLBridge
public import Rollover

extension RolloverWorld {
    /// The facts about a certificate's servers and TLSA RRsets, and about all others that share these.
    func situation(of certificate: CertificateCase, histories: Histories) -> Situation {
        situation(of: [certificate], histories: histories)
    }

    /// The facts about the servers and TLSA RRsets of certificates, and about all others that share these.
    func situation(of certificates: [CertificateCase], histories: Histories) -> Situation {
        var owners: [CertificateCase.TLSAOwner] = []
        var known: Set<TrackID> = []
        var names = certificates.map(\.intent.name)
        for certificate in certificates {
            for owner in certificate.owners
            where owner.certificates.count == 1 || known.insert(owner.track).inserted {
                owners.append(owner)
                for name in owner.certificates where !names.contains(name) { names.append(name) }
            }
        }
        var tracks = tlsaTracks(of: owners, names: names, histories)
        var pairings: [Pairing] = []
        for name in names {
            guard let other = cases.first(where: { $0.intent.name == name }) else { continue }
            tracks.append(presenterTrack(of: other, histories))
            if let posh = other.intent.posh {
                tracks.append(documentTrack(posh, histories))
                pairings.append(Pairing(posh.track, other.presenter, .association(fallback: .publicTrust)))
            }
            for owner in owners where owner.certificates.contains(name) {
                pairings.append(Pairing(owner.track, other.presenter, .association(fallback: owner.fallback)))
            }
        }
        return Situation(now: now, tracks: tracks, pairings: pairings)
    }

    /// Everything that is known of RRsets, many of which may have one history.
    private func tlsaTracks(
        of owners: [CertificateCase.TLSAOwner], names: [String], _ histories: Histories
    ) -> [Track] {
        var tracks: [Track] = []
        tracks.reserveCapacity(owners.count + names.count)
        var latest: (apex: DomainName, history: History)?
        for owner in owners {
            let history = histories.zones[owner.track] ?? []
            if let latest, latest.history == history, latest.apex == owner.apex, let same = tracks.last {
                tracks.append(
                    Track(id: owner.track, timing: same.timing, changes: same.changes, sightings: same.sightings))
            } else {
                latest = (owner.apex, history)
                tracks.append(tlsaTrack(owner.track, apex: owner.apex, names: names, histories))
            }
        }
        return tracks
    }

    /// Everything that is known of an RRset of ours that the servers of some certificates go with.
    func tlsaTrack(_ id: TrackID, apex: DomainName, names: [String], _ histories: Histories) -> Track {
        let policy = workspace.manifest.zone(named: apex)?.policy
        var history = (histories.zones[id] ?? [])[...]
        var negativeTTL = survey.negativeTTL(of: apex)
        if case .done(.absent, let ttl)? = history.first?.kind {
            // That nothing was there when all this began needs no version of its own.
            negativeTTL = ttl
            history.removeFirst()
        }
        return Track(
            id: id,
            timing: .published(
                propagation: policy?.propagationDelay ?? 3_600,
                caches: Timing.Caches(layers: layers(of: names), rounding: 1, useDelay: 60)),
            prior: .absent(negativeTTL: negativeTTL), history: history)
    }

    /// What the servers of a certificate presented.
    func presenterTrack(of certificate: CertificateCase, _ histories: Histories) -> Track {
        let history = (certificateStates[certificate.intent.name]?.history ?? []).map {
            $0.refreshed(by: histories.chains)
        }
        return Track(
            id: certificate.presenter, timing: .presented(window: certificate.intent.deployWindow),
            prior: .absent(negativeTTL: TTL(0)), history: history)
    }

    /// What a certificate shall come to.
    ///
    /// - Parameter group: The certificates that are planned together with it, by name; what they want is theirs to say.
    func goal(of certificate: CertificateCase, in group: [String] = []) -> CertificateGoal {
        let owners = certificate.owners.filter { !isGone($0) }
        var goal = CertificateGoal(
            presenter: certificate.presenter, owners: owners.map(\.track),
            chains: wantedChains(certificate),
            spares: spareChains(certificate), parameters: certificate.parameters.sorted(), ttl: certificate.ttl,
            negativeTTL: owners.map { survey.negativeTTL(of: $0.apex) }.max() ?? TTL(3_600))
        if let posh = certificate.intent.posh {
            goal.owners.append(posh.track)
            goal.documentTTL = posh.expires
        }
        for owner in owners {
            for name in owner.certificates where name != certificate.intent.name && !group.contains(name) {
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

    /// The plans of all certificates, or of one.
    func plans(only name: String? = nil) -> [CertificatePlan] {
        let histories = histories
        var joint: [String: Plan] = [:]
        for group in groups where name.map({ name in group.contains { $0.intent.name == name } }) ?? true {
            let names = group.map(\.intent.name)
            // What one of them makes impossible is said of that one, when each is planned alone.
            guard
                let plan = try? CertificatePlanner.plan(
                    situation(of: group, histories: histories), to: group.map { goal(of: $0, in: names) })
            else { continue }
            for name in names { joint[name] = plan }
        }
        return cases.filter { name == nil || $0.intent.name == name }.map {
            plan(for: $0, joint[$0.intent.name], histories)
        }
    }

    /// The certificates that share TLSA RRsets, directly or through others, and whose files can be judged.
    private var groups: [[CertificateCase]] {
        guard survey.isComplete else { return [] }
        var groups: [Set<String>] = []
        for owner in cases.lazy.flatMap(\.owners) where owner.certificates.count > 1 {
            var names = Set(owner.certificates)
            if groups.contains(where: names.isSubset) { continue }
            groups.removeAll { group in
                guard !group.isDisjoint(with: names) else { return false }
                names.formUnion(group)
                return true
            }
            groups.append(names)
        }
        return groups.map { names in cases.filter { names.contains($0.intent.name) && !$0.isBlocked } }
            .filter { $0.count > 1 }
    }

    /// One certificate's plan: its own, or its part in that of all who share RRsets with it.
    private func plan(for certificate: CertificateCase, _ joint: Plan?, _ histories: Histories) -> CertificatePlan {
        let goal = goal(of: certificate)
        var result = CertificatePlan(
            certificate: certificate.intent.name, goal: goal,
            situation: joint?.situation ?? situation(of: certificate, histories: histories),
            foreignOwners: certificate.foreignOwners)
        result.findings = certificate.findings
        if certificate.isBlocked || !survey.isComplete { return result }
        result.notes = notes(on: certificate)
        if var joint {
            let own = Set(
                certificate.owners.map(\.track) + [certificate.presenter]
                    + [certificate.intent.posh?.track].compactMap { $0 })
            joint.steps.removeAll { !own.contains($0.action.track) }
            result.plan = joint
        } else {
            do throws(PlanRefusal) {
                result.plan = try CertificatePlanner.plan(result.situation, to: goal)
            } catch {
                if case .incompleteGoal = error {
                    result.findings += certificate.unmetParameters(now: now)
                    if result.findings.hasErrors { return result }
                }
                var finding = error.diagnostic
                finding.location = finding.location ?? certificate.intent.location
                result.findings.append(finding)
            }
        }
        if result.deployment != nil { result.notes += poshNotes(on: certificate) }
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

extension Fact {
    /// The fact with its chains as they are worked out today.
    func refreshed(by known: [String: Chain]) -> Fact {
        guard case .chains(let chains)? = kind.content else { return self }
        let fresh = Content.chains(chains.map { known[$0.label] ?? $0 })
        return switch kind {
        case .began(_, let ttl): Fact(at: at, .began(fresh, ttl: ttl))
        case .done(_, let ttl): Fact(at: at, .done(fresh, ttl: ttl))
        case .found(_, let ttl): Fact(at: at, .found(fresh, ttl: ttl))
        default: self
        }
    }
}
