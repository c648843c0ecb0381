import DNSModel
import Diagnostics

/// Reads one entry of `zones`.
enum ZoneReader {
    static func read(
        _ key: String, _ keyLocation: SourceLocation, _ node: ManifestNode, policies: [String: SigningPolicy],
        _ findings: inout [Diagnostic]
    ) -> ZoneIntent? {
        guard let name = ManifestNames.name(key, at: keyLocation, key: "zones", &findings),
            var mapping = MappingReader(node, path: "zones.\(key)", into: &findings)
        else { return nil }
        let source = mapping.requiredString("source", example: "\(key).zone", &findings)
        let stem = key.hasSuffix(".") ? String(key.dropLast()) : key
        let output = mapping.string("output", &findings) ?? Located("signed/\(stem).zone", at: mapping.location)
        let keys = mapping.string("keys", &findings) ?? Located("keys", at: mapping.location)
        let policyName = mapping.string("policy", &findings)
        let serial = mapping.choice("serial", SerialPolicy.self, &findings) ?? .increment
        let reload = mapping.strings("reload", &findings)?.map(\.value) ?? []
        let outside = mapping.boolean("includes-outside", &findings) ?? false
        mapping.finish(&findings)

        var policy = PolicyReader.standard(at: mapping.location)
        if let policyName {
            if let found = policies[policyName.value] {
                policy = found
            } else {
                let suggestion = Suggestion.closest(to: policyName.value, among: policies.keys)
                findings.append(
                    .error(
                        "manifest/unknown-policy", at: policyName.location,
                        "zone '\(key)' names policy '\(policyName.value)', which is not in 'policies'",
                        hint: suggestion.map { "did you mean '\($0)'?" }))
            }
        }
        guard let source else { return nil }
        if source.value == output.value {
            findings.append(
                .error(
                    "manifest/output-is-source", at: output.location,
                    "'output' of zone '\(key)' is its 'source': the operator's file is never written"))
        }
        return ZoneIntent(
            name: name, location: keyLocation, source: source, output: output, keys: keys, policy: policy,
            serial: serial, reload: reload, allowsIncludesOutsideFolder: outside)
    }
}

/// Domain names as the manifest writes them: always from the root, with or without the final dot.
enum ManifestNames {
    static func name(
        _ text: String, at location: SourceLocation, key: String, _ findings: inout [Diagnostic]
    ) -> DomainName? {
        do throws(DomainName.ParseError) {
            return try DomainName(text)
        } catch {
            let reason =
                switch error {
                case .empty: "it is empty"
                case .labelTooLong(_, let length): "a label has \(length) octets, at most 63 are allowed"
                case .emptyLabel: "a label is empty"
                case .nameTooLong(let length): "it has \(length) octets, at most 255 are allowed"
                case .badEscape: "a backslash is not followed by a character or three digits"
                case .truncated, .trailingOctets: "it is not a whole name"
                }
            findings.append(
                .error(
                    "manifest/domain-name", at: location, "'\(text)' in '\(key)' is not a domain name: \(reason)",
                    .rfc(1035, "2.3.4")))
            return nil
        }
    }
}
