/// What RFC 9460 demands of service parameters beyond the form of each.
enum ServiceParameters {
    /// What is wrong, and the key at which it shows.
    struct Fault: Error {
        let key: ServiceParameterKey
        let message: String
    }

    /// The first rule that well-formed, ordered parameters break, or `nil`.
    static func fault(in parameters: UnsafeBufferPointer<UInt8>) -> Fault? {
        var keys: [ServiceParameterKey] = []
        var mandatory: [ServiceParameterKey] = []
        var cursor = WireCursor(parameters)
        while let number = cursor.uint16(), let length = cursor.uint16(), let value = cursor.take(Int(length)) {
            let key = ServiceParameterKey(rawValue: number)
            keys.append(key)
            switch key {
            case .mandatory:
                var list = WireCursor(value)
                while let number = list.uint16() { mandatory.append(ServiceParameterKey(rawValue: number)) }
            case .dohpath:
                if let message = templateFault(Array(value)) { return Fault(key: key, message: message) }
            case .tlsSupportedGroups:
                if let group = firstRepetition(groups(value)) {
                    return Fault(key: key, message: "\(key): group \(group) stands here twice")
                }
            case .oots:
                if let transport = firstRepetition(transports(value)) {
                    let name = String(decoding: transport, as: UTF8.self)
                    return Fault(key: key, message: "\(key): transport \(name) stands here twice")
                }
            default: break
            }
        }
        for (index, key) in mandatory.enumerated() {
            if key == .mandatory { return Fault(key: .mandatory, message: "mandatory must not list itself") }
            if index > 0, mandatory[index - 1] >= key {
                return Fault(key: .mandatory, message: "the keys must ascend, each once")
            }
            if !keys.contains(key) {
                return Fault(key: .mandatory, message: "\(key) is listed as mandatory but is not there")
            }
        }
        if keys.contains(.noDefaultALPN), !keys.contains(.alpn) {
            return Fault(key: .noDefaultALPN, message: "no-default-alpn needs alpn beside it")
        }
        return nil
    }

    /// The groups of `tls-supported-groups`.
    private static func groups(_ value: UnsafeBufferPointer<UInt8>) -> [UInt16] {
        var cursor = WireCursor(value)
        var groups: [UInt16] = []
        while let group = cursor.uint16() { groups.append(group) }
        return groups
    }

    /// The names of the transports of `oots`.
    private static func transports(_ value: UnsafeBufferPointer<UInt8>) -> [[UInt8]] {
        var cursor = WireCursor(value)
        var transports: [[UInt8]] = []
        while let name = cursor.counted(), cursor.uint8() != nil { transports.append(Array(name)) }
        return transports
    }

    /// The first item that an earlier one equals.
    private static func firstRepetition<Item: Hashable>(_ items: [Item]) -> Item? {
        var seen: Set<Item> = []
        return items.first { !seen.insert($0).inserted }
    }

    /// What is wrong with a DNS server's URI template: it is relative and has the variable `dns` (RFC 9461 §5).
    ///
    /// Of what stands in braces only the names of variables count, not the syntax around them: servers load any.
    private static func templateFault(_ template: [UInt8]) -> String? {
        guard String(validating: template, as: UTF8.self) != nil else { return "the template is not UTF-8" }
        guard template.first == UInt8(ascii: "/") else { return "the template must be relative and begin with /" }
        var rest = template[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { break }
            let words = rest[(open + 1)..<close].split { !isNameOctet($0) }
            if words.contains(where: { $0.elementsEqual("dns".utf8) }) { return nil }
            rest = rest[(close + 1)...]
        }
        return "the template lacks the variable dns"
    }

    /// Whether an octet can be part of a variable's name (RFC 6570 §2.3).
    private static func isNameOctet(_ octet: UInt8) -> Bool {
        RDataPrinter.isLetterOrDigit(octet) || "_.%".utf8.contains(octet)
    }
}
