import ArgumentParser
import DNSModel
import Diagnostics
import Workspace

/// `danectl apply`: does what is due.
struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Do what is due: publish, deploy, remove, and sign what needs it. For cron or a systemd timer.",
        discussion: """
            Run it as often as you like: what is not due is left alone, and what an earlier run began is finished. Waiting \
            is done by returning. Exit status 75 when another run is at work.
            """)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Do what this plan says, or nothing: the hash that 'danectl plan' prints.", valueName: "hash"))
    var plan: String?

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            let report = try Application.run(
                workspace, now: global.time, Application.Request(plan: plan, workers: threads.workers),
                progress: Progress(global.talk).say)
            ApplyText.report(report, global)
            if report.done.isEmpty, report.signed.isEmpty, report.failure == nil { global.talk.say("nothing is due") }
            if let next = report.remaining?.next, next > global.time {
                global.talk.say("next step \(RelativeTime.text(next, now: global.time))")
            }
            if let failure = report.failure { throw ExitCode(failure.rawValue) }
        }
    }
}
