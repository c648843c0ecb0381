import ArgumentParser
import Diagnostics
import Workspace

/// `danectl check`: everything wrong with manifest, zones, keys and certificates; changes nothing.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find everything that is wrong with manifest, zones, keys and certificates; change nothing.",
        discussion: "Exit status 1 when a finding is an error. With a zone FILE, checks that file alone.")

    @Argument(help: "A zone file to check without a manifest.", completion: .file())
    var file: String?

    @Option(name: .long, help: "With FILE: what relative names are relative to until it says $ORIGIN.")
    var origin: NameArgument?

    @Flag(name: .long, help: "A JSON document instead of text.")
    var json = false

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let findings: [Diagnostic]
            if let file {
                findings = try Inspection.zoneFile(file, origin: origin?.name, workers: threads.workers)
            } else {
                let manifest = global.settings.manifestPath
                findings = try Inspection.manifest(manifest, now: global.time, workers: threads.workers)
            }
            if json {
                try JSONOutput.print(JSONDocument("check", FindingsJSON(findings: findings.map(DiagnosticJSON.init))))
            } else {
                global.talk.report(findings, sources: SourceLines.of(findings))
                let errors = findings.count { $0.severity == .error }
                let warnings = findings.count { $0.severity == .warning }
                global.talk.say(errors + warnings == 0 ? "nothing wrong" : "errors: \(errors), warnings: \(warnings)")
            }
            if findings.hasErrors { throw ExitCode.findings }
        }
    }
}

/// Findings alone as a JSON document.
struct FindingsJSON: Encodable {
    let findings: [DiagnosticJSON]
}

/// The lines of the files that findings point into, so that they can be shown.
enum SourceLines {
    static func of(_ findings: [Diagnostic]) -> [String: [Substring]] {
        var lines: [String: [Substring]] = [:]
        for file in Set(findings.compactMap { $0.location?.file }) where lines.count < 100 {
            guard let text = try? InputFile.text(of: file), text.utf8.count < 16 << 20 else { continue }
            lines[file] = text.split(separator: "\n", omittingEmptySubsequences: false)
        }
        return lines
    }
}
