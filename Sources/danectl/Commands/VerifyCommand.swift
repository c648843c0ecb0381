import ArgumentParser
import DNSModel
import DNSSEC
import Diagnostics
import Workspace

/// `danectl verify`: a signed zone, offline.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a signed zone file, offline.",
        discussion: """
            Checks every signature, the whole NSEC or NSEC3 chain, that nothing is signed that must not be, ZONEMD, and, \
            with --ds, that the DNSKEY RRset is signed by a key that the parent's DS (or a trust anchor) names. All findings \
            are reported; 'danectl explain RULE' tells what each is about.

              danectl verify signed/example.org.zone --ds dsset-example.org.
              danectl verify root.zone --origin . --ds root.ds --at 2024-08-02T00:00:00Z
            """)

    @Argument(help: "The signed zone file; '-' is standard input.", completion: .file())
    var file: String

    @Option(name: .long, help: "The apex, and what relative names are relative to (default: the SOA's owner).")
    var origin: NameArgument?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Verify as of this time (default: --now, else now).", valueName: "time"))
    var at: MomentArgument?

    @Option(
        name: .long,
        help: ArgumentHelp("A file with DS or DNSKEY records that the zone must chain to.", valueName: "file"),
        completion: .file())
    var ds: String?

    @Flag(name: .long, help: "A JSON document instead of text.")
    var json = false

    @Flag(name: .long, help: "Let $INCLUDE leave the file's folder.")
    var includesOutside = false

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let time = at?.time(now: global.time) ?? global.time
            let result = try ZoneVerification(
                file: file, origin: origin?.name, anchorFile: ds, allowsIncludesOutsideFolder: includesOutside,
                workers: threads.workers
            ).run(at: time)
            if json {
                try JSONOutput.print(JSONDocument("verify", VerificationJSON(result.report, reading: result.reading)))
            } else {
                global.talk.report(result.reading + result.report.diagnostics)
                Output.write(VerificationText.summary(result.report) + "\n")
            }
            if !result.report.isValid { throw ExitCode.findings }
        }
    }
}
