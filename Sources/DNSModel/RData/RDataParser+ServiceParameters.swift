// The parameters of SVCB and HTTPS records (RFC 9460 §2.1, §7, Appendix A). See RDataParser.

extension RDataFieldParser {
    /// Reads all further tokens as parameters, in any order, and appends them in the order of their keys.
    mutating func appendServiceParameters(into wire: inout [UInt8]) throws(RDataError) {
        var parameters: [(key: ServiceParameterKey, value: [UInt8])] = []
        while index < tokens.count {
            let offset = tokens[index].range.lowerBound
            let parameter = try serviceParameter()
            guard parameterOffsets.updateValue(offset, forKey: parameter.key) == nil else {
                throw RDataError(
                    at: offset, "rdata/service-parameter",
                    "\(field.name): \(parameter.key) stands here twice (RFC 9460 §2.1)")
            }
            parameters.append(parameter)
        }
        for (key, value) in parameters.sorted(by: { $0.key < $1.key }) {
            append(key.rawValue, to: &wire)
            append(UInt16(truncatingIfNeeded: value.count), to: &wire)
            wire += value
        }
    }

    /// Reads `key`, `key=value` or `key="value"`.
    private mutating func serviceParameter() throws(RDataError) -> (key: ServiceParameterKey, value: [UInt8]) {
        let token = try nextWord("a service parameter such as port=5223")
        let range = token.range
        let equals = text[range].firstIndex(of: UInt8(ascii: "="))
        let key = try serviceParameterKey(range.lowerBound..<(equals ?? range.upperBound))
        var isUnlisted = key.isUnlisted
        // A registered key by its number has its value octet by octet, like an unregistered one.
        if text[range.lowerBound..<(equals ?? range.upperBound)].starts(with: "key".utf8) { isUnlisted = true }
        guard let equals else {
            return (key.key, try value(of: key.key, isUnlisted: isUnlisted, octets: nil, at: range.lowerBound))
        }
        var valueRange = (equals + 1)..<range.upperBound
        if valueRange.isEmpty, index < tokens.count, tokens[index].isQuoted,
            tokens[index].range.lowerBound == range.upperBound + 1
        {
            // The quoted value came as a token of its own.
            valueRange = tokens[index].range
            index += 1
        } else if valueRange.count >= 2, text[valueRange.lowerBound] == UInt8(ascii: "\"") {
            guard text[valueRange.upperBound - 1] == UInt8(ascii: "\"") else {
                throw RDataError(
                    at: valueRange.lowerBound, "rdata/service-parameter",
                    "\(field.name): nothing may follow the quoted value of \(key.key)")
            }
            valueRange = (valueRange.lowerBound + 1)..<(valueRange.upperBound - 1)
        }
        var octets: [UInt8] = []
        try appendUnescaped(valueRange, into: &octets)
        return (key.key, try value(of: key.key, isUnlisted: isUnlisted, octets: octets, at: valueRange.lowerBound))
    }

    /// A key by its registered name or as `keyN`, without leading zeros.
    private func serviceParameterKey(
        _ range: Range<Int>
    ) throws(RDataError) -> (key: ServiceParameterKey, isUnlisted: Bool) {
        let name = String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
        if let key = ServiceParameterKey(registeredName: name) { return (key, false) }
        let digits = Array(name.utf8.dropFirst(3))
        guard name.hasPrefix("key"), let number = UInt16(decimalOctets: digits), digits.count == 1 || digits[0] != 48
        else {
            throw RDataError(
                at: range.lowerBound, "rdata/service-parameter",
                "\(field.name): found \"\(name.prefix(40))\", expected a key's registered name in lower case or keyN")
        }
        guard number != 65_535 else {
            throw RDataError(
                at: range.lowerBound, "rdata/service-parameter",
                "\(field.name): key65535 is reserved as the invalid key (RFC 9460 §14.3.2)")
        }
        return (ServiceParameterKey(rawValue: number), true)
    }

    /// The value in wire format; `octets` is the text with its escapes resolved, `nil` when there was no `=`.
    private func value(
        of key: ServiceParameterKey, isUnlisted: Bool, octets: [UInt8]?, at offset: Int
    ) throws(RDataError) -> [UInt8] {
        let given = octets ?? []
        func fault(_ message: String) -> RDataError {
            RDataError(at: offset, "rdata/service-parameter", "\(field.name): \(key): \(message)")
        }
        guard given.count <= 65_535 else { throw fault("the value is longer than 65535 octets") }
        if isUnlisted {
            guard wireValueFits(key, given) else { throw fault("the value does not fit the key") }
            return given
        }
        switch key {
        case .noDefaultALPN, .ohttp, .pvd:
            guard given.isEmpty else { throw fault("it takes no value") }
            return []
        case .port:
            guard let port = UInt16(decimalOctets: given) else { throw fault("expected a port from 0 to 65535") }
            return [UInt8(port >> 8), UInt8(port & 0xFF)]
        case .mandatory: return try mandatoryKeys(given, fault)
        case .tlsSupportedGroups:
            var groups: [UInt8] = []
            for item in given.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                guard let group = UInt16(decimalOctets: item) else {
                    throw fault("expected numbers from 0 to 65535 with commas between them")
                }
                append(group, to: &groups)
            }
            return groups
        case .ipv4hint, .ipv6hint: return try addresses(given, isIPv6: key == .ipv6hint, fault)
        case .ech:
            guard let value = Base64.decode(String(decoding: given, as: UTF8.self)) else {
                throw fault("expected base 64")
            }
            return value
        case .alpn, .docpath: return try strings(given, allowsNone: key == .docpath, fault)
        case .oots: return try shares(given, fault)
        default:
            guard key != .dohpath || !given.isEmpty else { throw fault("expected a template such as /dns-query{?dns}") }
            return given
        }
    }

    /// Whether octets are a well-formed value of a registered key; anything is one of an unregistered key.
    private func wireValueFits(_ key: ServiceParameterKey, _ value: [UInt8]) -> Bool {
        guard key.registeredName != nil else { return true }
        var wire: [UInt8] = [0, 1, 0]
        append(key.rawValue, to: &wire)
        append(UInt16(value.count), to: &wire)
        wire += value
        var scratch = TextBuffer(capacity: 256)
        return wire.withUnsafeBufferPointer { RDataPrinter.appendFields(.svcb, $0, to: &scratch) } == nil
    }

    private func mandatoryKeys(
        _ given: [UInt8], _ fault: (String) -> RDataError
    ) throws(RDataError) -> [UInt8] {
        var keys: [ServiceParameterKey] = []
        for item in given.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let name = String(decoding: item, as: UTF8.self)
            let digits = Array(item.dropFirst(3))
            guard
                let key = ServiceParameterKey(registeredName: name)
                    ?? (name.hasPrefix("key")
                        ? UInt16(decimalOctets: digits).map { ServiceParameterKey(rawValue: $0) } : nil)
            else { throw fault("expected keys with commas between them") }
            guard !keys.contains(key) else { throw fault("\(key) is listed twice") }
            keys.append(key)
        }
        return keys.sorted().flatMap { [UInt8($0.rawValue >> 8), UInt8($0.rawValue & 0xFF)] }
    }

    private func addresses(
        _ given: [UInt8], isIPv6: Bool, _ fault: (String) -> RDataError
    ) throws(RDataError) -> [UInt8] {
        var value: [UInt8] = []
        for item in given.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let isRead = item.withUnsafeBufferPointer { address in
                if isIPv6 { return AddressText.appendIPv6(address, to: &value) }
                guard let quad = AddressText.ipv4(address) else { return false }
                value += [quad.0, quad.1, quad.2, quad.3]
                return true
            }
            guard isRead else {
                throw fault("expected \(isIPv6 ? "IPv6" : "IPv4") addresses with commas between them")
            }
        }
        return value
    }

    /// Strings with commas between them; a backslash makes a comma or a backslash part of a string (Appendix A.1).
    private func strings(
        _ given: [UInt8], allowsNone: Bool, _ fault: (String) -> RDataError
    ) throws(RDataError) -> [UInt8] {
        if given.isEmpty, allowsNone { return [] }
        var value: [UInt8] = []
        var item: [UInt8] = []
        var index = 0
        while index <= given.count {
            if index == given.count || given[index] == UInt8(ascii: ",") {
                guard (1...255).contains(item.count) else {
                    throw fault("expected strings of 1 to 255 octets with commas between them")
                }
                value.append(UInt8(item.count))
                value += item
                item = []
            } else if given[index] == UInt8(ascii: "\\") {
                index += 1
                guard index < given.count, given[index] == UInt8(ascii: ",") || given[index] == UInt8(ascii: "\\")
                else { throw fault("a backslash in the list needs a comma or a backslash after it") }
                item.append(given[index])
            } else {
                item.append(given[index])
            }
            index += 1
        }
        return value
    }

    /// Transports with their shares in percent: `do53:100,dot:25`.
    private func shares(_ given: [UInt8], _ fault: (String) -> RDataError) throws(RDataError) -> [UInt8] {
        var value: [UInt8] = []
        for item in given.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let parts = item.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard parts.count == 2, (1...255).contains(parts[0].count), !parts[0].contains(UInt8(ascii: "\\")),
                let share = UInt8(decimalOctets: parts[1]), share <= 100
            else { throw fault("expected transports with a share from 0 to 100, such as do53:100,dot:25") }
            value.append(UInt8(parts[0].count))
            value += parts[0]
            value.append(share)
        }
        return value
    }
}
