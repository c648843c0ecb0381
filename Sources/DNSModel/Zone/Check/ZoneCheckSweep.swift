/// The sweep behind ``ZoneCheck``: stretches of owners, each right after it has been classified.
///
/// Targets elsewhere in the zone are left for later, when all owners are classified: see ``Part/pending``. A hot file: types
/// are looked at first, and RDATA only of the types that name a target.
struct ZoneCheckSweep: Sendable {
    let zone: Zone
    /// The index of the apex, or one that no owner has.
    let apex: OwnerIndex
    /// Whether all names in the zone but the apex are below a DNAME.
    private let isApexDNAME: Bool

    init(_ zone: Zone) {
        self.zone = zone
        let apex = zone.owner(named: zone.apex)
        self.apex = apex ?? .max
        isApexDNAME = apex.map { !zone.rrsetRange(of: $0, type: .dname).isEmpty } ?? false
    }

    /// What a stretch of owners came to.
    struct Part: Sendable {
        let owners: Range<Int>
        var findings: [ZoneFinding] = []
        /// Records with a target in the zone that is not among these owners.
        var pending: [UInt32] = []

        /// Whether there is nothing to be done about it.
        var isEmpty: Bool { findings.isEmpty && pending.isEmpty }
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

    /// Checks owners whose classes are known, and those of all names below them.
    func check(_ owners: Range<Int>, _ classes: UnsafeBufferPointer<OwnerClass>) -> Part {
        var part = Part(owners: owners)
        var sink: UInt8 = 0
        // The last cut or DNAME: what is occluded is below it.
        var cut = isApexDNAME ? apex : OwnerIndex(truncatingIfNeeded: owners.lowerBound)
        zone.records.withUnsafeBufferPointer { records in
            guard let firstRecord = records.baseAddress else { return }
            for owner in owners {
                if owner == owners.lowerBound || owner % CacheWarming.block == 0 {
                    let end = min(owner &+ CacheWarming.block &- owner % CacheWarming.block, owners.upperBound)
                    let range = Int(zone.firstRecord[owner])..<Int(zone.firstRecord[end])
                    CacheWarming.touch(firstRecord + range.lowerBound, count: range.count, in: zone.store, sink: &sink)
                }
                check(OwnerIndex(truncatingIfNeeded: owner), records, classes, &cut, &part)
            }
        }
        return part
    }

    @inline(__always)
    private func check(
        _ owner: OwnerIndex, _ records: UnsafeBufferPointer<RecordEntry>, _ classes: UnsafeBufferPointer<OwnerClass>,
        _ cut: inout OwnerIndex, _ part: inout Part
    ) {
        let range = zone.recordRange(of: owner)
        let kind = classes[Int(owner)]
        if kind == .occluded {
            // The apex, which may belong to another thread, is no delegation.
            let isDelegation = cut != apex && classes[Int(cut)].isDelegationPoint
            checkOccluded(records, range, below: cut, isDelegation: isDelegation, &part.findings)
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
            checkTTLs(records, index..<end, &part.findings)
            if type == .ns || type == .mx || type == .srv {
                for place in index..<end { checkTarget(of: place, records[place], kind, classes, &part) }
            } else if end &- index > 1 {
                if type == .cname { part.findings.append(ZoneFinding(.multipleCNAME, records[index])) }
                if type == .dname { part.findings.append(ZoneFinding(.multipleDNAME, records[index])) }
            }
            index = end
        }
        if kind.isDelegationPoint || content.dname { cut = owner }
        checkCombination(owner, content, records, range, &part.findings)
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
        let isApex = owner == apex
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
        _ records: UnsafeBufferPointer<RecordEntry>, _ range: Range<Int>, below cut: OwnerIndex, isDelegation: Bool,
        _ findings: inout [ZoneFinding]
    ) {
        if !isDelegation {
            findings.append(ZoneFinding(.dataBelowDNAME, records[range.lowerBound], detail: cut))
        } else if let index = range.first(where: { !Self.isAddress(records[$0].type) }) {
            findings.append(ZoneFinding(.occludedData, records[index], detail: cut))
        }
    }

    private static func isAddress(_ type: RRType) -> Bool { type == .a || type == .aaaa }
}
