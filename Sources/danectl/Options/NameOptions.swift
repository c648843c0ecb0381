import ArgumentParser
import DANE
import DNSModel
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

    /// The entries of subjectAltName; internationalized names in the form that certificates have (RFC 9525 §2).
    var all: [SubjectAlternativeName] {
        dns.map { .dnsID(Self.ascii($0)) } + srv.map { .srvID(Self.ascii($0)) }
            + xmppAddress.map { .xmppAddressID($0) }
    }

    /// Refuses names that no client could match.
    func validate() throws {
        for name in dns {
            let rest = name.hasPrefix("*.") ? String(name.dropFirst(2)) : name
            guard Self.isHost(rest) else {
                throw ValidationError("'\(name)' is no host or domain name ('*' may be its whole first label)")
            }
        }
        for name in srv {
            let labels = name.split(separator: ".", omittingEmptySubsequences: false)
            guard let service = labels.first, service.hasPrefix("_"), service.count > 1, labels.count > 1,
                Self.isHost(labels.dropFirst().joined(separator: "."))
            else {
                throw ValidationError(
                    "'\(name)' is no SRV-ID: the service and the domain, without _tcp (RFC 4985 §2), as"
                        + " _xmpp-client.example.org")
            }
        }
        for address in xmppAddress {
            let domain = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
            guard !address.hasPrefix("@"), Self.isHost(String(domain)) else {
                throw ValidationError("'\(address)' is no XMPP address")
            }
        }
    }

    private static func ascii(_ name: String) -> String {
        name.utf8.allSatisfy { $0 < 0x80 }
            ? (name.hasSuffix(".") ? String(name.dropLast()) : name) : IDNA.asciiForm(name)
    }

    /// Whether a text is a host name: letters, digits and hyphens, the last label not a number, as IP addresses have it.
    private static func isHost(_ name: String) -> Bool {
        let text = ascii(name)
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (try? DomainName(text)) != nil, let last = labels.last, !last.allSatisfy(\.isNumber) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { octet in
                    octet | 0x20 >= 0x61 && octet | 0x20 <= 0x7A || octet >= 0x30 && octet <= 0x39 || octet == 0x2D
                }
        }
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
