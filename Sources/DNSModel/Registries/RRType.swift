/// A resource record type (RFC 1035 §3.2.2). Open to values that IANA adds tomorrow (RFC 3597).
@frozen
public struct RRType: RawRepresentable, Sendable, Hashable, Comparable {
    /// The 16-bit value.
    public let rawValue: UInt16
    /// Wraps a value, known or not.
    @inlinable
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Wraps a value, known or not.
    @inlinable
    public init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// By number, which is the order of types in NSEC bitmaps (RFC 4034 §4.1.2).
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension RRType {
    // The types that this library's own logic speaks of; `RRTypeRegistry` has the mnemonics of all.
    public static let a = Self(1)
    public static let ns = Self(2)
    public static let cname = Self(5)
    public static let soa = Self(6)
    public static let ptr = Self(12)
    public static let mx = Self(15)
    public static let txt = Self(16)
    public static let sig = Self(24)
    public static let key = Self(25)
    public static let aaaa = Self(28)
    public static let nxt = Self(30)
    public static let srv = Self(33)
    public static let dname = Self(39)
    public static let ds = Self(43)
    public static let sshfp = Self(44)
    public static let rrsig = Self(46)
    public static let nsec = Self(47)
    public static let dnskey = Self(48)
    public static let nsec3 = Self(50)
    public static let nsec3param = Self(51)
    public static let tlsa = Self(52)
    public static let smimea = Self(53)
    public static let cds = Self(59)
    public static let cdnskey = Self(60)
    public static let openpgpkey = Self(61)
    public static let csync = Self(62)
    public static let zonemd = Self(63)
    public static let svcb = Self(64)
    public static let https = Self(65)
}
