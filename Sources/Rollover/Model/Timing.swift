import DNSModel

/// How long a change takes to be the only truth: at the servers, and in caches. All in seconds.
public struct Timing: Sendable, Hashable, Codable {
    /// How long making the change may take: the deploy window of a certificate, the registration delay of a DS.
    public var window: Int64
    /// How long after that the last authoritative server may go on with the version before.
    public var propagation: Int64
    /// The SOA expire, where a secondary must be reckoned with that takes nothing until then (RFC 1035 §3.3.13).
    ///
    /// It stands in for ``propagation`` until every server has been seen with the new version.
    public var stuckUntilExpire: Int64?
    /// The caches behind the servers, or `nil` for what is presented directly.
    public var caches: Caches?
    /// How far validators' clocks may lag, so that they accept a signature after its expiration.
    public var clockSkew: Int64

    /// Creates a timing; negative values count as none, and those over 2³² seconds as 2³².
    public init(window: Int64, propagation: Int64, stuckUntilExpire: Int64?, caches: Caches?, clockSkew: Int64) {
        self.window = Self.bounded(window)
        self.propagation = Self.bounded(propagation)
        self.stuckUntilExpire = stuckUntilExpire.map(Self.bounded)
        self.caches = caches
        self.clockSkew = Self.bounded(clockSkew)
    }

    /// The caches between an authoritative server and a client.
    public struct Caches: Sendable, Hashable, Codable {
        /// How many hold an answer one behind the other, each for the whole TTL.
        public var layers: Int64
        /// What each may add by rounding.
        public var rounding: Int64
        /// How long a client may take from its look-up to using the answer in a handshake.
        public var useDelay: Int64

        /// Creates a description; values are bounded to 0…2³² and 0…16 layers.
        public init(layers: Int, rounding: Int64, useDelay: Int64) {
            self.layers = Int64(min(max(layers, 0), 16))
            self.rounding = Timing.bounded(rounding)
            self.useDelay = Timing.bounded(useDelay)
        }

        /// A resolver and the application's own cache, a second of rounding each, a minute to the handshake.
        public static let usual = Self(layers: 2, rounding: 1, useDelay: 60)
    }

    /// Something in DNS, served by all servers within `propagation` seconds.
    public static func published(propagation: Int64, caches: Caches = .usual, clockSkew: Int64 = 300) -> Self {
        Self(window: 0, propagation: propagation, stuckUntilExpire: nil, caches: caches, clockSkew: clockSkew)
    }

    /// Something that servers present, the last of them `window` seconds after the first.
    public static func presented(window: Int64) -> Self {
        Self(window: window, propagation: 0, stuckUntilExpire: nil, caches: nil, clockSkew: 0)
    }

    private static func bounded(_ seconds: Int64) -> Int64 { min(max(seconds, 0), 1 << 32) }

    /// How long an answer with this TTL may live behind the last fetch, before it is used.
    func cacheLifetime(_ ttl: TTL) -> Int64 {
        guard let caches else { return 0 }
        return caches.layers * (Int64(ttl.rawValue) + caches.rounding)
    }
}
