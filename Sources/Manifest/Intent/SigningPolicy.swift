public import DNSModel
public import Diagnostics

/// How zones are signed: the manifest's `policies`.
public struct SigningPolicy: Sendable, Hashable {
    /// The policy's name.
    public var name: String
    /// Where it stands in the manifest.
    public var location: SourceLocation
    /// The algorithm of new keys.
    public var algorithm: SecurityAlgorithm
    /// Which keys a zone has.
    public var keys: KeyPolicy
    /// The RSA modulus in bits for algorithms 8 and 10; `nil` elsewhere.
    public var rsaBits: Int?
    /// How the absence of names is proved.
    public var denial: DenialPolicy
    /// The times of signatures.
    public var signatures: SignaturePolicy
    /// The TTL of the DNSKEY RRset, and of CDS and CDNSKEY.
    public var dnskeyTTL: TTL
    /// The largest TTL that any RRset of the zone may have.
    public var maximumTTL: TTL
    /// Seconds until every secondary serves what the primary serves (`Dprp` of RFC 7583).
    public var propagationDelay: Int64
    /// What is known of the parent zone.
    public var parent: ParentPolicy
    /// Whether CDS and CDNSKEY are published (RFC 7344).
    public var publishesCDS: Bool
    /// The digest of the whole zone to publish (RFC 8976): 1 for SHA-384, 2 for SHA-512; `nil` for none.
    public var zonemd: UInt8?

    /// Creates a policy.
    public init(
        name: String, location: SourceLocation, algorithm: SecurityAlgorithm, keys: KeyPolicy, rsaBits: Int?,
        denial: DenialPolicy, signatures: SignaturePolicy, dnskeyTTL: TTL, maximumTTL: TTL, propagationDelay: Int64,
        parent: ParentPolicy, publishesCDS: Bool, zonemd: UInt8?
    ) {
        self.name = name
        self.location = location
        self.algorithm = algorithm
        self.keys = keys
        self.rsaBits = rsaBits
        self.denial = denial
        self.signatures = signatures
        self.dnskeyTTL = dnskeyTTL
        self.maximumTTL = maximumTTL
        self.propagationDelay = propagationDelay
        self.parent = parent
        self.publishesCDS = publishesCDS
        self.zonemd = zonemd
    }
}

/// Which keys a zone has, and for how long each signs.
public enum KeyPolicy: Sendable, Hashable {
    /// A key-signing key and a zone-signing key.
    case split(ksk: KeyLifetime, zsk: KeyLifetime)
    /// One key for both.
    case combined(csk: KeyLifetime)
}

/// How long a key signs before it is rolled.
public enum KeyLifetime: Sendable, Hashable {
    /// Until the operator rolls it.
    case unlimited
    /// A number of seconds.
    case seconds(Int64)
}

/// How the absence of names is proved.
public enum DenialPolicy: Sendable, Hashable {
    /// NSEC (RFC 4034 §4).
    case nsec
    /// NSEC3 (RFC 5155) with the parameters that RFC 9276 speaks of.
    case nsec3(iterations: UInt16, salt: [UInt8], optOut: Bool)
}

/// The times of signatures, in seconds.
public struct SignaturePolicy: Sendable, Hashable {
    /// From signing to expiration.
    public var validity: Int64
    /// A signature with less than this left is made anew.
    public var refresh: Int64
    /// Expirations are spread over this much, so that not all come at once.
    public var jitter: Int64
    /// How far before signing the inception lies, for validators whose clocks are slow.
    public var inceptionOffset: Int64

    /// Creates the times.
    public init(validity: Int64, refresh: Int64, jitter: Int64, inceptionOffset: Int64) {
        self.validity = validity
        self.refresh = refresh
        self.jitter = jitter
        self.inceptionOffset = inceptionOffset
    }
}

/// What is known of the parent zone, in seconds.
public struct ParentPolicy: Sendable, Hashable {
    /// The TTL of the DS RRset at the parent.
    public var dsTTL: TTL
    /// Until every server of the parent serves what its primary serves (`DprpP` of RFC 7583).
    public var propagationDelay: Int64
    /// From handing over a DS to its appearance at the parent (`Dreg` of RFC 7583).
    public var registrationDelay: Int64

    /// Creates the parent's times.
    public init(dsTTL: TTL, propagationDelay: Int64, registrationDelay: Int64) {
        self.dsTTL = dsTTL
        self.propagationDelay = propagationDelay
        self.registrationDelay = registrationDelay
    }
}
