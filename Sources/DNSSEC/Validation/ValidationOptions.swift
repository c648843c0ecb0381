/// How a zone is validated; what is validated is not optional.
public struct ValidationOptions: Sendable, Hashable {
    /// How many algorithms must have signed an RRset.
    public enum AlgorithmPolicy: Sendable, Hashable {
        /// Each algorithm of the apex DNSKEY RRset, as a zone must be signed (RFC 4035 §2.2, RFC 6840 §5.11).
        case everyAlgorithm
        /// Any algorithm, as a resolver is content with; a missing one is a warning.
        case anyAlgorithm
    }

    /// Which signatures are verified mathematically, when not all are. Fields, times and structure always are.
    public struct Sampling: Sendable, Hashable {
        /// One signature out of this many, at least 1.
        public let interval: UInt32
        /// Which ones: the same seed chooses the same signatures of the same zone.
        public let seed: UInt64

        /// Creates a rule of choice.
        public init(interval: UInt32, seed: UInt64) {
            self.interval = max(1, interval)
            self.seed = seed
        }

        /// Whether the signature at an index of the zone's records is among those chosen.
        func includes(_ index: Int) -> Bool {
            // SplitMix64's finalizer: neighboring indices fall apart.
            var mixed = UInt64(truncatingIfNeeded: index) &+ seed &* 0x9E37_79B9_7F4A_7C15
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return (mixed ^ mixed >> 31) % UInt64(interval) == 0
        }
    }

    /// How many algorithms must have signed each RRset.
    public var algorithms: AlgorithmPolicy
    /// Which signatures are verified mathematically; `nil` for all of them.
    public var sampling: Sampling?
    /// How many findings of one rule are told one by one; the rest is counted in a note.
    public var findingsPerRule: Int
    /// The number of extra NSEC3 iterations from which on validators call a zone insecure (RFC 9276 §3.2).
    public var maximumIterations: UInt16
    /// How many seconds before its first signature expires a zone gets a warning, or `nil` for none.
    public var expirationWarning: Int64?
    /// Whether ZONEMD digests are computed (RFC 8976 §4).
    public var verifiesZoneDigest: Bool

    /// Creates options from their values.
    public init(
        algorithms: AlgorithmPolicy, sampling: Sampling?, findingsPerRule: Int, maximumIterations: UInt16,
        expirationWarning: Int64?, verifiesZoneDigest: Bool
    ) {
        self.algorithms = algorithms
        self.sampling = sampling
        self.findingsPerRule = max(1, findingsPerRule)
        self.maximumIterations = maximumIterations
        self.expirationWarning = expirationWarning
        self.verifiesZoneDigest = verifiesZoneDigest
    }

    /// Everything, with every algorithm required: what a zone must pass before it is published.
    ///
    /// 100 iterations is where RFC 9276 §3.2 lets resolvers give up and where several do.
    public static let standard = ValidationOptions(
        algorithms: .everyAlgorithm, sampling: nil, findingsPerRule: 100, maximumIterations: 100,
        expirationWarning: nil, verifiesZoneDigest: true)

    /// The structure in full and one signature out of `interval`: a signer's quick look at its own work.
    public static func quick(interval: UInt32, seed: UInt64) -> Self {
        var options = Self.standard
        options.sampling = Sampling(interval: interval, seed: seed)
        return options
    }
}
