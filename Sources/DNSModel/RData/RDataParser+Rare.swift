// The kinds of fields that few types have. See RDataParser.

extension RDataFieldParser {
    /// Reads one field of a kind that few types have.
    mutating func parseRare(_ kind: RDataFieldKind, into wire: inout [UInt8]) throws(RDataError) {
        switch kind {
        case .nodeNumber: append(try nodeNumber(), to: &wire)
        case .subcoding: try appendSubcoding(into: &wire)
        case .tag:
            let token = try next("a tag")
            guard (1...255).contains(token.range.count), octets(token).allSatisfy(RDataPrinter.isLetterOrDigit) else {
                throw mismatch(token, "1 to 255 letters and digits")
            }
            try appendString(token, into: &wire)
        case .certificateType:
            let token = try nextWord("a certificate type's number or mnemonic")
            guard let value = UInt16(decimalOctets: octets(token)) ?? CertificateType.value(of: string(token)) else {
                throw mismatch(token, "a number from 0 to 65535 or a certificate type's mnemonic")
            }
            append(value, to: &wire)
        case .syncScheme:
            let token = try nextWord("a scheme's number or NOTIFY")
            if string(token).uppercased() == "NOTIFY" {
                wire.append(1)
            } else if let value = UInt8(decimalOctets: octets(token)) {
                wire.append(value)
            } else {
                throw mismatch(token, "a number from 0 to 255 or NOTIFY")
            }
        case .optionalBase64: if index < tokens.count { try appendBase64(into: &wire) }
        case .base64OrZero: if !takeAbsence("0") { try appendBase64(into: &wire) }
        case .base64OrDash: if !takeAbsence("-") { try appendBase64(into: &wire) }
        case .hexOrZero: if !takeAbsence("0") { try appendHex(into: &wire) }
        case .nxtBitmap: try appendNXTBitmap(into: &wire)
        case .eui48:
            try appendGroups(6, digits: 2, separator: "-", "six pairs of digits such as 00-00-5e-00-53-2a", &wire)
        case .eui64:
            try appendGroups(
                8, digits: 2, separator: "-", "eight pairs of digits such as 00-00-5e-ef-10-00-00-2a", &wire)
        case .locator64:
            try appendGroups(4, digits: 4, separator: ":", "four groups of digits such as 2001:0db8:1140:1000", &wire)
        case .prefixes: try appendPrefixes(into: &wire)
        case .location: try appendLocation(into: &wire)
        case .serviceParameters: try appendServiceParameters(into: &wire)
        case .ipsecKey: try appendIPSECKEY(into: &wire)
        case .amtRelay: try appendAMTRELAY(into: &wire)
        case .hostIdentity: try appendHostIdentity(into: &wire)
        case .wellKnownServices: try appendWellKnownServices(into: &wire)
        case .ipv6Chain: try appendIPv6Chain(into: &wire)
        case .nsap: try appendNSAP(into: &wire)
        case .atmAddress: try appendATMAddress(into: &wire)
        default: throw error("rdata/malformed", "\(field.name): there is no way to read it")
        }
    }

    /// The next token as a node number: 64 bits in decimal, or `allocator.node` of 32 bits each.
    private mutating func nodeNumber() throws(RDataError) -> UInt64 {
        let expected = "a number from 0 to \(UInt64.max), or two numbers below 4294967296 with a point between them"
        let token = try nextWord(expected)
        if let number = UInt64(decimalOctets: octets(token)) { return number }
        let parts = octets(token).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let allocator = UInt32(decimalOctets: parts[0]),
            let node = UInt32(decimalOctets: parts[1])
        else { throw mismatch(token, expected) }
        return UInt64(allocator) << 32 | UInt64(node)
    }

    /// SINK's third octet. BIND writes `meaning coding subcoding [data]`, NSD `coding subcoding data`: what cannot be
    /// an octet's number is the data of the latter.
    private mutating func appendSubcoding(into wire: inout [UInt8]) throws(RDataError) {
        guard index < tokens.count else { throw error("rdata/missing-field", "a subcoding or data is missing") }
        let first = octets(tokens[index])
        guard !tokens[index].isQuoted, first.count > 3 || !first.allSatisfy({ $0 &- 48 <= 9 }) else {
            append(try number(UInt8.self), to: &wire)
            return
        }
    }

    /// Takes the next token when it is the last one and says that there is nothing.
    private mutating func takeAbsence(_ sign: String) -> Bool {
        guard index + 1 == tokens.count, !tokens[index].isQuoted, octets(tokens[index]).elementsEqual(sign.utf8) else {
            return false
        }
        index += 1
        return true
    }

    /// Groups of hexadecimal digits with a separator between them; a group of four may leave out leading zeros.
    private mutating func appendGroups(
        _ count: Int, digits: Int, separator: Character, _ expected: String, _ wire: inout [UInt8]
    ) throws(RDataError) {
        let token = try nextWord(expected)
        let groups = string(token).split(separator: separator, omittingEmptySubsequences: false)
        guard groups.count == count else { throw mismatch(token, expected) }
        for group in groups {
            guard group.utf8.count <= digits, digits == 4 ? !group.isEmpty : group.utf8.count == digits,
                group.utf8.allSatisfy({ Hex.value(of: $0) != 255 }), let value = UInt16(group, radix: 16)
            else { throw mismatch(token, expected) }
            if digits == 4 { append(value, to: &wire) } else { wire.append(UInt8(value)) }
        }
    }

    private mutating func appendPrefixes(into wire: inout [UInt8]) throws(RDataError) {
        while index < tokens.count {
            let token = try nextWord("an address prefix")
            if let expected = AddressPrefixText.parse(octets(token), into: &wire) {
                throw RDataError(
                    at: token.range.lowerBound, "rdata/malformed",
                    "\(field.name): found \(quoted(token)); \(expected)")
            }
        }
    }

    private mutating func appendLocation(into wire: inout [UInt8]) throws(RDataError) {
        guard index < tokens.count else { throw error("rdata/missing-field", "the latitude is missing") }
        do throws(LocationText.Fault) {
            wire += try LocationText.parse(tokens.map { octets($0) })
        } catch {
            index = error.token
            throw self.error("rdata/malformed", "\(field.name): \(error.message)")
        }
        index = tokens.count
    }

    private mutating func appendNXTBitmap(into wire: inout [UInt8]) throws(RDataError) {
        let first = index
        let types = try types()
        guard let last = types.max(), last.rawValue <= 127, !types.contains(where: { $0.rawValue == 0 }) else {
            index = first
            throw error("rdata/malformed", "\(field.name): expected one or more types from 1 to 127")
        }
        var bits = [UInt8](repeating: 0, count: Int(last.rawValue) / 8 + 1)
        for type in types { bits[Int(type.rawValue) >> 3] |= 0x80 >> UInt8(type.rawValue & 7) }
        wire += bits
    }

    private mutating func appendHostIdentity(into wire: inout [UInt8]) throws(RDataError) {
        field = RDataField("PK algorithm", .uint8)
        let algorithm = try number(UInt8.self)
        field = RDataField("HIT", .hex)
        let hitToken = try nextWord("hexadecimal digits")
        guard let hit = Hex.decode(string(hitToken)), (1...255).contains(hit.count) else {
            throw mismatch(hitToken, "2 to 510 hexadecimal digits, an even number")
        }
        field = RDataField("public key", .base64)
        let keyToken = try nextWord("base 64")
        guard let key = Base64.decode(string(keyToken)), (1...65_535).contains(key.count) else {
            throw mismatch(keyToken, "base 64 without spaces")
        }
        wire += [UInt8(hit.count), algorithm]
        append(UInt16(key.count), to: &wire)
        wire += hit
        wire += key
    }

    private mutating func appendIPv6Chain(into wire: inout [UInt8]) throws(RDataError) {
        field = RDataField("prefix length", .uint8)
        let prefixToken = try nextWord("a number from 0 to 128")
        guard let prefix = UInt8(decimalOctets: octets(prefixToken)), prefix <= 128 else {
            throw mismatch(prefixToken, "a number from 0 to 128")
        }
        wire.append(prefix)
        if prefix < 128 {
            field = RDataField("address suffix", .ipv6)
            let token = try nextWord("an IPv6 address")
            var address: [UInt8] = []
            guard AddressText.appendIPv6(octets(token), to: &address) else { throw mismatch(token, "an IPv6 address") }
            let skipped = Int(prefix) / 8
            guard address[..<skipped].allSatisfy({ $0 == 0 }),
                prefix % 8 == 0 || address[skipped] >> (8 - prefix % 8) == 0
            else { throw mismatch(token, "zeros in the first \(prefix) bits") }
            wire += address[skipped...]
        }
        field = RDataField("prefix name", .name)
        if prefix > 0 { try appendName(into: &wire) }
    }

    private mutating func appendNSAP(into wire: inout [UInt8]) throws(RDataError) {
        let expected = "0x and hexadecimal digits, perhaps with dots"
        let token = try nextWord(expected)
        let digits = octets(token)
        guard digits.count > 2, digits[0] == UInt8(ascii: "0"), digits[1] | 0x20 == UInt8(ascii: "x") else {
            throw mismatch(token, expected)
        }
        try appendDottedHex(digits.dropFirst(2), token, expected, into: &wire)
    }

    private mutating func appendATMAddress(into wire: inout [UInt8]) throws(RDataError) {
        let expected = "+ and decimal digits, or hexadecimal digits, perhaps with dots"
        let token = try nextWord(expected)
        let digits = octets(token)
        guard digits.first == UInt8(ascii: "+") else {
            wire.append(0)
            try appendDottedHex(digits[...], token, expected, into: &wire)
            return
        }
        let number = digits.dropFirst().filter { $0 != UInt8(ascii: ".") }
        guard !number.isEmpty, number.allSatisfy({ $0 &- 48 <= 9 }) else { throw mismatch(token, expected) }
        wire.append(1)
        wire += number
    }

    private func appendDottedHex(
        _ digits: Slice<UnsafeBufferPointer<UInt8>>, _ token: RDataToken, _ expected: String, into wire: inout [UInt8]
    ) throws(RDataError) {
        let before = wire.count
        var decoder = HexDecoder()
        for digit in digits where digit != UInt8(ascii: ".") {
            guard decoder.append(digit, to: &wire) else { throw mismatch(token, expected) }
        }
        guard decoder.isComplete, wire.count > before else { throw mismatch(token, expected + ", an even number") }
    }
}
