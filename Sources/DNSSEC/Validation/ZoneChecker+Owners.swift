import DNSModel
import Diagnostics

extension ZoneChecker {
    /// Checks every record of the owners in `owners`: signatures, and what denies the rest.
    func check(_ owners: Range<Int>) {
        for owner in owners {
            if owner == owners.lowerBound || owner % CacheWarming.block == 0 { warm(owner, in: owners) }
            check(OwnerIndex(truncatingIfNeeded: owner))
        }
        for chain in context.chains.indices {
            for terminal in context.cuts.emptyNonTerminals(before: owners) {
                checkNSEC3(of: terminal, chain: chain)
            }
        }
    }

    /// Reads ahead what the checks of an owner and the next ones will look at: see ``CacheWarming``.
    private func warm(_ first: Int, in owners: Range<Int>) {
        let zone = context.view
        var sum: UInt8 = 0
        let block = first..<min(owners.upperBound, first &+ CacheWarming.block &- first % CacheWarming.block)
        for owner in block {
            switch context.cuts[OwnerIndex(truncatingIfNeeded: owner)] {
            case .occluded, .outOfZone, .insecureDelegation: continue
            case .authoritative, .secureDelegation, .hashedOwner: break
            }
            sum &+= zone.store.pointer(at: zone.names[owner])[0]
            for record in zone.records(of: owner) where record.type == .rrsig && record.rdataLength > 0 {
                sum &+= zone.store.pointer(at: record.rdataOffset)[0]
            }
        }
        warmed = sum
        if let chain = context.chains.first { hashesAhead.make(for: block, chain, context, &hasher) }
    }

    private func check(_ owner: OwnerIndex) {
        let zone = context.view
        let ownerClass = context.cuts[owner]
        switch ownerClass {
        case .insecureDelegation: result.statistics.insecureDelegations += 1
        case .secureDelegation: result.statistics.secureDelegations += 1
        case .occluded, .outOfZone:
            checkUnsigned(owner, ownerClass)
            return
        case .authoritative, .hashedOwner: break
        }
        let all = zone.recordRange(of: owner)
        let signatures = group(of: .rrsig, in: all)
        var cursor = signatures.lowerBound
        var start = all.lowerBound
        while start < all.upperBound {
            let type = zone.records[start].type
            var end = start &+ 1
            while end < all.upperBound, zone.records[end].type == type { end &+= 1 }
            let records = start..<end
            start = end
            if type == .rrsig { continue }
            let covering = signaturesCovering(type, from: &cursor, to: signatures.upperBound)
            checkTTLs(records)
            checkPlace(of: type, at: owner, ownerClass)
            if !context.isAuthoritative(type, at: owner) {
                if let first = covering.first {
                    let verb = type == .ns ? "the NS RRset of a delegation" : "glue at a zone cut"
                    result.log.add(
                        .error, .signedDelegation, self.subject(first, of: type),
                        "\(describe(records)) is signed, but it is \(verb)")
                }
            } else if owner == context.apex, CheckContext.judgedFirst.contains(type) {
                continue
            } else {
                checkSignatures(covering, of: records)
            }
        }
        while cursor < signatures.upperBound {
            reportOrphan(cursor)
            cursor &+= 1
        }
        checkDenial(of: owner, ownerClass, all)
    }

    /// The signatures that cover `type`, reporting on the way those that cover nothing that is there.
    private func signaturesCovering(_ type: RRType, from cursor: inout Int, to end: Int) -> Range<Int> {
        let zone = context.view
        while cursor < end {
            let covered = SignatureFields.typeCovered(zone.rdataOctets(of: zone.records[cursor]))
            if let covered, covered >= type { break }
            reportOrphan(cursor)
            cursor &+= 1
        }
        let first = cursor
        while cursor < end, SignatureFields.typeCovered(zone.rdataOctets(of: zone.records[cursor])) == type {
            cursor &+= 1
        }
        return first..<cursor
    }

    /// The records of one type among an owner's.
    func group(of type: RRType, in all: Range<Int>) -> Range<Int> {
        var start = all.lowerBound
        while start < all.upperBound, context.view.records[start].type < type { start &+= 1 }
        var end = start
        while end < all.upperBound, context.view.records[end].type == type { end &+= 1 }
        return start..<end
    }

    /// Names that the zone does not speak for: nothing of DNSSEC may be there.
    private func checkUnsigned(_ owner: OwnerIndex, _ ownerClass: OwnerClass) {
        let zone = context.view
        for index in zone.recordRange(of: owner) {
            let type = zone.records[index].type
            // Made for findings only.
            var name: DomainName { zone.name(of: owner) }
            switch type {
            case .rrsig:
                let covered = SignatureFields.typeCovered(zone.rdataOctets(of: zone.records[index])) ?? .rrsig
                let rule: ValidationRule = ownerClass == .outOfZone ? .outsideZone : .signedGlue
                let place = ownerClass == .outOfZone ? "outside of the zone" : "below a zone cut or DNAME"
                result.log.add(.error, rule, self.subject(index, of: covered), "\(name) \(covered) is signed \(place)")
            case .nsec, .nsec3:
                let rule: ValidationRule = ownerClass == .outOfZone ? .outsideZone : .denialMisplaced
                let place = ownerClass == .outOfZone ? "outside of the zone" : "below a zone cut or DNAME"
                result.log.add(
                    .error, rule, FindingSubject(owner: name, type: type), "\(name) has \(type) \(place)")
            case .nsec3param where ownerClass == .outOfZone, .dnskey where ownerClass == .outOfZone:
                result.log.add(
                    .error, .outsideZone, FindingSubject(owner: name, type: type),
                    "\(name) has \(type) outside of the zone")
            default: break
            }
        }
    }

    /// Types that are at home in one place only.
    private func checkPlace(of type: RRType, at owner: OwnerIndex, _ ownerClass: OwnerClass) {
        switch type {
        case .ds where !ownerClass.isDelegationPoint: reportMisplaced(.dsMisplaced, type, owner, .error)
        case .dnskey where owner != context.apex: reportMisplaced(.keyMisplaced, type, owner, .warning)
        case .cds where owner != context.apex: reportMisplaced(.childKeyMisplaced, type, owner, .warning)
        case .cdnskey where owner != context.apex: reportMisplaced(.childKeyMisplaced, type, owner, .warning)
        case .zonemd where owner != context.apex: reportMisplaced(.zonemdMisplaced, type, owner, .warning)
        case .nsec3param where owner != context.apex: reportMisplaced(.denialMisplaced, type, owner, .warning)
        default: break
        }
    }

    private func reportMisplaced(
        _ rule: ValidationRule, _ type: RRType, _ owner: OwnerIndex, _ severity: Severity
    ) {
        let name = context.view.name(of: owner)
        let place = type == .ds ? "at no delegation point" : "below the apex"
        result.log.add(severity, rule, FindingSubject(owner: name, type: type), "\(name) has \(type) \(place)")
    }

    /// All records of an RRset have one TTL (RFC 2181 §5.2).
    private func checkTTLs(_ records: Range<Int>) {
        if records.count < 2 { return }
        let zone = context.view
        let ttl = zone.records[records.lowerBound].ttl
        for index in records.dropFirst() where zone.records[index].ttl != ttl {
            let found = zone.records[index].ttl
            result.log.add(
                .error, .rrsetTTL, self.subject(records),
                "\(describe(records)) has records with the TTLs \(ttl) and \(found)")
            return
        }
    }

    // MARK: - Words

    /// Owner and type of an RRset.
    func describe(_ records: Range<Int>) -> String {
        let first = context.view.records[records.lowerBound]
        return "\(context.view.name(of: first.owner)) \(first.type)"
    }

    /// An RRset as the subject of a finding.
    func subject(_ records: Range<Int>) -> FindingSubject {
        let first = context.view.records[records.lowerBound]
        return FindingSubject(owner: context.view.name(of: first.owner), type: first.type)
    }

    /// A signature as the subject of a finding.
    func subject(_ signature: Int, of type: RRType) -> FindingSubject {
        let record = context.view.records[signature]
        let tag = SignatureFields(context.view.rdataOctets(of: record))?.keyTag
        return FindingSubject(owner: context.view.name(of: record.owner), type: type, keyTag: tag)
    }
}
