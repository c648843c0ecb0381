import ArgumentParser
import DNSModel
import DNSSEC
import Diagnostics
import Manifest
import Workspace

/// `danectl keys`: keys, their states, what happens next and when.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "List keys, their states, and what happens to them next.")

    @Argument(help: "The zone (default: all of the manifest).")
    var zone: NameArgument?

    @Option(name: .long, help: "The folder of the key files (default: the manifest's).", completion: .directory)
    var keys: String?

    @Flag(name: .long, help: "A JSON document instead of a table.")
    var json = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            var found: [ZoneKey] = []
            for (name, folder) in try folders() {
                let result = try KeyStore(folder: folder).keys(of: name)
                global.talk.report(result.diagnostics)
                found += result.value ?? []
            }
            if json {
                try JSONOutput.print(JSONDocument("keys", KeyListJSON(found, now: global.time)))
            } else {
                Output.write(KeyTable.text(found, now: global.time) + "\n")
            }
        }
    }

    /// The zones asked for, each with the folder of its keys. A `nil` zone means every zone in the folder.
    private func folders() throws(Failure) -> [(DomainName?, String)] {
        if let keys { return [(zone?.name, keys)] }
        let workspace = try ManifestWorkspace.open(global.settings)
        return try workspace.zones(named: zone.map { [$0.name] } ?? []).map { ($0.name, workspace.path($0.keys.value)) }
    }
}
