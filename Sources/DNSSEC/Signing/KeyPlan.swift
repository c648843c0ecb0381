import DNSModel
import Diagnostics
import OpenSSLBridge

/// Which keys sign which RRsets of a zone (RFC 4035 §2.2, RFC 6840 §5.11, RFC 7344 §4.1), ready for the workers.
struct KeyPlan: Sendable {
    /// A key that signs.
    struct ActiveKey: Sendable {
        let algorithm: UInt8
        let keyTag: UInt16
        let privateKey: PrivateKey
        /// Its DNSKEY record.
        let dnskey: RData.DNSKEY
        /// The RDATA of its DNSKEY record.
        let rdata: [UInt8]
    }

    /// All keys that sign anything, by algorithm and key tag.
    private(set) var active: [ActiveKey] = []
    /// Those that sign the DNSKEY RRset, as indices of ``active``.
    private(set) var dnskeySigners: [Int] = []
    /// Those that sign the CDS and CDNSKEY RRsets.
    private(set) var parentSignalSigners: [Int] = []
    /// Those that sign everything else.
    private(set) var zoneSigners: [Int] = []
    /// The RDATA of the DNSKEY records to be published.
    let published: [[UInt8]]
    /// The RDATA of the DNSKEY records of all keys given, published or not, revoked or not.
    let own: Set<[UInt8]>
    /// The keys that the parent is asked to point to.
    private let parentSignalKeys: [ZoneKey]

    /// Decides who signs what at `now`.
    ///
    /// A key that is active before it is published, or is deleted before it is inactive, signs the zone without being
    /// published: so an algorithm comes and goes (RFC 6781 §4.1.4).
    init(
        _ keys: [ZoneKey], foreign: [RData.DNSKEY], apex: DomainName, now: Timestamp, findings: inout [Diagnostic]
    ) throws(DiagnosedFailure) {
        let selection = KeySet.select(keys, apex: apex, at: now)
        findings += selection.diagnostics
        guard let set = selection.value else { throw DiagnosedFailure(findings) }
        let unpublished = keys.filter { $0.privateKey != nil && Self.signsUnpublished($0, at: now) }
        published = set.published.map(\.dnskey.wireFormat)
        own = Set(keys.flatMap { [$0.dnskey.wireFormat, $0.revoked().dnskey.wireFormat] })
        let pointers = set.keySigners.filter { !$0.dnskey.isRevoked }
        parentSignalKeys = pointers.filter { $0.timing.syncPublish == nil || $0.timing.isSynchronised(at: now) }
        dnskeySigners = add(set.keySigners)
        parentSignalSigners = add(pointers)
        zoneSigners = add(set.zoneSigners + unpublished)
        sortByAlgorithm()
        let gaps = foreignGaps(foreign)
        if !gaps.isEmpty { throw DiagnosedFailure(findings + gaps) }
    }

    private static func signsUnpublished(_ key: ZoneKey, at now: Timestamp) -> Bool {
        switch key.state(at: now) {
        case .generated: key.timing.publish != nil && key.timing.activate.map { $0 <= now } ?? false
        case .removed: key.timing.inactive.map { $0 > now } ?? false
        default: false
        }
    }

    /// The indices of keys in ``active``, which takes in those that are new to it.
    private mutating func add(_ keys: [ZoneKey]) -> [Int] {
        var indices: [Int] = []
        for key in keys {
            guard let privateKey = key.privateKey else { continue }
            let rdata = key.dnskey.wireFormat
            if let known = active.firstIndex(where: { $0.rdata == rdata }) {
                if !indices.contains(known) { indices.append(known) }
                continue
            }
            indices.append(active.count)
            active.append(
                ActiveKey(
                    algorithm: key.algorithm.rawValue, keyTag: key.keyTag, privateKey: privateKey, dnskey: key.dnskey,
                    rdata: rdata))
        }
        return indices
    }

    /// Signatures of one RRset sort by algorithm before anything that differs between keys but the key tag.
    private mutating func sortByAlgorithm() {
        let order = active.indices.sorted {
            (active[$0].algorithm, active[$0].keyTag) < (active[$1].algorithm, active[$1].keyTag)
        }
        var place = order
        for (new, old) in order.enumerated() { place[old] = new }
        active = order.map { active[$0] }
        dnskeySigners = dnskeySigners.map { place[$0] }.sorted()
        parentSignalSigners = parentSignalSigners.map { place[$0] }.sorted()
        zoneSigners = zoneSigners.map { place[$0] }.sorted()
    }

    /// The algorithms of others' published keys that sign nothing here.
    private func foreignGaps(_ foreign: [RData.DNSKEY]) -> [Diagnostic] {
        let signing = Set(zoneSigners.map { active[$0].algorithm })
        return Set(foreign.map(\.algorithm.rawValue)).subtracting(signing).sorted().map { algorithm in
            .error(
                .keyAlgorithms,
                """
                the source publishes a key of algorithm \(SecurityAlgorithm(rawValue: algorithm)), \
                but no key of that algorithm signs now
                """, .rfc(4035, "2.2"), .rfc(6840, "5.11"), hint: "let such a key sign, or withdraw the foreign one")
        }
    }

    /// The CDS and CDNSKEY records to be published (RFC 7344 §3, RFC 8078 §4).
    func parentSignal(_ signal: ParentSignal) -> [(type: RRType, octets: [UInt8])] {
        let records: ChildSynchronisation
        switch signal {
        case .asInSource, .none: return []
        case .delete: records = .deletion
        case .publish(let digests): records = ChildSynchronisation(keys: parentSignalKeys, digestTypes: digests)
        }
        return records.cds.map { (.cds, $0.wireFormat) } + records.cdnskey.map { (.cdnskey, $0.wireFormat) }
    }
}
