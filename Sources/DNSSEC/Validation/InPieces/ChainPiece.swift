import DNSModel

/// How the pieces of a zone that is being made are looked at.
struct PieceTerms: Sendable {
    /// The parameters of all NSEC3 records; `nil` for NSEC.
    let parameters: ChainParameters?
    /// Whether the chain leaves out what opt-out allows it to.
    let isOptOut: Bool
}

/// What a piece of a zone has of the chain that denies names, and what it wants of it.
///
/// Pieces come in any order, and hashes lie anywhere in a chain: what belongs together is only found out when all are there.
struct ChainPiece: Sendable {
    /// The NSEC3 records, in order. They count no records: nothing is told of them.
    var entries: [AnnouncedChain.Entry] = []
    /// For each name that must have an NSEC3 record, its hash and type bitmap.
    var wanted: [AnnouncedChain.Entry] = []
    /// The hashes, each with the one that it points to.
    var hashes = ChainStretch<NSEC3Hash>()
    /// The first name with an NSEC record, and what the last one points to, in lower case.
    var names = ChainStretch<[UInt8]>()
}

/// A stretch of a chain of names or hashes: where it begins, where its end points to, and whether each place within points
/// to the next one.
///
/// That places can be compared is asked of the methods only: of the type, it would have to be looked up when a zone is
/// checked for the first time, however small.
struct ChainStretch<Place: Sendable>: Sendable {
    private(set) var first: Place?
    private var next: Place?
    private var isUnbroken = true

    /// Begins a stretch whose places, up to its end, are known to point to each other.
    mutating func begin(at place: Place) { first = place }

    /// Ends such a stretch.
    mutating func end(pointingTo next: Place) { self.next = next }
}

extension ChainStretch where Place: Equatable {
    /// Adds a place, which what was there before should point to.
    mutating func append(_ place: Place, pointingTo next: Place) {
        if first == nil { first = place } else { isUnbroken = isUnbroken && self.next == place }
        self.next = next
    }

    /// Adds a later stretch.
    mutating func append(_ later: Self) {
        guard let place = later.first else { return }
        isUnbroken = isUnbroken && later.isUnbroken && later.next != nil
        if let next = later.next { append(place, pointingTo: next) }
    }

    /// Whether there is a chain, and its end points to its beginning (RFC 4034 §4.1.1, RFC 5155 §7.1).
    var isClosed: Bool { isUnbroken && first != nil && next == first }
}
