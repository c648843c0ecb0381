import ArgumentParser
import DANE
import DNSModel
import Diagnostics
import OpenSSLBridge
import Workspace

/// `danectl tlsa`: records from certificates and keys.
struct TLSACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tlsa",
        abstract: "Make TLSA records from certificates, requests or keys.",
        discussion: """
            CERT is PEM (a chain, a key, a request, a public key), DER, PKCS #7 or PKCS #12. Several files give one record \
            each, as for a server with an RSA and an ECDSA certificate.

              danectl tlsa fullchain.pem --for _5269._tcp.xmpp.example.org
              danectl tlsa fullchain.pem --for xmpp.example.org:5269 --usage dane-ta --selector spki --matching sha2-256
            """)

    @Argument(help: "Certificates or keys; '-' is standard input.", completion: .file())
    var certificates: [String]

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Where the record stands: _PORT._PROTO.HOST or HOST:PORT.", valueName: "name"))
    var service: ServiceArgument

    @OptionGroup var fields: AssociationOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            var records: [PublishedRecord] = []
            for record in try fields.records(certificates) {
                let line = PublishedRecord(service.service, record, ttl: fields.ttl?.value)
                if !records.contains(line) { records.append(line) }
            }
            for record in records { Output.write(record.presentation(isGeneric: fields.generic) + "\n") }
        }
    }
}

/// `danectl smimea`: records for the certificates of mail addresses (RFC 8162).
struct SMIMEACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "smimea", abstract: "Make SMIMEA records from the certificates of a mail address.")

    @Argument(help: "Certificates or keys; '-' is standard input.", completion: .file())
    var certificates: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("The mail address.", valueName: "address"))
    var address: String

    @OptionGroup var fields: AssociationOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let owner = try MailOwner.resolve(address, MailAddressOwner.smimea)
            for record in try fields.records(certificates) {
                let line = PublishedRecord(
                    owner: owner, type: .smimea, ttl: fields.ttl?.value, rdata: record.wireFormat)
                Output.write(line.presentation(isGeneric: fields.generic) + "\n")
            }
        }
    }
}

/// `danectl openpgpkey`: records for the OpenPGP keys of mail addresses (RFC 7929).
struct OpenPGPKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openpgpkey", abstract: "Make an OPENPGPKEY record from a public key.")

    @Argument(help: "The exported public key, binary or armored; '-' is standard input.", completion: .file())
    var key: String

    @Option(name: .customLong("for"), help: ArgumentHelp("The mail address.", valueName: "address"))
    var address: String

    @Option(name: .long, help: ArgumentHelp("The TTL.", valueName: "duration"))
    var ttl: TTLArgument?

    @Flag(name: .long, help: "Write TYPE61 with \\# (RFC 3597).")
    var generic = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let owner = try MailOwner.resolve(address, MailAddressOwner.openPGPKey)
            do {
                let key = try OpenPGPKey(try InputFile.octets(of: key))
                let line = PublishedRecord(owner: owner, type: .openpgpkey, ttl: ttl?.value, rdata: key.octets)
                Output.write(line.presentation(isGeneric: generic) + "\n")
            } catch let error as OpenPGPKey.Failure {
                throw Failure(.badInput, .error("cert/unreadable", at: SourceLocation(file: key), error.description))
            }
        }
    }
}

/// `danectl sshfp`: records for the host keys of SSH servers (RFC 4255).
struct SSHFPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sshfp",
        abstract: "Make SSHFP records from OpenSSH public keys.",
        discussion:
            "FILE is a .pub file or the output of ssh-keyscan: danectl sshfp /etc/ssh/ssh_host_*_key.pub --for host.example.org"
    )

    @Argument(help: "Files with public keys; '-' is standard input.", completion: .file())
    var files: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("The host.", valueName: "name"))
    var host: NameArgument

    @Option(name: .long, help: ArgumentHelp("The TTL.", valueName: "duration"))
    var ttl: TTLArgument?

    @Flag(name: .long, help: "Also SHA-1, for clients that know nothing else.")
    var sha1 = false

    @Flag(name: .long, help: "Write TYPE44 with \\# (RFC 3597).")
    var generic = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            var findings: [Diagnostic] = []
            for file in files {
                let result = SSHFingerprint.records(
                    publicKeys: try InputFile.text(of: file), owner: host.name, ttl: ttl?.value,
                    sha1 ? [.sha1, .sha256] : [.sha256])
                for record in result.records { Output.write(record.presentation(isGeneric: generic) + "\n") }
                if result.records.isEmpty, result.failures.allSatisfy({ $0.failure == .notAKeyLine }) {
                    findings.append(
                        .error(
                            "cert/unreadable", at: SourceLocation(file: file),
                            "there is no OpenSSH public key in the file",
                            hint: "public keys are in .pub files; 'ssh-keygen -y -f FILE' prints that of a private key")
                    )
                    continue
                }
                findings += result.failures.map {
                    .error(
                        "cert/unreadable", at: SourceLocation(file: file, line: $0.line, column: 1),
                        $0.failure.description)
                }
            }
            if !findings.isEmpty { throw Failure(.badInput, findings) }
        }
    }
}

/// The owner names of mail addresses.
enum MailOwner {
    static func resolve(
        _ address: String, _ make: (String) throws(MailAddressOwner.Failure) -> DomainName
    ) throws(Failure) -> DomainName {
        do throws(MailAddressOwner.Failure) {
            return try make(address)
        } catch {
            throw Failure(.badInput, .error("tlsa/cannot-generate", error.description))
        }
    }
}
