import ArgumentParser
import Diagnostics
import Manifest
import Workspace

/// `danectl hooks`: what ACME clients are to be told.
struct HooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hooks",
        abstract: "Print hooks for an ACME client: certbot, lego, acme.sh or dehydrated.",
        discussion: """
            With 'rollover: spare-key' the script asks for a certificate for danectl's next key, whose record is published \
            already, so that it may go live at once. Otherwise the hook hands the client's new certificate and key to \
            danectl, which publishes first and deploys when every cache has the record.
            """)

    @Argument(help: "The ACME client.")
    var client: ACMEClient

    @Option(name: .long, help: "The certificate of the manifest (default: the first that has 'staged').")
    var certificate: String?

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            try workspace.requireCertificate(certificate)
            let intents = workspace.manifest.certificates
            guard let intent = intents.first(where: { certificate == nil ? $0.staged != nil : $0.name == certificate }),
                let staged = intent.staged
            else {
                throw Failure(
                    .badInput,
                    .error(
                        "manifest/missing-key", at: SourceLocation(file: workspace.manifest.file),
                        "there is no certificate with 'staged' for a hook to write to"))
            }
            let hook = ACMEHook(
                manifest: InputFile.absolute(global.settings.manifestPath), certificate: intent.name,
                chain: InputFile.absolute(workspace.path(staged.value.chain)),
                key: staged.value.key.map { InputFile.absolute(workspace.path($0)) })
            Output.write(intent.strategy == .spareKey ? hook.request(client) : hook.deployment(client))
        }
    }
}

/// The ACME clients that hooks are known for.
enum ACMEClient: String, ExpressibleByArgument, CaseIterable {
    case certbot, lego
    case acmeSh = "acme.sh"
    case dehydrated
}
