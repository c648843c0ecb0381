import ArgumentParser
import DANE
import DNSModel
import Diagnostics
import Manifest
import OpenSSLBridge
import Workspace

/// Usage, selector and matching type on the command line, and what goes with them.
struct AssociationOptions: ParsableArguments {
    @Option(name: .long, help: "0 to 3, or pkix-ta, pkix-ee, dane-ta, dane-ee.")
    var usage = "dane-ee"

    @Option(name: .long, help: "0 or 1, or cert, spki.")
    var selector = "spki"

    @Option(name: .long, help: "0 to 2, or full, sha2-256, sha2-512.")
    var matching = "sha2-256"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Usages 0 and 2: the CA of the chain with this common name (default: the highest).", valueName: "name"))
    var authority: String?

    @Option(
        name: .long, help: ArgumentHelp("A file with the passphrase of encrypted input.", valueName: "file"),
        completion: .file())
    var passphraseFile: String?

    @Option(name: .long, help: ArgumentHelp("The TTL.", valueName: "duration"))
    var ttl: TTLArgument?

    @Flag(name: .long, help: "Write the record's type and data as numbers (RFC 3597).")
    var generic = false

    func validate() throws {
        do throws(DANE.TLSAParameters.ParseError) {
            _ = try DANE.TLSAParameters(parsing: "\(usage) \(selector) \(matching)")
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// A record for each file.
    func records(_ files: [String]) throws(Failure) -> [RData.TLSA] {
        guard let parameters = try? DANE.TLSAParameters(parsing: "\(usage) \(selector) \(matching)") else { return [] }
        let passphrase = try passphraseFile.map { (path) throws(Failure) in try CredentialFile.passphrase(inFile: path)
        }
        var records: [RData.TLSA] = []
        for file in files {
            let bundle = try CredentialFile.read(file, passphrase: passphrase)
            do throws(TLSAGenerator.Failure) {
                records.append(
                    try TLSAGenerator.record(
                        parameters, bundle: bundle, authority: authority.map { .commonName($0) } ?? .highest))
            } catch {
                throw Failure(
                    .badInput,
                    .error(RuleID(error.rule), at: SourceLocation(file: file), error.description, .rfc(7671, "5")))
            }
        }
        return records
    }
}

/// `_5269._tcp.host`, or `host:5269`.
struct ServiceArgument: ExpressibleByArgument {
    let service: TLSAService

    init?(argument: String) {
        guard let service = TLSAService(parsing: argument) else { return nil }
        self.service = service
    }
}

/// A TTL on the command line: seconds, or `1h`.
struct TTLArgument: ExpressibleByArgument {
    let value: TTL

    init?(argument: String) {
        guard let seconds = DurationText.seconds(argument), let number = UInt32(exactly: seconds), number < 1 << 31
        else {
            return nil
        }
        value = TTL(number)
    }
}
