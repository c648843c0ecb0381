import DNSModel
import Rollover

/// What was published in one zone: facts, never conclusions.
struct ZoneState: Sendable, Equatable {
    /// The zone.
    var zone: String
    /// What was published, begun, signed and found of each RRset, earliest first.
    var histories: [TrackID: History] = [:]
    /// The serials under which it was published, latest last.
    var publications: [Publication] = []
    /// The SRV and MX RRsets of services, and the addresses of their targets, as they were published last.
    var records: [TrackID: StoredRRset] = [:]
    /// Since when an RRset that has records is needed by no service any more.
    var unneededSince: [TrackID: Timestamp] = [:]

    /// One publication.
    struct Publication: Sendable, Hashable {
        var at: Timestamp
        var serial: UInt32
    }

    /// Begins with nothing.
    init(zone: DomainName) { self.zone = zone.presentationFormat }

    /// Begins with nothing, for a zone by its text.
    init(zone: String) { self.zone = zone }

    /// Adds a fact about an RRset.
    mutating func record(_ kind: Event.Kind, of track: TrackID, at time: Timestamp) {
        histories[track, default: []].append(Fact(at: time, kind))
    }

    /// Notes the serial of a publication; the last hundred are kept.
    mutating func published(serial: Serial, at time: Timestamp) {
        publications.append(Publication(at: time, serial: serial.rawValue))
        if publications.count > 100 { publications.removeFirst(publications.count - 100) }
    }

    /// Forgets what nobody can meet any more: see ``History/forgetting(before:)``.
    mutating func forget(before limit: Timestamp) {
        for (track, history) in histories {
            if let rest = history.forgetting(before: limit) { histories[track] = rest }
        }
    }

    /// Whether a change was begun that has no end.
    var isUnfinished: Bool { histories.values.contains(where: \.isUnfinished) }
}

/// A time as state files write it: RFC 3339.
struct StateTime: Codable, Sendable, Hashable {
    var time: Timestamp

    init(_ time: Timestamp) { self.time = time }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = Timestamp(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no time")
        }
        self.time = time
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(time.description)
    }
}
