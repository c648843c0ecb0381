import DANE
public import DNSModel
public import Diagnostics
import Manifest
public import Rollover

/// The plan of services that go to other targets together.
public struct MovePlan: Sendable {
    /// The SRV and MX RRsets, as `_xmpp-server._tcp.example. SRV`.
    public let services: [String]
    /// Of these, those whose source waits.
    public let held: [String]
    /// The proved plan; `nil` when there is none, and ``notes`` or ``findings`` say why.
    public var plan: Plan?
    /// What somebody else must publish for the new targets: it cannot be proved from here.
    public let forOthers: [(owner: DomainName, records: [Association])]
    /// What an operator should know besides.
    public var notes: [String] = []
    /// What is wrong.
    public var findings: [Diagnostic] = []
    /// The zones of what the plan publishes.
    let apexes: [TrackID: DomainName]
    let now: Timestamp

    /// The steps that are due.
    public var due: [Step] { plan?.dueActions(now: now) ?? [] }
}

extension RolloverWorld {
    /// The plans of all services that move, or have moved and whose old records are still there.
    func movePlans(beside certificates: [CertificatePlan]) -> [MovePlan] {
        guard survey.isComplete else { return [] }
        let histories = histories
        var moving: [Moving] = []
        for service in services {
            let history = histories.zones[service.track] ?? []
            let stands = history.latest?.content == .targets(service.wanted)
            let isHeld = !stands && isHeld(service)
            var leaving: Set<DomainName> = []
            for case .targets(let names)? in history.lazy.map(\.kind.content) {
                for name in names where !required.contains(name) && isStanding(.tlsa(name), histories) {
                    leaving.insert(name)
                }
            }
            if isHeld || !leaving.isEmpty {
                moving.append(Moving(service: service, isHeld: isHeld, leaving: leaving))
            }
        }
        return Self.groups(moving).map { plan($0, histories, certificates) }
    }

    /// A service with what it leaves behind.
    private struct Moving {
        let service: ManagedService
        let isHeld: Bool
        let leaving: Set<DomainName>

        /// The hosts at both ends.
        var hosts: Set<DomainName> {
            Set((service.wanted + leaving).compactMap { TLSAService(owner: $0)?.baseDomain })
        }
    }

    private func isStanding(_ track: TrackID, _ histories: Histories) -> Bool {
        histories.zones[track]?.latest.map { $0.content != .absent } ?? false
    }

    /// Services that share hosts move together.
    private static func groups(_ moving: [Moving]) -> [[Moving]] {
        var groups: [(hosts: Set<DomainName>, members: [Moving])] = []
        for service in moving {
            var hosts = service.hosts
            var members: [Moving] = []
            groups.removeAll { group in
                guard !group.hosts.isDisjoint(with: hosts) else { return false }
                hosts.formUnion(group.hosts)
                members += group.members
                return true
            }
            groups.append((hosts, members + [service]))
        }
        return groups.map(\.members)
    }

    private func plan(_ group: [Moving], _ histories: Histories, _ certificates: [CertificatePlan]) -> MovePlan {
        var work = MoveWork(self, histories, certificates)
        for moving in group { work.add(moving.service, isHeld: moving.isHeld, leaving: moving.leaving) }
        return work.plan()
    }
}

/// A ``MovePlan`` in the making.
private struct MoveWork {
    let world: RolloverWorld
    let histories: RolloverWorld.Histories
    let certificates: [CertificatePlan]
    var services: [TargetMove.Service] = []
    var held: [String] = []
    var endpoints: [DomainName: TargetMove.Endpoint] = [:]
    var tracks: [TrackID: Track] = [:]
    var apexes: [TrackID: DomainName] = [:]
    var forOthers: [DomainName: [Association]] = [:]
    var notes: [String] = []
    var findings: [Diagnostic] = []

    init(_ world: RolloverWorld, _ histories: RolloverWorld.Histories, _ certificates: [CertificatePlan]) {
        self.world = world
        self.histories = histories
        self.certificates = certificates
    }

    mutating func add(_ service: ManagedService, isHeld: Bool, leaving: Set<DomainName>) {
        let track = world.track(of: service, histories)
        tracks[service.track] = track
        apexes[service.track] = service.apex
        let content = service.source.map(Content.leading) ?? .absent
        var ttl = service.source?.ttl ?? world.survey.negativeTTL(of: service.apex)
        if let maximum = world.workspace.manifest.zone(named: service.apex)?.policy.maximumTTL {
            ttl = min(ttl, maximum)
        }
        if let latest = track.latest, latest.content == content { ttl = latest.ttl }
        services.append(TargetMove.Service(track: service.track, targets: service.wanted, ttl: ttl))
        if isHeld { held.append(service.track.description) }
        let standing = world.published(service).map(ServiceTargets.owners) ?? []
        for name in service.wanted { add(name, of: service, isArriving: true, isNew: !standing.contains(name)) }
        for name in leaving where !service.wanted.contains(name) {
            add(name, of: service, isArriving: false, isNew: false)
        }
    }

    /// One target.
    private mutating func add(_ name: DomainName, of service: ManagedService, isArriving: Bool, isNew: Bool) {
        guard endpoints[name] == nil, let tlsa = TLSAService(owner: name) else { return }
        guard let apex = world.survey.zones.authority(of: name).ownApex else {
            if isNew { forOthers[name] = records(of: service) }
            return
        }
        let owner = world.cases.lazy.flatMap(\.owners).first { $0.name == name }
        let presenters = owner?.certificates ?? service.certificates
        let track = world.tlsaTrack(.tlsa(name), apex: apex, names: presenters, histories)
        tracks[track.id] = track
        apexes[track.id] = apex
        let latest = track.latest
        var content = latest?.content ?? .absent
        var ttl = latest?.ttl ?? TTL(3_600)
        if isArriving, content == .absent {
            for step in certificates.lazy.compactMap(\.plan).flatMap(\.steps) {
                guard case .publish(track.id, let planned, let plannedTTL) = step.action else { continue }
                content = planned
                ttl = plannedTTL
                break
            }
            if content == .absent {
                notes.append("\(name) has no records yet and no plan makes any: what is published stays until it does")
            }
        } else if !isArriving {
            content = .absent
            ttl = world.survey.negativeTTL(of: apex)
        }
        var endpoint = TargetMove.Endpoint(
            target: name, addresses: addresses(of: tlsa.baseDomain, isArriving: isArriving, service),
            tlsa: (track.id, content, ttl), presenters: [], fallback: owner?.fallback ?? service.fallback)
        for certificate in world.cases where presenters.contains(certificate.intent.name) {
            tracks[certificate.presenter] = world.presenterTrack(of: certificate, histories)
            endpoint.presenters.append(certificate.presenter)
        }
        endpoints[name] = endpoint
    }

    /// The addresses of a target in one of our zones.
    private mutating func addresses(
        of target: DomainName, isArriving: Bool, _ service: ManagedService
    ) -> [(track: TrackID, content: Content, ttl: TTL)] {
        guard let apex = world.survey.zones.authority(of: target).ownApex else { return [] }
        let id = TrackID.rrset(target, .a)
        let track = world.tlsaTrack(id, apex: apex, names: service.certificates, histories)
        tracks[id] = track
        apexes[id] = apex
        guard isArriving else { return [(id, track.latest?.content ?? .absent, track.latest?.ttl ?? TTL(3_600))] }
        guard let source = world.survey.sources[apex], source.hasAddress(at: target) else {
            findings.append(
                .error(
                    "rollover/target-without-address", at: service.location,
                    "\(service.track) is to lead to \(target), which has no addresses in \(apex)", .rfc(2782),
                    .rfc(7673, "3.2"),
                    hint: "add A or AAAA records; until then the present target stays published"))
            return []
        }
        if track.latest?.content == .addresses { return [(id, .addresses, track.latest?.ttl ?? TTL(3_600))] }
        let ttl = source.rrset(target, .a)?.ttl ?? source.rrset(target, .aaaa)?.ttl ?? TTL(3_600)
        return [(id, .addresses, ttl)]
    }

    /// What others must publish for a service's certificates.
    private func records(of service: ManagedService) -> [Association] {
        var records: Set<Association> = []
        for plan in certificates where service.certificates.contains(plan.certificate) {
            for chain in plan.goal.chains + plan.goal.spares {
                records.formUnion(chain.associations(for: plan.goal.parameters))
            }
        }
        return records.sorted()
    }

    func plan() -> MovePlan {
        var result = MovePlan(
            services: services.map(\.track.description), held: held,
            forOthers: forOthers.sorted { $0.key < $1.key }.map { (owner: $0.key, records: $0.value) },
            apexes: apexes, now: world.now)
        result.notes = notes
        result.findings = findings
        if findings.hasErrors || !notes.isEmpty { return result }
        let move = TargetMove(
            services: services, endpoints: endpoints.keys.sorted().compactMap { endpoints[$0] }, fallback: .publicTrust)
        let ordered = tracks.values.sorted { $0.id.description < $1.id.description }
        do throws(PlanRefusal) {
            result.plan = try TargetMovePlanner.plan(
                Situation(now: world.now, tracks: ordered, pairings: move.pairings), move)
        } catch {
            result.findings.append(error.diagnostic)
        }
        return result
    }
}
