import ArgumentParser
import DNSModel
import DNSSEC
import Manifest
import Workspace

/// `danectl keygen`: new keys for a zone.
struct KeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make keys for a zone, in BIND's file format.",
        discussion: """
            Without a role, makes what signing a zone needs: a key-signing and a zone-signing key. Prints the base name of \
            each key's files, Kzone.+algorithm+tag.key and .private, which BIND, ldns and Knot read too. Private keys are \
            readable by their owner alone, and no key's tag, nor that of its revoked form, is one that the zone has already.
            """)

    @Argument(help: "The zone.")
    var zone: NameArgument

    @Flag(help: "The key's role.")
    var role: KeyRoleChoice?

    @Option(name: .shortAndLong, help: "rsasha256, rsasha512, ecdsap256sha256 (13), ecdsap384sha384, ed25519 or ed448.")
    var algorithm: AlgorithmArgument = AlgorithmArgument(algorithm: .ecdsap256sha256)

    @Option(name: .shortAndLong, help: "The RSA modulus, 2048 to 4096 bits.")
    var bits: Int?

    @Option(
        name: .long, help: "The folder (default: the manifest's for this zone, else the current one).",
        completion: .directory)
    var keys: String?

    @Option(name: .long, help: ArgumentHelp("The TTL of the DNSKEY record.", valueName: "duration"))
    var ttl: DurationArgument?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("When the key is published (default: now).", valueName: "time"))
    var publish: MomentArgument?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("When the key begins to sign (default: now).", valueName: "time"))
    var activate: MomentArgument?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("When the key stops to sign.", valueName: "time"))
    var inactive: MomentArgument?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("When the key is removed from the zone.", valueName: "time"))
    var delete: MomentArgument?

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func validate() throws {
        if let bits {
            guard algorithm.isRSA else {
                throw ValidationError("'--bits' is for RSA; \(algorithm.algorithm) has one size")
            }
            guard (2_048...4_096).contains(bits) else {
                throw ValidationError("'--bits' takes a number from 2048 to 4096")
            }
        }
        if let ttl, ttl.seconds > 0x7FFF_FFFF { throw ValidationError("'--ttl' is longer than a TTL may be") }
    }

    func run() throws {
        try finishing(global) {
            let now = global.time
            var timing = KeyTiming.immediate(now)
            if let publish { timing.publish = publish.time(now: now) }
            if let activate { timing.activate = activate.time(now: now) }
            timing.inactive = inactive?.time(now: now)
            timing.delete = delete?.time(now: now)
            let store = KeyStore(folder: try folder())
            for role in role?.roles ?? [.ksk, .zsk] {
                let request = KeyRequest(
                    owner: zone.name, role: role, algorithm: algorithm.algorithm,
                    bits: bits ?? KeyRequest.defaultRSABits,
                    ttl: ttl.map { TTL(UInt32($0.seconds)) }, timing: timing)
                let created = try store.create(request)
                Output.write(created.baseName + "\n")
                global.talk.say("\(created.key)")
            }
        }
    }

    private func folder() throws(Failure) -> String {
        if let keys { return keys }
        guard InputFile.exists(global.settings.manifestPath) else { return "." }
        let workspace = try ManifestWorkspace.open(global.settings)
        guard let intent = workspace.manifest.zone(named: zone.name) else { return "." }
        return workspace.path(intent.keys.value)
    }
}

/// The role of a new key, as a flag.
enum KeyRoleChoice: String, EnumerableFlag {
    case ksk, zsk, csk

    var roles: [KeyRole] {
        switch self {
        case .ksk: [.ksk]
        case .zsk: [.zsk]
        case .csk: [.csk]
        }
    }

    static func help(for value: Self) -> ArgumentHelp? {
        switch value {
        case .ksk: "A key-signing key: signs the DNSKEY RRset, and the parent's DS names it."
        case .zsk: "A zone-signing key: signs everything else."
        case .csk: "A combined signing key: does both."
        }
    }
}

/// A signing algorithm by mnemonic or number.
struct AlgorithmArgument: ExpressibleByArgument {
    let algorithm: SecurityAlgorithm

    init(algorithm: SecurityAlgorithm) { self.algorithm = algorithm }

    init?(argument: String) {
        guard
            let algorithm = SecurityAlgorithm(mnemonic: argument)
                ?? UInt8(argument).map(SecurityAlgorithm.init(rawValue:))
        else { return nil }
        self.algorithm = algorithm
    }

    var isRSA: Bool { algorithm == .rsasha256 || algorithm == .rsasha512 }

    var defaultValueDescription: String { "\(algorithm)".lowercased() }
}
