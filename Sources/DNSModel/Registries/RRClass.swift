/// A DNS class (RFC 1035 §3.2.4). Zones here are of class IN; the others are read and written as they are.
@frozen
public struct RRClass: RawRepresentable, Sendable, Hashable {
    /// The 16-bit value.
    public let rawValue: UInt16
    /// Wraps a value, known or not.
    @inlinable
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The Internet.
    public static let `in` = Self(rawValue: 1)
    /// Chaos (used for server identity).
    public static let ch = Self(rawValue: 3)
    /// Hesiod.
    public static let hs = Self(rawValue: 4)

    /// Reads a mnemonic or `CLASSn` (RFC 3597 §5), in any case.
    public init?(mnemonic: String) {
        switch mnemonic.uppercased() {
        case "IN": self = .in
        case "CH", "CHAOS": self = .ch
        case "HS", "HESIOD": self = .hs
        case let text where text.hasPrefix("CLASS"):
            guard let value = UInt16(text.dropFirst(5)) else { return nil }
            self.init(rawValue: value)
        default: return nil
        }
    }
}

extension RRClass: CustomStringConvertible {
    /// The mnemonic, or `CLASSn`.
    public var description: String {
        switch self {
        case .in: "IN"
        case .ch: "CH"
        case .hs: "HS"
        default: "CLASS\(rawValue)"
        }
    }
}
