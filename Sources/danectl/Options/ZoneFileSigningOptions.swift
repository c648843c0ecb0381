import ArgumentParser
import DNSModel
import DNSSEC
import Workspace

/// The options of `danectl sign` without a manifest.
struct ZoneFileSigningOptions: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("The zone file to sign; '-' is standard input.", valueName: "file"),
        completion: .file())
    var zoneFile: String?

    @Option(name: .long, help: "The zone's apex, and what relative names are relative to.")
    var origin: NameArgument?

    @Option(name: .long, help: "The folder of the key files (default: the current one).", completion: .directory)
    var keys: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The signed zone; '-' is standard output (default: FILE.signed).", valueName: "file"))
    var output: String?

    @Flag(name: .long, help: "Prove absence with NSEC records.")
    var nsec = false

    @Flag(name: .long, help: "Prove absence with NSEC3 records (the default).")
    var nsec3 = false

    @Option(name: .long, help: ArgumentHelp("NSEC3: further hash iterations (RFC 9276 wants 0).", valueName: "n"))
    var iterations: UInt16?

    @Option(name: .long, help: ArgumentHelp("NSEC3: salt in hexadecimal (RFC 9276 wants none).", valueName: "hex"))
    var salt: SaltArgument?

    @Flag(name: .long, help: "NSEC3: leave insecure delegations out of the chain.")
    var optOut = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("When signatures begin: a time, or +/-duration from now (default: -1h).", valueName: "time"))
    var inception: MomentArgument?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "When signatures end: a time, or +duration from now (default: +14d, spread by 12h).", valueName: "time"))
    var expiration: MomentArgument?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A kept signature has at least this left (default: half of the validity).", valueName: "duration"))
    var refresh: DurationArgument?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Spread the ends of signatures over this (default: 12h; none with --expiration).", valueName: "duration"))
    var jitter: DurationArgument?

    @Option(
        name: .long,
        help:
            "How the SOA serial moves: increment, unixtime, date or keep (default: keep for a zone never signed, else increment)."
    )
    var serial: SerialPolicy?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The signed zone to take good signatures from (default: the output, if there).", valueName: "file"),
        completion: .file())
    var previous: String?

    @Flag(name: .long, help: "Publish a digest of the whole zone (ZONEMD, SHA-384).")
    var zonemd = false

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Publish ZONEMD with this digest: sha384 or sha512; may be repeated.", valueName: "digest"))
    var zonemdDigest: [ZoneDigestArgument] = []

    @Flag(name: .long, help: "Publish CDS and CDNSKEY for the key-signing keys (RFC 7344).")
    var cds = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The TTL of the DNSKEY RRset (default: the key files', else the SOA's).", valueName: "duration"))
    var dnskeyTTL: DurationArgument?

    @Flag(name: .long, help: "Let $INCLUDE leave the file's folder.")
    var includesOutside = false

    /// What was given.
    var values: ZoneFileSigning {
        var values = ZoneFileSigning()
        values.zoneFile = zoneFile
        values.origin = origin
        values.keys = keys
        values.output = output
        values.nsec = nsec
        values.nsec3 = nsec3
        values.iterations = iterations
        values.salt = salt
        values.optOut = optOut
        values.inception = inception
        values.expiration = expiration
        values.refresh = refresh
        values.jitter = jitter
        values.serial = serial
        values.previous = previous
        values.zonemd = zonemd
        values.zonemdDigest = zonemdDigest
        values.cds = cds
        values.dnskeyTTL = dnskeyTTL
        values.includesOutside = includesOutside
        return values
    }
}
