import DANE
import DNSModel
import DNSSEC
import Diagnostics
import Manifest
import Rollover

/// SRV and MX records: what is published of them, and what follows for the names that they lead to.
extension RolloverWorld {
    /// What stays published in the place of a zone's source.
    func hold(in apex: DomainName) -> ServiceHold {
        ServiceHold(published: zoneStates[apex]?.records ?? [:], apexes: apexes)
    }

    /// What was published of a service last, or `nil`.
    func published(_ service: ManagedService) -> RRset? {
        zoneStates[service.apex]?.records[service.track.description]?.rrset(service.owner, service.type)
    }

    /// Whether the source's version of a service waits.
    func isHeld(_ service: ManagedService) -> Bool {
        guard let source = service.source, let published = published(service) else { return false }
        return hold(in: service.apex).holds(published, against: source)
    }

    /// Everything that is known of a service's records.
    func track(of service: ManagedService, _ histories: Histories) -> Track {
        let policy = workspace.manifest.zone(named: service.apex)?.policy
        return Track(
            id: service.track,
            timing: .published(
                propagation: policy?.propagationDelay ?? 3_600,
                caches: Timing.Caches(layers: layers(of: service.certificates), rounding: 1, useDelay: 60)),
            prior: .absent(negativeTTL: survey.negativeTTL(of: service.apex)),
            events: histories.zones[service.track] ?? [])
    }

    /// The TLSA names to which an answer may still lead that is published or in a cache.
    func reachable(_ service: ManagedService, _ histories: Histories) -> Set<DomainName> {
        let history = histories.zones[service.track] ?? []
        var names = Set(service.wanted)
        // In nearly every case one version is all there is.
        if history.count == 1, case .targets(let targets)? = history[0].content { return names.union(targets) }
        for span in track(of: service, histories).spans where span.last >= now {
            if case .targets(let targets) = span.content { names.formUnion(targets) }
        }
        return names
    }

    // MARK: Agreement

    /// Compares what the states say of services and of their targets' addresses with what is published.
    mutating func agreeServices() {
        var before = histories
        services = ManagedService.all(
            in: survey, services: workspace.manifest.services, remembered: before.zones.keys.filter(\.isService))
        let eventCount = zoneStates.values.reduce(0) { $0 + $1.events.count }
        for service in services { agree(service, before.zones[service.track] ?? []) }
        if zoneStates.values.reduce(0, { $0 + $1.events.count }) != eventCount { before = histories }
        targets = [:]
        for service in services {
            for name in reachable(service, before) {
                guard let target = TLSAService(owner: name)?.baseDomain,
                    let apex = survey.zones.authority(of: target).ownApex
                else { continue }
                targets[apex, default: []].insert(target)
            }
        }
        for (apex, names) in targets { for name in names { agreeAddresses(of: name, in: apex, before) } }
        forgetServices()
    }

    /// Reads the signed zones as they lie on the disk.
    mutating func readPublishedZones() {
        for intent in workspace.manifest.zones {
            let output = workspace.path(intent.output.value)
            guard InputFile.exists(output),
                let zone = try? ZoneInput(output, origin: intent.name, workers: workers)
                    .zone(rememberedBy: workspace.memory), zone.apex == intent.name
            else { continue }
            publishedZones[intent.name] = zone
        }
    }

    private mutating func agree(_ service: ManagedService, _ history: [Event]) {
        guard let zone = publishedZones[service.apex], !history.isUnfinished else { return }
        let found = zone.rrset(service.owner, service.type)
        let content = found.map(Content.leading) ?? .absent
        let ttl = found?.ttl ?? survey.negativeTTL(of: service.apex)
        if history.latest == nil, found == nil { return }
        // Taken out and put back, so that there is no other copy to keep as it is.
        var state = zoneStates.removeValue(forKey: service.apex) ?? ZoneState(zone: service.apex)
        if history.latest.map({ $0.content != content || found != nil && $0.ttl != ttl }) ?? true {
            state.events.append(Event(at: now, track: service.track, kind: .found(content, ttl: ttl)))
        }
        state.records[service.track.description] = found.map { StoredRRset($0, ttl: $0.ttl) }
        zoneStates[service.apex] = state
    }

    private mutating func agreeAddresses(of target: DomainName, in apex: DomainName, _ histories: Histories) {
        guard let zone = publishedZones[apex] else { return }
        var state = zoneStates.removeValue(forKey: apex) ?? ZoneState(zone: apex)
        let track = TrackID.rrset(target, .a)
        let history = histories.zones[track] ?? []
        if !history.isUnfinished {
            let content: Content = zone.hasAddress(at: target) ? .addresses : .absent
            let ttl = zone.rrset(target, .a)?.ttl ?? zone.rrset(target, .aaaa)?.ttl ?? survey.negativeTTL(of: apex)
            if history.latest?.content != content {
                let isNew = history.isEmpty && content == .absent
                state.events.append(
                    Event(at: now, track: track, kind: isNew ? .done(content, ttl: ttl) : .found(content, ttl: ttl)))
            }
        }
        for type in [RRType.a, .aaaa] {
            let name = TrackID.rrset(target, type).description
            if let rrset = zone.rrset(target, type) {
                state.records[name] = StoredRRset(rrset, ttl: rrset.ttl)
            } else if zone.hasAddress(at: target) {
                state.records[name] = nil
            }
        }
        zoneStates[apex] = state
    }

    /// Forgets what no service of the manifest leads to; not while services are in doubt.
    private mutating func forgetServices() {
        guard survey.isComplete, !survey.diagnostics.hasErrors else { return }
        let known = Set(services.map(\.track))
        for (apex, state) in zoneStates {
            let names = targets[apex] ?? []
            func isKept(_ track: TrackID) -> Bool {
                guard case .rrset(let owner, let type) = track else { return true }
                return switch type {
                case .srv, .mx: known.contains(track)
                case .a, .aaaa: names.contains(owner)
                default: true
                }
            }
            var fresh = state
            fresh.events.removeAll { !isKept($0.track) }
            fresh.records = state.records.filter { TrackID($0.key).map(isKept) ?? false }
            if (fresh.events.count, fresh.records.count) != (state.events.count, state.records.count) {
                zoneStates[apex] = fresh
            }
        }
    }

    // MARK: Owners

    /// Gives certificates the TLSA RRsets that are needed only by answers of the past, or by services that are held.
    mutating func assignLingeringOwners() {
        let histories = histories
        var places: [String: Int] = [:]
        for (place, certificate) in cases.enumerated() { places[certificate.intent.name] = place }
        var required: Set<DomainName> = []
        for requirement in survey.map?.requirements ?? [] { required.insert(requirement.service.owner) }
        var lingering: [DomainName: CertificateCase.TLSAOwner] = [:]
        for service in services {
            for name in reachable(service, histories) where !required.contains(name) {
                guard let apex = survey.zones.authority(of: name).ownApex else { continue }
                let content = histories.zones[.tlsa(name)]?.latest?.content
                guard content.map({ $0 != .absent }) ?? (publishedZones[apex]?.rrset(name, .tlsa) != nil) else {
                    continue
                }
                var owner =
                    lingering[name]
                    ?? CertificateCase.TLSAOwner(
                        track: .tlsa(name), name: name, apex: apex, fallback: service.fallback, certificates: [])
                for certificate in service.certificates where !owner.certificates.contains(certificate) {
                    owner.certificates.append(certificate)
                }
                lingering[name] = owner
            }
        }
        for owner in lingering.values.sorted(by: { $0.name < $1.name }) {
            for name in owner.certificates { if let place = places[name] { cases[place].owners.append(owner) } }
        }
    }
}

extension TrackID {
    /// Whether it is of a type that services are found by.
    var isService: Bool {
        if case .rrset(_, let type) = self { type == .srv || type == .mx } else { false }
    }
}

extension Content {
    /// Addresses, whichever they are.
    static let addresses = Content.present("addresses")

    /// Where an SRV or MX RRset leads.
    static func leading(_ rrset: RRset) -> Content {
        let owners = ServiceTargets.owners(rrset)
        return owners.isEmpty ? .absent : .targets(owners)
    }
}
