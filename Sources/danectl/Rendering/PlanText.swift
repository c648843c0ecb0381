import DNSModel
import Manifest
import Rollover
import Workspace

/// Plans as text: steps with times and reasons, the proof, the timeline.
enum PlanText {
    static func text(_ plans: RolloverPlans) -> String {
        var text = ""
        for entry in plans.plans {
            text += "certificate \(entry.certificate)\n"
            for owner in entry.foreignOwners {
                text += "  for others to publish: \(owner) TLSA \(records(entry.goal))\n"
            }
            text += body(entry.plan, notes: entry.notes, assumed: entry.foreignOwners, now: plans.now)
        }
        for move in plans.moves {
            text += "move of \(move.services.joined(separator: ", "))\n"
            for name in move.held { text += "  held as published until the new targets are ready: \(name)\n" }
            for (owner, records) in move.forOthers {
                text +=
                    "  for others to publish: \(owner) TLSA \(records.map(\.description).joined(separator: " and "))\n"
            }
            text += body(move.plan, notes: move.notes, assumed: move.forOthers.map(\.owner), now: plans.now)
        }
        return text + "plan \(plans.hash)\n"
    }

    /// Steps, notes, proof and timeline.
    ///
    /// - Parameter assumed: The names of which others speak: the proof takes for granted what they publish.
    private static func body(_ plan: Plan?, notes: [String], assumed: [DomainName], now: Timestamp) -> String {
        guard let plan else {
            return notes.map { "  note: \($0)\n" }.joined()
                + "  no plan\(notes.isEmpty ? ": see the findings" : "")\n\n"
        }
        var text = plan.isEmpty ? "  nothing to do\n" : steps(plan, now: now)
        for note in plan.notes + notes { text += "  note: \(note)\n" }
        text += "  proof: \(plan.assurance.sentence)\n"
        text += assumption(assumed).map { "  assumed, not proved: \($0)\n" } ?? ""
        text += inherited(plan.assurance)
        if !plan.isEmpty { text += "\n" + timeline(plan) }
        return text + "\n"
    }

    /// What a proof takes for granted of names that others speak for; `nil` when there are none.
    static func assumption(_ names: [DomainName]) -> String? {
        guard let first = names.first else { return nil }
        let list =
            names.count > 3 ? "\(first) and \(names.count - 1) more" : names.map(\.description).joined(separator: ", ")
        return "that others publish the records above at \(list), have done so for longer than caches hold answers,"
            + " and sign them; only what our own zones say is proved"
    }

    /// The timelines of all plans that have steps, one below the other.
    static func svg(_ plans: RolloverPlans) -> String {
        let plans = (plans.plans.map(\.plan) + plans.moves.map(\.plan)).compactMap(\.self)
        let moving = plans.filter { !$0.isEmpty }
        return GanttSVG.render((moving.isEmpty ? plans : moving).map { ($0.title, Gantt($0)) }, width: 960)
    }

    /// The picture, of a dozen RRsets at most.
    private static func timeline(_ plan: Plan) -> String {
        var gantt = Gantt(plan)
        let published = gantt.rows.filter { !$0.isPresented }
        gantt.rows = published.prefix(12) + gantt.rows.filter(\.isPresented)
        let text = indented(GanttText.render(gantt, columns: 100))
        return published.count > 12 ? text + "  and \(published.count - 12) more RRsets\n" : text
    }

    /// Steps of one time and reason are one, whatever the number of names.
    private static func steps(_ plan: Plan, now: Timestamp) -> String {
        var text = ""
        var number = 0
        var rest = plan.steps[...]
        while let first = rest.first {
            let group = rest.prefix { ($0.earliest, $0.reason) == (first.earliest, first.reason) }
            rest = rest.dropFirst(group.count)
            number += 1
            let time = first.earliest <= now ? "now" : RelativeTime.text(first.earliest, now: now)
            text += "  \(number). \(time):\n"
            for step in group.prefix(12) { text += "     \(step.action)\n" }
            if group.count > 12 { text += "     and \(group.count - 12) more\n" }
            text += "     because \(first.reason) (\(first.reference))\n"
            if let wait = first.waitsFor { text += "     not earlier: \(wait)\n" }
            text += "     if late: \(first.ifLate)\n"
        }
        return text
    }

    /// What has happened already and no plan can undo.
    private static func inherited(_ assurance: Assurance) -> String {
        let absences = assurance.inherited.filter { $0.held.content == .absent }
        var text = ""
        if let last = absences.map(\.until).max() {
            text += "  before DANE: a client that asked in time finds no record and does without, until \(last)\n"
        }
        let others = assurance.inherited.filter { $0.held.content != .absent }
        for example in others.prefix(3) { text += "  happened already: \(example.sentence)\n" }
        if others.count > 3 { text += "  and \(others.count - 3) more like these\n" }
        return text
    }

    private static func records(_ goal: CertificateGoal) -> String {
        (goal.chains + goal.spares).flatMap { $0.associations(for: goal.parameters) }.map(\.description)
            .joined(separator: " and ")
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
            .joined(separator: "\n")
    }
}
