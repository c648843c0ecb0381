import ArgumentParser
import DNSModel
import Diagnostics
import Rollover
import Workspace

/// `danectl plan`: what apply would do now, what follows and when, and the proof.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what 'apply' would do now, what follows and when, and the proof that nobody fails.",
        discussion: """
            Changes nothing. The hash in the last line names the plan: 'danectl apply --plan HASH' does exactly this, or \
            nothing when something has changed since.
            """)

    @Flag(name: .long, help: "A JSON document instead of text.")
    var json = false

    @Option(
        name: .long, help: ArgumentHelp("Draw the timeline into this file.", valueName: "file"),
        completion: .file(extensions: ["svg"]))
    var svg: String?

    @Flag(name: .long, help: "Exit with status 2 when there is something to do, now or later.")
    var exitCode = false

    @Argument(help: "Certificates of the manifest (default: all).")
    var certificate: String?

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            try workspace.requireCertificate(certificate)
            let plans = try RolloverPlans(workspace, now: global.time, only: certificate, workers: threads.workers)
            global.talk.report(plans.allFindings)
            if json {
                try JSONOutput.print(JSONDocument("plan", PlansJSON(plans)))
            } else {
                Output.write(PlanText.text(plans))
            }
            if let svg { try OutputFile.write(PlanText.svg(plans), to: svg) }
            if plans.allFindings.hasErrors { throw ExitCode.findings }
            if exitCode, !plans.isEmpty { throw ExitCode.pending }
        }
    }
}
