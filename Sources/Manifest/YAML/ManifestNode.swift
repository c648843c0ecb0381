import Diagnostics
import Yams

/// A YAML node with its place in the file: the one type through which the manifest is read.
struct ManifestNode {
    let node: Node
    let location: SourceLocation

    init(_ node: Node, file: String) {
        self.node = node
        self.location = SourceLocation(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    }

    /// What kind of node it is, as a person would say it.
    var kind: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "an empty value" : "\"\(scalar.string)\""
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    /// The text of a scalar. A plain empty value (`key:`) is no text.
    var text: String? {
        guard case .scalar(let scalar) = node else { return nil }
        if scalar.string.isEmpty, scalar.style == .plain || scalar.style == .any { return nil }
        return scalar.string
    }

    var isEmptyScalar: Bool {
        if case .scalar = node { return text == nil }
        return false
    }
}

extension Diagnostic {
    /// A value of the manifest that is not what its key wants.
    static func badValue(
        _ rule: RuleID, _ node: ManifestNode, key: String, expected: String, _ references: RFCReference...,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            .error, rule, at: node.location, "'\(key)' is \(node.kind); expected \(expected)", references: references,
            hint: hint)
    }
}
