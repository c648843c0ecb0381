public import DNSModel

/// What ``Coverage`` says about a situation.
public enum Proof: Sendable {
    /// No client can fail.
    case safe(Assurance)
    /// Some client can fail; this is the simplest way.
    case unsafe(CounterExample)

    /// Whether no client can fail.
    public var isSafe: Bool {
        if case .safe = self { true } else { false }
    }

    /// The counter-example, when there is one.
    public var counterExample: CounterExample? {
        if case .unsafe(let example) = self { example } else { nil }
    }

    /// The assurance, when it is safe.
    public var assurance: Assurance? {
        if case .safe(let assurance) = self { assurance } else { nil }
    }
}

/// What a proof rests on.
public struct Assurance: Sendable {
    /// How many pairs of an answer and something presented can meet; all of them match.
    public var pairsThatMeet: Int
    /// How many pairs would not match, and never meet.
    public var pairsKeptApart: Int
    /// The present.
    public var from: Timestamp
    /// From when on nothing old is left in any cache.
    public var horizon: Timestamp
    /// The smallest distance in seconds by which a pair that does not match is kept apart; `nil` when there is none.
    public var tightestMargin: Int64?
    /// Mismatches that facts had already brought about, which no plan can undo; each ends at its ``CounterExample/until``.
    public var inherited: [CounterExample]

    /// One sentence: how many pairs meet until when, and that all match.
    public var sentence: String {
        var text =
            "\(pairsThatMeet) pair\(pairsThatMeet == 1 ? "" : "s") of answer and certificate can meet between \(from)"
        text += horizon > from ? " and \(horizon)" : " and ever after"
        text += inherited.isEmpty ? "; all match" : "; all match but for what has happened already"
        if let tightestMargin {
            text += "; \(pairsKeptApart) that would not are kept apart by at least \(tightestMargin) s"
        }
        return text
    }
}
