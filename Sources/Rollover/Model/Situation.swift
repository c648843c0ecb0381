public import DNSModel

/// Two tracks and what must hold between them whenever a client can meet both.
public struct Pairing: Sendable, Hashable {
    /// What clients fetch.
    public var published: TrackID
    /// What they meet.
    public var presented: TrackID
    /// What must hold.
    public var relation: Relation

    /// Creates a pairing.
    public init(_ published: TrackID, _ presented: TrackID, _ relation: Relation) {
        self.published = published
        self.presented = presented
        self.relation = relation
    }
}

/// Everything that one plan is about: the tracks, what must hold between them, and the present time.
public struct Situation: Sendable {
    /// The present.
    public var now: Timestamp
    /// The tracks, in the order in which they are shown.
    public private(set) var tracks: [Track]
    /// What must hold.
    public private(set) var pairings: [Pairing]
    private var places: [TrackID: Int] = [:]
    /// For each track the pairings that it takes part in, by index.
    private var pairingsOfTrack: [[Int]]
    /// For each pairing the indices of its two tracks.
    private(set) var sides: [(published: Int, presented: Int)] = []

    /// Creates a situation. Tracks that a pairing names and nobody gave are added as unknown, with caches
    /// that do not forget, so that no plan relies on them.
    public init(now: Timestamp, tracks: [Track], pairings: [Pairing]) {
        self.now = now
        self.tracks = tracks
        self.pairings = pairings
        self.pairingsOfTrack = []
        places.reserveCapacity(tracks.count)
        for (index, track) in tracks.enumerated() where places[track.id] == nil { places[track.id] = index }
        sides.reserveCapacity(pairings.count)
        for pairing in pairings {
            sides.append((placeAdding(pairing.published), placeAdding(pairing.presented)))
        }
        pairingsOfTrack = Array(repeating: [], count: self.tracks.count)
        for (index, sides) in sides.enumerated() {
            pairingsOfTrack[sides.published].append(index)
            if sides.presented != sides.published { pairingsOfTrack[sides.presented].append(index) }
        }
    }

    /// Where a track stands; one that nobody gave is added as unknown.
    private mutating func placeAdding(_ id: TrackID) -> Int {
        if let place = places[id] { return place }
        let unknown = Change(.unknown, ttl: TTL(0), at: .always)
        tracks.append(Track(id: id, timing: .published(propagation: .max), changes: [unknown], sightings: []))
        places[id] = tracks.count - 1
        return tracks.count - 1
    }

    /// The track about `id`.
    public subscript(_ id: TrackID) -> Track? { places[id].map { tracks[$0] } }

    /// The pairings in which `id` takes part.
    public func pairings(of id: TrackID) -> [Pairing] {
        places[id].map { place in pairingsOfTrack[place].map { pairings[$0] } } ?? []
    }

    /// Where the track about `id` stands among ``tracks``, and its pairings by index.
    func place(of id: TrackID) -> (track: Int, pairings: [Int])? {
        places[id].map { ($0, pairingsOfTrack[$0]) }
    }

    /// The latest content of a track: absent when nothing is known of it.
    public func latestContent(of id: TrackID) -> Content { self[id]?.latest?.content ?? .absent }

    /// Adds a planned change to a track; a track that is not there is ignored.
    ///
    /// What stands now may be signed anew until a later time comes, so its signatures' expiration bounds it no longer.
    public mutating func append(_ change: Change, to id: TrackID) {
        guard let place = places[id] else { return }
        if change.began > now {
            let standing = tracks[place].changes.lastIndex { $0.finished != nil } ?? 0
            for index in tracks[place].changes.indices.dropFirst(standing) {
                tracks[place].changes[index].signatureExpiration = nil
            }
        }
        tracks[place].changes.append(change)
    }

    /// Records a fact; one about a track that is not there is ignored.
    public mutating func record(_ event: Event) {
        guard let place = places[event.track] else { return }
        tracks[place].record(event)
    }
}
