import ArgumentParser
import DNSModel
import Diagnostics
import OpenSSLBridge
import Rollover
import Workspace

/// `danectl rollover`: begins a change of key that nothing else has begun.
struct RolloverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollover",
        abstract: "Begin a change of key: of a certificate, or of a zone.",
        subcommands: [RolloverTLSACommand.self, RolloverZoneKeyCommand.self])
}

/// `danectl rollover tlsa NAME`.
struct RolloverTLSACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tlsa",
        abstract: "Begin a change of a certificate's key.",
        discussion: """
            Makes the next key where there is none. A self-signed certificate gets its successor staged at once; for any \
            other the request is printed, for the authority to answer into the staged file. 'danectl apply' does the rest.

            With --emergency, the live key counts as known to others: says what that means and until when, and publishes \
            with a short TTL from now on.
            """)

    @Argument(help: "A certificate of the manifest.")
    var certificate: String

    @Flag(name: .long, help: "The live key is known to others.")
    var emergency = false

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            try workspace.requireCertificate(certificate)
            let change = try KeyChange.begin(
                workspace, certificate: certificate, now: global.time, workers: threads.workers)
            switch change.outcome {
            case .staged(let label, let file):
                global.talk.say("staged \(label) in \(file): 'danectl apply' takes it live when it is safe")
            case .underWay(let label):
                global.talk.say("\(label) is staged already: 'danectl apply' takes it live when it is safe")
            case .request(let request, let staged):
                global.talk.say(
                    "have this request answered, and put the certificate into \(staged ?? "the file that 'staged' names")"
                )
                Output.write(request.pem)
            }
            if emergency {
                let report = try Emergency.declare(
                    workspace, certificate: certificate, now: global.time, workers: threads.workers)
                Output.write(EmergencyText.text(report, now: global.time))
            }
        }
    }
}

/// The exposure of a compromised key, in words.
enum EmergencyText {
    static func text(_ report: EmergencyReport, now: Timestamp) -> String {
        var text = "exposure:\n"
        text +=
            report.acceptedUntil <= .always
            ? "  no answer names the key\n"
            : "  clients that ask honest servers may accept the key until \(RelativeTime.text(report.acceptedUntil, now: now))\n"
        text +=
            report.replayableUntil.map {
                "  an attacker can replay old answers until their signatures expire: \(RelativeTime.text($0, now: now))\n"
            } ?? "  an attacker can replay old answers until their signatures expire; when that is was not recorded\n"
        text += "  only another key for the zone would end that earlier\n"
        text += "fastest safe way:\n"
        for (number, step) in report.plan.steps.enumerated() {
            let time = step.earliest <= now ? "now" : RelativeTime.text(step.earliest, now: now)
            text += "  \(number + 1). \(time): \(step.action)\n"
        }
        text += "  proof: \(report.plan.assurance.sentence)\n"
        if let haste = report.haste { text += "deploying at once instead: \(haste.sentence)\n" }
        return text
    }
}

/// `danectl rollover zsk|ksk|csk|algorithm`: not there yet.
struct RolloverZoneKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zsk", abstract: "Begin a change of a zone's keys (not available yet).",
        aliases: ["ksk", "csk", "algorithm"])

    @Argument(help: "A zone of the manifest.")
    var zone: NameArgument?

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            throw Failure(
                .findings,
                .error(
                    "rollover/not-available",
                    "danectl cannot take a zone from one key or algorithm to another yet; nothing was done",
                    hint:
                        "'danectl keygen' with --activate, --inactive and --delete makes keys whose times 'sign' keeps"
                        + " to; no proof goes with them"))
        }
    }
}

/// `danectl abort NAME`.
struct AbortCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort",
        abstract: "Give up the change of a certificate that is under way.",
        discussion: """
            What is staged stays where it is and is not used; when it is live already, the certificate before it comes \
            back. The way back is planned and proved like any other, and 'danectl apply' goes it.
            """)

    @Argument(help: "A certificate of the manifest.")
    var certificate: String

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            try workspace.requireCertificate(certificate)
            switch try Application.abort(
                workspace, certificate: certificate, now: global.time, workers: threads.workers)
            {
            case .nothing: global.talk.say("nothing is under way for '\(certificate)'")
            case .stagedGivenUp(let label): global.talk.say("\(label) is given up; 'danectl apply' tidies up")
            case .returning(let label):
                global.talk.say("\(label) shall come back; 'danectl plan \(certificate)' shows the way")
            }
        }
    }
}
