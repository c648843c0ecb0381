import ArgumentParser
import DNSModel
import DNSSEC

/// How `danectl sign` is to sign without a manifest: the values of ``ZoneFileSigningOptions``, which say what they mean.
///
/// They are apart from the options because setting up a command's options takes as long as signing a small zone.
struct ZoneFileSigning {
    var zoneFile: String?
    var origin: NameArgument?
    var keys: String?
    var output: String?
    var nsec = false
    var nsec3 = false
    var iterations: UInt16?
    var salt: SaltArgument?
    var optOut = false
    var inception: MomentArgument?
    var expiration: MomentArgument?
    var refresh: DurationArgument?
    var jitter: DurationArgument?
    var serial: SerialPolicy?
    var previous: String?
    var zonemd = false
    var zonemdDigest: [ZoneDigestArgument] = []
    var cds = false
    var dnskeyTTL: DurationArgument?
    var includesOutside = false

    /// Refuses what excludes each other.
    func validate() throws {
        if nsec, nsec3 || iterations != nil || salt != nil || optOut {
            throw ValidationError("'--nsec' excludes '--nsec3' and its parameters")
        }
        if zoneFile == "-", output == nil { throw ValidationError("with '--zone-file -', name an '--output'") }
    }

    /// The first option given that means nothing without `--zone-file`.
    var firstGiven: String? {
        let given: [(String, Bool)] = [
            ("--origin", origin != nil), ("--keys", keys != nil), ("--output", output != nil), ("--nsec", nsec),
            ("--nsec3", nsec3), ("--iterations", iterations != nil), ("--salt", salt != nil), ("--opt-out", optOut),
            ("--inception", inception != nil), ("--expiration", expiration != nil), ("--refresh", refresh != nil),
            ("--jitter", jitter != nil), ("--serial", serial != nil), ("--previous", previous != nil),
            ("--zonemd", zonemd || !zonemdDigest.isEmpty), ("--cds", cds), ("--dnskey-ttl", dnskeyTTL != nil),
            ("--includes-outside", includesOutside),
        ]
        return given.first { $0.1 }?.0
    }
}
