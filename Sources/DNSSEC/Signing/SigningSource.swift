import DNSModel
import Diagnostics

/// The zone to be signed, without what an earlier signer or a neighbor left in it.
struct SigningSource {
    /// The zone without stale and out-of-zone records; its first owner is the apex.
    let zone: Zone
    /// Its SOA record.
    let soa: StartOfAuthority
    /// Whether ``zone`` is the zone that came in, because nothing had to be left out.
    let isWhole: Bool
    /// What was dropped.
    let findings: [Diagnostic]

    /// Whether a type is made by signing and never taken over from the source.
    static func isStale(_ type: RRType) -> Bool {
        switch type {
        case .rrsig, .nsec, .nsec3, .nsec3param: true
        default: false
        }
    }

    /// Looks for what must go, and at the apex for what must be.
    init(_ input: Zone, workers: Workers) throws(DiagnosedFailure) {
        guard let apex = input.owner(named: input.apex) else { throw Self.noSOA(input.apex) }
        let soaRange = input.rrsetRange(of: apex, type: .soa)
        guard soaRange.count == 1, let soa = StartOfAuthority(input.records[soaRange.lowerBound], in: input) else {
            throw soaRange.count > 1
                ? DiagnosedFailure(
                    .error(
                        .soa, "zone \(input.apex) has \(soaRange.count) SOA records, one is expected",
                        .rfc(2181, "6.1"), hint: "keep one of them"))
                : Self.noSOA(input.apex)
        }
        self.soa = soa
        var findings: [Diagnostic] = []
        let inZone = input.ownersInZone
        let isAllInZone = inZone == 0..<input.ownerCount
        if !isAllInZone {
            let count = input.ownerCount - inZone.count
            let first = inZone.lowerBound > 0 ? 0 : inZone.upperBound
            findings.append(
                .warning(
                    .outOfZone,
                    """
                    \(count) \(count == 1 ? "name is" : "names are") outside the zone and dropped, \
                    \(input.name(of: OwnerIndex(first))) first
                    """, .rfc(1035, "5.2"), hint: "check $ORIGIN and final dots"))
        }
        let stale = Self.staleCount(input, apex: apex, workers: workers)
        if stale.total > 0 {
            findings.append(
                .note(
                    .staleRecords,
                    "\(stale.total) RRSIG, NSEC, NSEC3 and NSEC3PARAM records of the source are made anew"))
        }
        if stale.belowApex > 0 || !isAllInZone {
            zone = input.removing { record in
                Self.isStale(record.type) || !inZone.contains(Int(record.owner))
            }
            isWhole = false
        } else {
            zone = input
            isWhole = true
        }
        self.findings = findings
    }

    private static func noSOA(_ apex: DomainName) -> DiagnosedFailure {
        DiagnosedFailure(
            .error(.soa, "zone \(apex) has no SOA record", .rfc(1035, "5.2"), hint: "is the origin right?"))
    }

    private static func staleCount(
        _ zone: Zone, apex: OwnerIndex, workers: Workers
    ) -> (total: Int, belowApex: Int) {
        let chunks = max(1, zone.records.count / 100_000)
        let counts = workers.map(chunks: chunks) { chunk in
            zone.withView { view in
                var total = 0
                var belowApex = 0
                for index in (view.records.count * chunk / chunks)..<(view.records.count * (chunk + 1) / chunks)
                where isStale(view.records[index].type) {
                    total &+= 1
                    if view.records[index].owner != apex { belowApex &+= 1 }
                }
                return (total, belowApex)
            }
        }
        return counts.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    }
}
