/// Service parameters of SVCB and HTTPS records in presentation format (RFC 9460 §2.1, Appendix A).
enum ServiceParameterText {
    /// Appends the parameters up to the end; `false` when one does not fit its key or they are not in order.
    static func append(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        if cursor.isAtEnd { text.truncate(to: text.count - 1) }
        var last = -1
        while !cursor.isAtEnd {
            if last >= 0 { text.append(UInt8(ascii: " ")) }
            guard let number = cursor.uint16(), Int(number) > last, let length = cursor.uint16(),
                let value = cursor.take(Int(length))
            else { return false }
            last = Int(number)
            let key = ServiceParameterKey(rawValue: number)
            guard key != .invalid else { return false }
            for octet in printedName(key).utf8 { text.append(octet) }
            guard append(key, value, to: &text) else { return false }
        }
        return true
    }

    /// The name that every server reads. Those of Debian 12 do not know all of dohpath, ohttp and pvd, but all know
    /// `keyN`; as the values of these three are plain text or nothing, they mean the same under both names.
    private static func printedName(_ key: ServiceParameterKey) -> String {
        switch key {
        case .dohpath, .ohttp, .pvd: "key\(key.rawValue)"
        default: key.description
        }
    }

    private static func append(
        _ key: ServiceParameterKey, _ value: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer
    ) -> Bool {
        var cursor = WireCursor(value)
        switch key {
        case .noDefaultALPN, .ohttp, .pvd: return value.isEmpty
        case .port:
            guard value.count == 2, let port = cursor.uint16() else { return false }
            text.append(UInt8(ascii: "="))
            text.appendDecimal(UInt32(port))
        case .mandatory, .tlsSupportedGroups:
            return appendList(&cursor, to: &text) { cursor, text in
                guard let number = cursor.uint16() else { return false }
                if key == .mandatory {
                    for octet in ServiceParameterKey(rawValue: number).description.utf8 { text.append(octet) }
                } else {
                    text.appendDecimal(UInt32(number))
                }
                return true
            }
        case .ipv4hint:
            return appendList(&cursor, to: &text) { cursor, text in
                guard let octets = cursor.take(4) else { return false }
                AddressText.appendIPv4(octets, to: &text)
                return true
            }
        case .ipv6hint:
            return appendList(&cursor, to: &text) { cursor, text in
                guard let octets = cursor.take(16) else { return false }
                AddressText.appendIPv6(octets, to: &text)
                return true
            }
        case .ech:
            if value.isEmpty { return true }
            text.append("=\"")
            Base64.append(value, to: &text)
            text.append(UInt8(ascii: "\""))
        case .alpn, .docpath, .oots:
            if key == .docpath, value.isEmpty { return true }
            return appendStringList(&cursor, hasShare: key == .oots, to: &text)
        case .dohpath where value.isEmpty: return false
        default:
            if value.isEmpty { return true }
            text.append(UInt8(ascii: "="))
            RDataPrinter.appendQuoted(value, to: &text)
        }
        return true
    }

    /// Appends `=` and items separated by commas, at least one.
    private static func appendList(
        _ cursor: inout WireCursor, to text: inout TextBuffer,
        _ appendItem: (inout WireCursor, inout TextBuffer) -> Bool
    ) -> Bool {
        if cursor.isAtEnd { return false }
        var separator = UInt8(ascii: "=")
        while !cursor.isAtEnd {
            text.append(separator)
            separator = UInt8(ascii: ",")
            guard appendItem(&cursor, &text) else { return false }
        }
        return true
    }

    /// Appends strings as one quoted list; commas and backslashes within them are escaped for the list, then for the
    /// quotes (RFC 9460 Appendix A.1).
    private static func appendStringList(
        _ cursor: inout WireCursor, hasShare: Bool, to text: inout TextBuffer
    ) -> Bool {
        if cursor.isAtEnd { return false }
        text.append("=\"")
        var isFirst = true
        while !cursor.isAtEnd {
            if !isFirst { text.append(UInt8(ascii: ",")) }
            isFirst = false
            guard let item = cursor.counted(), !item.isEmpty else { return false }
            for index in item.indices {
                switch item[index] {
                case UInt8(ascii: ","): text.append("\\\\,")
                case UInt8(ascii: "\\"): text.append("\\\\\\\\")
                default:
                    RDataPrinter.appendQuotedContent(
                        UnsafeBufferPointer(rebasing: item[index...index]), to: &text)
                }
            }
            if hasShare {
                // A transport's name has nothing that would need an escape.
                guard !item.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") || $0 == 0x5C }),
                    let share = cursor.uint8(), share <= 100
                else { return false }
                text.append(UInt8(ascii: ":"))
                text.appendDecimal(UInt32(share))
            }
        }
        text.append(UInt8(ascii: "\""))
        return true
    }
}
