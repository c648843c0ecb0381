import DNSModel
import Diagnostics

extension PolicyReader {
    /// Reads `denial`: `nsec`, `nsec3`, or `nsec3:` with its parameters.
    static func readDenial(_ node: ManifestNode, _ name: String, _ findings: inout [Diagnostic]) -> DenialPolicy {
        switch node.text?.lowercased() {
        case "nsec": return .nsec
        case "nsec3": return ManifestDefaults.denial
        case .some:
            findings.append(
                .badValue(
                    "manifest/bad-value", node, key: "policies.\(name).denial",
                    expected: "'nsec', or 'nsec3' with parameters"))
            return ManifestDefaults.denial
        case nil: break
        }
        guard var mapping = MappingReader(node, path: "policies.\(name).denial", into: &findings) else {
            return ManifestDefaults.denial
        }
        defer { mapping.finish(&findings) }
        if let nsec = mapping.take("nsec") {
            if !nsec.isEmptyScalar {
                findings.append(
                    .badValue("manifest/wrong-type", nsec, key: "\(mapping.path).nsec", expected: "nothing"))
            }
            return .nsec
        }
        guard let nsec3 = mapping.take("nsec3"),
            var parameters = MappingReader(nsec3, path: "\(mapping.path).nsec3", into: &findings)
        else { return ManifestDefaults.denial }
        let iterations =
            parameters.value("iterations", expected: "a number from 0 to 65535", &findings) { UInt16($0) } ?? 0
        let salt =
            parameters.value("salt", expected: "hexadecimal digits, or \"\" for none", &findings) { Self.salt($0) }
            ?? []
        let optOut = parameters.boolean("opt-out", &findings) ?? false
        parameters.finish(&findings)
        return .nsec3(iterations: iterations, salt: salt, optOut: optOut)
    }

    /// A salt as RFC 5155 §3.3 writes it: hexadecimal, or `-` for none.
    private static func salt(_ text: String) -> [UInt8]? {
        if text == "-" || text.isEmpty { return [] }
        let digits = text.utf8.map { digit -> UInt8? in
            switch digit {
            case 48...57: digit - 48
            case 65...70: digit - 55
            case 97...102: digit - 87
            default: nil
            }
        }
        guard digits.count % 2 == 0, digits.count <= 510 else { return nil }
        var salt: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            salt.append(high << 4 | low)
        }
        return salt
    }
}
