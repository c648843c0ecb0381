import ArgumentParser
import DNSModel
import Diagnostics
import Workspace

/// `danectl gate`: may a certificate go live now?
struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Say whether the staged certificate may go live now.",
        discussion: """
            Exit status 0: it may, or nothing is staged. 75: not yet, with the time to come back. 1: it never may, and why.
            """)

    @Argument(help: "A certificate of the manifest.")
    var certificate: String

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            try workspace.requireCertificate(certificate)
            try GateText.finish(
                try DeploymentGate.ask(workspace, certificate: certificate, now: global.time, workers: threads.workers),
                certificate, global)
        }
    }
}

/// `danectl deploy`: put a certificate live when it may.
struct DeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Put the staged certificate live when it may; do what must come before it.",
        discussion: """
            What ACME clients call when they have a new certificate: it publishes the records that are missing, and puts \
            the certificate live as soon as every cache has them. Exit status 0: it is live. 75: not yet, with the time to \
            come back ('danectl apply' from a timer does it then). 1: it never may.
            """)

    @Argument(help: "A certificate of the manifest.")
    var certificate: String

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            try workspace.requireCertificate(certificate)
            let report = try Application.run(
                workspace, now: global.time, Application.Request(certificate: certificate, workers: threads.workers),
                progress: Progress(global.talk).say)
            ApplyText.report(report, global)
            if let failure = report.failure { throw ExitCode(failure.rawValue) }
            let gate = try DeploymentGate.ask(
                workspace, certificate: certificate, now: global.time, workers: threads.workers)
            if case .nothingStaged = gate { return }
            try GateText.finish(gate, certificate, global)
        }
    }
}

/// The gate's answer in words and as exit status.
enum GateText {
    static func finish(_ gate: DeploymentGate, _ certificate: String, _ global: GlobalOptions) throws {
        switch gate {
        case .nothingStaged: global.talk.say("nothing is staged for '\(certificate)' that is not live")
        case .now(let chain): global.talk.say("\(chain) may go live as '\(certificate)' now")
        case .notBefore(let time, let chain, let reason):
            global.talk.say(
                "\(chain) may go live as '\(certificate)' \(RelativeTime.text(time, now: global.time)): \(reason)")
            Output.write("\(time)\n")
            throw ExitCode(Failure.Kind.tooEarly.rawValue)
        case .never(let findings):
            global.talk.report(findings)
            throw ExitCode.findings
        }
    }
}

/// What a run of apply did, in lines.
enum ApplyText {
    static func report(_ report: Application.Report, _ global: GlobalOptions) {
        global.talk.report(report.findings)
        for line in report.done { global.talk.say(line) }
        for result in report.signed { global.talk.say(SigningText.summary(result, now: global.time)) }
    }
}
