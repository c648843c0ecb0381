import Diagnostics
import Yams

/// Reads one mapping of the manifest: each key is taken once, and what nobody took is reported with a suggestion.
struct MappingReader {
    /// Where the mapping begins.
    let location: SourceLocation
    /// What the mapping is, for messages: `policies.standard.signatures`.
    let path: String
    private let file: String
    private var entries: [(key: String, keyLocation: SourceLocation, value: ManifestNode)] = []
    private var taken: Set<String> = []
    private var known: [String] = []

    /// Opens a mapping; anything else is reported, and `nil` returned. An empty value counts as an empty mapping.
    init?(_ node: ManifestNode, path: String, into findings: inout [Diagnostic]) {
        self.location = node.location
        self.path = path
        self.file = node.location.file
        switch node.node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                let keyNode = ManifestNode(key, file: file)
                guard let text = keyNode.text else {
                    findings.append(
                        .error("manifest/wrong-type", at: keyNode.location, "a key of '\(path)' is \(keyNode.kind)"))
                    continue
                }
                entries.append((text, keyNode.location, ManifestNode(value, file: file)))
            }
        case .scalar where node.isEmptyScalar:
            break
        default:
            findings.append(.badValue("manifest/wrong-type", node, key: path, expected: "a mapping"))
            return nil
        }
    }

    /// The value of a key, or `nil` when it is not there. Asking makes the key known.
    mutating func take(_ key: String) -> ManifestNode? {
        known.append(key)
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        taken.insert(key)
        return entry.value
    }

    /// All entries, for mappings whose keys are names that the operator chose.
    mutating func takeAll() -> [(key: String, location: SourceLocation, value: ManifestNode)] {
        taken.formUnion(entries.map(\.key))
        return entries.map { ($0.key, $0.keyLocation, $0.value) }
    }

    /// Reports the keys that nobody took.
    func finish(_ findings: inout [Diagnostic]) {
        for entry in entries where !taken.contains(entry.key) {
            let suggestion = Suggestion.closest(to: entry.key, among: known.filter { !taken.contains($0) })
            findings.append(
                .error(
                    "manifest/unknown-key", at: entry.keyLocation,
                    "unknown key '\(entry.key)' in '\(path)'",
                    hint: suggestion.map { "did you mean '\($0)'?" }
                        ?? "known here: \(known.sorted().joined(separator: ", "))"))
        }
    }

    /// The path of a key of this mapping.
    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

// MARK: - Values

extension MappingReader {
    /// A text, or `nil` when absent; anything else is reported.
    mutating func string(_ key: String, _ findings: inout [Diagnostic]) -> Located<String>? {
        guard let node = take(key) else { return nil }
        guard let text = node.text else {
            findings.append(.badValue("manifest/wrong-type", node, key: path(of: key), expected: "a text"))
            return nil
        }
        guard !text.isEmpty else {
            findings.append(
                .badValue("manifest/bad-value", node, key: path(of: key), expected: "a text that is not empty"))
            return nil
        }
        return Located(text, at: node.location)
    }

    /// A text that must be there.
    mutating func requiredString(_ key: String, example: String, _ findings: inout [Diagnostic]) -> Located<String>? {
        if !entries.contains(where: { $0.key == key }) {
            known.append(key)
            findings.append(
                .error(
                    "manifest/missing-key", at: location, "'\(path)' has no '\(key)'", hint: "add '\(key): \(example)'")
            )
            return nil
        }
        return string(key, &findings)
    }

    /// A value that `parse` understands; a text that it does not is reported with what was expected.
    mutating func value<Value>(
        _ key: String, expected: String, _ findings: inout [Diagnostic], parse: (String) -> Value?
    ) -> Value? {
        guard let node = take(key) else { return nil }
        guard let text = node.text, let value = parse(text) else {
            findings.append(.badValue("manifest/bad-value", node, key: path(of: key), expected: expected))
            return nil
        }
        return value
    }

    /// A duration in seconds.
    mutating func duration(_ key: String, _ findings: inout [Diagnostic]) -> Int64? {
        value(key, expected: "a duration such as 90d, 1h30m or P30D", &findings) { DurationText.seconds($0) }
    }

    /// `true` or `false`.
    mutating func boolean(_ key: String, _ findings: inout [Diagnostic]) -> Bool? {
        value(key, expected: "true or false", &findings) {
            switch $0.lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: nil
            }
        }
    }

    /// One of the cases of an enumeration of texts.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type, _ findings: inout [Diagnostic]
    ) -> Choice? where Choice.RawValue == String {
        guard let node = take(key) else { return nil }
        let names = Choice.allCases.map(\.rawValue)
        if let text = node.text, let choice = Choice(rawValue: text.lowercased()) { return choice }
        let suggestion = node.text.flatMap { Suggestion.closest(to: $0, among: names) }
        findings.append(
            .badValue(
                "manifest/bad-value", node, key: path(of: key), expected: "one of \(names.joined(separator: ", "))",
                hint: suggestion.map { "did you mean '\($0)'?" }))
        return nil
    }

    /// A list of texts; a single text counts as a list of one.
    mutating func strings(_ key: String, _ findings: inout [Diagnostic]) -> [Located<String>]? {
        guard let node = take(key) else { return nil }
        if let text = node.text { return [Located(text, at: node.location)] }
        guard case .sequence(let sequence) = node.node else {
            findings.append(.badValue("manifest/wrong-type", node, key: path(of: key), expected: "a list of texts"))
            return nil
        }
        return sequence.compactMap { element in
            let item = ManifestNode(element, file: file)
            guard let text = item.text else {
                findings.append(
                    .badValue("manifest/wrong-type", item, key: path(of: key), expected: "a list of texts"))
                return nil
            }
            return Located(text, at: item.location)
        }
    }
}
