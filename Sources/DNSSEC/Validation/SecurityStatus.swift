/// What a validator makes of data (RFC 4035 §4.3).
public enum SecurityStatus: String, Sendable, Hashable, CaseIterable {
    /// A chain of signatures leads from a trust anchor to the data.
    case secure
    /// It is proved, or allowed by a rule, that no such chain need be: validators treat the data as unsigned.
    case insecure
    /// There should be a chain and there is none: validators refuse the data.
    case bogus
    /// No trust anchor was given: the data can be consistent in itself, but nothing vouches for it.
    case indeterminate
}
