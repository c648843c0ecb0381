import DNSModel
import OpenSSLBridge

/// How a zone denies that names exist.
enum DenialKind: Sendable {
    /// A chain of names (RFC 4034 §4).
    case nsec
    /// Chains of hashed names (RFC 5155), usually one.
    case nsec3
    /// Not at all.
    case none
}

/// What all workers look at and none changes: a zone, or a piece of one that is being made.
struct CheckContext: Sendable {
    /// The zone's name, and where the store has it.
    let zone: DomainName
    let zoneOffset: UInt32
    let rrClass: RRClass
    /// The tables for hot loops, which copy nothing that would have to be counted; valid during the validation.
    var view: ZoneView
    var cuts: ZoneCuts
    /// The apex, or `nil` in a piece without it.
    var apex: OwnerIndex?
    /// How many records the zone has before those of ``view``.
    var recordsBefore = 0
    /// How a piece of a zone is looked at, whose chain is checked when all pieces are there; `nil` for a whole zone.
    var piece: PieceTerms?
    let keys: ApexKeys
    let now: Timestamp
    let options: ValidationOptions
    let denial: DenialKind
    /// The announced NSEC3 chains; empty unless `denial` says NSEC3.
    let chains: [AnnouncedChain]
    /// The TTL that NSEC and NSEC3 records must have (RFC 9077 §3).
    let denialTTL: TTL

    /// The zone's name in wire format.
    var zoneOctets: UnsafeBufferPointer<UInt8> { view.store.nameOctets(at: zoneOffset) }

    /// The number of owners that are checked in one go. It does not depend on the number of workers, so that what is
    /// found, and how much of it is told, does not either.
    static let ownersPerChunk = 1024

    /// The number of chunks.
    var chunkCount: Int { (view.ownerCount + Self.ownersPerChunk - 1) / Self.ownersPerChunk }

    /// The owners of one chunk.
    func owners(ofChunk chunk: Int) -> Range<Int> {
        let start = chunk * Self.ownersPerChunk
        return start..<min(start + Self.ownersPerChunk, view.ownerCount)
    }

    /// Types of the apex whose signatures are judged before all others, because verdicts hang on who made them.
    static let judgedFirst: [RRType] = [.dnskey, .cds, .cdnskey]

    /// Whether the zone is authoritative for an RRset, which therefore must be signed (RFC 4035 §2.2).
    func isAuthoritative(_ type: RRType, at owner: OwnerIndex) -> Bool {
        switch cuts[owner] {
        case .authoritative: true
        case .hashedOwner: type == .nsec3
        // NSEC3 at a name that is also a hash: absurdly rare, and signed.
        case .insecureDelegation, .secureDelegation: type == .ds || type == .nsec || type == .nsec3
        case .occluded, .outOfZone: false
        }
    }
}

/// What a worker brings home from one chunk of the zone.
struct CheckResult: Sendable {
    var log: FindingLog
    var statistics = ValidationStatistics()
    /// The good signature that expires first: its time, and which record it is.
    var firstExpiration: (time: Timestamp, record: Int)?
    /// Signatures of algorithms that have no key in the zone, by key tag and algorithm: how many, and the first one.
    var unpublished: [UInt32: (count: Int, record: Int)]
    /// For each NSEC3 chain, which of its entries are hashes of names of this chunk.
    var matched: [[UInt32]]
    /// What a piece of a zone tells of the chain that denies names.
    var chain = ChainPiece()

    init(_ context: CheckContext, unpublished: [UInt32: (count: Int, record: Int)] = [:]) {
        self.unpublished = unpublished
        log = FindingLog(limit: context.options.findingsPerRule)
        matched = Array(repeating: [], count: context.chains.count)
    }

    /// Adds what a later chunk brought.
    mutating func append(_ later: CheckResult) {
        log.append(later.log)
        statistics.add(later.statistics)
        if let other = later.firstExpiration, firstExpiration.map({ other.time < $0.time }) ?? true {
            firstExpiration = other
        }
        unpublished.merge(later.unpublished) { ($0.count + $1.count, $0.record) }
        for index in later.matched.indices { matched[index] += later.matched[index] }
    }
}
