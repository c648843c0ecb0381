public import DNSModel

/// The answer to: may these chains go live now?
public enum GateAnswer: Sendable {
    /// Yes, whatever any cache holds.
    case now
    /// Not before a time; going live at once would do this.
    case notBefore(Timestamp, CounterExample)
    /// Never, as things stand: what is published now does not match.
    case never(CounterExample)
}

extension Situation {
    /// Whether servers may begin to present `chains` now.
    ///
    /// - Parameters:
    ///   - presenter: The certificate's track.
    ///   - chains: Everything that servers would present.
    public func gate(_ presenter: TrackID, chains: [Chain]) -> GateAnswer {
        let action = Step.Action.deploy(presenter, chains)
        let earliest = earliest(for: action).notBefore
        if earliest <= now { return .now }
        var attempt = self
        attempt.apply(action, at: now)
        guard case .unsafe(let example) = Coverage.check(attempt) else { return .now }
        return earliest >= .never ? .never(example) : .notBefore(earliest, example)
    }
}
