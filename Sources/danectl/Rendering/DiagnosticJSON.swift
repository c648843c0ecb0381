import Diagnostics

/// A finding in JSON documents.
struct DiagnosticJSON: Encodable {
    let severity: String
    let rule: String
    let file: String?
    let line: Int?
    let column: Int?
    let message: String
    let references: [String]
    let hint: String?

    init(_ diagnostic: Diagnostic) {
        severity = diagnostic.severity.rawValue
        rule = diagnostic.rule.name
        file = diagnostic.location?.file
        line = diagnostic.location.flatMap { $0.line > 0 ? $0.line : nil }
        column = diagnostic.location.flatMap { $0.column > 0 ? $0.column : nil }
        message = diagnostic.message
        references = diagnostic.references.map(\.description)
        hint = diagnostic.hint
    }
}
