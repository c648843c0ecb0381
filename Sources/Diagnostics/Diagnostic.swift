/// How much a finding matters.
public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Worth knowing; nothing is wrong.
    case note
    /// Allowed, but an operator should look at it.
    case warning
    /// Against a protocol's MUST, or something that cannot be done: the result would be wrong.
    case error

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }

    /// Notes are least, errors are most.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// One finding: where, what, why, and what to do about it.
public struct Diagnostic: Sendable, Hashable {
    /// How much it matters.
    public var severity: Severity
    /// The rule that was broken.
    public var rule: RuleID
    /// Where, when the finding has a place in a file.
    public var location: SourceLocation?
    /// What was found and what was expected: lower case, present tense, no final period.
    public var message: String
    /// The sections the rule rests on.
    public var references: [RFCReference]
    /// What to do about it, in one sentence, or `nil` where the message says it all.
    public var hint: String?

    /// Creates a diagnostic.
    public init(
        _ severity: Severity, _ rule: RuleID, at location: SourceLocation? = nil, _ message: String,
        references: [RFCReference] = [], hint: String? = nil
    ) {
        self.severity = severity
        self.rule = rule
        self.location = location
        self.message = message
        self.references = references
        self.hint = hint
    }

    /// An error.
    public static func error(
        _ rule: RuleID, at location: SourceLocation? = nil, _ message: String, _ references: RFCReference...,
        hint: String? = nil
    ) -> Self {
        Self(.error, rule, at: location, message, references: references, hint: hint)
    }

    /// A warning.
    public static func warning(
        _ rule: RuleID, at location: SourceLocation? = nil, _ message: String, _ references: RFCReference...,
        hint: String? = nil
    ) -> Self {
        Self(.warning, rule, at: location, message, references: references, hint: hint)
    }

    /// A note.
    public static func note(
        _ rule: RuleID, at location: SourceLocation? = nil, _ message: String, _ references: RFCReference...,
        hint: String? = nil
    ) -> Self {
        Self(.note, rule, at: location, message, references: references, hint: hint)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: error: message [rule] (RFC 4034 §6.1)`, and the hint on a line of its own.
    public var description: String {
        var text = location.map { "\($0): " } ?? ""
        text += "\(severity.rawValue): \(message) [\(rule)]"
        if !references.isEmpty {
            text += " (" + references.map(\.description).joined(separator: "; ") + ")"
        }
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }
}
