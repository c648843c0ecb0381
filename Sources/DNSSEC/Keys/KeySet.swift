public import DNSModel
public import Diagnostics
import OpenSSLBridge

/// The keys of a zone at one moment: what is published, and which key signs what.
public struct KeySet: Sendable {
    /// The zone.
    public let apex: DomainName
    /// The keys of the DNSKEY RRset, revoked ones with their flag, sorted by algorithm, SEP first, key tag.
    public let published: [ZoneKey]
    /// The keys that sign the DNSKEY, CDS and CDNSKEY RRsets: for each algorithm at least one.
    public let keySigners: [ZoneKey]
    /// The keys that sign every other RRset: for each algorithm at least one.
    public let zoneSigners: [ZoneKey]

    private init(apex: DomainName, published: [ZoneKey], keySigners: [ZoneKey], zoneSigners: [ZoneKey]) {
        self.apex = apex
        self.published = published
        self.keySigners = keySigners
        self.zoneSigners = zoneSigners
    }

    /// The algorithms of the DNSKEY RRset, ascending.
    public var algorithms: [SecurityAlgorithm] { Set(published.map(\.algorithm)).sorted() }

    /// Decides what each key does at `now`.
    ///
    /// Keys whose time has not come, or has gone, are left out. In an algorithm without any ZSK the SEP keys sign the
    /// whole zone, and in one without any SEP key the ZSKs sign the DNSKEY RRset too, as other signers do.
    /// - Returns: The set, or nothing when a finding is an error.
    public static func select(_ keys: [ZoneKey], apex: DomainName, at now: Timestamp) -> Diagnosed<KeySet> {
        var selection = KeySelection(apex: apex, now: now)
        for key in keys { selection.take(key) }
        selection.decide()
        selection.findCollisions()
        let set = KeySet(
            apex: apex, published: selection.published, keySigners: selection.keySigners,
            zoneSigners: selection.zoneSigners)
        return Diagnosed(selection.findings.hasErrors ? nil : set, selection.findings)
    }
}

/// The work of ``KeySet/select(_:apex:at:)``.
private struct KeySelection {
    let apex: DomainName
    let now: Timestamp
    var findings: [Diagnostic] = []
    var published: [ZoneKey] = []
    var keySigners: [ZoneKey] = []
    var zoneSigners: [ZoneKey] = []
    private var usable: [ZoneKey] = []

    init(apex: DomainName, now: Timestamp) {
        self.apex = apex
        self.now = now
    }

    /// Takes a key that belongs to the zone.
    mutating func take(_ key: ZoneKey) {
        guard key.owner == apex else {
            findings.append(.error(KeyRules.otherZone, "\(key) does not belong to the zone \(apex)", .rfc(4035, "2.1")))
            return
        }
        let faults = KeyFindings.about(
            DNSKEYRecord(owner: key.owner, ttl: key.ttl, dnskey: key.dnskey, location: nil))
        findings += faults
        if faults.hasErrors { return }
        let isDuplicate = usable.contains { other in
            other.algorithm == key.algorithm && other.dnskey.publicKey == key.dnskey.publicKey
        }
        if isDuplicate {
            findings.append(.warning(KeyRules.duplicate, "\(key) was given more than once; one of them is used"))
            return
        }
        usable.append(key)
    }

    /// Gives each key its part.
    mutating func decide() {
        published = usable.compactMap { $0.published(at: now) }.sorted {
            ($0.algorithm, $0.dnskey.isSEP ? 0 : 1, $0.keyTag) < ($1.algorithm, $1.dnskey.isSEP ? 0 : 1, $1.keyTag)
        }
        let signing = published.filter { [.active, .revoked].contains($0.state(at: now)) }
        for key in signing where !canSign(key) { return }
        guard signing.contains(where: { $0.state(at: now) == .active }) else {
            reportNoActiveKey()
            return
        }
        for algorithm in Set(published.map(\.algorithm)).sorted() { decide(algorithm, signing) }
        if !published.contains(where: { $0.dnskey.isSEP }) {
            findings.append(
                .warning(
                    KeyRules.noSecureEntryPoint, "no key of \(apex) has the SEP flag; the DS will be of another key",
                    .rfc(4034, "2.1.1"), hint: "make a KSK, or a CSK alone"))
        }
    }

    private mutating func canSign(_ key: ZoneKey) -> Bool {
        guard let scheme = key.algorithm.signatureAlgorithm, scheme.canSign else {
            findings.append(KeyRules.cannotSign(key.algorithm))
            return false
        }
        guard key.privateKey != nil else {
            findings.append(
                .error(
                    KeyRules.missingPrivateHalf, "\(key) should sign, but its private half is not there",
                    hint: "bring \(KeyFileName(key)).private"))
            return false
        }
        if let advice = key.algorithm.recommendation?.useForSigning, [.mustNot, .notRecommended].contains(advice) {
            let message = "\(key): IANA's registry says \(advice.rawValue) for signing with this algorithm"
            findings.append(.warning(KeyRules.notRecommended, message, .rfc(9904)))
        }
        return true
    }

    /// Gives the keys of one algorithm their part; each must sign everything (RFC 4035 §2.2).
    private mutating func decide(_ algorithm: SecurityAlgorithm, _ signing: [ZoneKey]) {
        let keys = published.filter { $0.algorithm == algorithm }
        let active = signing.filter { $0.algorithm == algorithm && $0.state(at: now) == .active }
        let revoked = signing.filter { $0.algorithm == algorithm && $0.state(at: now) == .revoked }
        var forKeys = active.filter { $0.role != .zsk }
        var forZone = active.filter { $0.role != .ksk }
        if !keys.contains(where: { $0.role != .ksk && $0.state(at: now) != .revoked }) { forZone = active }
        if !keys.contains(where: { $0.role != .zsk && $0.state(at: now) != .revoked }) { forKeys = active }
        if forKeys.isEmpty { reportIncomplete(algorithm, "the DNSKEY RRset", keys) }
        if forZone.isEmpty { reportIncomplete(algorithm, "the zone's records", keys) }
        keySigners += forKeys + revoked
        zoneSigners += forZone
    }

    private mutating func reportIncomplete(_ algorithm: SecurityAlgorithm, _ what: String, _ keys: [ZoneKey]) {
        let retired = keys.filter { $0.state(at: now) == .retired }
        if let last = retired.max(by: { ($0.timing.inactive ?? now) < ($1.timing.inactive ?? now) }),
            let time = last.timing.inactive
        {
            findings.append(
                .error(
                    KeyRules.expired, "no key of \(algorithm) signs \(what): \(last) stopped at \(time)",
                    .rfc(4035, "2.2"), hint: "activate a successor"))
            return
        }
        findings.append(
            .error(
                KeyRules.algorithmIncomplete,
                "no active key of \(algorithm) signs \(what), but a key of that algorithm is published",
                .rfc(4035, "2.2")))
    }

    private mutating func reportNoActiveKey() {
        let stopped = usable.compactMap { key in
            [key.timing.inactive, key.timing.delete, key.timing.revoke].compactMap { $0 }.min().map { ($0, key) }
        }
        let begun = usable.compactMap { key in key.timing.activate.map { ($0, key) } }
        if let last = stopped.filter({ $0.0 <= now }).max(by: { $0.0 < $1.0 }) {
            findings.append(
                .error(
                    KeyRules.expired, "no key of \(apex) is active: \(last.1) stopped at \(last.0)",
                    hint: "activate a successor, or change the times of the key"))
        } else if let next = begun.filter({ $0.0 > now }).min(by: { $0.0 < $1.0 }) {
            findings.append(
                .error(KeyRules.noActiveKey, "no key of \(apex) is active yet: \(next.1) begins at \(next.0)"))
        } else {
            findings.append(
                .error(
                    KeyRules.noActiveKey, "no key of \(apex) is active", hint: "make one with 'danectl keygen \(apex)'"
                ))
        }
    }

    /// Two published keys must not share a tag; with different algorithms they may, but it invites trouble.
    mutating func findCollisions() {
        for (index, key) in published.enumerated() {
            for other in published[(index + 1)...] where other.keyTag == key.keyTag {
                let message = "\(key) and \(other.role.rawValue.uppercased()) of \(other.algorithm) share their key tag"
                findings.append(
                    key.algorithm == other.algorithm
                        ? .error(KeyRules.tagCollision, message, .rfc(4034, "B"))
                        : .warning(KeyRules.tagCollision, message, .rfc(4034, "B")))
            }
        }
    }
}
