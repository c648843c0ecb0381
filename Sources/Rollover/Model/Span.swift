public import DNSModel

/// The interval in which a version may be met: ends included, in whole seconds.
public struct Span: Sendable, Hashable {
    /// Which version of its track, from 0.
    public let index: Int
    /// What it says.
    public let content: Content
    /// The TTL it was published with.
    public let ttl: TTL
    /// When the first server may serve or present it.
    public let first: Timestamp
    /// When the last server may serve or present it; ``Timestamp/never`` while it stands.
    public let lastServed: Timestamp
    /// When the last client may use it: what is served, plus the caches, within the signatures' validity.
    public let last: Timestamp
    /// Whether it belongs to a plan.
    public let isPlanned: Bool

    /// Whether nothing has replaced it yet.
    public var isOpen: Bool { last >= .never }

    /// Whether some moment lies in both.
    public func overlaps(_ other: Span) -> Bool {
        max(first, other.first) <= min(last, other.last)
    }
}

extension Track {
    /// The interval of each version.
    ///
    /// A version is served from the moment it is begun until the next finished one has reached every server; it stays in
    /// caches for its own TTL, per layer, and not beyond its signatures (RFC 4035 §5.3.3).
    public var spans: [Span] {
        var spans: [Span] = []
        spans.reserveCapacity(changes.count)
        for index in changes.indices { spans.append(span(index)) }
        return spans
    }

    /// The interval of one version.
    func span(_ index: Int) -> Span {
        let change = changes[index]
        let lastServed = lastServed(index)
        return Span(
            index: index, content: change.content, ttl: change.ttl, first: change.began, lastServed: lastServed,
            last: lastUse(of: change, lastServed: lastServed), isPlanned: change.isPlanned)
    }

    private func lastUse(of change: Change, lastServed: Timestamp) -> Timestamp {
        guard lastServed < .never, let caches = timing.caches else { return lastServed }
        var lastLookup = lastServed.later(by: timing.cacheLifetime(change.ttl))
        if let expiration = change.signatureExpiration {
            lastLookup = min(lastLookup, expiration.later(by: timing.clockSkew))
        }
        return max(change.began, lastLookup.later(by: caches.useDelay))
    }

    private func lastServed(_ index: Int) -> Timestamp {
        var replaced = Timestamp.never
        var replacement = Timestamp.never
        for later in changes[(index + 1)...] {
            if let finished = later.finished, finished < replaced { replaced = finished }
            replacement = min(replacement, later.began)
        }
        guard replaced < .never else { return .never }
        var served = replaced.later(by: max(timing.propagation, timing.stuckUntilExpire ?? 0))
        for sighting in sightings where sighting.at >= replacement {
            if let until = sighting.laggingUntil {
                served = max(served, until)
            } else if sighting.at >= replaced {
                served = min(served, sighting.at)
            }
        }
        return served
    }
}
