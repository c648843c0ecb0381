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

/// What all workers look at and none changes.
struct CheckContext: Sendable {
    let zone: Zone
    /// The tables of ``zone`` for hot loops, which copy nothing that would have to be counted; valid during the validation.
    let view: ZoneView
    let cuts: ZoneCuts
    let apex: OwnerIndex
    let keys: ApexKeys
    let now: Timestamp
    let options: ValidationOptions
    let denial: DenialKind
    /// The announced NSEC3 chains; empty unless `denial` says NSEC3.
    let chains: [AnnouncedChain]
    /// The TTL that NSEC and NSEC3 records must have (RFC 9077 §3).
    let denialTTL: TTL

    /// The number of owners that are checked in one piece. It does not depend on the number of workers, so that what is
    /// found, and how much of it is told, does not either.
    static let ownersPerChunk = 1024

    /// The number of pieces.
    var chunkCount: Int { (zone.ownerCount + Self.ownersPerChunk - 1) / Self.ownersPerChunk }

    /// The owners of one piece.
    func owners(ofChunk chunk: Int) -> Range<Int> {
        let start = chunk * Self.ownersPerChunk
        return start..<min(start + Self.ownersPerChunk, zone.ownerCount)
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

/// What a worker brings home from one piece of the zone.
struct CheckResult: Sendable {
    var log: FindingLog
    var statistics = ValidationStatistics()
    /// The good signature that expires first: its time, and which record it is.
    var firstExpiration: (time: Timestamp, record: Int)?
    /// Signatures of algorithms that have no key in the zone, by key tag and algorithm: how many, and the first one.
    var unpublished: [UInt32: (count: Int, record: Int)] = [:]
    /// For each NSEC3 chain, which of its entries are hashes of names of this piece.
    var matched: [[UInt32]]

    init(_ context: CheckContext) {
        log = FindingLog(limit: context.options.findingsPerRule)
        matched = Array(repeating: [], count: context.chains.count)
    }

    /// Adds what a later piece brought.
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
