/// A JSON value (RFC 8259), as far as POSH documents need it: read with bounds, never written.
enum JSONValue: Hashable {
    case null
    case bool(Bool)
    /// A number, as written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Why a text is not JSON, and at which octet.
    struct Fault: Error, Hashable {
        let offset: Int
        let reason: String
    }

    /// Reads a document of at most a mebibyte, nested at most 32 deep.
    init(_ octets: [UInt8]) throws(Fault) {
        guard octets.count <= 1 << 20 else { throw Fault(offset: 0, reason: "it is longer than a mebibyte") }
        var reader = Reader(octets: octets)
        self = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == octets.count else { throw reader.fault("something follows the document") }
    }

    /// The member of an object.
    subscript(_ name: String) -> JSONValue? { if case .object(let members) = self { members[name] } else { nil } }

    private struct Reader {
        let octets: [UInt8]
        var index = 0

        func fault(_ reason: String) -> Fault { Fault(offset: index, reason: reason) }

        mutating func skipSpace() {
            while index < octets.count, [0x20, 0x09, 0x0A, 0x0D].contains(octets[index]) { index += 1 }
        }

        mutating func take(_ character: Character) -> Bool {
            skipSpace()
            guard index < octets.count, octets[index] == character.asciiValue else { return false }
            index += 1
            return true
        }

        mutating func value(depth: Int) throws(Fault) -> JSONValue {
            guard depth < 32 else { throw fault("it is nested too deep") }
            skipSpace()
            guard index < octets.count else { throw fault("it ends too early") }
            switch octets[index] {
            case UInt8(ascii: "{"): return try object(depth)
            case UInt8(ascii: "["): return try array(depth)
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"): return try word("true", .bool(true))
            case UInt8(ascii: "f"): return try word("false", .bool(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            case UInt8(ascii: "-"), 48...57:
                let start = index
                while index < octets.count, "+-.eE0123456789".utf8.contains(octets[index]) { index += 1 }
                return .number(String(decoding: octets[start..<index], as: UTF8.self))
            default: throw fault("an unexpected character")
            }
        }

        mutating func word(_ text: String, _ value: JSONValue) throws(Fault) -> JSONValue {
            guard octets[index...].starts(with: text.utf8) else { throw fault("an unexpected word") }
            index += text.utf8.count
            return value
        }

        mutating func object(_ depth: Int) throws(Fault) -> JSONValue {
            index += 1
            var members: [String: JSONValue] = [:]
            if take("}") { return .object(members) }
            repeat {
                skipSpace()
                guard index < octets.count, octets[index] == UInt8(ascii: "\"") else {
                    throw fault("a member's name is missing")
                }
                let name = try string()
                guard take(":") else { throw fault("a colon is missing") }
                guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
                    throw fault("the member '\(name)' stands twice")
                }
            } while take(",")
            guard take("}") else { throw fault("a closing brace is missing") }
            return .object(members)
        }

        mutating func array(_ depth: Int) throws(Fault) -> JSONValue {
            index += 1
            var elements: [JSONValue] = []
            if take("]") { return .array(elements) }
            repeat { elements.append(try value(depth: depth + 1)) } while take(",")
            guard take("]") else { throw fault("a closing bracket is missing") }
            return .array(elements)
        }

        mutating func string() throws(Fault) -> String {
            index += 1
            var units: [UInt8] = []
            while index < octets.count {
                let octet = octets[index]
                index += 1
                switch octet {
                case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
                case UInt8(ascii: "\\"): try escape(into: &units)
                case 0..<0x20: throw fault("a control character in a string")
                default: units.append(octet)
                }
            }
            throw fault("a string has no end")
        }

        mutating func escape(into units: inout [UInt8]) throws(Fault) {
            guard index < octets.count else { throw fault("a string has no end") }
            let octet = octets[index]
            index += 1
            switch octet {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(octet)
            case UInt8(ascii: "u"):
                guard index + 4 <= octets.count,
                    let code = UInt32(String(decoding: octets[index..<(index + 4)], as: UTF8.self), radix: 16)
                else { throw fault("a bad \\u escape") }
                index += 4
                // Surrogates don't occur in fingerprints and addresses; they become the replacement character.
                units += Array(String(Unicode.Scalar(code).map(Character.init) ?? "\u{FFFD}").utf8)
            default: throw fault("a bad escape")
            }
        }
    }
}
