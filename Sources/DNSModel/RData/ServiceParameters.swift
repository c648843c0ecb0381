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

    /// What is wrong with a DNS server's URI template: it is relative and has the variable `dns` (RFC 9461 §5).
    private static func templateFault(_ template: [UInt8]) -> String? {
        guard String(validating: template, as: UTF8.self) != nil else { return "the template is not UTF-8" }
        guard template.first == UInt8(ascii: "/") else { return "the template must be relative and begin with /" }
        var rest = template[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) else { break }
            var expression = rest[(open + 1)..<close]
            if let first = expression.first, "+#./;?&".utf8.contains(first) { expression = expression.dropFirst() }
            for variable in expression.split(separator: UInt8(ascii: ",")) {
                let name = variable.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "*") }
                if name.elementsEqual("dns".utf8) { return nil }
            }
            rest = rest[(close + 1)...]
        }
        return "the template lacks the variable dns"
    }
}
