import ArgumentParser
import DNSModel
import Diagnostics
import Workspace

/// `danectl status`: how things stand, for people and for monitoring.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how certificates, records and zones stand, and what comes next.",
        discussion: """
            Formats: text, json, nagios (one line; exit status 0 ok, 1 warning, 2 critical, 3 unknown) and prometheus. The \
            phase of a rollover counts: a next key without certificate is as it should be before the deployment.
            """)

    @Option(name: .shortAndLong, help: "What to print.")
    var format: StatusFormat = .text

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        if format == .nagios {
            try nagios()
            return
        }
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            let status = try ServiceStatus(workspace, now: global.time, workers: threads.workers)
            switch format {
            case .text: Output.write(StatusText.text(status))
            case .json: try JSONOutput.print(JSONDocument("status", StatusJSON(status)))
            case .prometheus: Output.write(StatusText.prometheus(status))
            case .nagios: break
            }
            if status.level == .critical { throw ExitCode.findings }
        }
    }

    /// Whatever happens, one line and a status that monitoring understands.
    private func nagios() throws {
        do {
            let workspace = try ManifestWorkspace.open(global.settings)
            let status = try ServiceStatus(workspace, now: global.time, workers: threads.workers)
            Output.write(StatusText.nagios(status) + "\n")
            throw ExitCode(Int32(status.level.rawValue))
        } catch let failure as Failure {
            Output.write("DANE UNKNOWN - \(failure.diagnostics.first?.message ?? "it cannot be found out")\n")
            throw ExitCode(Int32(ServiceStatus.Level.unknown.rawValue))
        }
    }
}

/// The forms of a status.
enum StatusFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, nagios, prometheus
}
