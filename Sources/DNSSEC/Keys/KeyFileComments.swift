import DNSModel

/// What the comments of a `.key` file say: times, as BIND writes them, and the combined role, as danectl does.
struct KeyFileComments {
    var timing = KeyTiming()
    var isCombined = false

    init(_ octets: [UInt8]) {
        for line in octets.split(separator: UInt8(ascii: "\n")) where line.first == UInt8(ascii: ";") {
            let words = String(decoding: line.dropFirst().prefix(200), as: UTF8.self)
                .split { $0 == " " || $0 == "\t" || $0 == "\r" }
            if words.contains("combined-signing") { isCombined = true }
            guard words.count >= 2, let name = words.first, name.last == ":",
                let field = KeyTiming.Field(rawValue: String(name.dropLast())), words[1].utf8.count == 14,
                let time = Timestamp(text: words[1])
            else { continue }
            timing[field] = time
        }
    }
}
