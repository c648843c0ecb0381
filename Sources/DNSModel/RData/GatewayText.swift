/// The records that end in a gateway of one of several kinds: IPSECKEY (RFC 4025 §2) and AMTRELAY (RFC 8777 §4).
enum GatewayText {
    /// Appends precedence, gateway type, algorithm, gateway and key.
    static func appendIPSECKEY(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let precedence = cursor.uint8(), let gatewayType = cursor.uint8(), let algorithm = cursor.uint8() else {
            return false
        }
        for value in [precedence, gatewayType, algorithm] {
            text.appendDecimal(UInt32(value))
            text.append(UInt8(ascii: " "))
        }
        guard appendGateway(gatewayType, &cursor, to: &text) else { return false }
        // Algorithm 0 says that there is no key (§2.4).
        guard (algorithm == 0) == cursor.isAtEnd else { return false }
        if !cursor.isAtEnd {
            text.append(UInt8(ascii: " "))
            Base64.append(cursor.rest(), to: &text)
        }
        return true
    }

    /// Appends precedence, discovery bit, relay type and relay.
    static func appendAMTRELAY(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let precedence = cursor.uint8(), let discoveryAndType = cursor.uint8() else { return false }
        for value in [precedence, discoveryAndType >> 7, discoveryAndType & 0x7F] {
            text.appendDecimal(UInt32(value))
            text.append(UInt8(ascii: " "))
        }
        return appendGateway(discoveryAndType & 0x7F, &cursor, to: &text)
    }

    private static func appendGateway(_ type: UInt8, _ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        switch type {
        case 0: text.append(UInt8(ascii: "."))
        case 1:
            guard let octets = cursor.take(4) else { return false }
            AddressText.appendIPv4(octets, to: &text)
        case 2:
            guard let octets = cursor.take(16) else { return false }
            AddressText.appendIPv6(octets, to: &text)
        case 3: return RDataPrinter.appendName(&cursor, to: &text)
        default: return false
        }
        return true
    }
}
