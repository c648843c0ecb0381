import ArgumentParser
import Diagnostics
import Workspace

extension ParsableCommand {
    /// Runs the body of this command: see ``GlobalSettings/finishing(_:)``.
    func finishing(_ options: GlobalOptions, _ body: () throws -> Void) throws {
        try options.settings.finishing(body)
    }
}

extension GlobalSettings {
    /// Runs the body of a command: what it throws as findings is said, and becomes the exit status.
    func finishing(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let failure as Failure {
            talk.report(failure.diagnostics)
            throw ExitCode(failure.kind.rawValue)
        }
    }
}

extension ExitCode {
    /// Findings of error severity.
    static let findings = ExitCode(1)
    /// Changes are pending (`--exit-code`).
    static let pending = ExitCode(2)
}
