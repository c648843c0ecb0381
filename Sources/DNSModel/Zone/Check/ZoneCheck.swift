public import Diagnostics

/// What is wrong with a zone's contents, whatever file they came from.
public enum ZoneCheck {
    /// Tells where a record stands: by owner, type and RDATA, the latter two where the finding is about them.
    public typealias Locate = (DomainName, RRType?, [UInt8]?) -> SourceLocation?

    /// Checks a zone against the rules of ``Diagnostics/RuleCatalog/zone``.
    ///
    /// - Parameters:
    ///   - limit: How many findings of one rule are told; what is beyond is counted in one more finding.
    ///   - locate: Called for each finding that is told.
    /// - Returns: Findings about the apex first, then by owner in canonical order.
    /// - Complexity: O(number of records), and O(log of the number of owners) for each target in the zone that is not
    ///   at the name that speaks of it.
    public static func findings(
        in zone: Zone, workers: Workers = .single, limit: Int = 100, locate: Locate = { _, _, _ in nil }
    ) -> [Diagnostic] {
        survey(zone, workers: workers, limit: limit, locate: locate).findings
    }

    /// Checks a zone and finds its cuts, which takes less time together: see ``findings(in:workers:limit:locate:)`` and
    /// ``ZoneCuts/init(_:workers:)``.
    public static func survey(
        _ zone: Zone, workers: Workers = .single, limit: Int = 100, locate: Locate = { _, _, _ in nil }
    ) -> (cuts: ZoneCuts, findings: [Diagnostic]) {
        let sweep = ZoneCheckSweep(zone)
        let found = FoundParts()
        let cuts = ZoneCuts(
            ZoneCutSweep.run(over: zone, workers: workers) { owners, classes in
                let part = sweep.check(owners, classes)
                if !part.isEmpty { found.parts.withLock { $0.append(part) } }
            })
        let outside = sweep.findingsOutOfZone(cuts.ownersInZone)
        let inside = sweep.findings(in: found.parts.withLock { $0 }, cuts, workers: workers)
        let before = outside.prefix { $0.owner.map { Int($0) < cuts.ownersInZone.lowerBound } ?? false }
        let findings = sweep.checkApex() + before + inside + outside.dropFirst(before.count)
        return (cuts, diagnostics(findings, in: zone, limit: limit, locate))
    }

    /// What several threads find.
    private final class FoundParts: Sendable {
        let parts = Guarded<[ZoneCheckSweep.Part]>([])
    }

    /// Tells of findings, of each rule only so many.
    private static func diagnostics(
        _ findings: [ZoneFinding], in zone: Zone, limit: Int, _ locate: Locate
    ) -> [Diagnostic] {
        var findings = findings
        findings += zone.droppedDuplicates.map { ZoneFinding(.duplicateRecord, $0) }
        if findings.isEmpty { return [] }
        var told: [ZoneRule: Int] = [:]
        var diagnostics: [Diagnostic] = []
        for finding in findings {
            told[finding.rule, default: 0] += 1
            if told[finding.rule, default: 0] <= limit { diagnostics.append(finding.diagnostic(in: zone, locate)) }
        }
        for (rule, count) in told.sorted(by: { $0.key.id < $1.key.id }) where count > limit {
            diagnostics.append(
                Diagnostic(rule.severity, rule.id, "\(count - limit) more findings of this kind are not listed"))
        }
        return diagnostics
    }
}

/// One finding, as the sweep makes it: nothing is copied before it is known to be told.
struct ZoneFinding: Sendable {
    let rule: ZoneRule
    /// The owner that it is about.
    let owner: OwnerIndex?
    /// The record that it is about.
    var record: RecordEntry?
    /// What the finding speaks of besides: another owner, or a number of records.
    var detail: UInt32 = 0

    init(_ rule: ZoneRule, _ record: RecordEntry, detail: UInt32 = 0) {
        self.rule = rule
        self.owner = record.owner
        self.record = record
        self.detail = detail
    }

    init(_ rule: ZoneRule, owner: OwnerIndex?) {
        self.rule = rule
        self.owner = owner
    }
}
