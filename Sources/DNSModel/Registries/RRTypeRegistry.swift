/// IANA's registry of resource record types: every number that has a mnemonic, as data.
///
/// Complete as of November 2026 ("Domain Name System (DNS) Parameters", "Resource Record (RR) TYPEs"). Types without a
/// mnemonic are written `TYPEn` (RFC 3597 §5).
enum RRTypeRegistry {
    /// Number and mnemonic, by number.
    static let entries: [(number: UInt16, mnemonic: StaticString)] = [
        (1, "A"), (2, "NS"), (3, "MD"), (4, "MF"), (5, "CNAME"), (6, "SOA"), (7, "MB"), (8, "MG"), (9, "MR"),
        (10, "NULL"), (11, "WKS"), (12, "PTR"), (13, "HINFO"), (14, "MINFO"), (15, "MX"), (16, "TXT"), (17, "RP"),
        (18, "AFSDB"), (19, "X25"), (20, "ISDN"), (21, "RT"), (22, "NSAP"), (23, "NSAP-PTR"), (24, "SIG"),
        (25, "KEY"), (26, "PX"), (27, "GPOS"), (28, "AAAA"), (29, "LOC"), (30, "NXT"), (31, "EID"), (32, "NIMLOC"),
        (33, "SRV"), (34, "ATMA"), (35, "NAPTR"), (36, "KX"), (37, "CERT"), (38, "A6"), (39, "DNAME"), (40, "SINK"),
        (41, "OPT"), (42, "APL"), (43, "DS"), (44, "SSHFP"), (45, "IPSECKEY"), (46, "RRSIG"), (47, "NSEC"),
        (48, "DNSKEY"), (49, "DHCID"), (50, "NSEC3"), (51, "NSEC3PARAM"), (52, "TLSA"), (53, "SMIMEA"), (55, "HIP"),
        (56, "NINFO"), (57, "RKEY"), (58, "TALINK"), (59, "CDS"), (60, "CDNSKEY"), (61, "OPENPGPKEY"),
        (62, "CSYNC"), (63, "ZONEMD"), (64, "SVCB"), (65, "HTTPS"), (66, "DSYNC"), (67, "HHIT"), (68, "BRID"),
        (99, "SPF"), (100, "UINFO"), (101, "UID"), (102, "GID"), (103, "UNSPEC"), (104, "NID"), (105, "L32"),
        (106, "L64"), (107, "LP"), (108, "EUI48"), (109, "EUI64"), (128, "NXNAME"), (249, "TKEY"), (250, "TSIG"),
        (251, "IXFR"), (252, "AXFR"), (253, "MAILB"), (254, "MAILA"), (255, "ANY"), (256, "URI"), (257, "CAA"),
        (258, "AVC"), (259, "DOA"), (260, "AMTRELAY"), (261, "RESINFO"), (262, "WALLET"), (263, "CLA"), (264, "IPN"),
        (32768, "TA"), (32769, "DLV"),
    ]

    /// The mnemonics in one run of octets, and where each type's stands; a length of 0 means it has none.
    struct Names: Sendable {
        var octets: [UInt8] = []
        var places = [(offset: UInt16, length: UInt8)](repeating: (0, 0), count: 272)

        init() {
            for (number, mnemonic) in RRTypeRegistry.entries {
                let place = (UInt16(octets.count), UInt8(mnemonic.utf8CodeUnitCount))
                mnemonic.withUTF8Buffer { octets.append(contentsOf: $0) }
                places[Self.index(of: number)] = place
            }
        }

        /// Numbers up to 264 stand at their own place; TA and DLV follow.
        static func index(of number: UInt16) -> Int {
            switch number {
            case 0...264: Int(number)
            case 32768, 32769: Int(number) - 32768 + 265
            default: 271
            }
        }
    }

    static let names = Names()

    /// An open-addressed table from the first eight octets of a mnemonic, upper case, to its type.
    struct Lookup: Sendable {
        static let bits = 9
        var keys = [UInt64](repeating: 0, count: 1 << bits)
        var numbers = [UInt16](repeating: 0, count: 1 << bits)

        init() {
            for (number, mnemonic) in RRTypeRegistry.entries {
                let key = mnemonic.withUTF8Buffer { Self.key($0) }
                var slot = Self.slot(key)
                while keys[slot] != 0 { slot = (slot + 1) & (1 << Self.bits - 1) }
                keys[slot] = key
                numbers[slot] = number
            }
        }

        /// The first eight octets in upper case.
        @inline(__always)
        static func key(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
            var key: UInt64 = 0
            for index in 0..<min(8, text.count) {
                let octet = text[index]
                key = key << 8 | UInt64(octet &- 0x61 < 26 ? octet & 0xDF : octet)
            }
            return key
        }

        @inline(__always)
        static func slot(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bits)) }

        /// The number whose mnemonic has this key, or 0.
        @inline(__always)
        func number(_ key: UInt64) -> UInt16 {
            var slot = Self.slot(key)
            while keys[slot] != 0 {
                if keys[slot] == key { return numbers[slot] }
                slot = (slot + 1) & (1 << Self.bits - 1)
            }
            return 0
        }
    }

    static let lookup = Lookup()
}

// MARK: - Mnemonics

extension RRType {
    /// Reads a mnemonic or `TYPEn` (RFC 3597 §5), in any case.
    public init?(mnemonic: some StringProtocol) {
        var copy = String(mnemonic)
        guard let type = copy.withUTF8({ RRType(mnemonicOctets: $0) }) else { return nil }
        self = type
    }

    /// Reads a mnemonic or `TYPEn` in any case, without allocating.
    package init?(mnemonicOctets text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 1, text.count <= 10 else { return nil }
        if text.count == 1, text[0] == UInt8(ascii: "A") {
            self = .a
            return
        }
        let key = RRTypeRegistry.Lookup.key(text)
        let number = RRTypeRegistry.lookup.number(key)
        if number != 0 {
            // Only two mnemonics are longer than the key.
            if text.count <= 8 {
                guard RRTypeRegistry.names.places[RRTypeRegistry.Names.index(of: number)].length == text.count else {
                    return nil
                }
                self.init(number)
                return
            }
            let place = RRTypeRegistry.names.places[RRTypeRegistry.Names.index(of: number)]
            guard Int(place.length) == text.count else { return nil }
            for index in 8..<text.count
            where asciiLowercased(text[index])
                != asciiLowercased(RRTypeRegistry.names.octets[Int(place.offset) + index])
            {
                return nil
            }
            self.init(number)
            return
        }
        if text.count == 1, text[0] == UInt8(ascii: "*") {
            self = .any
            return
        }
        // TYPEn, without leading zeros beyond what fits ten octets.
        guard text.count >= 5, key >> (text.count >= 8 ? 32 : UInt64(text.count - 4) * 8) == 0x5459_5045 else {
            return nil
        }
        var value = 0
        for index in 4..<text.count {
            let digit = text[index] &- 48
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        guard value <= 0xFFFF else { return nil }
        self.init(UInt16(value))
    }

    /// Appends the mnemonic, or `TYPEn` when there is none.
    package func appendMnemonic(to text: inout TextBuffer) {
        let place = RRTypeRegistry.names.places[RRTypeRegistry.Names.index(of: rawValue)]
        if place.length == 0 {
            text.append("TYPE")
            text.appendDecimal(UInt32(rawValue))
            return
        }
        RRTypeRegistry.names.octets.withUnsafeBufferPointer {
            text.append(UnsafeBufferPointer(rebasing: $0[Int(place.offset)..<(Int(place.offset) + Int(place.length))]))
        }
    }

    /// Whether IANA has given the number a mnemonic.
    public var hasMnemonic: Bool {
        RRTypeRegistry.names.places[RRTypeRegistry.Names.index(of: rawValue)].length != 0
    }

    /// Every type that has a mnemonic, by number.
    public static var allRegistered: [RRType] { RRTypeRegistry.entries.map { RRType($0.number) } }

    /// Whether it is a type of queries or of a message's own records, which no zone may hold (RFC 6895 §3.1): OPT,
    /// NXNAME, and 249 to 255.
    public var isMetaType: Bool { self == .opt || rawValue == 128 || (249...255).contains(rawValue) }
}

extension RRType: CustomStringConvertible {
    /// The mnemonic, or `TYPEn`.
    public var description: String {
        var text = TextBuffer(capacity: 16)
        appendMnemonic(to: &text)
        return text.string
    }
}
