extension ZoneCheckSweep {
    /// Checks what the apex must have, and the values of its SOA record.
    func checkApex() -> [ZoneFinding] {
        guard apex != .max else { return [ZoneFinding(.missingSOA, owner: nil)] }
        var findings: [ZoneFinding] = []
        let soas = zone.rrsetRange(of: apex, type: .soa)
        if soas.isEmpty { findings.append(ZoneFinding(.missingSOA, owner: apex)) }
        if soas.count > 1 {
            findings.append(
                ZoneFinding(.duplicateSOA, zone.records[soas.upperBound - 1], detail: UInt32(soas.count)))
        }
        if zone.rrsetRange(of: apex, type: .ns).isEmpty {
            findings.append(ZoneFinding(.missingNS, owner: apex))
        }
        if let first = soas.first, let soa = try? RData.SOA(wireFormat: zone.rdataOctets(of: zone.records[first])) {
            findings += check(soa, zone.records[first])
        }
        return findings
    }

    /// What is at owners that are not in the zone.
    func findingsOutOfZone(_ inZone: Range<Int>) -> [ZoneFinding] {
        func finding(_ owner: Int) -> ZoneFinding {
            ZoneFinding(.outOfZone, zone.records[Int(zone.firstRecord[owner])])
        }
        return (0..<inZone.lowerBound).map(finding) + (inZone.upperBound..<zone.ownerCount).map(finding)
    }

    private func check(_ soa: RData.SOA, _ record: RecordEntry) -> [ZoneFinding] {
        var findings: [ZoneFinding] = []
        if soa.refresh == 0 || soa.retry == 0 { findings.append(ZoneFinding(.soaZeroTimer, record)) }
        if soa.retry >= soa.refresh, soa.refresh > 0 { findings.append(ZoneFinding(.soaRetry, record)) }
        if UInt64(soa.expire) < UInt64(soa.refresh) + UInt64(soa.retry) {
            findings.append(ZoneFinding(.soaExpire, record))
        }
        if soa.minimum > 86400 { findings.append(ZoneFinding(.soaMinimum, record)) }
        return findings
    }
}
