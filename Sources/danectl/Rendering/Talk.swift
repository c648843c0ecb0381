import Diagnostics
import Glibc

/// What the tool says beside its results: findings and progress, on standard error.
///
/// The contract: `file:line:column: error: message [rule]`, lower case, no final period; the line at fault below it with
/// a mark; the hint last. Colors only on a terminal, or when asked for.
struct Talk {
    let usesColor: Bool
    let isQuiet: Bool
    let isVerbose: Bool

    init(color: ColorChoice, isQuiet: Bool, isVerbose: Bool) {
        usesColor =
            switch color {
            case .always: true
            case .never: false
            case .auto: isatty(STDERR_FILENO) == 1 && getenv("NO_COLOR") == nil
            }
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
    }

    /// Says all findings that matter at this verbosity.
    func report(_ diagnostics: [Diagnostic], sources: [String: [Substring]] = [:]) {
        let least: Severity = isQuiet ? .error : isVerbose ? .note : .warning
        for diagnostic in diagnostics where diagnostic.severity >= least {
            Self.emit(text(of: diagnostic, sources: sources))
        }
    }

    /// Says a line, unless quiet.
    func say(_ line: String, evenIfQuiet: Bool = false) {
        if !isQuiet || evenIfQuiet { Self.emit(line) }
    }

    /// Writes a line to standard error.
    static func emit(_ line: String) {
        var text = line + "\n"
        text.withUTF8 { octets in _ = write(STDERR_FILENO, octets.baseAddress, octets.count) }
    }

    /// One finding as text.
    private func text(of diagnostic: Diagnostic, sources: [String: [Substring]]) -> String {
        var text = diagnostic.location.map { "\($0): " } ?? "danectl: "
        text +=
            paint(diagnostic.severity.rawValue + ":", diagnostic.severity)
            + " \(diagnostic.message) [\(diagnostic.rule)]"
        if let location = diagnostic.location, location.line > 0, let lines = sources[location.file],
            location.line <= lines.count
        {
            let number = String(location.line)
            text += "\n  \(number) | \(lines[location.line - 1])"
            if location.column > 0 {
                text += "\n  " + String(repeating: " ", count: number.count) + " | "
                text += String(repeating: " ", count: location.column - 1) + paint("^", diagnostic.severity)
            }
        }
        if !diagnostic.references.isEmpty, isVerbose || diagnostic.severity > .note {
            text += "\n  see: " + diagnostic.references.map(\.description).joined(separator: "; ")
        }
        if let hint = diagnostic.hint { text += "\n  hint: \(hint)" }
        return text
    }

    private func paint(_ text: String, _ severity: Severity) -> String {
        guard usesColor else { return text }
        let code =
            switch severity {
            case .error: "31;1"
            case .warning: "33;1"
            case .note: "36"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
