import DNSModel
import Rollover

/// What state files record of one track: facts, earliest first.
typealias History = [Fact]

extension [Fact] {
    /// Adds that what stands was signed: of several such facts in a row only the first and the last are kept.
    mutating func addSigned(at time: Timestamp, expiration: Timestamp) {
        if suffix(2).count == 2, suffix(2).allSatisfy(\.kind.isSigned) { removeLast() }
        append(Fact(at: time, .signed(expiration: expiration)))
    }

    /// The history without what nobody can meet any more: everything before the latest version that was finished before
    /// `limit`. `nil` when that is nothing.
    func forgetting(before limit: Timestamp) -> [Fact]? {
        guard let first, first.at < limit else { return nil }
        var keepFrom: Int?
        var beginning: Int?
        for (index, fact) in enumerated() where fact.at < limit {
            switch fact.kind {
            case .began: beginning = index
            case .finished: keepFrom = beginning ?? keepFrom
            case .done, .found: keepFrom = index
            case .signed, .seenEverywhere, .seenLagging, .historyLost: break
            }
        }
        guard let keepFrom, keepFrom > 0 else { return nil }
        return Array(self[keepFrom...])
    }

    /// The content and TTL brought about last.
    var latest: (content: Content, ttl: TTL)? {
        for fact in reversed() {
            switch fact.kind {
            case .began(let content, let ttl), .done(let content, let ttl), .found(let content, let ttl):
                return (content, ttl)
            case .finished, .signed, .seenEverywhere, .seenLagging, .historyLost: continue
            }
        }
        return nil
    }

    /// Whether the change begun last has no end.
    var isUnfinished: Bool {
        for fact in reversed() {
            switch fact.kind {
            case .began: return true
            case .finished, .done, .found, .historyLost: return false
            case .signed, .seenEverywhere, .seenLagging: continue
            }
        }
        return false
    }
}

extension [Event] {
    /// The facts, for who knows what they are about.
    var history: History { map(\.fact) }

    /// Forgets of each track what nobody can meet any more: see ``History/forgetting(before:)``.
    mutating func forget(before limit: Timestamp) {
        for track in Set(map(\.track)) {
            let history = filter { $0.track == track }.history
            var surplus = history.count - (history.forgetting(before: limit) ?? history).count
            removeAll { event in
                guard surplus > 0, event.track == track else { return false }
                surplus -= 1
                return true
            }
        }
    }
}

extension Sequence<TrackID> {
    /// The same in the order of their descriptions, each made once.
    var byName: [TrackID] {
        map { ($0.octets, $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
    }
}
