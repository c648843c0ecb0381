// The fields that few records have, in presentation format. See RDataPrinter.

extension RDataPrinter {
    /// Appends one field of a kind that few records have; `false` when it does not fit.
    static func appendRare(_ kind: RDataFieldKind, _ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        switch kind {
        case .nodeNumber:
            guard let high = cursor.uint32(), let low = cursor.uint32() else { return false }
            text.appendDecimal(UInt64(high) << 32 | UInt64(low))
        case .names:
            if cursor.isAtEnd { text.truncate(to: text.count - 1) }
            while !cursor.isAtEnd {
                guard appendName(&cursor, to: &text) else { return false }
                if !cursor.isAtEnd { text.append(UInt8(ascii: " ")) }
            }
        case .subcoding:
            guard let value = cursor.uint8() else { return false }
            text.appendDecimal(UInt32(value))
        case .optionalString:
            if cursor.isAtEnd {
                text.truncate(to: text.count - 1)
                return true
            }
            return appendString(&cursor, to: &text)
        case .text:
            if cursor.isAtEnd { return false }
            appendQuoted(cursor.rest(), to: &text)
        case .optionalText:
            appendQuoted(cursor.rest(), to: &text)
        case .tag:
            guard let octets = cursor.counted(), !octets.isEmpty, octets.allSatisfy(isLetterOrDigit) else {
                return false
            }
            text.append(octets)
        case .certificateType:
            guard let value = cursor.uint16() else { return false }
            appendMnemonic(CertificateType.mnemonic(of: value), value, to: &text)
        case .syncScheme:
            guard let value = cursor.uint8() else { return false }
            appendMnemonic(value == 1 ? "NOTIFY" : nil, UInt16(value), to: &text)
        case .optionalBase64:
            if cursor.isAtEnd { text.truncate(to: text.count - 1) }
            Base64.append(cursor.rest(), to: &text)
        case .base64OrZero:
            if cursor.isAtEnd { text.append(UInt8(ascii: "0")) }
            Base64.append(cursor.rest(), to: &text)
        case .base64OrDash:
            if cursor.isAtEnd { text.append(UInt8(ascii: "-")) }
            Base64.append(cursor.rest(), to: &text)
        case .hexOrZero:
            if cursor.isAtEnd { text.append(UInt8(ascii: "0")) }
            Hex.append(cursor.rest(), to: &text)
        case .nxtBitmap:
            return appendNXTBitmap(cursor.rest(), to: &text)
        case .eui48, .eui64:
            guard let octets = cursor.take(kind == .eui48 ? 6 : 8) else { return false }
            for (index, octet) in octets.enumerated() {
                if index > 0 { text.append(UInt8(ascii: "-")) }
                appendHex(octet, to: &text)
            }
        case .locator64:
            guard let octets = cursor.take(8) else { return false }
            for (index, octet) in octets.enumerated() {
                if index > 0, index % 2 == 0 { text.append(UInt8(ascii: ":")) }
                appendHex(octet, to: &text)
            }
        case .prefixes: return AddressPrefixText.append(&cursor, to: &text)
        case .location: return LocationText.append(&cursor, to: &text)
        case .serviceParameters: return ServiceParameterText.append(&cursor, to: &text)
        case .ipsecKey: return GatewayText.appendIPSECKEY(&cursor, to: &text)
        case .amtRelay: return GatewayText.appendAMTRELAY(&cursor, to: &text)
        case .hostIdentity: return appendHostIdentity(&cursor, to: &text)
        case .wellKnownServices: return appendWellKnownServices(&cursor, to: &text)
        case .ipv6Chain: return appendIPv6Chain(&cursor, to: &text)
        case .nsap:
            if cursor.isAtEnd { return false }
            text.append("0x")
            Hex.append(cursor.rest(), to: &text)
        case .atmAddress:
            return appendATMAddress(&cursor, to: &text)
        default: return false
        }
        return true
    }

    @inline(__always)
    static func appendHex(_ octet: UInt8, to text: inout TextBuffer) {
        text.append(Hex.digit(octet >> 4))
        text.append(Hex.digit(octet & 15))
    }

    private static func appendMnemonic(_ mnemonic: String?, _ value: UInt16, to text: inout TextBuffer) {
        guard let mnemonic else {
            text.appendDecimal(UInt32(value))
            return
        }
        for octet in mnemonic.utf8 { text.append(octet) }
    }

    /// An ASCII letter or digit.
    static func isLetterOrDigit(_ octet: UInt8) -> Bool {
        octet &- 48 <= 9 || (octet | 0x20) &- 0x61 < 26
    }

    /// Types 1 to 127, a bit each; the last octet is not zero (RFC 2535 §5.2).
    private static func appendNXTBitmap(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) -> Bool {
        guard octets.count <= 16, let last = octets.last, last != 0, octets[0] & 0x80 == 0 else { return false }
        var isFirst = true
        for type in 1..<octets.count * 8 where octets[type >> 3] & 0x80 >> UInt8(type & 7) != 0 {
            if !isFirst { text.append(UInt8(ascii: " ")) }
            isFirst = false
            RRType(UInt16(type)).appendMnemonic(to: &text)
        }
        return true
    }

    /// PK algorithm, HIT and public key, the lengths of which stand before them in the wire (RFC 8005 §5).
    private static func appendHostIdentity(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let hitLength = cursor.uint8(), hitLength > 0, let algorithm = cursor.uint8(),
            let keyLength = cursor.uint16(), keyLength > 0, let hit = cursor.take(Int(hitLength)),
            let key = cursor.take(Int(keyLength))
        else { return false }
        text.appendDecimal(UInt32(algorithm))
        text.append(UInt8(ascii: " "))
        Hex.append(hit, to: &text)
        text.append(UInt8(ascii: " "))
        Base64.append(key, to: &text)
        return true
    }

    /// Protocol and ports, as numbers.
    private static func appendWellKnownServices(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let protocolNumber = cursor.uint8() else { return false }
        text.appendDecimal(UInt32(protocolNumber))
        let bits = cursor.rest()
        guard bits.count <= 8_192, bits.last != 0 else { return false }
        for port in 0..<bits.count * 8 where bits[port >> 3] & 0x80 >> UInt8(port & 7) != 0 {
            text.append(UInt8(ascii: " "))
            text.appendDecimal(UInt32(port))
        }
        return true
    }

    /// Prefix length, the rest of the address, and the name that has the prefix (RFC 2874 §3.1).
    private static func appendIPv6Chain(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let prefix = cursor.uint8(), prefix <= 128 else { return false }
        text.appendDecimal(UInt32(prefix))
        guard let suffix = cursor.take((128 - Int(prefix) + 7) / 8) else { return false }
        if let first = suffix.first {
            guard prefix % 8 == 0 || first >> (8 - prefix % 8) == 0 else { return false }
            text.append(UInt8(ascii: " "))
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { address in
                address.initialize(repeating: 0)
                for (index, octet) in suffix.enumerated() { address[16 - suffix.count + index] = octet }
                AddressText.appendIPv6(UnsafeBufferPointer(address), to: &text)
            }
        }
        if prefix == 0 { return true }
        text.append(UInt8(ascii: " "))
        return appendName(&cursor, to: &text)
    }

    /// An E.164 number, or an end-system address in base 16.
    private static func appendATMAddress(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let format = cursor.uint8(), !cursor.isAtEnd else { return false }
        let octets = cursor.rest()
        switch format {
        case 0: Hex.append(octets, to: &text)
        case 1:
            guard octets.allSatisfy({ $0 &- 48 <= 9 }) else { return false }
            text.append(UInt8(ascii: "+"))
            text.append(octets)
        default: return false
        }
        return true
    }
}

/// The mnemonics of CERT's types (RFC 4398 §2.1).
enum CertificateType {
    private static let rows: [(value: UInt16, mnemonic: String)] = [
        (1, "PKIX"), (2, "SPKI"), (3, "PGP"), (4, "IPKIX"), (5, "ISPKI"), (6, "IPGP"), (7, "ACPKIX"),
        (8, "IACPKIX"), (253, "URI"), (254, "OID"),
    ]

    static func mnemonic(of value: UInt16) -> String? { rows.first { $0.value == value }?.mnemonic }

    static func value(of mnemonic: String) -> UInt16? {
        let wanted = mnemonic.uppercased()
        return rows.first { $0.mnemonic == wanted }?.value
    }
}
