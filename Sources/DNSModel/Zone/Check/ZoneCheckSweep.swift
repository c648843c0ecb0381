/// The sweep behind ``ZoneCheck``: each owner by itself, so that workers can share the owners.
///
/// A hot file: types are looked at first, and RDATA only of the types that name a target.
struct ZoneCheckSweep: Sendable {
    let zone: Zone
    let cuts: ZoneCuts
    let targets: TargetLookup

    init(_ zone: Zone, _ cuts: ZoneCuts) {
        self.zone = zone
        self.cuts = cuts
        targets = TargetLookup(zone, cuts)
    }

    /// The types at an owner that rules speak of.
    private struct Content {
        var ns = false
        var ds = false
        var cname = false
        var dname = false
        /// Types that may not stand beside a CNAME, DNAME not counted.
        var other = false
        var address = false
    }

    func check(_ owners: Range<Int>) -> [ZoneFinding] {
        var findings: [ZoneFinding] = []
        var sink: UInt8 = 0
        var cache = TargetLookup.Cache()
        // The last cut or DNAME: what is occluded is below it.
        var cut = owners.first.map { targets.cut(above: OwnerIndex($0)) } ?? 0
        zone.records.withUnsafeBufferPointer { records in
            zone.nameOffsets.withUnsafeBufferPointer { names in
                guard let firstRecord = records.baseAddress, let firstName = names.baseAddress else { return }
                for owner in owners {
                    if owner % CacheWarming.block == 0 {
                        let end = min(owner &+ CacheWarming.block, zone.ownerCount)
                        let range = Int(zone.firstRecord[owner])..<Int(zone.firstRecord[end])
                        CacheWarming.touch(firstName + owner, count: end &- owner, in: zone.store, sink: &sink)
                        CacheWarming.touch(
                            firstRecord + range.lowerBound, count: range.count, in: zone.store, sink: &sink)
                    }
                    check(OwnerIndex(truncatingIfNeeded: owner), records, &cache, &cut, &findings)
                }
            }
        }
        return findings
    }

    @inline(__always)
    private func check(
        _ owner: OwnerIndex, _ records: UnsafeBufferPointer<RecordEntry>, _ cache: inout TargetLookup.Cache,
        _ cut: inout OwnerIndex, _ findings: inout [ZoneFinding]
    ) {
        let range = zone.recordRange(of: owner)
        let kind = cuts.classes[Int(owner)]
        if kind == .outOfZone {
            findings.append(ZoneFinding(.outOfZone, records[range.lowerBound]))
            return
        }
        if kind == .occluded {
            checkOccluded(records, range, below: cut, &findings)
            return
        }
        var content = Content()
        var index = range.lowerBound
        while index < range.upperBound {
            // One RRset after the other.
            let type = records[index].type
            var end = index &+ 1
            while end < range.upperBound, records[end].type == type { end &+= 1 }
            note(type, &content)
            checkTTLs(records, index..<end, &findings)
            if type == .ns || type == .mx || type == .srv {
                for place in index..<end { checkTarget(of: records[place], kind, &cache, &findings) }
            } else if end &- index > 1 {
                if type == .cname { findings.append(ZoneFinding(.multipleCNAME, records[index])) }
                if type == .dname { findings.append(ZoneFinding(.multipleDNAME, records[index])) }
            }
            index = end
        }
        if kind.isDelegationPoint || content.dname { cut = owner }
        checkCombination(owner, content, records, range, &findings)
    }

    @inline(__always)
    private func note(_ type: RRType, _ content: inout Content) {
        switch type {
        case .ns: content.ns = true
        case .ds: content.ds = true
        case .cname: content.cname = true
        case .dname: content.dname = true
        // "RRSIG and NSEC RRsets MUST exist" beside a CNAME of a signed zone, and KEY may (RFC 4035 §2.5).
        case .rrsig, .nsec, .key, .sig, .nxt: return
        case .a, .aaaa: content.address = true
        default: content.other = true
        }
    }

    @inline(__always)
    private func checkTTLs(
        _ records: UnsafeBufferPointer<RecordEntry>, _ range: Range<Int>, _ findings: inout [ZoneFinding]
    ) {
        let first = records[range.lowerBound]
        // Signatures have the TTLs of what they cover.
        if first.type == .rrsig { return }
        if first.ttl.rawValue == 0 { findings.append(ZoneFinding(.zeroTTL, first)) }
        for place in range where records[place].ttl != first.ttl {
            findings.append(ZoneFinding(.ttlMismatch, records[place]))
            return
        }
    }

    // MARK: What stands together

    @inline(__always)
    private func checkCombination(
        _ owner: OwnerIndex, _ content: Content, _ records: UnsafeBufferPointer<RecordEntry>, _ range: Range<Int>,
        _ findings: inout [ZoneFinding]
    ) {
        func record(_ type: RRType) -> RecordEntry {
            records[range.first { records[$0].type == type } ?? range.lowerBound]
        }
        let isApex = owner == targets.apex
        if content.cname {
            if content.other || content.ns || content.ds || content.address {
                findings.append(ZoneFinding(.cnameAndOtherData, record(.cname)))
            } else if content.dname {
                findings.append(ZoneFinding(.cnameAndDNAME, record(.cname)))
            }
        }
        if content.dname || content.ns, zone.isWildcard(owner) {
            if content.dname { findings.append(ZoneFinding(.wildcardDNAME, record(.dname))) }
            if content.ns { findings.append(ZoneFinding(.wildcardNS, record(.ns))) }
        }
        if isApex {
            if content.ds { findings.append(ZoneFinding(.dsAtApex, record(.ds))) }
            return
        }
        if content.ds, !content.ns { findings.append(ZoneFinding(.dsWithoutNS, record(.ds))) }
        if content.ns {
            if content.dname { findings.append(ZoneFinding(.dnameAndNS, record(.dname))) }
            for index in range {
                let type = records[index].type
                switch type {
                case .ns, .ds, .nsec, .rrsig, .dname, .cname: continue
                default: findings.append(ZoneFinding(.dataAtCut, records[index]))
                }
            }
        }
        if content.other {
            for index in range {
                switch records[index].type {
                case .soa: findings.append(ZoneFinding(.misplacedSOA, records[index]))
                case .dnskey, .cds, .cdnskey, .nsec3param: findings.append(ZoneFinding(.notAtApex, records[index]))
                default: continue
                }
            }
        }
        if content.address, hasOddOctets(owner) {
            findings.append(ZoneFinding(.oddHostName, records[range.lowerBound]))
        }
    }

    /// Whether a host's name has an octet that is neither letter, digit nor hyphen, in a label that is not `*`.
    private func hasOddOctets(_ owner: OwnerIndex) -> Bool {
        let name = zone.nameOctets(of: owner)
        var start = zone.isWildcard(owner) ? 2 : 0
        while name[start] != 0 {
            let end = start &+ 1 &+ Int(name[start])
            start &+= 1
            while start < end {
                let octet = asciiLowercased(name[start])
                guard octet &- 0x61 < 26 || octet &- 0x30 < 10 || octet == 0x2D else { return true }
                start &+= 1
            }
        }
        return false
    }

    // MARK: Below a cut

    private func checkOccluded(
        _ records: UnsafeBufferPointer<RecordEntry>, _ range: Range<Int>, below cut: OwnerIndex,
        _ findings: inout [ZoneFinding]
    ) {
        if !cuts[cut].isDelegationPoint {
            findings.append(ZoneFinding(.dataBelowDNAME, records[range.lowerBound], detail: cut))
        } else if let index = range.first(where: { !Self.isAddress(records[$0].type) }) {
            findings.append(ZoneFinding(.occludedData, records[index], detail: cut))
        }
    }

    private static func isAddress(_ type: RRType) -> Bool { type == .a || type == .aaaa }

    // MARK: Targets

    @inline(__always)
    private func checkTarget(
        of record: RecordEntry, _ kind: OwnerClass, _ cache: inout TargetLookup.Cache,
        _ findings: inout [ZoneFinding]
    ) {
        let skipped = record.type == .srv ? 6 : record.type == .mx ? 2 : 0
        let rdata = zone.rdataOctets(of: record)
        guard rdata.count > skipped else { return }
        let target = UnsafeBufferPointer(rebasing: rdata[skipped...])
        // "." means that there is no such service (RFC 2782, RFC 7505).
        guard target.count > 1, targets.isInZone(target) else { return }
        let state = targets.state(of: target, seenFrom: record.owner, &cache)
        switch state {
        case .good, .elsewhere: return
        case .alias:
            let rule: ZoneRule = record.type == .ns ? .nsIsCNAME : record.type == .mx ? .mxIsCNAME : .srvIsCNAME
            findings.append(ZoneFinding(rule, record))
        case .withoutGlue:
            findings.append(ZoneFinding(.missingGlue, record))
        case .withoutAddress:
            findings.append(ZoneFinding(record.type == .ns ? .nsWithoutAddress : .targetWithoutAddress, record))
        }
    }
}
