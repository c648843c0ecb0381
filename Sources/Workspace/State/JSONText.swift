/// JSON in the making, in the layout of whoever writes.
struct JSONText {
    /// The text so far.
    private(set) var octets: [UInt8] = []

    /// Appends what needs no escapes.
    mutating func append(_ text: String) { octets.append(contentsOf: text.utf8) }

    /// Appends text that is JSON already.
    mutating func append(_ text: some Sequence<UInt8>) { octets.append(contentsOf: text) }

    /// Appends a string in quotes, escaped as RFC 8259 §7 demands.
    mutating func append(string: some Sequence<UInt8>) {
        octets.append(UInt8(ascii: "\""))
        for octet in string {
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                octets.append(UInt8(ascii: "\\"))
                octets.append(octet)
            case 0..<0x20:
                append("\\u00" + (octet < 16 ? "0" : "") + String(octet, radix: 16))
            default: octets.append(octet)
            }
        }
        octets.append(UInt8(ascii: "\""))
    }

    /// Appends a string in quotes.
    mutating func append(string: String) { append(string: string.utf8) }

    /// Appends items, with a comma between each two and a line for each.
    mutating func append<Item>(
        _ items: some Collection<Item>, indent: String, _ body: (inout JSONText, Item) -> Void
    ) {
        var isFirst = true
        for item in items {
            append(isFirst ? "\n" : ",\n")
            isFirst = false
            append(indent)
            body(&self, item)
        }
        if !isFirst { append("\n" + indent.dropLast(2)) }
    }

    /// Appends items in one line, with a comma between each two.
    mutating func append<Item>(inline items: some Collection<Item>, _ body: (inout JSONText, Item) -> Void) {
        var isFirst = true
        for item in items {
            if !isFirst { append(", ") }
            isFirst = false
            body(&self, item)
        }
    }
}
