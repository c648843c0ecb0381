// The kinds of fields that most types have. See RDataParser.

extension RDataFieldParser {
    /// Reads one field and appends it.
    mutating func parse(_ kind: RDataFieldKind, into wire: inout [UInt8]) throws(RDataError) {
        switch kind {
        case .uint8: append(try number(UInt8.self), to: &wire)
        case .uint16: append(try number(UInt16.self), to: &wire)
        case .uint32: append(try number(UInt32.self), to: &wire)
        case .period: append(try period(limit: .max), to: &wire)
        case .ttl: append(try period(limit: 0x7FFF_FFFF), to: &wire)
        case .time: append(try time(), to: &wire)
        case .name, .canonicalName: try appendName(into: &wire)
        case .names: while index < tokens.count { try appendName(into: &wire) }
        case .string: try appendString(into: &wire)
        case .optionalString: if index < tokens.count { try appendString(into: &wire) }
        case .strings: repeat { try appendString(into: &wire) } while index < tokens.count
        case .text, .optionalText:
            let token = try next("a quoted string")
            let before = wire.count
            try appendUnescaped(token, into: &wire)
            if kind == .text, wire.count == before { throw mismatch(token, "a string that is not empty") }
        case .type: append(try type().rawValue, to: &wire)
        case .algorithm:
            let token = try nextWord("an algorithm's number or mnemonic")
            guard let algorithm = SecurityAlgorithm(mnemonic: string(token)) else {
                throw mismatch(token, "a number from 0 to 255 or an algorithm's mnemonic")
            }
            wire.append(algorithm.rawValue)
        case .ipv4:
            let token = try nextWord("an IPv4 address")
            guard let quad = AddressText.ipv4(octets(token)) else { throw mismatch(token, "an IPv4 address") }
            wire += [quad.0, quad.1, quad.2, quad.3]
        case .ipv6:
            let token = try nextWord("an IPv6 address")
            guard AddressText.appendIPv6(octets(token), to: &wire) else { throw mismatch(token, "an IPv6 address") }
        case .base64: try appendBase64(into: &wire)
        case .hex: try appendHex(into: &wire)
        case .salt: try appendSalt(into: &wire)
        case .nextHash: try appendNextHash(into: &wire)
        case .bitmap: wire += TypeBitmap(try types()).wireFormat
        default: try parseRare(kind, into: &wire)
        }
    }

    /// Appends a number, most significant octet first.
    func append(_ value: some FixedWidthInteger, to wire: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { wire.append(contentsOf: $0) }
    }

    // MARK: Numbers and times

    /// The next token as a decimal number.
    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type
    ) throws(RDataError) -> Number {
        let token = try nextWord("a number from 0 to \(Number.max)")
        guard let value = Number(decimalOctets: octets(token)) else {
            throw mismatch(token, "a number from 0 to \(Number.max)")
        }
        return value
    }

    /// The next token as seconds, with or without units.
    private mutating func period(limit: UInt32) throws(RDataError) -> UInt32 {
        let expected = "seconds from 0 to \(limit), or units such as 1h30m"
        let token = try nextWord(expected)
        guard let value = Period.seconds(octets(token)), value <= limit else { throw mismatch(token, expected) }
        return value
    }

    /// The next token as a time of a signature.
    private mutating func time() throws(RDataError) -> UInt32 {
        let expected = "a time as YYYYMMDDHHMMSS or seconds since 1970 below 4294967296"
        let token = try nextWord(expected)
        let digits = octets(token)
        if digits.count == 14, digits.allSatisfy({ $0 &- 48 <= 9 }) {
            guard let time = Timestamp(text: string(token)), time.rawValue >= 0 else { throw mismatch(token, expected) }
            return time.serial
        }
        guard digits.count <= 10, let value = UInt32(decimalOctets: digits) else { throw mismatch(token, expected) }
        return value
    }

    // MARK: Names and types

    /// Appends the name in the next token.
    mutating func appendName(into wire: inout [UInt8]) throws(RDataError) {
        let token = try nextWord("a domain name")
        try appendName(token, into: &wire)
    }

    /// Appends the name in a token, relative ones below the origin.
    func appendName(_ token: RDataToken, into wire: inout [UInt8]) throws(RDataError) {
        do throws(DomainName.ParseError) {
            let name = try DomainName(presentation: Array(octets(token))[...], origin: origin)
            wire += name.wireFormat
        } catch {
            let (offset, reason): (Int, String) =
                switch error {
                case .empty: (0, "it is empty")
                case .labelTooLong(let offset, let length): (offset, "a label has \(length) octets, 63 are allowed")
                case .emptyLabel(let offset): (offset, "a label is empty")
                case .nameTooLong(let length): (0, "it has \(length) octets in wire format, 255 are allowed")
                case .badEscape(let offset):
                    (offset, "a backslash needs a character or three digits up to 255 after it")
                case .truncated, .trailingOctets: (0, "it is malformed")
                }
            // The offset of a label counts unescaped octets; it never leaves the token.
            throw RDataError(
                at: min(
                    token.range.lowerBound + max(0, offset), max(token.range.lowerBound, token.range.upperBound - 1)),
                "rdata/bad-name", "\(field.name): \(quoted(token)) is no domain name: \(reason)")
        }
    }

    /// The next token as a type.
    mutating func type() throws(RDataError) -> RRType {
        let token = try nextWord("a type of record")
        guard let type = RRType(mnemonicOctets: octets(token)) else {
            throw mismatch(token, "a type's mnemonic or TYPE and a number")
        }
        return type
    }

    /// All further tokens as types.
    mutating func types() throws(RDataError) -> [RRType] {
        var types: [RRType] = []
        while index < tokens.count { types.append(try type()) }
        return types
    }

    // MARK: Strings

    /// Appends the next token as a character-string.
    mutating func appendString(into wire: inout [UInt8]) throws(RDataError) {
        try appendString(try next("a character-string"), into: &wire)
    }

    /// Appends a token as a character-string.
    func appendString(_ token: RDataToken, into wire: inout [UInt8]) throws(RDataError) {
        let lengthIndex = wire.count
        wire.append(0)
        try appendUnescaped(token, into: &wire)
        let length = wire.count - lengthIndex - 1
        guard length <= 255 else {
            throw RDataError(
                at: token.range.lowerBound, "rdata/string-too-long",
                "\(field.name): the string has \(length) octets; 255 are allowed in one string")
        }
        wire[lengthIndex] = UInt8(length)
    }

    /// Appends the octets that a token means.
    func appendUnescaped(_ token: RDataToken, into wire: inout [UInt8]) throws(RDataError) {
        try appendUnescaped(token.range, into: &wire)
    }

    /// Appends the octets that a stretch of text means (RFC 1035 §5.1).
    func appendUnescaped(_ range: Range<Int>, into wire: inout [UInt8]) throws(RDataError) {
        var place = range.lowerBound
        while place < range.upperBound {
            let octet = text[place]
            guard octet == UInt8(ascii: "\\") else {
                wire.append(octet)
                place += 1
                continue
            }
            guard place + 1 < range.upperBound else { throw badEscape(place) }
            guard text[place + 1] &- 48 <= 9 else {
                wire.append(text[place + 1])
                place += 2
                continue
            }
            guard place + 3 < range.upperBound,
                let value = UInt8(decimalOctets: UnsafeBufferPointer(rebasing: text[(place + 1)...(place + 3)]))
            else { throw badEscape(place) }
            wire.append(value)
            place += 4
        }
    }

    private func badEscape(_ offset: Int) -> RDataError {
        RDataError(
            at: offset, "rdata/bad-escape",
            "\(field.name): a backslash needs a character or three digits up to 255 after it (RFC 1035 §5.1)")
    }

    // MARK: Encodings

    /// Gives the characters of all further tokens to a decoder; an error at the one that it refuses.
    mutating func appendDigits(
        into wire: inout [UInt8], _ decode: (UInt8, inout [UInt8]) -> Bool
    ) throws(RDataError) {
        let expected = field.kind == .hex || field.kind == .hexOrZero ? "hexadecimal digits" : "base 64"
        while index < tokens.count {
            let token = try nextWord(expected)
            for (place, octet) in octets(token).enumerated() where !decode(octet, &wire) {
                var error = mismatch(token, expected)
                error.offset += place
                throw error
            }
        }
    }

    /// Appends all further tokens as base 64.
    mutating func appendBase64(into wire: inout [UInt8]) throws(RDataError) {
        guard index < tokens.count else {
            throw error("rdata/missing-field", "\(field.name) is missing; expected base 64")
        }
        let first = tokens[index].range.lowerBound
        let before = wire.count
        var decoder = Base64Decoder()
        try appendDigits(into: &wire) { decoder.append($0, to: &$1) }
        guard decoder.isComplete, wire.count > before else {
            throw RDataError(at: first, "rdata/malformed", "\(field.name): the base 64 ends too early")
        }
    }

    /// Appends all further tokens as base 16.
    mutating func appendHex(into wire: inout [UInt8]) throws(RDataError) {
        guard index < tokens.count else {
            throw error("rdata/missing-field", "\(field.name) is missing; expected hexadecimal digits")
        }
        let first = tokens[index].range.lowerBound
        let before = wire.count
        var decoder = HexDecoder()
        try appendDigits(into: &wire) { decoder.append($0, to: &$1) }
        guard decoder.isComplete, wire.count > before else {
            throw RDataError(at: first, "rdata/malformed", "\(field.name): the number of hexadecimal digits is odd")
        }
    }

    private mutating func appendSalt(into wire: inout [UInt8]) throws(RDataError) {
        let expected = "- or up to 510 hexadecimal digits, an even number"
        let token = try nextWord(expected)
        let digits = octets(token)
        if digits.count == 1, digits[0] == UInt8(ascii: "-") {
            wire.append(0)
            return
        }
        guard digits.count % 2 == 0, (2...510).contains(digits.count) else { throw mismatch(token, expected) }
        wire.append(UInt8(digits.count / 2))
        var decoder = HexDecoder()
        for digit in digits where !decoder.append(digit, to: &wire) { throw mismatch(token, expected) }
    }

    private mutating func appendNextHash(into wire: inout [UInt8]) throws(RDataError) {
        let expected = "a hash in base 32 with the extended hex alphabet, without padding"
        let token = try nextWord(expected)
        guard let hash = Base32Hex.decode(octets: octets(token)), (1...255).contains(hash.count) else {
            throw mismatch(token, expected)
        }
        wire.append(UInt8(hash.count))
        wire += hash
    }
}

/// Lengths of time in text: seconds, or numbers with the units of BIND's zone files.
package enum Period {
    /// The seconds of `86400`, `1d` or `1w2d3h4m5s`, in any case; `nil` for anything else or more than 32 bits.
    package static func seconds(_ text: some Collection<UInt8>) -> UInt32? {
        if let plain = UInt32(decimalOctets: text) { return plain }
        var total: UInt64 = 0
        var value: UInt64 = 0
        var digits = 0
        for octet in text {
            if octet &- 48 <= 9 {
                value = value * 10 + UInt64(octet &- 48)
                digits += 1
                guard digits <= 10 else { return nil }
                continue
            }
            let weight: UInt64
            switch octet | 0x20 {
            case UInt8(ascii: "w"): weight = 604_800
            case UInt8(ascii: "d"): weight = 86_400
            case UInt8(ascii: "h"): weight = 3_600
            case UInt8(ascii: "m"): weight = 60
            case UInt8(ascii: "s"): weight = 1
            default: return nil
            }
            guard digits > 0 else { return nil }
            total += value * weight
            guard total <= UInt64(UInt32.max) else { return nil }
            value = 0
            digits = 0
        }
        return digits == 0 && !text.isEmpty ? UInt32(total) : nil
    }
}
