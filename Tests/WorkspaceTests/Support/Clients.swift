import DNSModel

/// Clients with the worst caches that a manifest allows, for one TLSA name: written apart from the calculus.
///
/// An answer may be fetched from a secondary that lags by the propagation time, and be kept for the TTL by each of two
/// caches.
struct Clients {
    /// Seconds for which what was replaced may still be held.
    let memory: Int64
    private var versions: [(records: [String], from: Timestamp, to: Timestamp?)] = []

    init(propagation: Int64, ttl: Int64, layers: Int64) { memory = propagation + layers * ttl }

    /// What the primary serves now.
    mutating func serve(_ records: [String], at time: Timestamp) {
        if versions.last?.records == records { return }
        if !versions.isEmpty { versions[versions.count - 1].to = time }
        versions.append((records, time, nil))
        versions.removeAll { $0.to.map { $0.advanced(by: memory + 7 * 86_400) < time } ?? false }
    }

    /// How many versions there have been lately.
    var latest: [String] { versions.last?.records ?? [] }

    /// A version that some client may hold, and that the key does not match; an absence matches anything.
    func refusal(of key: String, at time: Timestamp) -> [String]? {
        versions.first { version in
            let isHeld = version.to.map { time <= $0.advanced(by: memory) } ?? true
            return isHeld && !version.records.isEmpty && !version.records.contains(key)
        }?.records
    }
}
