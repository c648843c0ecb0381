import ArgumentParser
import DNSModel
import Workspace

/// `danectl read`: a zone file as understood.
struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Print a zone file as understood: canonical order, one record a line.",
        discussion: """
            Every name is written out in full, every TTL is explicit, so that two files that mean the same print the same. \
            Errors are reported all at once, with file, line and column, and nothing is printed then.
            """)

    @Argument(help: "The zone file; '-' is standard input.", completion: .file())
    var file: String

    @Option(name: .long, help: "What relative names are relative to until the file says $ORIGIN.")
    var origin: NameArgument?

    @Flag(name: .long, help: "RDATA in the form for unknown types (RFC 3597).")
    var generic = false

    @Flag(name: .long, help: "JSON instead of zone-file text.")
    var json = false

    @Flag(name: .long, help: "Let $INCLUDE leave the file's folder.")
    var includesOutside = false

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let input = try ZoneInput(
                file, origin: origin?.name, allowsIncludesOutsideFolder: includesOutside, workers: threads.workers)
            let (zone, diagnostics) = try input.records()
            global.talk.report(diagnostics)
            if json {
                ZoneJSONWriter.write(zone, workers: threads.workers) { Output.write($0) }
            } else {
                ZoneFileWriter.write(zone, style: generic ? .generic : .presentation, workers: threads.workers) {
                    Output.write($0)
                }
            }
        }
    }
}
