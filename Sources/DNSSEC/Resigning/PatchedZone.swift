import DNSModel

/// The apex as the source has it now, and the names with changed RRsets: each whole, as it was published but for those.
///
/// Owners and types are what they were, so that classes, cuts and denial are, too. What depends on other names of the zone is
/// looked up in the published text, where it is certain to be as good as before; or there is no such zone.
struct PatchedZone {
    /// The zone, unsigned; its first owner is the apex.
    let zone: Zone
    /// The classes of its owners in the whole zone.
    let cuts: ZoneCuts

    /// Puts the zone together.
    ///
    /// - Parameters:
    ///   - part: The part of the source that has changed, and its apex.
    ///   - previous: What was published at the apex and the changed names.
    init?(_ part: Zone, _ changed: ChangedRRsets, _ previous: Zone, _ published: PublishedText, isNSEC: Bool) {
        let targets = PublishedTargets(published, part)
        guard Self.isApexOrdinary(part, previous, targets) else { return nil }
        var builder = ZoneRecordsBuilder()
        do throws(WireStoreFull) {
            for rrset in part.rrsetRanges(of: 0) { try builder.add(part.rrset(at: rrset)) }
            for name in changed.names {
                guard let owner = previous.owner(named: part.name(of: name.owner)) else { return nil }
                var found = 0
                for old in previous.rrsetRanges(of: owner) {
                    let type = previous.records[old.lowerBound].type
                    if SigningSource.isStale(type) { continue }
                    guard let new = name.rrsets.first(where: { part.records[$0.lowerBound].type == type }) else {
                        try builder.add(previous.rrset(at: old))
                        continue
                    }
                    // Another part of the zone may have the rest of an RRset.
                    guard new.count == old.count, targets.areGood(new) else { return nil }
                    try builder.add(part.rrset(at: new))
                    found += 1
                }
                guard found == name.rrsets.count else { return nil }
            }
        } catch { return nil }
        zone = builder.makeZone(apex: part.apex, rrClass: part.rrClass)
        var classes: [OwnerClass] = []
        for owner in 0..<OwnerIndex(zone.ownerCount) {
            guard let old = previous.owner(named: zone.name(of: owner)),
                let kind = previous.publishedClass(of: old, isNSEC: isNSEC)
            else { return nil }
            classes.append(kind)
        }
        guard classes.count == changed.names.count + 1, classes.first == .authoritative else { return nil }
        cuts = ZoneCuts(classes: classes, emptyNonTerminals: [], ownersInZone: 0..<classes.count)
    }

    /// Whether the source's apex has nothing that was not looked at when the zone was last signed: an SOA record with another
    /// serial or other names, but the same times; targets that have addresses.
    private static func isApexOrdinary(_ part: Zone, _ previous: Zone, _ targets: PublishedTargets) -> Bool {
        guard part.owner(named: part.apex) == 0, let old = previous.rrset(part.apex, .soa),
            let new = part.rrset(part.apex, .soa), old.ttl == new.ttl, old.rdata.count == 1, new.rdata.count == 1,
            new.rdata[0].suffix(16) == old.rdata[0].suffix(16)
        else { return false }
        return part.rrsetRanges(of: 0).allSatisfy { rrset in
            let first = part.records[rrset.lowerBound]
            guard first.ttl.rawValue > 0, rrset.allSatisfy({ part.records[$0].ttl == first.ttl }) else { return false }
            return part.rrset(at: rrset) == previous.rrset(part.apex, first.type) || targets.areGood(rrset)
        }
    }
}

extension Zone {
    /// What a published name is to the zone, told by its signatures.
    fileprivate func publishedClass(of owner: OwnerIndex, isNSEC: Bool) -> OwnerClass? {
        var covered: Set<RRType> = []
        var hasNSEC = false
        var (hasNS, hasDS) = (false, false)
        for index in recordRange(of: owner) {
            let record = records[index]
            switch record.type {
            case .ns: hasNS = true
            case .ds: hasDS = true
            case .nsec: hasNSEC = true
            case .rrsig where record.rdataLength >= 2:
                let rdata = rdataOctets(of: record)
                covered.insert(RRType(UInt16(rdata[0]) << 8 | UInt16(rdata[1])))
            default: break
            }
        }
        covered.remove(.nsec)
        let kind: OwnerClass
        if hasNS, !covered.contains(.ns) {
            kind = hasDS && covered.contains(.ds) ? .secureDelegation : .insecureDelegation
        } else {
            kind = covered.isEmpty ? .occluded : .authoritative
        }
        if isNSEC, kind == .insecureDelegation, !hasNSEC { return .occluded }
        return isNSEC && kind.isInDenialChain != hasNSEC ? nil : kind
    }
}

/// The names that records lead to, as far as the published text tells.
private struct PublishedTargets {
    private let published: PublishedText
    private let part: Zone

    init(_ published: PublishedText, _ part: Zone) {
        self.published = published
        self.part = part
    }

    /// Whether nothing can be wrong with the targets of an RRset: it has none, or they are in other zones, or have addresses.
    func areGood(_ rrset: Range<Int>) -> Bool {
        let isOfTargets = [.ns, .mx, .srv].contains(part.records[rrset.lowerBound].type)
        return !isOfTargets
            || rrset.allSatisfy { index in
                part.targetInZone(of: part.records[index]).map {
                    hasAddress(DomainName(uncheckedWireFormat: Array($0)))
                } ?? true
            }
    }

    private func hasAddress(_ name: DomainName) -> Bool {
        let line = name.wireFormat.withUnsafeBufferPointer { published.firstLine(notBefore: $0) }
        guard line < published.end, published.owner(at: line) == name else { return false }
        guard let found = published.zone(part.apex, part.rrClass, with: [line..<published.endOfOwner(at: line)]) else {
            return false
        }
        return found.rrset(name, .a) != nil || found.rrset(name, .aaaa) != nil
    }
}
