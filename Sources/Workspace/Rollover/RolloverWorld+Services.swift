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
        zoneStates[service.apex]?.records[service.track]?.rrset(service.owner, service.type)
    }

    /// Whether the source's version of a service waits.
    func isHeld(_ service: ManagedService) -> Bool {
        guard let source = service.source, let stored = zoneStates[service.apex]?.records[service.track],
            !stored.hasRecords(of: source), let published = stored.rrset(service.owner, service.type)
        else { return false }
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
            history: histories.zones[service.track] ?? [])
    }

    /// The TLSA names to which an answer may still lead that is published or in a cache.
    func reachable(_ service: ManagedService, _ histories: Histories) -> Set<DomainName> {
        var names = Set(service.wanted)
        if isAsWanted(service, histories) { return names }
        for span in track(of: service, histories).spans where span.last >= now {
            if case .targets(let targets) = span.content { names.formUnion(targets) }
        }
        return names
    }

    /// Whether all that is known of a service is that it leads where its source says: so it is in nearly every case.
    private func isAsWanted(_ service: ManagedService, _ histories: Histories) -> Bool {
        guard let history = histories.zones[service.track], history.count == 1 else { return false }
        return history[0].kind.content == .targets(service.wanted)
    }

    // MARK: Agreement

    /// Compares what the states say of services and of their targets' addresses with what is published.
    mutating func agreeServices() {
        settle()
        var histories = histories
        services = ManagedService.all(
            in: survey, services: workspace.manifest.services,
            remembered: histories.zones.keys.filter(\.isService))
        servicesOfZone = Dictionary(grouping: services.indices) { services[$0].apex }
        for (apex, places) in servicesOfZone {
            guard let zone = publishedZones[apex] else { continue }
            for place in places { agree(services[place], with: zone, histories) }
        }
        settle()
        histories = self.histories
        targets = [:]
        for service in services {
            // Each has a few, and nearly always those of the source.
            let hosts =
                isAsWanted(service, histories)
                ? service.hosts : reachable(service, histories).compactMap { TLSAService(owner: $0)?.baseDomain }
            for host in hosts {
                if let apex = survey.zones.authority(of: host).ownApex { targets[apex, default: []].insert(host) }
            }
        }
        for (apex, names) in targets {
            guard let zone = publishedZones[apex] else { continue }
            for name in names { agreeAddresses(of: name, in: apex, with: zone, histories) }
        }
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

    private mutating func agree(_ service: ManagedService, with zone: Zone, _ histories: Histories) {
        let history = histories.zones[service.track] ?? []
        if history.isUnfinished { return }
        let latest = history.latest
        let found = zone.rrset(service.owner, service.type)
        if latest == nil, found == nil { return }
        let content = found.map { service.content(of: $0) } ?? .absent
        let ttl = found?.ttl ?? survey.negativeTTL(of: service.apex)
        let isKnown = latest.map { $0.content == content && (found == nil || $0.ttl == ttl) } ?? false
        let stored = found.map { StoredRRset($0, ttl: $0.ttl) }
        if isKnown, zoneStates[service.apex]?.records[service.track] == stored { return }
        change(service.apex) { [now] state in
            if !isKnown { state.record(.found(content, ttl: ttl), of: service.track, at: now) }
            state.records[service.track] = stored
        }
    }

    private mutating func agreeAddresses(
        of target: DomainName, in apex: DomainName, with zone: Zone, _ histories: Histories
    ) {
        let track = TrackID.rrset(target, .a)
        let history = histories.zones[track] ?? []
        let owner = zone.owner(named: target)
        let found = [RRType.a, .aaaa].map { type in owner.flatMap { zone.rrset(of: $0, type) } }
        let hasAddress = found.contains { $0 != nil } || owner.flatMap { zone.rrset(of: $0, .cname) } != nil
        let content: Content = hasAddress ? .addresses : .absent
        if !history.isUnfinished, history.latest?.content != content {
            let ttl = (found[0] ?? found[1])?.ttl ?? survey.negativeTTL(of: apex)
            let isNew = history.isEmpty && content == .absent
            change(apex) { [now] state in
                state.record(isNew ? .done(content, ttl: ttl) : .found(content, ttl: ttl), of: track, at: now)
            }
        }
        for (type, rrset) in zip([RRType.a, .aaaa], found) where rrset != nil || hasAddress {
            let track = TrackID.rrset(target, type)
            let stored = rrset.map { StoredRRset($0, ttl: $0.ttl) }
            if zoneStates[apex]?.records[track] != stored { change(apex) { $0.records[track] = stored } }
        }
    }

    /// Forgets what no service of the manifest leads to; not while services are in doubt.
    private mutating func forgetServices() {
        guard survey.isComplete, !survey.diagnostics.hasErrors else { return }
        let known = Set(services.lazy.map(\.track))
        for (apex, state) in zoneStates {
            let names = targets[apex] ?? []
            func isForgotten(_ track: TrackID) -> Bool {
                guard case .rrset(let owner, let type) = track else { return false }
                return switch type {
                case .srv, .mx: !known.contains(track)
                case .a, .aaaa: !names.contains(owner)
                default: false
                }
            }
            let histories = state.histories.keys.filter(isForgotten)
            let records = state.records.keys.filter(isForgotten)
            if histories.isEmpty, records.isEmpty { continue }
            change(apex) { state in
                for track in histories { state.histories[track] = nil }
                for track in records { state.records[track] = nil }
            }
        }
    }

    // MARK: Owners

    /// Gives certificates the TLSA RRsets that are needed only by answers of the past, or by services that are held.
    ///
    /// - Returns: Their names.
    mutating func assignLingeringOwners() -> Set<DomainName> {
        settle()
        let histories = histories
        var places: [String: Int] = [:]
        for (place, certificate) in cases.enumerated() { places[certificate.intent.name] = place }
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
        return Set(lingering.keys)
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
