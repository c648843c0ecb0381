import ArgumentParser
import DANE
import DNSModel
import Diagnostics
import OpenSSLBridge
import Workspace

/// `danectl posh`: the documents for tenants whose zones cannot be signed (RFC 7711).
struct POSHCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "posh",
        abstract: "Make the POSH document of a hosted XMPP domain (RFC 7711).",
        discussion: """
            To be served at https://DOMAIN/.well-known/posh/xmpp-client.json and …/xmpp-server.json, for domains whose \
            zone is not signed. With --url the document refers to the host's own.
            """)

    @Argument(help: "The domain.")
    var domain: NameArgument

    @Option(
        name: .long, help: "A certificate's file, the one in use first; may be repeated (default: from the manifest).",
        completion: .file())
    var cert: [String] = []

    @Option(name: .long, help: "Refer to the document at this address instead.")
    var url: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How long it may be believed (default: what the manifest's 'posh' says, else 1d).", valueName: "duration"))
    var expires: DurationArgument?

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func validate() throws {
        if let expires, expires.seconds <= 0 { throw ValidationError("'--expires' 0 would make the document invalid") }
        if let url, !url.lowercased().hasPrefix("https://") || url.utf8.count < 9 {
            throw ValidationError("'--url' must begin with https:// (RFC 7711 §3.2)")
        }
    }

    func run() throws {
        try finishing(global) {
            var seconds = UInt32(clamping: expires?.seconds ?? 86_400)
            if let url {
                Output.write(POSHDocument(.reference(url: url), expires: seconds).json)
                return
            }
            var certificates: [Certificate] = []
            for file in cert { certificates += try CredentialFile.read(file, passphrase: nil).certificates.prefix(1) }
            if cert.isEmpty {
                let workspace = try ManifestWorkspace.open(global.settings)
                certificates = try workspace.certificates(of: domain.name, now: global.time, workers: .single)
                if expires == nil { seconds = workspace.documentExpires(of: domain.name) ?? seconds }
            }
            guard !certificates.isEmpty else {
                throw Failure(
                    .inputMissing,
                    .error("cert/none", "there is no certificate for \(domain.name)", hint: "name one with '--cert'"))
            }
            Output.write(POSHDocument(certificates: certificates, expires: seconds).json)
        }
    }
}
