/// A point in time: whole seconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Sixty-four bits, so that nothing ends in 2038 or 2106; DNSSEC's 32-bit times are read relative to a given present
/// (RFC 4034 §3.1.5).
@frozen
public struct Timestamp: RawRepresentable, Sendable, Hashable, Comparable, Strideable {
    /// Seconds since the epoch; negative before it.
    public let rawValue: Int64
    /// Wraps seconds since the epoch.
    @inlinable
    public init(rawValue: Int64) { self.rawValue = rawValue }
    /// Wraps seconds since the epoch.
    @inlinable
    public init(_ seconds: Int64) { self.rawValue = seconds }

    /// Earlier before later.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    /// The seconds from this time to `other`.
    @inlinable
    public func distance(to other: Self) -> Int64 { other.rawValue - rawValue }
    /// The time `seconds` later.
    @inlinable
    public func advanced(by seconds: Int64) -> Self { Self(rawValue: rawValue + seconds) }

    /// The low 32 bits, as RRSIG carries them (RFC 4034 §3.1.5).
    public var serial: UInt32 { UInt32(truncatingIfNeeded: rawValue) }

    /// The time that a 32-bit DNSSEC time means: the one within 2³¹ seconds of `present` (RFC 1982 arithmetic).
    public init(serial: UInt32, near present: Timestamp) {
        let distance = Int32(bitPattern: serial &- present.serial)
        self.init(rawValue: present.rawValue + Int64(distance))
    }
}
