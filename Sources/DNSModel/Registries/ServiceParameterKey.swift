/// The key of a service parameter of SVCB and HTTPS records (RFC 9460 §14.3). Open to values that IANA adds tomorrow.
///
/// Complete as of November 2026.
@frozen
public struct ServiceParameterKey: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number.
    public let rawValue: UInt16
    /// Wraps a number, known or not.
    @inlinable
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The keys that a client must understand (RFC 9460 §8).
    public static let mandatory = Self(rawValue: 0)
    /// Further protocols (RFC 9460 §7.1).
    public static let alpn = Self(rawValue: 1)
    /// The default protocol is not offered (RFC 9460 §7.1).
    public static let noDefaultALPN = Self(rawValue: 2)
    /// The port (RFC 9460 §7.2).
    public static let port = Self(rawValue: 3)
    /// IPv4 addresses (RFC 9460 §7.3).
    public static let ipv4hint = Self(rawValue: 4)
    /// The configuration of Encrypted Client Hello (RFC 9848).
    public static let ech = Self(rawValue: 5)
    /// IPv6 addresses (RFC 9460 §7.3).
    public static let ipv6hint = Self(rawValue: 6)
    /// The template of a DNS server's URI (RFC 9461 §5).
    public static let dohpath = Self(rawValue: 7)
    /// Oblivious HTTP is offered (RFC 9540).
    public static let ohttp = Self(rawValue: 8)
    /// The groups of TLS key exchange that are supported.
    public static let tlsSupportedGroups = Self(rawValue: 9)
    /// The path of a DNS server over CoAP (RFC 9953).
    public static let docpath = Self(rawValue: 10)
    /// A provisioning domain is described.
    public static let pvd = Self(rawValue: 11)
    /// The share of queries that each transport may get.
    public static let oots = Self(rawValue: 12)
    /// "Invalid key": must not be used (RFC 9460 §14.3.2).
    public static let invalid = Self(rawValue: 65535)

    private static let names = [
        "mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp",
        "tls-supported-groups", "docpath", "pvd", "oots",
    ]

    /// The registered name, or `nil` when there is none.
    public var registeredName: String? {
        Int(rawValue) < Self.names.count ? Self.names[Int(rawValue)] : nil
    }

    /// The key of a registered name, in lower case as RFC 9460 §2.1 demands; `echconfig` is what drafts called `ech`.
    init?(registeredName name: String) {
        if name == "echconfig" {
            self = .ech
            return
        }
        guard let index = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: UInt16(index))
    }

    /// By number, the order in the wire.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ServiceParameterKey: CustomStringConvertible {
    /// The registered name, or `keyN`.
    public var description: String { registeredName ?? "key\(rawValue)" }
}
