import DNSModel
import Manifest
import Rollover

extension Application {
    /// Records what of services and addresses a zone says now that it was signed and loaded.
    mutating func noteServices(in zone: ZoneIntent) {
        guard world.zoneStates[zone.name] != nil || world.hasServices(in: zone.name) else { return }
        let negative = world.survey.negativeTTL(of: zone.name)
        for service in world.services(in: zone.name) {
            let version = world.isHeld(service) ? world.published(service) : service.source
            let ttl = version.map { min($0.ttl, zone.policy.maximumTTL) } ?? negative
            note(version.map { service.content(of: $0) } ?? .absent, service.track, ttl: ttl, in: zone.name)
            keep(version.map { StoredRRset($0, ttl: ttl) }, service.track, in: zone.name)
        }
        guard let source = world.survey.sources[zone.name] else { return }
        let held = Set(
            world.hold(in: zone.name).rrsets(over: source).filter { $0.type == .a || $0.type == .aaaa }.map(\.owner))
        for target in world.targets[zone.name] ?? [] where !held.contains(target) {
            let rrsets = [RRType.a, .aaaa].compactMap { source.rrset(target, $0) }
            let isThere = !rrsets.isEmpty || source.hasAddress(at: target)
            let ttl = rrsets.first.map { min($0.ttl, zone.policy.maximumTTL) } ?? negative
            note(isThere ? .addresses : .absent, .rrset(target, .a), ttl: ttl, in: zone.name)
            for rrset in rrsets {
                let ttl = min(rrset.ttl, zone.policy.maximumTTL)
                keep(StoredRRset(rrset, ttl: ttl), .rrset(target, rrset.type), in: zone.name)
            }
        }
    }

    /// Records what an RRset says, unless that is known.
    private mutating func note(_ content: Content, _ track: TrackID, ttl: TTL, in apex: DomainName) {
        let latest = world.zoneStates[apex]?.histories[track]?.latest
        if latest.map({ $0 == (content, ttl) }) ?? (content == .absent) { return }
        world.change(apex) { [now] in $0.record(.done(content, ttl: ttl), of: track, at: now) }
    }

    /// Keeps the records that were published.
    private mutating func keep(_ rrset: StoredRRset?, _ track: TrackID, in apex: DomainName) {
        if world.zoneStates[apex]?.records[track] != rrset { world.change(apex) { $0.records[track] = rrset } }
    }
}

extension RolloverWorld {
    /// Whether services or their targets are in a zone.
    func hasServices(in apex: DomainName) -> Bool {
        targets[apex] != nil || servicesOfZone[apex] != nil
    }

    /// The services that are found in a zone.
    func services(in apex: DomainName) -> [ManagedService] { (servicesOfZone[apex] ?? []).map { services[$0] } }
}
