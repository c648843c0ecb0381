import ArgumentParser
import Diagnostics
import OpenSSLBridge
import Workspace

/// The names of a certificate on the command line.
struct NameOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("A host or domain name (DNS-ID); may be repeated.", valueName: "name"))
    var dns: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A service name (SRV-ID, RFC 4985), as _xmpp-client.example.org; may be repeated.", valueName: "name"))
    var srv: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("An XMPP address (RFC 6120 §13.7.1.4); may be repeated.", valueName: "address"))
    var xmppAddress: [String] = []

    @Option(name: .long, help: ArgumentHelp("The subject's common name; servers need none.", valueName: "name"))
    var commonName: String?

    /// The entries of subjectAltName.
    var all: [SubjectAlternativeName] {
        dns.map { .dnsID($0) } + srv.map { .srvID($0) } + xmppAddress.map { .xmppAddressID($0) }
    }
}

/// Private keys from files.
enum PrivateKeyInput {
    static func read(_ path: String) throws(Failure) -> CertificateKey {
        guard let key = try CredentialFile.read(path, passphrase: nil).privateKeys.first else {
            throw Failure(
                .badInput, .error("cert/no-key", at: SourceLocation(file: path), "there is no private key in the file"))
        }
        return key
    }

    /// The key of a file, which is made when it is not there.
    static func readOrMake(_ path: String) throws(Failure) -> CertificateKey {
        if InputFile.exists(path) { return try read(path) }
        do throws(X509Error) {
            let key = try CertificateKey.generate(.ecP256)
            let pem = try key.pem()
            do throws(Failure) { try OutputFile.write(pem, to: path, isSecret: true) } catch {
                throw .failed(operation: error.diagnostics.first?.message ?? "write the key", reasons: [])
            }
            return key
        } catch {
            throw Failure(.cannotWrite, .error("file/unwritable", at: SourceLocation(file: path), error.description))
        }
    }
}

/// Errors of OpenSSL as findings.
enum Issuing {
    static func reporting<Result>(_ file: String, _ body: () throws(X509Error) -> Result) throws(Failure) -> Result {
        do throws(X509Error) {
            return try body()
        } catch {
            throw Failure(.badInput, .error("cert/unreadable", at: SourceLocation(file: file), error.description))
        }
    }
}
