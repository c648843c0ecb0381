public import DNSModel

/// A fact about one track: what the state files record, and all that they record.
///
/// State is computed from facts and the present time; no flag is stored that could disagree with them.
public struct Event: Sendable, Hashable {
    /// When it happened.
    public var at: Timestamp
    /// What it is about.
    public var track: TrackID
    /// What happened.
    public var kind: Kind

    /// Creates an event.
    public init(at: Timestamp, track: TrackID, kind: Kind) {
        self.at = at
        self.track = track
        self.kind = kind
    }

    /// The kinds of fact.
    public enum Kind: Sendable, Hashable {
        /// A change was begun: recorded before anything is written, so that a crash leaves its trace.
        case began(Content, ttl: TTL)
        /// The change begun last is carried out: at the primary, or, when its window is over, at every presenter.
        case finished
        /// A change was begun and carried out at once; where the track has a window, servers follow within it.
        case done(Content, ttl: TTL)
        /// Something was found that nobody recorded the beginning of; how long its signatures hold is not known.
        case found(Content, ttl: TTL)
        /// What stands was signed, or is about to be; these signatures expire then.
        ///
        /// Recorded in the second of every publication, and again with each renewal of signatures. Where the first
        /// record is later than the publication, earlier signatures are taken to hold for ever.
        case signed(expiration: Timestamp)
        /// Every authoritative server was seen to serve the latest version.
        case seenEverywhere
        /// A server was seen to serve an older version; it may go on so for `expire` seconds.
        case seenLagging(server: String, expire: Int64)
        /// What was there before is not known; nothing then published had a greater TTL than this.
        case historyLost(maximumTTL: TTL)
    }
}

extension Track {
    /// What was there before the first recorded fact.
    public enum Prior: Sendable, Hashable {
        /// Nothing, and a resolver may remember that for the negative TTL (RFC 2308 §5).
        case absent(negativeTTL: TTL)
        /// Nobody knows; no TTL in use was greater than this.
        case unknown(maximumTTL: TTL)
    }

    /// The track that the facts about `id` tell of.
    ///
    /// - Parameters:
    ///   - id: What to look for.
    ///   - timing: How fast changes of it spread.
    ///   - prior: What was there before the first fact.
    ///   - events: Facts about any track, in any order; those of one second in the order given.
    public init(id: TrackID, timing: Timing, prior: Prior, events: some Sequence<Event>) {
        self.init(id: id, timing: timing, prior: prior, history: events.filter { $0.track == id }.map(\.fact))
    }

    /// The track that a history tells of.
    ///
    /// - Parameters:
    ///   - id: What it is about.
    ///   - timing: How fast changes of it spread.
    ///   - prior: What was there before the first fact.
    ///   - history: The facts, in any order; those of one second in the order given.
    public init(id: TrackID, timing: Timing, prior: Prior, history: some Collection<Fact>) {
        let before =
            switch prior {
            case .absent(let ttl): Change(.absent, ttl: ttl, at: .always)
            case .unknown(let ttl): Change(.unknown, ttl: ttl, at: .always)
            }
        self.init(id: id, timing: timing, changes: [before], sightings: [])
        changes.reserveCapacity(history.count + 1)
        if zip(history, history.dropFirst()).allSatisfy({ $0.at <= $1.at }) {
            for fact in history { record(fact) }
        } else {
            let facts = history.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            for (_, fact) in facts { record(fact) }
        }
    }

    /// Adds a fact that is not earlier than those recorded before.
    public mutating func record(_ event: Event) { record(event.fact) }

    /// Adds a fact that is not earlier than those recorded before.
    public mutating func record(_ event: Fact) {
        switch event.kind {
        case .began(let content, let ttl):
            var change = Change(content, ttl: ttl, at: event.at)
            change.finished = nil
            changes.append(change)
        case .done(let content, let ttl):
            var change = Change(content, ttl: ttl, at: event.at)
            change.finished = event.at.later(by: timing.window)
            changes.append(change)
        case .found(let content, let ttl):
            var change = Change(content, ttl: ttl, at: event.at)
            change.finished = event.at.later(by: timing.window)
            change.signatureExpiration = .never
            changes.append(change)
        case .finished:
            guard let last = changes.indices.last, changes[last].finished == nil else { return }
            changes[last].finished = max(event.at, changes[last].began.later(by: timing.window))
        case .signed(let expiration):
            // Which of the versions that may stand was signed, nobody can say after a crash.
            for index in (changes.lastIndex { $0.finished != nil } ?? changes.startIndex)..<changes.endIndex {
                let known = changes[index].signatureExpiration
                let unknown: Timestamp = changes[index].began < event.at ? .never : expiration
                changes[index].signatureExpiration = max(expiration, known ?? unknown)
            }
        case .seenEverywhere:
            if let last = changes.indices.last, changes[last].finished.map({ $0 > event.at }) ?? true {
                changes[last].finished = max(event.at, changes[last].began)
            }
            sightings.append(Sighting(at: event.at, laggingUntil: nil))
        case .seenLagging(_, let expire):
            sightings.append(Sighting(at: event.at, laggingUntil: event.at.later(by: expire)))
        case .historyLost(let maximumTTL):
            changes = [Change(.unknown, ttl: maximumTTL, at: .always)]
            sightings = []
        }
    }
}
