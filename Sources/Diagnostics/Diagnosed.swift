/// A value together with everything that was found on the way to it.
///
/// Functions that inspect many things return all findings, not the first; ``value`` is `nil` when nothing useful could
/// be made of the input.
public struct Diagnosed<Value> {
    /// The result, or `nil` when there is none.
    public var value: Value?
    /// The findings, in the order in which they were made.
    public var diagnostics: [Diagnostic]

    /// Creates a result with its findings.
    public init(_ value: Value?, _ diagnostics: [Diagnostic] = []) {
        self.value = value
        self.diagnostics = diagnostics
    }

    /// Whether any finding is an error.
    public var hasErrors: Bool { diagnostics.hasErrors }
}

extension Diagnosed: Sendable where Value: Sendable {}

extension Sequence<Diagnostic> {
    /// Whether any finding is an error.
    @inlinable
    public var hasErrors: Bool { contains { $0.severity == .error } }
}

/// Findings that stop what was being done, thrown as one error.
public struct DiagnosedFailure: Error, Sendable, CustomStringConvertible {
    /// What was found, at least one error among it.
    public let diagnostics: [Diagnostic]

    /// Wraps findings.
    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    /// Wraps one finding.
    public init(_ diagnostic: Diagnostic) { self.diagnostics = [diagnostic] }

    /// The findings, a line each.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
