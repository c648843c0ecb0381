import DNSModel
import Diagnostics

/// A rule of the validator with the story that `danectl explain` tells.
struct ValidationRule: Sendable {
    /// The rule's name, its story and the RFCs it rests on.
    let explanation: RuleExplanation

    init(_ id: RuleID, _ summary: String, _ story: String, _ references: RFCReference...) {
        explanation = RuleExplanation(id, summary, story, references: references)
    }

    /// The rule's name.
    var id: RuleID { explanation.rule }
}

/// The record that a finding is about.
struct FindingSubject {
    var owner: DomainName?
    var type: RRType?
    var keyTag: UInt16?

    /// The whole zone.
    static let zone = FindingSubject()
}

/// Findings on their way into a report: each rule's first ones in full, the rest as a number.
///
/// A zone whose million signatures all expired makes a short report and needs no memory for a million sentences.
struct FindingLog: Sendable {
    private let limit: Int
    private(set) var findings: [ValidationFinding] = []
    /// How often each rule was broken: few are, so that they are looked through.
    private var counts = RuleCounts()
    /// Whether any finding is an error, told or only counted.
    private(set) var hasErrors = false

    init(limit: Int) { self.limit = limit }

    /// Whether nothing was found.
    var isEmpty: Bool { counts.all.isEmpty }

    /// Adds a finding. The subject and the sentence are made only when they will be told.
    mutating func add(
        _ severity: Severity, _ rule: ValidationRule, _ subject: @autoclosure () -> FindingSubject,
        _ message: @autoclosure () -> String, hint: String? = nil
    ) {
        if severity == .error { hasErrors = true }
        guard counts.add(1, to: rule.id) <= limit else { return }
        let place = subject()
        findings.append(
            ValidationFinding(
                diagnostic: Diagnostic(
                    severity, rule.id, message(), references: rule.explanation.references, hint: hint),
                owner: place.owner, type: place.type, keyTag: place.keyTag))
    }

    /// Adds a finding whose subject and sentence are at hand.
    mutating func record(
        _ severity: Severity, _ rule: ValidationRule, _ subject: FindingSubject, _ message: String,
        hint: String? = nil
    ) {
        add(severity, rule, subject, message, hint: hint)
    }

    /// Adds what a later part of the zone brought to light.
    mutating func append(_ later: FindingLog) {
        if later.isEmpty { return }
        hasErrors = hasErrors || later.hasErrors
        var told = counts
        for finding in later.findings where told.add(1, to: finding.diagnostic.rule) <= limit {
            findings.append(finding)
        }
        for (rule, count) in later.counts.all { counts.add(count, to: rule) }
    }

    /// All that is told, with a note for each rule that was broken more often than that.
    func finished() -> [ValidationFinding] {
        if isEmpty { return [] }
        let notes = counts.all.filter { $0.count > limit }.sorted { $0.rule < $1.rule }.map { rule, count in
            ValidationFinding(
                diagnostic: .note(rule, "\(count - limit) more findings like these are not listed"),
                owner: nil, type: nil, keyTag: nil)
        }
        return findings + notes
    }
}

/// How often each of a few rules was broken.
private struct RuleCounts: Sendable {
    private(set) var all: [(rule: RuleID, count: Int)] = []

    /// Counts further ones, and returns how many there are now.
    @discardableResult
    mutating func add(_ count: Int, to rule: RuleID) -> Int {
        guard let index = all.firstIndex(where: { $0.rule == rule }) else {
            all.append((rule, count))
            return count
        }
        all[index].count += count
        return all[index].count
    }
}
