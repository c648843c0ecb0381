/// A SOA serial number, compared as RFC 1982 says.
@frozen
public struct Serial: RawRepresentable, Sendable, Hashable {
    /// The 32-bit value.
    public let rawValue: UInt32
    /// Wraps a value.
    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether this serial comes after `other` in serial arithmetic (RFC 1982 §3.2).
    ///
    /// - Returns: `nil` when the two are exactly 2³¹ apart, which RFC 1982 leaves undefined.
    public func isNewer(than other: Serial) -> Bool? {
        let distance = rawValue &- other.rawValue
        if distance == 0x8000_0000 { return nil }
        return distance != 0 && distance < 0x8000_0000
    }

    /// The next serial; after 2³²−1 comes 0.
    public var successor: Serial { Serial(rawValue: rawValue &+ 1) }
}

extension Serial: CustomStringConvertible {
    /// The decimal value.
    public var description: String { String(rawValue) }
}
