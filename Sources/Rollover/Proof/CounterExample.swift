public import DNSModel

/// A concrete story in which a client fails.
public struct CounterExample: Sendable, Hashable {
    /// What must have held.
    public let pairing: Pairing
    /// The version that a client holds.
    public let held: Span
    /// What it meets.
    public let met: Span
    /// When the answer left the authoritative server.
    public let fetchedAt: Timestamp
    /// When the client meets the other side: the first moment at which it can.
    public let at: Timestamp
    /// The last moment at which such a thing can happen; ``Timestamp/never`` when it does not end by itself.
    public let until: Timestamp
    /// What is wrong, as the end of a sentence.
    public let reason: String

    /// The story of two versions that overlap.
    init(pairing: Pairing, held: Span, met: Span) {
        self.pairing = pairing
        self.held = held
        self.met = met
        at = max(held.first, met.first)
        until = min(held.last, met.last)
        fetchedAt = min(at, held.lastServed)
        reason = pairing.relation.mismatch(held.content, met.content)
    }

    /// The story as one sentence.
    public var sentence: String {
        var text = "a resolver that fetched \(pairing.published)"
        text += fetchedAt <= .always ? " long ago" : " at \(fetchedAt)"
        text += fetchedAt < at ? " still holds " : " holds "
        text += "\(held.content) at \(moment(at)), when "
        switch pairing.presented {
        case .presenter(let name): text += "a server of '\(name)' presents \(met.content)"
        default: text += "another answer brings \(pairing.presented): \(met.content)"
        }
        text += ", \(reason)"
        if until < .never, until > at { text += "; this can happen until \(until)" }
        return text
    }

    /// Whether it ends by itself.
    public var isTemporary: Bool { until < .never }

    private func moment(_ time: Timestamp) -> String { time <= .always ? "any time" : time.description }
}

extension CounterExample: CustomStringConvertible {
    /// The sentence.
    public var description: String { sentence }
}
