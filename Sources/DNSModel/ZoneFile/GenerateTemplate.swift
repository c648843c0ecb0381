/// The places of a `$GENERATE` line where the counter goes: `$`, `${offset[,width[,base]]}`, `$$` and `\$`.
struct GenerateTemplate {
    /// Why a template is malformed.
    struct Malformed: Error {
        /// The octet within the template.
        var offset: Int
        var reason: String
    }

    /// How the counter is written.
    private enum Base: UInt8 {
        case decimal = 0x64
        case octal = 0x6F
        case lowerHexadecimal = 0x78
        case upperHexadecimal = 0x58
        /// Hexadecimal digits, the lowest first, each a label: for ip6.arpa.
        case lowerNibbles = 0x6E
        case upperNibbles = 0x4E
    }

    private enum Part {
        case text([UInt8])
        case counter(offset: Int, width: Int, base: Base)
    }

    private var parts: [Part] = []

    /// The widest that a counter may be asked to be.
    private static let maximumWidth = 255

    /// Reads a template.
    init(_ text: some Collection<UInt8>) throws(Malformed) {
        let octets = Array(text)
        var literal: [UInt8] = []
        var index = 0
        while index < octets.count {
            let octet = octets[index]
            index += 1
            switch octet {
            case 0x5C:
                literal.append(octet)
                if index < octets.count {
                    literal.append(octets[index])
                    index += 1
                }
            case 0x24:
                if index < octets.count, octets[index] == 0x24 {
                    // The text is read as a zone file's again, where an escaped dollar sign is one.
                    literal += [0x5C, 0x24]
                    index += 1
                    continue
                }
                if !literal.isEmpty { parts.append(.text(literal)) }
                literal = []
                if index < octets.count, octets[index] == 0x7B {
                    let start = index - 1
                    guard let close = octets[index...].firstIndex(of: 0x7D) else {
                        throw Malformed(offset: start, reason: "'${' is not closed by '}'")
                    }
                    parts.append(try Self.counter(octets[(index + 1)..<close], at: start))
                    index = close + 1
                } else {
                    parts.append(.counter(offset: 0, width: 0, base: .decimal))
                }
            default: literal.append(octet)
            }
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
    }

    private static func counter(_ text: ArraySlice<UInt8>, at start: Int) throws(Malformed) -> Part {
        let fields = text.split(separator: 0x2C, omittingEmptySubsequences: false)
        guard (1...3).contains(fields.count), let offset = Int(String(decoding: fields[0], as: UTF8.self)),
            abs(offset) <= 0x7FFF_FFFF
        else { throw Malformed(offset: start, reason: "expected '${offset[,width[,base]]}' with a decimal offset") }
        var width = 0
        if fields.count > 1 {
            guard let value = Int(String(decoding: fields[1], as: UTF8.self)), (0...maximumWidth).contains(value) else {
                throw Malformed(offset: start, reason: "expected a width from 0 to \(maximumWidth) after the offset")
            }
            width = value
        }
        var base = Base.decimal
        if fields.count > 2 {
            guard fields[2].count == 1, let letter = fields[2].first, let known = Base(rawValue: letter) else {
                throw Malformed(offset: start, reason: "expected one of 'd', 'o', 'x', 'X', 'n', 'N' as the base")
            }
            base = known
        }
        return .counter(offset: offset, width: width, base: base)
    }

    /// Appends the template with the counter in its places.
    ///
    /// - Returns: whether the counter could be written: only decimal takes negative values.
    func append(_ counter: Int, to line: inout [UInt8]) -> Bool {
        for part in parts {
            switch part {
            case .text(let octets): line += octets
            case .counter(let offset, let width, let base):
                let value = counter + offset
                guard value >= 0 || base == .decimal else { return false }
                switch base {
                case .decimal: Self.append(value, radix: 10, uppercase: false, width: width, to: &line)
                case .octal: Self.append(value, radix: 8, uppercase: false, width: width, to: &line)
                case .lowerHexadecimal: Self.append(value, radix: 16, uppercase: false, width: width, to: &line)
                case .upperHexadecimal: Self.append(value, radix: 16, uppercase: true, width: width, to: &line)
                case .lowerNibbles: Self.appendNibbles(value, uppercase: false, width: width, to: &line)
                case .upperNibbles: Self.appendNibbles(value, uppercase: true, width: width, to: &line)
                }
            }
        }
        return true
    }

    private static func append(_ value: Int, radix: Int, uppercase: Bool, width: Int, to line: inout [UInt8]) {
        let digits = Array(String(abs(value), radix: radix, uppercase: uppercase).utf8)
        let sign = value < 0 ? 1 : 0
        if sign == 1 { line.append(0x2D) }
        line += [UInt8](repeating: 0x30, count: max(0, width - digits.count - sign))
        line += digits
    }

    /// The width counts digits and dots; a dot follows each digit but, where the width lets it, the last.
    private static func appendNibbles(_ value: Int, uppercase: Bool, width: Int, to line: inout [UInt8]) {
        var rest = value
        var width = width
        repeat {
            let digit = UInt8(rest & 15)
            line.append(digit < 10 ? 0x30 + digit : (uppercase ? 0x37 : 0x57) + digit)
            rest >>= 4
            width = max(0, width - 1)
            if width > 0 || rest != 0 {
                line.append(0x2E)
                width = max(0, width - 1)
            }
        } while rest != 0 || width > 0
    }
}
