/// Names that records point to: those of NS, MX and SRV.
///
/// A hot file: a registry's zone has a million name servers, nearly all below their own delegation, so those are looked
/// for among the owners that follow it.
extension ZoneCheckSweep {
    /// How many names below a delegation are looked through; one with more is searched like the whole zone.
    private static let namesBelow = 16

    /// Checks the target of a record, or leaves it for later when it is elsewhere in the zone.
    @inline(__always)
    func checkTarget(
        of index: Int, _ record: RecordEntry, _ kind: OwnerClass, _ classes: UnsafeBufferPointer<OwnerClass>,
        _ part: inout Part
    ) {
        guard let target = zone.targetInZone(of: record) else { return }
        if kind.isDelegationPoint, target.isAtOrBelow(zone.nameOctets(of: record.owner)),
            let hasGlue = hasGlue(target, below: Int(record.owner), part.owners.upperBound, classes)
        {
            if !hasGlue { part.findings.append(ZoneFinding(.missingGlue, record)) }
        } else {
            part.pending.append(UInt32(truncatingIfNeeded: index))
        }
    }

    /// Whether a target has an address among the names at and below a delegation; `nil` when those are too many.
    @inline(__always)
    private func hasGlue(
        _ target: UnsafeBufferPointer<UInt8>, below cut: Int, _ end: Int, _ classes: UnsafeBufferPointer<OwnerClass>
    ) -> Bool? {
        var owner = cut
        repeat {
            let name = zone.nameOctets(of: OwnerIndex(truncatingIfNeeded: owner))
            if name.count == target.count, name.isAtOrBelow(target) {
                return zone.hasAddress(OwnerIndex(truncatingIfNeeded: owner))
            }
            owner &+= 1
            if owner &- cut > Self.namesBelow { return nil }
        } while owner < end && classes[owner] == .occluded
        return false
    }

    // MARK: Later

    /// All that was found in the zone, by owner, when the targets that were left are looked up, too.
    func findings(in parts: [Part], _ cuts: ZoneCuts, workers: Workers) -> [ZoneFinding] {
        let parts = parts.sorted { $0.owners.lowerBound < $1.owners.lowerBound }
        let targets = TargetLookup(zone, cuts)
        let size = 32
        let found = workers.map(chunks: (parts.count + size - 1) / size) { chunk in
            var cache = TargetLookup.Cache()
            var findings: [ZoneFinding] = []
            for part in parts[(chunk * size)..<min(parts.count, (chunk + 1) * size)] {
                let pending = part.pending.compactMap { finding(zone.records[Int($0)], targets, &cache) }
                findings += pending.isEmpty ? part.findings : Self.merge(part.findings, pending)
            }
            return findings
        }
        return found.flatMap { $0 }
    }

    /// Findings of a stretch in the order of owners; of one owner, those about targets come last.
    private static func merge(_ findings: [ZoneFinding], _ others: [ZoneFinding]) -> [ZoneFinding] {
        let all = (findings + others).enumerated().sorted {
            ($0.element.owner ?? 0, $0.offset) < ($1.element.owner ?? 0, $1.offset)
        }
        return all.map(\.element)
    }

    /// What is wrong with the target of a record.
    private func finding(
        _ record: RecordEntry, _ targets: TargetLookup, _ cache: inout TargetLookup.Cache
    ) -> ZoneFinding? {
        guard let target = zone.targetInZone(of: record) else { return nil }
        switch targets.state(of: target, seenFrom: record.owner, &cache) {
        case .good, .elsewhere: return nil
        case .alias:
            let rule: ZoneRule = record.type == .ns ? .nsIsCNAME : record.type == .mx ? .mxIsCNAME : .srvIsCNAME
            return ZoneFinding(rule, record)
        case .withoutGlue: return ZoneFinding(.missingGlue, record)
        case .withoutAddress:
            return ZoneFinding(record.type == .ns ? .nsWithoutAddress : .targetWithoutAddress, record)
        }
    }
}

extension Zone {
    /// The name that an NS, MX or SRV record points to, if it is in the zone.
    @inline(__always)
    package func targetInZone(of record: RecordEntry) -> UnsafeBufferPointer<UInt8>? {
        let skipped = record.type == .srv ? 6 : record.type == .mx ? 2 : 0
        let rdata = rdataOctets(of: record)
        guard rdata.count > skipped else { return nil }
        let target = UnsafeBufferPointer(rebasing: rdata[skipped...])
        // "." means that there is no such service (RFC 2782, RFC 7505).
        guard target.count > 1 else { return nil }
        return apex.wireFormat.withUnsafeBufferPointer { target.isAtOrBelow($0) } ? target : nil
    }

    /// Whether an owner has an A or AAAA record.
    @inline(__always)
    func hasAddress(_ owner: OwnerIndex) -> Bool {
        recordRange(of: owner).contains { records[$0].type == .a || records[$0].type == .aaaa }
    }
}
