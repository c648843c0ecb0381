public import ArgumentParser
import DNSModel
public import DNSSEC
import Diagnostics
import Workspace

/// `danectl ds`: what the parent, or the registrar, is to be told.
struct DSCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ds",
        abstract: "Print what the registrar or the parent zone is to be told.",
        discussion: """
            From a zone of the manifest, key files, a signed zone, or DNSKEY records on standard input:

              danectl ds example.org
              danectl ds Kexample.org.+013+12345.key --format table
              dig +short DNSKEY example.org | sed 's/^/example.org. DNSKEY /' | danectl ds -

            Formats: ds and cds records, dnskey and cdnskey for parents that make the digest themselves, a labelled table for \
            web forms, json, and EPP secDNS XML with DS data (epp-ds) or key data (epp-key).
            """)

    @Argument(
        help: "A zone of the manifest, a key file, a signed zone, or '-' (default: all zones of the manifest).",
        completion: .file())
    var sources: [String] = []

    @Option(name: .long, help: "Digests, joined by commas: sha256, sha384; sha1 only where a parent insists.")
    var digest: DigestsArgument = DigestsArgument(types: DelegationSet.defaultDigestTypes)

    @Option(name: .shortAndLong, help: "What to print.")
    var format: DelegationFormat = .ds

    @Option(name: .long, help: "EPP: create, add or replace (default: replace).")
    var eppCommand: EPPCommandChoice = .replace

    @Option(name: .long, help: ArgumentHelp("EPP: the largest signature life to ask for.", valueName: "duration"))
    var maxSigLife: DurationArgument?

    @Flag(name: .long, help: "EPP: DS data with the key inside.")
    var withKeyData = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let result = DelegationSet.make(from: try records(), digestTypes: digest.types)
            global.talk.report(result.diagnostics)
            guard let set = result.value else { throw ExitCode.findings }
            let epp = EPPOptions(
                command: eppCommand.command, maximumSignatureLife: maxSigLife.map { UInt32(clamping: $0.seconds) },
                includesKeyData: withKeyData)
            do throws(DiagnosedFailure) {
                var text = try set.text(format, epp: epp)
                if !text.hasSuffix("\n") { text += "\n" }
                Output.write(text)
            } catch {
                throw Failure(.findings, error.diagnostics)
            }
        }
    }

    private func records() throws -> [DNSKEYRecord] {
        var records: [DNSKEYRecord] = []
        var zones: [DomainName] = []
        for source in sources {
            if let found = try DelegationSource.records(named: source) {
                records += found
            } else if let name = try? DomainName(source) {
                zones.append(name)
            } else {
                throw ValidationError("'\(source)' is neither a file nor a zone")
            }
        }
        guard sources.isEmpty || !zones.isEmpty else { return records }
        let workspace = try ManifestWorkspace.open(global.settings)
        for zone in try workspace.zones(named: zones) {
            let keys = try workspace.publishedKeys(of: zone, now: global.time)
            global.talk.report(keys.diagnostics)
            records += keys.value ?? []
        }
        return records
    }
}

extension DelegationFormat: ExpressibleByArgument {}

/// Digest types on the command line.
struct DigestsArgument: ExpressibleByArgument {
    let types: [DigestType]

    init(types: [DigestType]) { self.types = types }

    init?(argument: String) {
        var types: [DigestType] = []
        for word in argument.split(separator: ",") {
            switch word.lowercased() {
            case "1", "sha1", "sha-1": types.append(.sha1)
            case "2", "sha256", "sha-256": types.append(.sha256)
            case "4", "sha384", "sha-384": types.append(.sha384)
            default: return nil
            }
        }
        guard !types.isEmpty else { return nil }
        self.types = types
    }

    var defaultValueDescription: String { "sha256" }
}

/// What an EPP document asks for (RFC 5910 §5.2).
enum EPPCommandChoice: String, ExpressibleByArgument, CaseIterable {
    case create, add, replace

    var command: EPPOptions.Command {
        switch self {
        case .create: .create
        case .add: .add
        case .replace: .replace
        }
    }
}
