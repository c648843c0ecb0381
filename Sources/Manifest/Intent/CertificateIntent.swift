public import DNSModel
public import Diagnostics

/// One certificate of the manifest: the files of what is live and what is not live yet, and how it is rolled.
public struct CertificateIntent: Sendable, Hashable {
    /// The certificate's name in the manifest.
    public var name: String
    /// Where it stands in the manifest.
    public var location: SourceLocation
    /// What the servers load.
    public var live: Located<CertificateFiles>
    /// Where the ACME client or the operator puts what is not live yet; `nil` when nothing is staged.
    public var staged: Located<CertificateFiles>?
    /// From the first server that presents a new certificate to the last that presents the old one, in seconds.
    public var deployWindow: Int64
    /// The TLSA parameters to publish, at least one.
    public var tlsa: [Located<TLSAParameters>]
    /// The TTL of the TLSA RRsets, in seconds.
    public var ttl: TTL
    /// How one key follows another.
    public var strategy: RolloverStrategy
    /// Layers of caches on the way to clients, each of which may hold a record for its whole TTL.
    public var cacheLayers: Int
    /// The command that makes the servers load ``live``: program and arguments, run without a shell.
    public var reload: [String]
    /// Seconds that ``reload`` may take.
    public var reloadTimeout: Int64
    /// The POSH document that names the certificate; `nil` when none is kept.
    public var posh: POSHIntent?

    /// Creates a certificate intent.
    public init(
        name: String, location: SourceLocation, live: Located<CertificateFiles>, staged: Located<CertificateFiles>?,
        deployWindow: Int64, tlsa: [Located<TLSAParameters>], ttl: TTL, strategy: RolloverStrategy, cacheLayers: Int,
        reload: [String], reloadTimeout: Int64, posh: POSHIntent?
    ) {
        self.name = name
        self.location = location
        self.live = live
        self.staged = staged
        self.deployWindow = deployWindow
        self.tlsa = tlsa
        self.ttl = ttl
        self.strategy = strategy
        self.cacheLayers = cacheLayers
        self.reload = reload
        self.reloadTimeout = reloadTimeout
        self.posh = posh
    }
}

/// The POSH document (RFC 7711) of a certificate's services, for domains whose zones are not signed.
public struct POSHIntent: Sendable, Hashable {
    /// The file that is kept, and served over HTTPS, by us or by those who copy it.
    public var document: Located<String>
    /// For how long clients may believe it, in seconds.
    public var expires: TTL
    /// Seconds until everybody who serves it has a new version.
    public var propagationDelay: Int64

    /// Creates an intent.
    public init(document: Located<String>, expires: TTL, propagationDelay: Int64) {
        self.document = document
        self.expires = expires
        self.propagationDelay = propagationDelay
    }
}

/// Where a certificate chain and its key are.
public struct CertificateFiles: Sendable, Hashable {
    /// The PEM file with the chain, leaf first.
    public var chain: String
    /// The private key's file, or `nil` when ``chain`` holds it too.
    public var key: String?

    /// Creates the pair of paths.
    public init(chain: String, key: String?) {
        self.chain = chain
        self.key = key
    }
}

/// The three parameters of a TLSA record (RFC 6698 §2.1).
public struct TLSAParameters: Sendable, Hashable {
    /// The certificate usage.
    public var usage: CertificateUsage
    /// The selector.
    public var selector: Selector
    /// The matching type.
    public var matchingType: MatchingType

    /// Creates the parameters.
    public init(usage: CertificateUsage, selector: Selector, matchingType: MatchingType) {
        self.usage = usage
        self.selector = selector
        self.matchingType = matchingType
    }
}

/// How one certificate key follows another (RFC 7671 §8).
public enum RolloverStrategy: String, Sendable, Hashable, CaseIterable {
    /// The next key exists, and its record is published, long before it is needed.
    case spareKey = "spare-key"
    /// A new certificate is held back until its record has reached every cache.
    case twoPhase = "two-phase"
    /// Renewal keeps the key: nothing to do in DNS.
    case sameKey = "same-key"
}
