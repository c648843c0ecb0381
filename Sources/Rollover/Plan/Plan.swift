public import DNSModel

/// Steps in order, each not before its time, and the proof that nobody fails on the way.
///
/// A plan is made for one moment and holds for those who act on it then; later, plan again from the facts. What is due
/// at once may be done later all the same: being late only delays what follows.
public struct Plan: Sendable {
    /// What it brings about, in a few words.
    public var title: String
    /// The steps, earliest first.
    public var steps: [Step]
    /// What it started from.
    public var situation: Situation
    /// Why it is safe.
    public var assurance: Assurance
    /// What an operator should know besides.
    public var notes: [String]

    /// Creates a plan.
    public init(title: String, steps: [Step], situation: Situation, assurance: Assurance, notes: [String]) {
        self.title = title
        self.steps = steps
        self.situation = situation
        self.assurance = assurance
        self.notes = notes
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { steps.isEmpty }

    /// When the next step may be taken; `nil` when there is none.
    public var nextEvent: Timestamp? { steps.first?.earliest }

    /// The steps to take now, in order.
    ///
    /// Of a plan that was made earlier only the first steps of one time come due: the times of those after them assume
    /// that these had been done then.
    public func dueActions(now: Timestamp) -> [Step] {
        guard let first = steps.first, first.earliest <= now else { return [] }
        let group = max(first.earliest, situation.now)
        return Array(steps.prefix { $0.earliest <= group })
    }

    /// The situation with all steps done at their times.
    public var completion: Situation { situation.applying(steps) }
}
