import DNSModel

/// What a key of the manifest means when it is left out: every default of version 1, with its reason.
enum ManifestDefaults {
    /// ECDSA P-256: recommended for signing and supported by every validator (RFC 9904; IANA "DNS Security Algorithm Numbers").
    static let algorithm = SecurityAlgorithm.ecdsap256sha256
    /// A KSK change needs the registrar, so it happens when the operator says so; a ZSK every quarter keeps the habit.
    static let keys = KeyPolicy.split(ksk: .unlimited, zsk: .seconds(90 * 86_400))
    /// The size that every validator accepts and whose answers still fit into a UDP packet.
    static let rsaBits = 2_048
    /// RFC 9276 §3.1: no extra iterations, no salt, opt-out only where it pays.
    static let denial = DenialPolicy.nsec3(iterations: 0, salt: [], optOut: false)
    /// Two weeks, remade at half: a signer that stands still over a long holiday weekend harms nobody.
    static let signatures = SignaturePolicy(
        validity: 14 * 86_400, refresh: 7 * 86_400, jitter: 12 * 3_600, inceptionOffset: 3_600)
    /// An hour: short enough to roll a key within a day, long enough to be cached.
    static let dnskeyTTL = TTL(3_600)
    /// No RRset should outlive a day in caches, or every rollover waits for it.
    static let maximumTTL = TTL(86_400)
    /// An hour for NOTIFY to be lost once and the SOA refresh to catch up.
    static let propagationDelay: Int64 = 3_600
    /// Most registries publish DS with a day's TTL, several times an hour, within a day of the registrar's order.
    static let parent = ParentPolicy(dsTTL: TTL(86_400), propagationDelay: 3_600, registrationDelay: 86_400)
    /// Deploying to one host and reloading takes seconds; ten minutes leave room for a few hosts.
    static let deployWindow: Int64 = 600
    /// DANE-EE, SPKI, SHA2-256: survives renewal with the same key, needs no names (RFC 7671 §5.1).
    static let tlsa = TLSAParameters(usage: .daneEE, selector: .spki, matchingType: .sha2_256)
    /// An hour at the most, so that a mistake does not last (RFC 7671 §8.1 counts waits in TTLs).
    static let tlsaTTL = TTL(3_600)
    /// The resolver's cache and the one that servers such as Prosody keep of their own.
    static let cacheLayers = 2
    /// A day: what 'danectl posh' gives, too.
    static let poshExpires = TTL(86_400)
    /// The file is served by our own web server, or referred to there.
    static let poshPropagationDelay: Int64 = 0
    /// A reload that takes longer than this hangs.
    static let reloadTimeout: Int64 = 60
}
