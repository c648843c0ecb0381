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

// The types that this library's own logic speaks of; `RRTypeRegistry` has the mnemonics of all.
extension RRType {
    /// An IPv4 address (RFC 1035 §3.4.1).
    public static let a = Self(1)
    /// An authoritative name server (RFC 1035 §3.3.11).
    public static let ns = Self(2)
    /// The canonical name of an alias (RFC 1035 §3.3.1).
    public static let cname = Self(5)
    /// The start of a zone of authority (RFC 1035 §3.3.13).
    public static let soa = Self(6)
    /// Anything at all, experimental (RFC 1035 §3.3.10).
    public static let null = Self(10)
    /// A pointer to another name (RFC 1035 §3.3.12).
    public static let ptr = Self(12)
    /// Processor and operating system of a host (RFC 1035 §3.3.2).
    public static let hinfo = Self(13)
    /// A mail exchange (RFC 1035 §3.3.9).
    public static let mx = Self(15)
    /// Text strings (RFC 1035 §3.3.14).
    public static let txt = Self(16)
    /// A signature of the DNSSEC before RFC 4034 (RFC 2535 §4).
    public static let sig = Self(24)
    /// A key of the DNSSEC before RFC 4034 (RFC 2535 §3).
    public static let key = Self(25)
    /// An IPv6 address (RFC 3596 §2.1).
    public static let aaaa = Self(28)
    /// A place on the Earth (RFC 1876).
    public static let loc = Self(29)
    /// The next name, of the DNSSEC before RFC 4034 (RFC 2535 §5).
    public static let nxt = Self(30)
    /// The location of a service (RFC 2782).
    public static let srv = Self(33)
    /// A naming authority pointer (RFC 3403 §4).
    public static let naptr = Self(35)
    /// A certificate or where to find it (RFC 4398).
    public static let cert = Self(37)
    /// The redirection of a subtree (RFC 6672).
    public static let dname = Self(39)
    /// EDNS options of a message (RFC 6891); never in a zone.
    public static let opt = Self(41)
    /// The digest of a child's key, at the parent (RFC 4034 §5).
    public static let ds = Self(43)
    /// The fingerprint of an SSH host key (RFC 4255).
    public static let sshfp = Self(44)
    /// Keying material for IPsec (RFC 4025).
    public static let ipseckey = Self(45)
    /// The signature of an RRset (RFC 4034 §3).
    public static let rrsig = Self(46)
    /// The next name and the types at this one (RFC 4034 §4).
    public static let nsec = Self(47)
    /// A zone's public key (RFC 4034 §2).
    public static let dnskey = Self(48)
    /// The next hashed owner name and the types at this one (RFC 5155 §3).
    public static let nsec3 = Self(50)
    /// The parameters of a zone's NSEC3 chain (RFC 5155 §4).
    public static let nsec3param = Self(51)
    /// What a TLS server's certificate must match (RFC 6698 §2).
    public static let tlsa = Self(52)
    /// What a mail user's certificate must match (RFC 8162).
    public static let smimea = Self(53)
    /// The DS that a child wants at its parent (RFC 7344 §3.1).
    public static let cds = Self(59)
    /// The DNSKEY from which a child wants its DS made (RFC 7344 §3.2).
    public static let cdnskey = Self(60)
    /// An OpenPGP public key (RFC 7929).
    public static let openpgpkey = Self(61)
    /// What a parent should copy from its child (RFC 7477).
    public static let csync = Self(62)
    /// The digest of a whole zone (RFC 8976).
    public static let zonemd = Self(63)
    /// The endpoints of a service and their parameters (RFC 9460).
    public static let svcb = Self(64)
    /// The endpoints of an HTTPS origin and their parameters (RFC 9460 §9).
    public static let https = Self(65)
    /// Where to send notifications about delegation changes (RFC 9859).
    public static let dsync = Self(66)
    /// A transaction key (RFC 2930); never in a zone.
    public static let tkey = Self(249)
    /// A transaction signature (RFC 8945); never in a zone.
    public static let tsig = Self(250)
    /// A request for an incremental transfer (RFC 1995).
    public static let ixfr = Self(251)
    /// A request for a transfer of the zone (RFC 5936).
    public static let axfr = Self(252)
    /// A request for some or all records (RFC 8482).
    public static let any = Self(255)
    /// Which authorities may issue certificates (RFC 8659).
    public static let caa = Self(257)
}
