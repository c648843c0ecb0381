public import DNSModel

/// A fact in the history of one track: an ``Event`` without what it is about.
///
/// Many tracks have the same history, such as the TLSA RRsets of one certificate; told so, it is one value for all.
public struct Fact: Sendable, Hashable {
    /// When it happened.
    public var at: Timestamp
    /// What happened.
    public var kind: Event.Kind

    /// Creates a fact.
    public init(at: Timestamp, _ kind: Event.Kind) {
        self.at = at
        self.kind = kind
    }
}

extension Event {
    /// A fact about a track.
    public init(_ fact: Fact, of track: TrackID) { self.init(at: fact.at, track: track, kind: fact.kind) }

    /// What happened, whatever it is about.
    public var fact: Fact { Fact(at: at, kind) }
}

extension Event.Kind {
    /// The content that it brought about, or `nil`.
    public var content: Content? {
        switch self {
        case .began(let content, _), .done(let content, _), .found(let content, _): content
        case .finished, .signed, .seenEverywhere, .seenLagging, .historyLost: nil
        }
    }

    /// The TTL that its content was published with, or `nil`.
    public var ttl: TTL? {
        switch self {
        case .began(_, let ttl), .done(_, let ttl), .found(_, let ttl): ttl
        case .finished, .signed, .seenEverywhere, .seenLagging, .historyLost: nil
        }
    }

    /// Whether it tells of signatures.
    public var isSigned: Bool { if case .signed = self { true } else { false } }
}
