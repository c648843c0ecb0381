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

// The types that this library's own logic speaks of; `RRTypeRegistry` has the mnemonics of all. They are computed: a stored
// one is a call from every other module, for each record.
extension RRType {
    /// An IPv4 address (RFC 1035 §3.4.1).
    @inlinable public static var a: Self { Self(1) }
    /// An authoritative name server (RFC 1035 §3.3.11).
    @inlinable public static var ns: Self { Self(2) }
    /// The canonical name of an alias (RFC 1035 §3.3.1).
    @inlinable public static var cname: Self { Self(5) }
    /// The start of a zone of authority (RFC 1035 §3.3.13).
    @inlinable public static var soa: Self { Self(6) }
    /// Anything at all, experimental (RFC 1035 §3.3.10).
    @inlinable public static var null: Self { Self(10) }
    /// A pointer to another name (RFC 1035 §3.3.12).
    @inlinable public static var ptr: Self { Self(12) }
    /// Processor and operating system of a host (RFC 1035 §3.3.2).
    @inlinable public static var hinfo: Self { Self(13) }
    /// A mail exchange (RFC 1035 §3.3.9).
    @inlinable public static var mx: Self { Self(15) }
    /// Text strings (RFC 1035 §3.3.14).
    @inlinable public static var txt: Self { Self(16) }
    /// A signature of the DNSSEC before RFC 4034 (RFC 2535 §4).
    @inlinable public static var sig: Self { Self(24) }
    /// A key of the DNSSEC before RFC 4034 (RFC 2535 §3).
    @inlinable public static var key: Self { Self(25) }
    /// An IPv6 address (RFC 3596 §2.1).
    @inlinable public static var aaaa: Self { Self(28) }
    /// A place on the Earth (RFC 1876).
    @inlinable public static var loc: Self { Self(29) }
    /// The next name, of the DNSSEC before RFC 4034 (RFC 2535 §5).
    @inlinable public static var nxt: Self { Self(30) }
    /// The location of a service (RFC 2782).
    @inlinable public static var srv: Self { Self(33) }
    /// A naming authority pointer (RFC 3403 §4).
    @inlinable public static var naptr: Self { Self(35) }
    /// A certificate or where to find it (RFC 4398).
    @inlinable public static var cert: Self { Self(37) }
    /// The redirection of a subtree (RFC 6672).
    @inlinable public static var dname: Self { Self(39) }
    /// EDNS options of a message (RFC 6891); never in a zone.
    @inlinable public static var opt: Self { Self(41) }
    /// The digest of a child's key, at the parent (RFC 4034 §5).
    @inlinable public static var ds: Self { Self(43) }
    /// The fingerprint of an SSH host key (RFC 4255).
    @inlinable public static var sshfp: Self { Self(44) }
    /// Keying material for IPsec (RFC 4025).
    @inlinable public static var ipseckey: Self { Self(45) }
    /// The signature of an RRset (RFC 4034 §3).
    @inlinable public static var rrsig: Self { Self(46) }
    /// The next name and the types at this one (RFC 4034 §4).
    @inlinable public static var nsec: Self { Self(47) }
    /// A zone's public key (RFC 4034 §2).
    @inlinable public static var dnskey: Self { Self(48) }
    /// The next hashed owner name and the types at this one (RFC 5155 §3).
    @inlinable public static var nsec3: Self { Self(50) }
    /// The parameters of a zone's NSEC3 chain (RFC 5155 §4).
    @inlinable public static var nsec3param: Self { Self(51) }
    /// What a TLS server's certificate must match (RFC 6698 §2).
    @inlinable public static var tlsa: Self { Self(52) }
    /// What a mail user's certificate must match (RFC 8162).
    @inlinable public static var smimea: Self { Self(53) }
    /// The DS that a child wants at its parent (RFC 7344 §3.1).
    @inlinable public static var cds: Self { Self(59) }
    /// The DNSKEY from which a child wants its DS made (RFC 7344 §3.2).
    @inlinable public static var cdnskey: Self { Self(60) }
    /// An OpenPGP public key (RFC 7929).
    @inlinable public static var openpgpkey: Self { Self(61) }
    /// What a parent should copy from its child (RFC 7477).
    @inlinable public static var csync: Self { Self(62) }
    /// The digest of a whole zone (RFC 8976).
    @inlinable public static var zonemd: Self { Self(63) }
    /// The endpoints of a service and their parameters (RFC 9460).
    @inlinable public static var svcb: Self { Self(64) }
    /// The endpoints of an HTTPS origin and their parameters (RFC 9460 §9).
    @inlinable public static var https: Self { Self(65) }
    /// Where to send notifications about delegation changes (RFC 9859).
    @inlinable public static var dsync: Self { Self(66) }
    /// A transaction key (RFC 2930); never in a zone.
    @inlinable public static var tkey: Self { Self(249) }
    /// A transaction signature (RFC 8945); never in a zone.
    @inlinable public static var tsig: Self { Self(250) }
    /// A request for an incremental transfer (RFC 1995).
    @inlinable public static var ixfr: Self { Self(251) }
    /// A request for a transfer of the zone (RFC 5936).
    @inlinable public static var axfr: Self { Self(252) }
    /// A request for some or all records (RFC 8482).
    @inlinable public static var any: Self { Self(255) }
    /// Which authorities may issue certificates (RFC 8659).
    @inlinable public static var caa: Self { Self(257) }
}
