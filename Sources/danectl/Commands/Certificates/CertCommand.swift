import ArgumentParser
import DANE
import DNSModel
import Diagnostics
import Manifest
import OpenSSLBridge
import Workspace

/// `danectl cert`: certificates themselves.
struct CertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cert",
        abstract: "Check, request, sign and issue certificates.",
        subcommands: [
            CertLintCommand.self, CertRequestCommand.self, CertDueCommand.self, CertSelfSignCommand.self,
            CertIssueCommand.self,
        ])
}

/// `danectl cert lint`.
struct CertLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Find what is wrong with a certificate: names, order, dates, keys, purposes.",
        discussion:
            "Without FILE, checks the certificates of the manifest for the services that use them. Exit status 1 when a finding is an error."
    )

    @Argument(help: "PEM, DER, PKCS #7 or PKCS #12.", completion: .file())
    var file: String?

    @Option(name: .long, help: "The private key that should belong to it.", completion: .file())
    var key: String?

    @Option(name: .long, help: "What it is for: xmpp, tls or xep-0416.")
    var profile: CertificateProfileArgument = .xmpp

    @Option(name: .long, help: "A domain that it serves; may be repeated.")
    var domain: [NameArgument] = []

    @Option(name: .long, help: "An SRV target that it stands at; may be repeated.")
    var target: [NameArgument] = []

    @Option(
        name: .long, help: ArgumentHelp("A file with the passphrase of encrypted input.", valueName: "file"),
        completion: .file())
    var passphraseFile: String?

    @Flag(name: .long, help: "A JSON document instead of text.")
    var json = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let findings: [Diagnostic]
            if let file {
                let passphrase = try passphraseFile.map { (path) throws(Failure) in
                    try CredentialFile.passphrase(inFile: path)
                }
                let bundle = try CredentialFile.read(file, passphrase: passphrase)
                let keys = try key.map { (path) throws(Failure) in try CredentialFile.read(path, passphrase: passphrase)
                }
                findings = CertificateLint.findings(
                    chain: bundle.certificates, key: keys?.privateKeys.first ?? bundle.privateKeys.first,
                    profile: profile.profile(domains: domain.map(\.name), targets: target.map(\.name)),
                    now: global.time,
                    at: SourceLocation(file: file))
            } else {
                let workspace = try ManifestWorkspace.open(global.settings)
                findings = try workspace.certificateFindings(now: global.time, workers: .single)
            }
            if json {
                try JSONOutput.print(
                    JSONDocument("cert-lint", FindingsJSON(findings: findings.map(DiagnosticJSON.init))))
            } else {
                global.talk.report(findings)
                if findings.allSatisfy({ $0.severity == .note }) { global.talk.say("nothing wrong") }
            }
            if findings.hasErrors { throw ExitCode.findings }
        }
    }
}

/// What a certificate is for, on the command line.
enum CertificateProfileArgument: String, ExpressibleByArgument, CaseIterable {
    case xmpp, tls
    case xep0416 = "xep-0416"

    func profile(domains: [DomainName], targets: [DomainName]) -> CertificateProfile {
        switch self {
        case .xmpp: .xmpp(domains: domains, targets: targets)
        case .tls: .tlsServer(hosts: domains + targets)
        case .xep0416: .xep0416
        }
    }
}

/// `danectl cert request`.
struct CertRequestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Make a certificate request (CSR).",
        discussion: """
            With --certificate, for the next key that danectl keeps for a certificate of the manifest, and with the names \
            of its services. Otherwise for the key of a file.
            """)

    @Option(name: .long, help: "A certificate of the manifest.")
    var certificate: String?

    @Option(
        name: .long, help: "The private key's file; made (EC P-256, mode 0600) when it is not there.",
        completion: .file())
    var key: String?

    @OptionGroup var names: NameOptions

    @Flag(name: .long, help: "Ask for SRV-IDs (RFC 4985) of the services too; public authorities refuse them.")
    var srvIDs = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func validate() throws {
        if (certificate == nil) == (key == nil) { throw ValidationError("name either '--certificate' or '--key'") }
        if key != nil, names.all.isEmpty { throw ValidationError("with '--key', name at least one '--dns'") }
    }

    func run() throws {
        try finishing(global) {
            if let certificate {
                let workspace = try ManifestWorkspace.open(global.settings)
                Output.write(
                    try KeyChange.request(
                        workspace, certificate: certificate, now: global.time, includesServiceNames: srvIDs,
                        workers: .single
                    ).pem)
            } else if let key {
                let own = try PrivateKeyInput.readOrMake(key)
                try Issuing.reporting(key) { () throws(X509Error) in
                    Output.write(
                        try CertificateRequest.make(
                            subject: DistinguishedName(commonName: names.commonName), names: names.all, key: own
                        ).pem)
                }
            }
        }
    }
}

/// `danectl cert due`: whether it is time to renew.
struct CertDueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract:
            "Say whether a certificate of the manifest should be renewed: exit status 0 when it is time, 1 when not.")

    @Argument(help: "A certificate of the manifest.")
    var certificate: String

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            try workspace.requireCertificate(certificate)
            guard try workspace.isRenewalDue(certificate, now: global.time) else { throw ExitCode.findings }
        }
    }
}

/// `danectl cert self-sign`: a server's certificate without an authority, or an authority of one's own.
struct CertSelfSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "self-sign",
        abstract: "Make a certificate that its own key signs: a server's, or a private authority's (--authority).")

    @Option(
        name: .long, help: "The private key's file; made (EC P-256, mode 0600) when it is not there.",
        completion: .file())
    var key: String

    @OptionGroup var names: NameOptions

    @Option(name: .long, help: ArgumentHelp("How long it is valid.", valueName: "duration"))
    var validity: DurationArgument = DurationArgument(seconds: 365 * 86_400)

    @Flag(name: .long, help: "An authority that may issue certificates, not a server.")
    var authority = false

    @Option(name: .shortAndLong, help: "The certificate's file (default: standard output).", completion: .file())
    var output = "-"

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func validate() throws {
        if authority ? names.commonName == nil : names.all.isEmpty {
            throw ValidationError(authority ? "an authority needs a '--common-name'" : "name at least one '--dns'")
        }
        try validity.requireSome()
    }

    func run() throws {
        try finishing(global) {
            let own = try PrivateKeyInput.readOrMake(key)
            let begin = global.time.rawValue - 3_600
            let certificate = try Issuing.reporting(key) { () throws(X509Error) in
                let serial = try CertificateSerial.random()
                let template =
                    authority
                    ? CertificateTemplate.authority(
                        commonName: names.commonName ?? "", pathLength: 0, notBefore: begin,
                        notAfter: begin + validity.seconds, serialNumber: serial)
                    : CertificateTemplate.server(
                        commonName: names.commonName, names: names.all, notBefore: begin,
                        notAfter: begin + validity.seconds, serialNumber: serial)
                return try Certificate.selfSigned(template, key: own)
            }
            try OutputFile.write(certificate.pem, to: output)
        }
    }
}

/// `danectl cert issue`: a private authority's answer to a request.
struct CertIssueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue a certificate for a request, as a private authority; prints the chain to send.")

    @Argument(help: "The request.", completion: .file())
    var request: String

    @Option(name: .long, help: "The authority's certificate.", completion: .file())
    var ca: String

    @Option(name: .long, help: "The authority's private key.", completion: .file())
    var caKey: String

    @OptionGroup var names: NameOptions

    @Option(name: .long, help: ArgumentHelp("How long it is valid.", valueName: "duration"))
    var validity: DurationArgument = DurationArgument(seconds: 30 * 86_400)

    @Option(name: .shortAndLong, help: "The chain's file (default: standard output).", completion: .file())
    var output = "-"

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func validate() throws { try validity.requireSome() }

    func run() throws {
        try finishing(global) {
            let authority = try CredentialFile.read(ca, passphrase: nil).certificates
            let key = try PrivateKeyInput.read(caKey)
            guard let asked = try CredentialFile.read(request, passphrase: nil).requests.first else {
                throw Failure(
                    .badInput, .error("cert/none", at: SourceLocation(file: request), "there is no request in the file")
                )
            }
            guard let issuer = authority.first, issuer.isCA else {
                throw Failure(
                    .badInput,
                    .error("cert/none", at: SourceLocation(file: ca), "there is no authority's certificate in the file")
                )
            }
            let begin = global.time.rawValue - 3_600
            let certificate = try Issuing.reporting(caKey) { () throws(X509Error) in
                let wanted = asked.extensions.subjectAlternativeNames ?? []
                let template = CertificateTemplate.server(
                    commonName: names.commonName ?? asked.subject.commonNames.first,
                    names: wanted + names.all.filter { !wanted.contains($0) }, notBefore: begin,
                    notAfter: begin + validity.seconds, serialNumber: try CertificateSerial.random())
                return try Certificate.issued(template, for: asked.publicKey, by: issuer, key: key)
            }
            try OutputFile.write(certificate.pem + authority.map(\.pem).joined(), to: output)
        }
    }
}
