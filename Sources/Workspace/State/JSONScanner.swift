/// Reads JSON (RFC 8259) in the order in which it stands, without making a tree of it.
///
/// Whoever asks says what comes next; where something else stands, that is a ``Fault`` at its place. It never reads beyond
/// the end, and what is skipped may be nested ``deepest`` deep.
struct JSONScanner {
    /// What is wrong, and where.
    struct Fault: Error {
        /// How many octets come before it.
        let offset: Int
        /// What is wrong.
        let reason: String
    }

    /// An object or an array that is being read.
    struct Items {
        fileprivate var isFirst = true
    }

    /// The text.
    let octets: [UInt8]
    /// Where reading goes on.
    var position = 0

    private static let deepest = 64

    init(_ octets: [UInt8]) { self.octets = octets }

    // MARK: Objects and arrays

    /// Begins an object.
    mutating func object() throws(Fault) -> Items {
        try expect(UInt8(ascii: "{"), "an object")
        return Items()
    }

    /// The octets of the next member's name, whose value follows; `nil` at the end of the object.
    mutating func member(_ object: inout Items) throws(Fault) -> ArraySlice<UInt8>? {
        guard try next(&object, end: UInt8(ascii: "}")) else { return nil }
        let name = try string()
        try expect(UInt8(ascii: ":"), "':' after a name")
        return name
    }

    /// Begins an array.
    mutating func array() throws(Fault) -> Items {
        try expect(UInt8(ascii: "["), "an array")
        return Items()
    }

    /// Whether an element follows; if not, the array has ended.
    mutating func element(_ array: inout Items) throws(Fault) -> Bool { try next(&array, end: UInt8(ascii: "]")) }

    private mutating func next(_ items: inout Items, end: UInt8) throws(Fault) -> Bool {
        skipBlanks()
        if position < octets.count, octets[position] == end {
            position += 1
            return false
        }
        if !items.isFirst { try expect(UInt8(ascii: ","), "',' or the end of a list") }
        items.isFirst = false
        return true
    }

    // MARK: Values

    /// A string's octets.
    mutating func string() throws(Fault) -> ArraySlice<UInt8> {
        try expect(UInt8(ascii: "\""), "a string")
        let start = position
        while position < octets.count {
            switch octets[position] {
            case UInt8(ascii: "\""):
                position += 1
                return octets[start..<(position - 1)]
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw fault("a control character in a string")
            default: position += 1
            }
        }
        throw fault("a string without end")
    }

    /// A string.
    mutating func text() throws(Fault) -> String { String(decoding: try string(), as: UTF8.self) }

    /// A whole number that the type can hold.
    mutating func number<Number: FixedWidthInteger>() throws(Fault) -> Number {
        skipBlanks()
        let start = position
        if position < octets.count, octets[position] == UInt8(ascii: "-") { position += 1 }
        while position < octets.count, (48...57).contains(octets[position]) { position += 1 }
        guard let number = Number(String(decoding: octets[start..<position], as: UTF8.self)) else {
            position = start
            throw fault("expected a whole number within bounds")
        }
        return number
    }

    /// Passes over a value, whatever it is.
    mutating func skipValue(depth: Int = 0) throws(Fault) {
        skipBlanks()
        guard position < octets.count else { throw fault("expected a value") }
        guard depth < Self.deepest else { throw fault("too deeply nested") }
        switch octets[position] {
        case UInt8(ascii: "{"):
            var items = try object()
            while try member(&items) != nil { try skipValue(depth: depth + 1) }
        case UInt8(ascii: "["):
            var items = try array()
            while try element(&items) { try skipValue(depth: depth + 1) }
        case UInt8(ascii: "\""): _ = try string()
        default:
            let start = position
            while position < octets.count, Self.isPlain(octets[position]) { position += 1 }
            if position == start { throw fault("expected a value") }
        }
    }

    /// Passes over what may follow the last value: nothing.
    mutating func end() throws(Fault) {
        skipBlanks()
        if position < octets.count { throw fault("text after the end") }
    }

    /// A fault at the place where reading stands.
    func fault(_ reason: String) -> Fault { Fault(offset: position, reason: reason) }

    /// The line and column of an offset, both from 1.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let before = octets.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") }
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line + 1, offset - start + 1)
    }

    // MARK: Octets

    /// Passes over blanks and line ends.
    mutating func skipBlanks() {
        while position < octets.count, [0x20, 0x0A, 0x0D, 0x09].contains(octets[position]) { position += 1 }
    }

    private mutating func expect(_ octet: UInt8, _ what: String) throws(Fault) {
        skipBlanks()
        guard position < octets.count, octets[position] == octet else { throw fault("expected \(what)") }
        position += 1
    }

    /// Whether numbers, `true`, `false` and `null` may have this octet.
    private static func isPlain(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// A string that has escapes; reading stands at the first one.
    private mutating func escapedString(from start: Int) throws(Fault) -> ArraySlice<UInt8> {
        var text = Array(octets[start..<position])
        while position < octets.count {
            let octet = octets[position]
            switch octet {
            case UInt8(ascii: "\""):
                position += 1
                return text[...]
            case UInt8(ascii: "\\"):
                position += 1
                try appendEscape(to: &text)
            case 0..<0x20: throw fault("a control character in a string")
            default:
                text.append(octet)
                position += 1
            }
        }
        throw fault("a string without end")
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(Fault) {
        guard position < octets.count else { throw fault("a string without end") }
        let octet = octets[position]
        position += 1
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(octet)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = UInt32(try hexadecimal())
            if 0xD800..<0xDC00 ~= scalar, octets[position...].starts(with: Array("\\u".utf8)) {
                position += 2
                let low = UInt32(try hexadecimal())
                guard 0xDC00..<0xE000 ~= low else { throw fault("half a character") }
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let character = Unicode.Scalar(scalar) else { throw fault("half a character") }
            text.append(contentsOf: UTF8.encode(character)?.map { $0 } ?? [])
        default:
            position -= 1
            throw fault("no such escape")
        }
    }

    /// Four hexadecimal digits.
    private mutating func hexadecimal() throws(Fault) -> UInt16 {
        let digits = octets[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("expected four hexadecimal digits") }
        position += 4
        return value
    }
}
