/// Finds out what the zone knows of a name that a record points to, wherever it is in the zone.
struct TargetLookup: Sendable {
    let zone: Zone
    let cuts: ZoneCuts

    init(_ zone: Zone, _ cuts: ZoneCuts) {
        self.zone = zone
        self.cuts = cuts
    }

    /// What a target is to those who look for its address.
    enum State: Sendable {
        /// It has an address.
        case good
        /// It is a CNAME.
        case alias
        /// It is in the zone and has no address.
        case withoutAddress
        /// It is at or below the delegation that names it, and has no address there.
        case withoutGlue
        /// Below another delegation or a DNAME: others know.
        case elsewhere
    }

    /// What was found of targets lately, by the place of a record's RDATA.
    struct Cache {
        fileprivate var names = [[UInt8]](repeating: [], count: 64)
        fileprivate var states = [State](repeating: .good, count: 64)
    }

    /// What a target in the zone is.
    func state(
        of target: UnsafeBufferPointer<UInt8>, seenFrom owner: OwnerIndex, _ cache: inout Cache
    ) -> State {
        if cuts.classes[Int(owner)].isDelegationPoint, target.isAtOrBelow(zone.nameOctets(of: owner)) {
            return state(of: target) == .good ? .good : .withoutGlue
        }
        var hash: UInt32 = 0
        for octet in target { hash = hash &* 31 &+ UInt32(octet) }
        let slot = Int(hash ^ hash &>> 16) & 63
        if cache.names[slot].elementsEqual(target) { return cache.states[slot] }
        let state = self.state(of: target)
        cache.names[slot] = Array(target)
        cache.states[slot] = state
        return state
    }

    /// Looks among all names.
    private func state(of target: UnsafeBufferPointer<UInt8>) -> State {
        let name = DomainName(uncheckedWireFormat: Array(target))
        let place = zone.insertionPoint(of: name)
        if place < zone.ownerCount {
            let owner = OwnerIndex(truncatingIfNeeded: place)
            if zone.name(of: owner) == name {
                if zone.hasAddress(owner) { return .good }
                if cuts[owner] == .occluded || cuts[owner].isDelegationPoint { return .elsewhere }
                return zone.rrsetRange(of: owner, type: .cname).isEmpty ? .withoutAddress : .alias
            }
        }
        return stateOfAbsent(name)
    }

    /// What a name is that owns nothing: below a cut, made by a wildcard, or not there.
    private func stateOfAbsent(_ name: DomainName) -> State {
        var child = name
        while let parent = child.parent, child != zone.apex {
            if let owner = zone.owner(named: parent) {
                if cuts[owner].isDelegationPoint || cuts[owner] == .occluded { return .elsewhere }
                if !zone.rrsetRange(of: owner, type: .dname).isEmpty { return .elsewhere }
            }
            if let wildcard = parent.prepending("*"), let owner = zone.owner(named: wildcard) {
                if zone.hasAddress(owner) { return .good }
                return zone.rrsetRange(of: owner, type: .cname).isEmpty ? .withoutAddress : .alias
            }
            // Only the closest encloser's wildcard counts (RFC 4592 §3.3.1); an empty non-terminal is one, too.
            let place = zone.insertionPoint(of: parent)
            if place < zone.ownerCount, zone.nameOctets(of: OwnerIndex(place)).isAtOrBelow(parent) { break }
            child = parent
        }
        return stateBelowCut(name)
    }

    /// What an absent name with an existing ancestor is: somebody else's when a cut is further up.
    private func stateBelowCut(_ name: DomainName) -> State {
        var child = name
        while child != zone.apex, let parent = child.parent {
            if let owner = zone.owner(named: parent),
                cuts[owner].isDelegationPoint || !zone.rrsetRange(of: owner, type: .dname).isEmpty
            {
                return .elsewhere
            }
            child = parent
        }
        return .withoutAddress
    }
}
