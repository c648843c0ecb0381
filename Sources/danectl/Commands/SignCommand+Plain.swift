import DNSModel
import DNSSEC

extension SignCommand {
    /// The command that plain arguments ask for; nil when they ask for more, or for what makes no sense, so that
    /// ArgumentParser has to have a look.
    static func plain(_ arguments: some Sequence<String>) -> SignCommand? {
        var given = PlainArguments(arguments)
        var command = SignCommand()
        command.file = ZoneFileSigningOptions.plain(&given)
        command.threads = ThreadOptions()
        command.threads.threads = given.option("--threads") { Int($0) }
        command.noVerify = given.flag("--no-verify")
        command.verifyAll = given.flag("--verify-all")
        command.global = GlobalOptions.plain(&given)
        command.zones = given.values { NameArgument(argument: $0) }
        guard given.isUsedUp else { return nil }
        do {
            try command.file.validate()
            try command.threads.validate()
            try command.validate()
        } catch {
            return nil
        }
        return command
    }
}

extension ZoneFileSigningOptions {
    /// Takes these options out of plain arguments.
    fileprivate static func plain(_ given: inout PlainArguments) -> ZoneFileSigningOptions {
        var options = ZoneFileSigningOptions()
        options.zoneFile = given.option("--zone-file")
        options.origin = given.option("--origin") { NameArgument(argument: $0) }
        options.keys = given.option("--keys")
        options.output = given.option("--output", "-o")
        options.nsec = given.flag("--nsec")
        options.nsec3 = given.flag("--nsec3")
        options.iterations = given.option("--iterations") { UInt16($0) }
        options.salt = given.option("--salt") { SaltArgument(argument: $0) }
        options.optOut = given.flag("--opt-out")
        options.inception = given.option("--inception") { MomentArgument(argument: $0) }
        options.expiration = given.option("--expiration") { MomentArgument(argument: $0) }
        options.refresh = given.option("--refresh") { DurationArgument(argument: $0) }
        options.jitter = given.option("--jitter") { DurationArgument(argument: $0) }
        options.serial = given.option("--serial") { SerialPolicy(rawValue: $0) }
        options.previous = given.option("--previous")
        options.zonemd = given.flag("--zonemd")
        options.zonemdDigest = []
        options.cds = given.flag("--cds")
        options.dnskeyTTL = given.option("--dnskey-ttl") { DurationArgument(argument: $0) }
        options.includesOutside = given.flag("--includes-outside")
        return options
    }
}

extension GlobalOptions {
    /// Takes these options out of plain arguments.
    fileprivate static func plain(_ given: inout PlainArguments) -> GlobalOptions {
        var options = GlobalOptions()
        options.manifest = given.option("--manifest")
        options.now = given.option("--now") { TimeArgument(argument: $0) }
        options.color = given.option("--color") { ColorChoice(rawValue: $0) } ?? .auto
        options.quiet = given.flag("--quiet", "-q")
        options.verbose = given.flag("--verbose", "-v")
        return options
    }
}
