import ArgumentParser
import DNSModel
import DNSSEC

/// `danectl nsec3hash`: the hashed owner name of a name.
struct NSEC3HashCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nsec3hash",
        abstract: "Print the NSEC3 hash of a name (RFC 5155 §5).",
        discussion: "For finding a name's NSEC3 record: the hash is the first label of its owner.")

    @Argument(help: "The name; the final dot may be left out.")
    var name: NameArgument

    @Option(name: .long, help: ArgumentHelp("How often the hash is applied again.", valueName: "n"))
    var iterations: UInt16 = 0

    @Option(name: .long, help: ArgumentHelp("Hexadecimal digits, or '-' for none.", valueName: "hex"))
    var salt: SaltArgument = SaltArgument(octets: [])

    func run() throws {
        var hasher = NSEC3Hasher(iterations: iterations, salt: salt.octets)
        Output.write(Base32Hex.encode(hasher.hash(of: name.name)) + "\n")
    }
}

/// A salt on the command line (RFC 5155 §3.3): hexadecimal digits, or `-` for none.
struct SaltArgument: ExpressibleByArgument {
    let octets: [UInt8]

    init(octets: [UInt8]) { self.octets = octets }

    init?(argument: String) {
        if argument == "-" || argument.isEmpty {
            octets = []
            return
        }
        guard let octets = Hex.decode(argument), octets.count <= 255 else { return nil }
        self.octets = octets
    }

    var defaultValueDescription: String { "-" }
}
