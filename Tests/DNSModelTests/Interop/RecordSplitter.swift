import DNSModel

/// One record of a zone file, cut into tokens: just enough for the vectors' single records.
struct SplitRecord {
    var text: [UInt8]
    var type: RRType
    var tokens: [RDataToken]

    /// Cuts a record with an owner; `nil` when there is no type after owner, TTL and class.
    init?(_ record: String) {
        text = Array(record.utf8)
        var items = Self.items(of: text)
        guard !items.isEmpty else { return nil }
        items.removeFirst()
        while let item = items.first {
            let word = String(decoding: text[item.range], as: UTF8.self)
            if Period.seconds(word.utf8) == nil, RRClass(mnemonic: word) == nil { break }
            items.removeFirst()
        }
        guard let item = items.first, let type = RRType(mnemonic: String(decoding: text[item.range], as: UTF8.self))
        else { return nil }
        self.type = type
        tokens = Array(items.dropFirst())
    }

    /// Its RDATA in wire format.
    func rdata(origin: DomainName) throws(RDataError) -> [UInt8] {
        var wire: [UInt8] = []
        try RDataParser.parse(type, tokens: tokens, text: text.span, origin: origin, into: &wire)
        return wire
    }

    /// Runs and quoted strings; parentheses and comments count as blanks.
    private static func items(of text: [UInt8]) -> [RDataToken] {
        var items: [RDataToken] = []
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "("),
                UInt8(ascii: ")"):
                index += 1
            case UInt8(ascii: ";"):
                while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
            default:
                let isQuoted = text[index] == UInt8(ascii: "\"")
                if isQuoted { index += 1 }
                let start = index
                var inQuotes = isQuoted
                scan: while index < text.count {
                    switch text[index] {
                    case UInt8(ascii: "\\"): index += 1
                    case UInt8(ascii: "\""):
                        inQuotes.toggle()
                        if isQuoted { break scan }
                    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
                        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ";"):
                        if !inQuotes { break scan }
                    default: break
                    }
                    index += 1
                }
                index = min(index, text.count)
                items.append(RDataToken(range: start..<index, isQuoted: isQuoted))
                if isQuoted { index += 1 }
            }
        }
        return items
    }
}
