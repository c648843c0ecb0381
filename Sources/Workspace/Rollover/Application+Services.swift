import DNSModel
import Manifest
import Rollover

extension Application {
    /// Records what of services and addresses a zone says now that it was signed and loaded.
    mutating func noteServices(in zone: ZoneIntent) {
        guard
            var state = world.zoneStates[zone.name]
                ?? (world.hasServices(in: zone.name) ? ZoneState(zone: zone.name) : nil)
        else { return }
        let histories = EventLog.byTrack(state.events)
        let negative = world.survey.negativeTTL(of: zone.name)
        func note(_ content: Content, _ track: TrackID, ttl: TTL) {
            let latest = histories[track]?.latest
            if latest == nil, content == .absent { return }
            if latest.map({ $0 != (content, ttl) }) ?? true {
                state.events.append(Event(at: now, track: track, kind: .done(content, ttl: ttl)))
            }
        }
        for service in world.services where service.apex == zone.name {
            let version = world.isHeld(service) ? world.published(service) : service.source
            let ttl = version.map { min($0.ttl, zone.policy.maximumTTL) } ?? negative
            note(version.map(Content.leading) ?? .absent, service.track, ttl: ttl)
            state.records[service.track.description] = version.map { StoredRRset($0, ttl: ttl) }
        }
        guard let source = world.survey.sources[zone.name] else { return }
        let held = Set(
            world.hold(in: zone.name).rrsets(over: source).filter { $0.type == .a || $0.type == .aaaa }.map(\.owner))
        for target in world.targets[zone.name] ?? [] where !held.contains(target) {
            let rrsets = [RRType.a, .aaaa].compactMap { source.rrset(target, $0) }
            let isThere = source.hasAddress(at: target)
            let ttl = rrsets.first.map { min($0.ttl, zone.policy.maximumTTL) } ?? negative
            note(isThere ? .addresses : .absent, .rrset(target, .a), ttl: ttl)
            for rrset in rrsets {
                let ttl = min(rrset.ttl, zone.policy.maximumTTL)
                state.records[TrackID.rrset(target, rrset.type).description] = StoredRRset(rrset, ttl: ttl)
            }
        }
        if state != world.zoneStates[zone.name] { world.zoneStates[zone.name] = state }
    }
}

extension RolloverWorld {
    /// Whether services or their targets are in a zone.
    func hasServices(in apex: DomainName) -> Bool {
        targets[apex] != nil || services.contains { $0.apex == apex }
    }
}
