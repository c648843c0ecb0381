import DNSModel
import DNSSEC

extension SignRequest {
    /// What plain arguments ask for; nil when they ask for more, or for what makes no sense, so that ArgumentParser has to
    /// have a look.
    init?(plain arguments: some Sequence<String>) {
        var given = PlainArguments(arguments)
        file = ZoneFileSigning(&given)
        threads = given.option("--threads") { Int($0) }
        noVerify = given.flag("--no-verify")
        verifyAll = given.flag("--verify-all")
        global = GlobalSettings(&given)
        zones = given.values { NameArgument(argument: $0)?.name }
        guard given.isUsedUp else { return nil }
        do {
            try Workers.validate(threads: threads)
            try validate()
        } catch {
            return nil
        }
    }
}

extension ZoneFileSigning {
    /// Takes these options out of plain arguments.
    fileprivate init(_ given: inout PlainArguments) {
        zoneFile = given.option("--zone-file")
        origin = given.option("--origin") { NameArgument(argument: $0) }
        keys = given.option("--keys")
        output = given.option("--output", "-o")
        nsec = given.flag("--nsec")
        nsec3 = given.flag("--nsec3")
        iterations = given.option("--iterations") { UInt16($0) }
        salt = given.option("--salt") { SaltArgument(argument: $0) }
        optOut = given.flag("--opt-out")
        inception = given.option("--inception") { MomentArgument(argument: $0) }
        expiration = given.option("--expiration") { MomentArgument(argument: $0) }
        refresh = given.option("--refresh") { DurationArgument(argument: $0) }
        jitter = given.option("--jitter") { DurationArgument(argument: $0) }
        serial = given.option("--serial") { SerialPolicy(rawValue: $0) }
        previous = given.option("--previous")
        zonemd = given.flag("--zonemd")
        cds = given.flag("--cds")
        dnskeyTTL = given.option("--dnskey-ttl") { DurationArgument(argument: $0) }
        includesOutside = given.flag("--includes-outside")
    }
}

extension GlobalSettings {
    /// Takes these options out of plain arguments.
    fileprivate init(_ given: inout PlainArguments) {
        manifest = given.option("--manifest")
        now = given.option("--now") { TimeArgument(argument: $0)?.time }
        color = given.option("--color") { ColorChoice(rawValue: $0) } ?? .auto
        isQuiet = given.flag("--quiet", "-q")
        isVerbose = given.flag("--verbose", "-v")
    }
}
