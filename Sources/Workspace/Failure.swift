public import Diagnostics

/// Why a piece of work did not succeed: findings, and the kind that the exit status tells.
public struct Failure: Error, Sendable {
    /// The kind of failure.
    public let kind: Kind
    /// What was found, at least one error among it.
    public let diagnostics: [Diagnostic]

    /// Wraps findings.
    public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
        self.kind = kind
        self.diagnostics = diagnostics
    }

    /// Wraps one finding.
    public init(_ kind: Kind, _ diagnostic: Diagnostic) { self.init(kind, [diagnostic]) }

    /// The kinds of failure; the raw value is the exit status (after BSD's `sysexits.h`).
    public enum Kind: Int32, Sendable {
        /// Findings of error severity, verification failed, or unsafe.
        case findings = 1
        /// The input does not say what it should.
        case badInput = 65
        /// An input is not there or cannot be read.
        case inputMissing = 66
        /// The network did not answer.
        case network = 69
        /// An output cannot be written.
        case cannotWrite = 73
        /// Too early, or another run is at work: come back later.
        case tooEarly = 75
    }
}
