import DNSModel
import Rollover

/// Lists of events as state files keep them: each track's own, short.
enum EventLog {
    /// The events by track, in their order.
    static func byTrack(_ events: [Event]) -> [TrackID: [Event]] { Dictionary(grouping: events, by: \.track) }

    /// Adds that what stands was signed: of several such facts in a row only the first and the last are kept.
    static func addSigned(_ events: inout [Event], _ track: TrackID, at time: Timestamp, expiration: Timestamp) {
        var places: [Int] = []
        for place in events.indices.reversed() where events[place].track == track && places.count < 2 {
            places.append(place)
        }
        if places.count == 2, events[places[0]].isSigned, events[places[1]].isSigned { events.remove(at: places[0]) }
        events.append(Event(at: time, track: track, kind: .signed(expiration: expiration)))
    }

    /// Forgets what nobody can meet any more: for each track, everything before the latest version that was finished
    /// more than `age` seconds ago.
    static func forget(_ events: inout [Event], before now: Timestamp, age: Int64) {
        let limit = now.advanced(by: -age)
        var keepFrom: [TrackID: Int] = [:]
        var beginning: [TrackID: Int] = [:]
        for (index, event) in events.enumerated() where event.at < limit {
            switch event.kind {
            case .began: beginning[event.track] = index
            case .finished: if let began = beginning[event.track] { keepFrom[event.track] = began }
            case .done, .found: keepFrom[event.track] = index
            case .signed, .seenEverywhere, .seenLagging, .historyLost: break
            }
        }
        var index = -1
        events.removeAll { event in
            index += 1
            return keepFrom[event.track].map { index < $0 } ?? false
        }
    }
}

extension Sequence<TrackID> {
    /// The same in the order of their descriptions, each made once.
    var byName: [TrackID] { map { ($0.description, $0) }.sorted { $0.0 < $1.0 }.map(\.1) }
}

extension Event {
    /// Whether it tells of signatures.
    var isSigned: Bool { if case .signed = kind { true } else { false } }

    /// The content that it brought about, or `nil`.
    var content: Content? {
        switch kind {
        case .began(let content, _), .done(let content, _), .found(let content, _): content
        case .finished, .signed, .seenEverywhere, .seenLagging, .historyLost: nil
        }
    }

    /// The TTL that its content was published with, or `nil`.
    var ttl: TTL? {
        switch kind {
        case .began(_, let ttl), .done(_, let ttl), .found(_, let ttl): ttl
        case .finished, .signed, .seenEverywhere, .seenLagging, .historyLost: nil
        }
    }
}

extension Sequence<Event> {
    /// The content and TTL brought about last.
    var latest: (content: Content, ttl: TTL)? {
        var result: (Content, TTL)?
        for event in self { if let content = event.content, let ttl = event.ttl { result = (content, ttl) } }
        return result
    }

    /// Whether the change begun last has no end.
    var isUnfinished: Bool {
        var open = false
        for event in self {
            switch event.kind {
            case .began: open = true
            case .finished, .done, .found, .historyLost: open = false
            case .signed, .seenEverywhere, .seenLagging: break
            }
        }
        return open
    }
}
