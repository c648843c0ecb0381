public import DNSModel

/// How far something has come, in the words of RFC 7583's successors and BIND: a function of facts and time.
public enum RecordState: String, Sendable, Hashable, Codable, CaseIterable {
    /// No cache and no server has it.
    case hidden
    /// Some may have it, some may not: it was published, and older answers may live.
    case rumoured
    /// Whoever asks or remembers has it.
    case omnipresent
    /// It was taken out, and older answers may live.
    case unretentive
}

extension Track {
    /// The state of a part of the content: an association, a key, a target.
    ///
    /// - Parameters:
    ///   - now: The time of the question.
    ///   - contains: Whether a version has the part.
    public func state(at now: Timestamp, of contains: (Content) -> Bool) -> RecordState {
        var isInSome = false
        var isInAll = true
        for index in changes.indices {
            let span = span(index)
            guard !span.isPlanned, span.first <= now, now <= span.last else { continue }
            if contains(span.content) { isInSome = true } else { isInAll = false }
        }
        if !isInSome { return .hidden }
        if isInAll { return .omnipresent }
        let latest = changes.last { !$0.isPlanned && $0.began <= now }
        return latest.map { contains($0.content) } == true ? .rumoured : .unretentive
    }

    /// The state of one TLSA record.
    public func state(of association: Association, at now: Timestamp) -> RecordState {
        state(at: now) { $0.tlsaRecords.contains(association) }
    }

    /// The state of one key in a DNSKEY or DS RRset or among the signatures.
    public func state(of key: KeyIdentity, at now: Timestamp) -> RecordState {
        state(at: now) { content in
            switch content {
            case .keys(let keys, _), .signatures(let keys), .delegation(let keys): keys.contains(key)
            default: false
            }
        }
    }

    /// When the last answer older than the latest version is gone from every cache; ``Timestamp/never`` while that
    /// cannot be said.
    public var drainedAt: Timestamp {
        guard changes.count > 1 else { return .always }
        var latest = Timestamp.always
        for index in changes.indices.dropLast() where changes[index].content != changes.last?.content {
            latest = max(latest, span(index).last)
        }
        return latest
    }
}
