/// What one field of RDATA is, in wire format and in presentation format.
package enum RDataFieldKind: UInt8, Sendable {
    /// An unsigned number in decimal, of 8, 16 or 32 bits.
    case uint8, uint16, uint32
    /// A node number in 64 bits: in decimal, or two numbers of 32 bits with a point between them.
    case nodeNumber
    /// An octet in decimal, or, where the older form of SINK leaves it out, the first octet of the data.
    case subcoding
    /// Seconds in 32 bits; text may use BIND's units (`1w2d3h4m5s`).
    case period
    /// Seconds in 31 bits (RFC 2181 §8).
    case ttl
    /// A time of RRSIG or SIG in 32 bits: `YYYYMMDDHHMMSS` or seconds (RFC 4034 §3.2).
    case time
    /// An uncompressed name, of which canonical form keeps the case.
    case name
    /// An uncompressed name that canonical form lower-cases (RFC 4034 §6.2, RFC 6840 §5.1).
    case canonicalName
    /// Names up to the end, perhaps none.
    case names
    /// A character-string: up to 255 octets with their number before them.
    case string
    /// A character-string, or nothing at the end.
    case optionalString
    /// One or more character-strings up to the end.
    case strings
    /// Octets up to the end, in one quoted string, at least one.
    case text
    /// Octets up to the end, in one quoted string, perhaps none.
    case optionalText
    /// A property tag: 1 to 255 letters and digits with their number before them (RFC 8659 §4.1).
    case tag
    /// A type of record.
    case type
    /// A DNSSEC algorithm, by mnemonic or number.
    case algorithm
    /// A type of certificate in 16 bits, by mnemonic or number (RFC 4398 §2.1).
    case certificateType
    /// A scheme of DSYNC, by mnemonic or number (RFC 9859 §2.1).
    case syncScheme
    /// An IPv4 address.
    case ipv4
    /// An IPv6 address.
    case ipv6
    /// Octets up to the end in base 64, at least one.
    case base64
    /// As `base64`, or nothing at the end.
    case optionalBase64
    /// As `base64`, or `0` for none (RFC 8078 §4).
    case base64OrZero
    /// As `base64`, or `-` for none.
    case base64OrDash
    /// Octets up to the end in base 16, at least one.
    case hex
    /// As `hex`, or `0` for none (RFC 8078 §4).
    case hexOrZero
    /// Octets in base 16 with their number before them, `-` for none (RFC 5155 §3.3).
    case salt
    /// Octets in base 32 with their number before them, at least one (RFC 5155 §3.3).
    case nextHash
    /// A type bitmap up to the end (RFC 4034 §4.1.2).
    case bitmap
    /// A type bitmap of NXT up to the end (RFC 2535 §5.2).
    case nxtBitmap
    /// 48 or 64 bits as hyphenated pairs of digits (RFC 7043).
    case eui48, eui64
    /// 64 bits as four groups of hexadecimal digits (RFC 6742 §2.1.2).
    case locator64
    /// Address prefixes up to the end (RFC 3123).
    case prefixes
    /// Everything of a LOC record (RFC 1876).
    case location
    /// Service parameters up to the end (RFC 9460 §2.1).
    case serviceParameters
    /// Everything of an IPSECKEY record (RFC 4025).
    case ipsecKey
    /// Everything of an AMTRELAY record (RFC 8777).
    case amtRelay
    /// Everything of a HIP record but the servers (RFC 8005).
    case hostIdentity
    /// Protocol and bitmap of ports of a WKS record (RFC 1035 §3.4.2).
    case wellKnownServices
    /// Everything of an A6 record (RFC 2874).
    case ipv6Chain
    /// An NSAP address up to the end: `0x` and base 16 with dots (RFC 1706 §5).
    case nsap
    /// An ATM address: `+` and digits, or base 16 with dots.
    case atmAddress
}

/// One field of a type's RDATA.
package struct RDataField: Sendable {
    /// The name that the RFC gives the field.
    package let name: String
    /// What it is.
    package let kind: RDataFieldKind

    init(_ name: String, _ kind: RDataFieldKind) {
        self.name = name
        self.kind = kind
    }
}

/// The fields of a type's RDATA, in the order in which text and wire have them.
package struct RDataLayout: Sendable {
    /// The fields; empty when the type has no presentation format but RFC 3597's.
    package let fields: [RDataField]

    /// The layout of a type, or `nil` when it has no presentation format but RFC 3597's.
    package static func of(_ type: RRType) -> RDataLayout? { table[index(of: type)] }

    /// The first field of the type and the number of its fields in ``kinds``.
    @inline(__always)
    static func row(of type: RRType) -> (first: Int, count: Int) {
        let row = rows[index(of: type)]
        return (Int(row.first), Int(row.count))
    }

    @inline(__always)
    private static func index(of type: RRType) -> Int {
        type.rawValue < 265 ? Int(type.rawValue) : RRTypeRegistry.Names.index(of: type.rawValue)
    }

    private static let table: [RDataLayout?] = {
        var table = [RDataLayout?](repeating: nil, count: 272)
        for (types, fields) in definitions {
            for type in types { table[RRTypeRegistry.Names.index(of: type)] = RDataLayout(fields: fields) }
        }
        return table
    }()

    /// The kinds of all types' fields, one type after the other: what the printer walks.
    static let kinds: [RDataFieldKind] = table.flatMap { $0?.fields.map(\.kind) ?? [] }

    private static let rows: [(first: UInt16, count: UInt8)] = {
        var rows: [(first: UInt16, count: UInt8)] = []
        var first = 0
        for layout in table {
            let count = layout?.fields.count ?? 0
            rows.append((UInt16(first), UInt8(count)))
            first += count
        }
        return rows
    }()
}
