public import DNSModel
public import DNSSEC

/// One zone to sign: where it comes from, where it goes, and how.
public struct SigningJob: Sendable {
    /// The operator's zone file; `-` is standard input.
    public var source: String
    /// What relative names of the source are relative to, and the apex that it must have; `nil` to take it from the file.
    public var origin: DomainName?
    /// Whether `$INCLUDE` may leave the source's folder.
    public var allowsIncludesOutsideFolder: Bool
    /// The signed zone file; `-` is standard output.
    public var output: String
    /// The keys to sign with.
    public var keys: [ZoneKey]
    /// The signed zone to take still-good signatures and the last serial from; `nil` for ``output``, when it is there.
    public var previous: String?
    /// How to sign.
    public var parameters: SigningParameters
    /// What is verified before the output is replaced.
    public var verification: Verification
    /// The threads to use.
    public var workers: Workers
    /// RRsets that danectl makes, such as TLSA: each takes the place of the source's of the same owner and type, and one
    /// without records takes it out.
    public var additions: [RRset] = []
    /// What of the source waits, and what is published in its place.
    var hold: ServiceHold?
    /// From how many octets of the previous output on what stays of it is copied as text.
    package var resigningThreshold = 1 << 18
    /// From how many octets of the source on what has changed of it is found out by its outline; and the size of its blocks.
    package var outlining = (threshold: 1 << 20, blockSize: 128 << 10)

    /// Creates a job.
    public init(
        source: String, origin: DomainName?, allowsIncludesOutsideFolder: Bool, output: String, keys: [ZoneKey],
        previous: String?, parameters: SigningParameters, verification: Verification, workers: Workers
    ) {
        self.source = source
        self.origin = origin
        self.allowsIncludesOutsideFolder = allowsIncludesOutsideFolder
        self.output = output
        self.keys = keys
        self.previous = previous
        self.parameters = parameters
        self.verification = verification
        self.workers = workers
    }

    /// What is verified before the output is replaced.
    public enum Verification: String, Sendable, Hashable, CaseIterable {
        /// Every record and signature of a zone of up to ``fullLimit`` signatures, read back from the file that was
        /// written; of a larger one the whole structure, the apex, and a sample of the other signatures.
        case automatic
        /// Every record and signature, whatever the size.
        case full
        /// Nothing.
        case none

        /// The number of signatures up to which ``automatic`` verifies each of them.
        public static let fullLimit = 10_000
    }
}

/// What came of a ``SigningJob``.
public struct SigningResult: Sendable {
    /// The apex of the zone.
    public let apex: DomainName
    /// Where the signed zone is.
    public let output: String
    /// Whether anything was written.
    public let change: SigningOutcome.Change
    /// What was done, in numbers.
    public let statistics: SigningOutcome.Statistics
    /// The number of signatures that were verified.
    public let verifiedSignatures: Int
    /// Whether only what has changed of the source was read.
    package let isByChanges: Bool

    init(_ outcome: SigningOutcome, output: String, verifiedSignatures: Int, isByChanges: Bool = false) {
        apex = outcome.zone.apex
        self.output = output
        change = outcome.change
        statistics = outcome.statistics
        self.verifiedSignatures = verifiedSignatures
        self.isByChanges = isByChanges
    }
}

extension ConcurrentValidation {
    /// What ``SigningJob/Verification/automatic`` asks for where nothing is read back.
    init(_ anchors: [TrustAnchor]) {
        let limit = SigningJob.Verification.fullLimit
        self.init(anchors: anchors, threshold: limit, sample: limit / 10)
    }
}
