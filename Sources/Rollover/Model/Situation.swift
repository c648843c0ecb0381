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

    /// Creates a situation. Tracks that a pairing names and nobody gave are added: absent, since always.
    public init(now: Timestamp, tracks: [Track], pairings: [Pairing]) {
        self.now = now
        self.tracks = tracks
        self.pairings = pairings
        self.pairingsOfTrack = []
        for (index, track) in tracks.enumerated() where places[track.id] == nil { places[track.id] = index }
        for pairing in pairings {
            for id in [pairing.published, pairing.presented] where places[id] == nil {
                places[id] = self.tracks.count
                self.tracks.append(Track(id: id, timing: .presented(window: 0), changes: [], sightings: []))
            }
        }
        pairingsOfTrack = Array(repeating: [], count: self.tracks.count)
        for (index, pairing) in pairings.enumerated() {
            if let place = places[pairing.published] { pairingsOfTrack[place].append(index) }
            if let place = places[pairing.presented], pairing.presented != pairing.published {
                pairingsOfTrack[place].append(index)
            }
        }
    }

    /// The track about `id`.
    public subscript(_ id: TrackID) -> Track? { places[id].map { tracks[$0] } }

    /// The pairings in which `id` takes part.
    public func pairings(of id: TrackID) -> [Pairing] {
        places[id].map { place in pairingsOfTrack[place].map { pairings[$0] } } ?? []
    }

    /// The latest content of a track: absent when nothing is known of it.
    public func latestContent(of id: TrackID) -> Content { self[id]?.latest?.content ?? .absent }

    /// Adds a change to a track; a track that is not there is ignored.
    public mutating func append(_ change: Change, to id: TrackID) {
        guard let place = places[id] else { return }
        tracks[place].changes.append(change)
    }

    /// Records a fact; one about a track that is not there is ignored.
    public mutating func record(_ event: Event) {
        guard let place = places[event.track] else { return }
        tracks[place].record(event)
    }
}
