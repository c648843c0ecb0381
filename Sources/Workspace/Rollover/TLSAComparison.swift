import DNSModel
import DNSSEC
import Diagnostics
import Manifest
import Rollover

/// What the state says of a zone's TLSA RRsets beside what is published of them.
struct TLSAComparison {
    let zone: ZoneIntent
    /// The signed zone, or `nil` when there is none.
    let published: Zone?
    /// Its file.
    let file: String
    /// Whether the zone was signed and its state is lost.
    let wasLost: Bool
    let negativeTTL: TTL
    let now: Timestamp
    /// The histories that have become other than they were.
    private(set) var histories: [TrackID: History] = [:]
    /// Where both disagree.
    private(set) var findings: [Diagnostic] = []
    /// What was read last: most RRsets of a zone are alike.
    private var latest: (rdata: [[UInt8]], content: Content)?

    init(zone: ZoneIntent, published: Zone?, file: String, wasLost: Bool, negativeTTL: TTL, now: Timestamp) {
        self.zone = zone
        self.published = published
        self.file = file
        self.wasLost = wasLost
        self.negativeTTL = negativeTTL
        self.now = now
    }

    /// Looks at one RRset.
    mutating func add(_ track: TrackID, _ history: History?) {
        guard case .rrset(let name, .tlsa) = track else { return }
        let owner = published?.owner(named: name)
        guard let history, let known = history.latest else {
            let (found, ttl) = content(at: owner)
            let fact: Event.Kind = found == .absent && !wasLost ? .done(found, ttl: ttl) : .found(found, ttl: ttl)
            record(wasLost ? [.historyLost(maximumTTL: zone.policy.maximumTTL), fact] : [fact], track, history)
            return
        }
        guard published != nil else { return }
        let (found, ttl) = content(at: owner)
        if found != known.content, !history.isUnfinished {
            findings.append(
                .warning(
                    "state/disagrees", at: SourceLocation(file: file),
                    "\(track) says \(found), the state says \(known.content): what was published in the past is unknown",
                    hint: "danectl waits for the policy's largest TTL, as if every cache held the worst"))
            record([.historyLost(maximumTTL: zone.policy.maximumTTL), .found(found, ttl: ttl)], track, history)
        } else if let expiration = signatureExpiration(at: owner), history.isSigned(until: expiration) == false {
            // Signatures that live longer than was recorded: the zone was signed since.
            var longer = history
            longer.addSigned(at: now, expiration: expiration)
            histories[track] = longer
        }
    }

    private mutating func record(_ kinds: [Event.Kind], _ track: TrackID, _ history: History?) {
        histories[track] = (history ?? []) + kinds.map { Fact(at: now, $0) }
    }

    /// What is published at an owner, and its TTL.
    private mutating func content(at owner: OwnerIndex?) -> (Content, TTL) {
        guard let zone = published, let owner, let rrset = zone.rrset(of: owner, .tlsa) else {
            return (.absent, negativeTTL)
        }
        if let latest, latest.rdata == rrset.rdata { return (latest.content, rrset.ttl) }
        let content = Content.tlsa(
            rrset.rdata.compactMap { try? RData.TLSA(wireFormat: $0) }.map { Association($0) })
        latest = (rrset.rdata, content)
        return (content, rrset.ttl)
    }

    /// The latest expiration of a signature over the TLSA RRset of an owner, or `nil` when there is none.
    private func signatureExpiration(at owner: OwnerIndex?) -> Timestamp? {
        guard let zone = published, let owner else { return nil }
        var latest: Timestamp?
        for index in zone.rrsetRange(of: owner, type: .rrsig) {
            guard let fields = SignatureFields(zone.rdataOctets(of: zone.records[index])), fields.typeCovered == .tlsa
            else { continue }
            let end = Timestamp(serial: fields.expiration, near: now)
            latest = max(end, latest ?? end)
        }
        return latest
    }
}

extension History {
    /// Whether signatures are recorded that expire at a time or later; `nil` when none are recorded at all.
    fileprivate func isSigned(until expiration: Timestamp) -> Bool? {
        var result: Bool?
        for fact in self {
            if case .signed(let known) = fact.kind { result = result == true || known >= expiration }
        }
        return result
    }
}
