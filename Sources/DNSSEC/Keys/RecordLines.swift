import Diagnostics

/// A word of a record, with its place.
struct RecordToken {
    var text: String
    var location: SourceLocation
}

/// What is wrong with a line, and where.
struct LineFault: Error {
    var location: SourceLocation
    var message: String

    init(_ location: SourceLocation, _ message: String) {
        self.location = location
        self.message = message
    }
}

/// The words of one record, which parentheses may spread over several lines.
struct RecordLine {
    var tokens: [RecordToken] = []
    /// Whether the owner is that of the record before (RFC 1035 §5.1).
    var startsWithBlank = false
    var fault: LineFault?
}

/// Cuts a text into records: words, comments, parentheses (RFC 1035 §5.1). For short texts such as key files; zones have
/// their own reader.
struct RecordLines {
    private let octets: [UInt8]
    private let file: String
    private var index = 0
    private var line = 1
    private var lineStart = 0

    init(_ octets: [UInt8], file: String) {
        self.octets = octets
        self.file = file
    }

    private var location: SourceLocation {
        SourceLocation(file: file, line: line, column: index - lineStart + 1)
    }

    /// The next record that has words, or `nil` at the end.
    mutating func next() -> RecordLine? {
        while index < octets.count {
            let record = nextLine()
            if !record.tokens.isEmpty || record.fault != nil { return record }
        }
        return nil
    }

    private mutating func nextLine() -> RecordLine {
        var record = RecordLine()
        record.startsWithBlank = octets[index] == 0x20 || octets[index] == 0x09
        var open: [SourceLocation] = []
        while index < octets.count {
            switch octets[index] {
            case UInt8(ascii: "\n"):
                index += 1
                line += 1
                lineStart = index
                if open.isEmpty { return record }
            case UInt8(ascii: ";"):
                while index < octets.count, octets[index] != UInt8(ascii: "\n") { index += 1 }
            case UInt8(ascii: "("):
                open.append(location)
                index += 1
            case UInt8(ascii: ")"):
                if open.popLast() == nil {
                    record.fault = record.fault ?? LineFault(location, "')' without '('")
                }
                index += 1
            case 0x20, 0x09, 0x0D:
                index += 1
            default:
                record.tokens.append(word())
            }
        }
        if let place = open.first, record.fault == nil {
            record.fault = LineFault(place, "'(' is never closed")
        }
        return record
    }

    /// A run of characters, or a quoted string with its quotes.
    private mutating func word() -> RecordToken {
        let place = location
        let start = index
        if octets[index] == UInt8(ascii: "\"") {
            index += 1
            while index < octets.count, octets[index] != UInt8(ascii: "\""), octets[index] != UInt8(ascii: "\n") {
                index += octets[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            index = min(index + 1, octets.count)
        } else {
            while index < octets.count, !" \t\r\n;()\"".utf8.contains(octets[index]) {
                index += octets[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            index = min(index, octets.count)
        }
        return RecordToken(text: String(decoding: octets[start..<index], as: UTF8.self), location: place)
    }
}
