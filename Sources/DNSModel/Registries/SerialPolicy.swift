/// How the SOA serial of a signed zone is chosen.
public enum SerialPolicy: String, Sendable, Hashable, CaseIterable {
    /// One more than the larger of the source's serial and what was published last.
    case increment
    /// Seconds since 1970-01-01, as 32 bits.
    case unixtime
    /// `YYYYMMDDnn`, counting up within a day.
    case date
    /// The operator's own, from the source.
    case keep
}
