import ArgumentParser
import DNSModel
import Workspace

/// `danectl diff`: records added and removed between two zone files.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show the records added and removed between two zone files.",
        discussion: """
            Compares meaning, not text: order, case, comments, relative names and TTL units make no difference. A line that \
            begins with '-' is in OLD only, '+' in NEW only.
            """)

    @Argument(help: "The older zone file.", completion: .file())
    var old: String

    @Argument(help: "The newer zone file.", completion: .file())
    var new: String

    @Option(name: .long, help: "What relative names are relative to until a file says $ORIGIN.")
    var origin: NameArgument?

    @Flag(
        name: .long, help: "Leave out what signing adds: RRSIG, NSEC, NSEC3, DNSKEY and the like, and the SOA serial.")
    var ignoreDnssec = false

    @Flag(name: .long, help: "Exit with status 2 when the zones differ.")
    var exitCode = false

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let older = try ZoneInput(old, origin: origin?.name, workers: threads.workers).zone()
            let newer = try ZoneInput(new, origin: origin?.name, workers: threads.workers).zone()
            global.talk.report(older.diagnostics + newer.diagnostics)
            let difference = ZoneDiff(from: older.zone, to: newer.zone, ignoringDNSSEC: ignoreDnssec)
            for change in difference.changes { Output.write("\(change)\n") }
            if exitCode, !difference.isEmpty { throw ExitCode.pending }
        }
    }
}
