/// A time to live in seconds, 0 to 2³¹−1 (RFC 2181 §8).
@frozen
public struct TTL: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number of seconds.
    public let rawValue: UInt32
    /// Wraps a number of seconds; the top bit is cut off, as RFC 2181 §8 has receivers treat such values as zero.
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue > 0x7FFF_FFFF ? 0 : rawValue }
    /// Wraps a number of seconds.
    @inlinable
    public init(_ seconds: UInt32) { self.init(rawValue: seconds) }

    /// Shorter before longer.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension TTL: CustomStringConvertible {
    /// The number of seconds.
    public var description: String { String(rawValue) }
}
