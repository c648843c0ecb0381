public import DNSModel

/// One thing to do.
public struct Step: Sendable, Hashable {
    /// What to do.
    public var action: Action
    /// Not before this time.
    public var earliest: Timestamp
    /// Why it is done.
    public var reason: String
    /// Why not earlier, or `nil` when nothing holds it back.
    public var waitsFor: String?
    /// The section of an RFC that it rests on, as `RFC 7671 §8.1`.
    public var reference: String
    /// What happens when it is done late.
    public var ifLate: String

    /// Creates a step.
    public init(
        action: Action, earliest: Timestamp, reason: String, waitsFor: String?, reference: String, ifLate: String
    ) {
        self.action = action
        self.earliest = earliest
        self.reason = reason
        self.waitsFor = waitsFor
        self.reference = reference
        self.ifLate = ifLate
    }

    /// The kinds of thing to do.
    public enum Action: Sendable, Hashable {
        /// Publish this version of an RRset (or sign the zone so); ``Content/absent`` takes the RRset out.
        case publish(TrackID, Content, ttl: TTL)
        /// Have the servers present these chains.
        case deploy(TrackID, [Chain])
        /// Nothing but to let older answers of this RRset run out.
        case await(TrackID)

        /// What it is about.
        public var track: TrackID {
            switch self {
            case .publish(let track, _, _), .deploy(let track, _), .await(let track): track
            }
        }

        /// The version that it brings about, or `nil` for a wait.
        public var content: Content? {
            switch self {
            case .publish(_, let content, _): content
            case .deploy(_, let chains): chains.isEmpty ? .absent : .chains(chains)
            case .await: nil
            }
        }
    }
}

extension Step.Action: CustomStringConvertible {
    /// `publish _25._tcp.mx.example. TLSA: 3 1 1 8cb0fc6c…`.
    public var description: String {
        switch self {
        case .publish(let track, .absent, _): "remove \(track)"
        case .publish(.document(let file), .associations(let list), let ttl):
            "write \(file) (POSH): "
                + list.map { "certificate \($0.abbreviated.split(separator: " ").last ?? "")" }.joined(separator: " + ")
                + " (expires \(ttl))"
        case .publish(let track, let content, let ttl): "publish \(track): \(content) (TTL \(ttl))"
        case .deploy(let track, let chains):
            "deploy \(chains.map(\.label).joined(separator: " + ")) as \(track)"
        case .await(let track): "wait until every cache has the current \(track)"
        }
    }
}

extension Situation {
    /// The situation with an action done at `time`, as a planned change.
    ///
    /// What takes a window of time is over at the end of that window.
    public mutating func apply(_ action: Step.Action, at time: Timestamp) {
        guard let content = action.content else { return }
        var ttl = TTL(0)
        if case .publish(_, _, let published) = action { ttl = published }
        let window = self[action.track]?.timing.window ?? 0
        append(
            Change(
                content: content, ttl: ttl, began: time, finished: time.later(by: window), signatureExpiration: nil,
                isPlanned: true),
            to: action.track)
    }

    /// The situation with all steps done at their earliest times, for ``Coverage``.
    public func applying(_ steps: some Sequence<Step>) -> Situation {
        var result = self
        for step in steps { result.apply(step.action, at: step.earliest) }
        return result
    }
}
