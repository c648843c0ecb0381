public import DNSModel

/// One version of an RRset or of what is presented, from the moment somebody began to bring it about.
public struct Change: Sendable, Hashable {
    /// What it says.
    public var content: Content
    /// The TTL it was published with; the negative TTL for an absence (RFC 2308 §5); unused when presented.
    public var ttl: TTL
    /// When the first server may have had it.
    public var began: Timestamp
    /// When it was done at the primary or at the last presenting server; `nil` while nobody knows.
    public var finished: Timestamp?
    /// The latest expiration of any signature over it, or `nil` when that is not known.
    public var signatureExpiration: Timestamp?
    /// Whether it is a step of a plan and not yet a fact.
    public var isPlanned: Bool

    /// Creates a version.
    public init(
        content: Content, ttl: TTL, began: Timestamp, finished: Timestamp?, signatureExpiration: Timestamp?,
        isPlanned: Bool
    ) {
        self.content = content
        self.ttl = ttl
        self.began = began
        self.finished = finished
        self.signatureExpiration = signatureExpiration
        self.isPlanned = isPlanned
    }

    /// A version that was begun and finished at one moment, and is a fact.
    public init(_ content: Content, ttl: TTL, at time: Timestamp) {
        self.init(
            content: content, ttl: ttl, began: time, finished: time, signatureExpiration: nil, isPlanned: false)
    }
}

/// The versions of one thing, in the order in which they were begun.
public struct Track: Sendable, Hashable {
    /// What it is about.
    public let id: TrackID
    /// How fast changes spread.
    public var timing: Timing
    /// The versions, earliest first.
    public var changes: [Change]
    /// What was seen at the servers, earliest first.
    public var sightings: [Sighting]

    /// Creates a track.
    public init(id: TrackID, timing: Timing, changes: [Change], sightings: [Sighting]) {
        self.id = id
        self.timing = timing
        self.changes = changes
        self.sightings = sightings
    }

    /// What a look at the authoritative servers showed.
    public struct Sighting: Sendable, Hashable {
        /// When.
        public var at: Timestamp
        /// The time until which an older version may still be served, when some server lagged; `nil` when all were
        /// seen to serve the latest.
        public var laggingUntil: Timestamp?

        /// Creates a sighting.
        public init(at: Timestamp, laggingUntil: Timestamp?) {
            self.at = at
            self.laggingUntil = laggingUntil
        }
    }

    /// Whether another track has had the same versions at the same times.
    func hasSameVersions(as other: Track) -> Bool {
        changes == other.changes && sightings == other.sightings && timing == other.timing
    }

    /// The version begun last, whether or not it is finished.
    public var latest: Change? { changes.last }

    /// The versions that nothing is known to have replaced: the latest finished one and those begun after it.
    public var standing: [Change] { Array(changes[standingRange]) }

    /// The places of ``standing`` among the changes.
    var standingRange: Range<Int> {
        let start = changes.lastIndex { $0.finished != nil } ?? changes.startIndex
        return start..<changes.endIndex
    }
}

extension Timestamp {
    /// A time after everything: the end of what has no end.
    public static let never = Timestamp(Int64.max / 4)
    /// A time before everything: the beginning of what nobody saw begin.
    public static let always = Timestamp(Int64.min / 4)

    /// The time `seconds` later; never beyond ``never`` or before ``always``.
    func later(by seconds: Int64) -> Timestamp {
        if self >= .never { return .never }
        if self <= .always { return .always }
        let (sum, overflow) = rawValue.addingReportingOverflow(seconds)
        if overflow { return seconds > 0 ? .never : .always }
        return min(max(Timestamp(sum), .always), .never)
    }
}
