/// The story of one rule, as `danectl explain` tells it.
public struct RuleExplanation: Sendable, Hashable {
    /// The rule.
    public let rule: RuleID
    /// One line.
    public let summary: String
    /// What is at stake, what tools and resolvers do, and how to mend it: one or more paragraphs.
    public let story: String
    /// The sections it rests on.
    public let references: [RFCReference]

    /// Creates an explanation.
    public init(_ rule: RuleID, _ summary: String, _ story: String, _ references: RFCReference...) {
        self.init(rule, summary, story, references: references)
    }

    /// Creates an explanation from a list of references.
    public init(_ rule: RuleID, _ summary: String, _ story: String, references: [RFCReference]) {
        self.rule = rule
        self.summary = summary
        self.story = story
        self.references = references
    }
}

/// The rules that a module knows. Each module exports its own as data; the command line joins them.
public struct RuleCatalog: Sendable {
    /// The explanations, in alphabetical order of rule.
    public let explanations: [RuleExplanation]

    /// Creates a catalog.
    ///
    /// - Precondition: no rule stands twice.
    public init(_ explanations: [RuleExplanation]) {
        self.explanations = explanations.sorted { $0.rule < $1.rule }
    }

    /// The catalogs joined into one.
    public static func joining(_ catalogs: [RuleCatalog]) -> RuleCatalog {
        RuleCatalog(catalogs.flatMap(\.explanations))
    }

    /// The explanation of a rule, or `nil` when the catalog has none.
    public subscript(_ rule: RuleID) -> RuleExplanation? {
        explanations.first { $0.rule == rule }
    }
}
