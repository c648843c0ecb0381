import DNSModel
import Diagnostics
import OpenSSLBridge

/// What is checked at the apex before anything else: the keys by themselves, and who signed the DNSKEY RRset.
struct ApexChecker {
    let zone: Zone
    let apex: OwnerIndex
    let keys: ApexKeys
    /// What was found.
    var log: FindingLog
    /// The keys whose good signature is over the DNSKEY RRset, as indices into ``keys``.
    var signingKeys: [Int] = []

    init(_ zone: Zone, apex: OwnerIndex, keys: ApexKeys, options: ValidationOptions) {
        self.zone = zone
        self.apex = apex
        self.keys = keys
        log = FindingLog(limit: options.findingsPerRule)
    }

    /// A key as the subject of a finding.
    func place(_ key: ApexKey) -> FindingSubject {
        FindingSubject(owner: zone.apex, type: .dnskey, keyTag: key.tag)
    }

    /// How sentences call a key.
    func name(_ key: ApexKey) -> String { "\(zone.apex) DNSKEY \(key.tag) (\(key.dnskey.algorithm))" }

    /// Judges each key by itself.
    mutating func checkKeys() {
        // A few keys: an array is looked through sooner than a dictionary is made.
        var seen: [UInt32] = []
        for key in keys.keys {
            let dnskey = key.dnskey
            if dnskey.protocolField != 3 {
                log.record(
                    .error, .keyProtocol, place(key),
                    "\(name(key)) has \(dnskey.protocolField) in its protocol field, 3 is expected")
            }
            if !dnskey.isZoneKey {
                log.record(
                    .warning, .keyNotZoneKey, place(key), "\(name(key)) has the flags \(dnskey.flags), no zone key")
            }
            if dnskey.isRevoked {
                log.record(.note, .keyRevoked, place(key), "\(name(key)) is revoked")
            }
            checkAlgorithm(of: key)
            let slot = UInt32(key.tag) << 8 | UInt32(dnskey.algorithm.rawValue)
            seen.append(slot)
            if seen.count(where: { $0 == slot }) == 2 {
                log.record(.warning, .keyTagCollision, place(key), "\(name(key)) shares its key tag with another key")
            }
        }
    }

    private mutating func checkAlgorithm(of key: ApexKey) {
        let dnskey = key.dnskey
        guard key.isSupported else {
            log.record(
                .warning, .algorithmUnsupported, place(key), "\(name(key)) has an algorithm that is not supported")
            return
        }
        if key.publicKey == nil {
            log.record(.error, .keyMalformed, place(key), "\(name(key)) has a public key that cannot be read")
            return
        }
        if dnskey.algorithm.recommendation?.useForSigning == .mustNot {
            log.record(
                .warning, .algorithmInsecure, place(key), "\(name(key)) must not be used for signing any more",
                hint: "roll to ECDSAP256SHA256")
        }
        if SignatureAlgorithm(dnssec: dnskey.algorithm)?.modulusBits != nil,
            let bits = try? RSAPublicKeyForm(dnskey.publicKey).modulusBits, bits < 2048
        {
            log.record(.warning, .keySize, place(key), "\(name(key)) has \(bits) bits, at least 2048 are advised")
        }
    }

    /// Checks that the keys marked as entry points are ones: where an algorithm has such keys, one of them signs the DNSKEY
    /// RRset.
    ///
    /// - Parameter isAnchored: Whether a trust anchor leads into the zone all the same.
    mutating func checkEntryPoints(isAnchored: Bool) {
        let entries = keys.keys.indices.filter {
            let key = keys.keys[$0]
            return key.dnskey.isSEP && key.isZoneKey && !key.dnskey.isRevoked && key.publicKey != nil
        }
        func algorithm(_ entry: Int) -> SecurityAlgorithm { keys.keys[entry].dnskey.algorithm }
        let sorted = entries.sorted { (algorithm($0), $0) < (algorithm($1), $1) }
        for (index, first) in sorted.enumerated() where index == 0 || algorithm(sorted[index - 1]) != algorithm(first) {
            if signingKeys.contains(where: { entries.contains($0) && algorithm($0) == algorithm(first) }) { continue }
            log.record(
                isAnchored ? .warning : .error, .entryKeyNotSigning, place(keys.keys[first]),
                "\(name(keys.keys[first])) is marked as entry point, but neither it nor another such key of its algorithm "
                    + "signs the DNSKEY RRset")
        }
    }

    /// Follows the trust anchors into the DNSKEY RRset.
    ///
    /// - Returns: What the anchors alone make of the zone.
    mutating func checkAnchors(_ anchors: [TrustAnchor]) -> SecurityStatus {
        if anchors.isEmpty { return .indeterminate }
        var usable: [TrustAnchor] = []
        for anchor in anchors {
            let place = FindingSubject(owner: anchor.owner, type: anchor.type, keyTag: anchor.keyTag)
            if anchor.owner != zone.apex {
                log.record(
                    .warning, .anchorOtherZone, place, "the anchor \(anchor.name) is not for the zone \(zone.apex)")
            } else if !anchor.isSupported {
                log.record(
                    .warning, .anchorUnsupported, place,
                    "the anchor \(anchor.name) has a digest type or algorithm that is not supported")
            } else {
                usable.append(anchor)
            }
        }
        guard !usable.isEmpty else {
            // All of the zone's own anchors are beyond us: as RFC 4035 §5.2 has it, there is none.
            if anchors.contains(where: { $0.owner == zone.apex }) { return .insecure }
            log.record(
                .error, .anchorMismatch, FindingSubject(owner: zone.apex, type: .dnskey),
                "no trust anchor is for \(zone.apex)")
            return .bogus
        }
        // "Validator implementations SHOULD ignore DS RRs containing SHA-1 digests if DS RRs with SHA-256 digests are
        // present in the DS RRset" (RFC 4509 §3).
        let hasStrong = usable.contains { !$0.hasWeakDigest }
        for anchor in usable where anchor.hasWeakDigest {
            log.record(
                .warning, .anchorDigestWeak,
                FindingSubject(owner: anchor.owner, type: anchor.type, keyTag: anchor.keyTag),
                "the anchor \(anchor.name) has a SHA-1 digest")
        }
        return follow(hasStrong ? usable.filter { !$0.hasWeakDigest } : usable)
    }

    private mutating func follow(_ anchors: [TrustAnchor]) -> SecurityStatus {
        var failures: [(TrustAnchor, String)] = []
        var succeeded = false
        for anchor in anchors {
            let named = keys.keys.indices.filter { anchor.names(keys.keys[$0].dnskey) }
            if named.contains(where: { signingKeys.contains($0) && !keys.keys[$0].dnskey.isRevoked }) {
                succeeded = true
            } else {
                failures.append((anchor, reason(anchor, named)))
            }
        }
        for (anchor, reason) in failures {
            log.record(
                succeeded ? .note : .error, succeeded ? .anchorUnused : .anchorMismatch,
                FindingSubject(owner: zone.apex, type: .dnskey, keyTag: anchor.keyTag),
                "the anchor \(anchor.name) \(reason)")
        }
        guard succeeded else { return .bogus }
        // "The apex DNSKEY RRset itself MUST be signed by each algorithm appearing in the DS RRset" (RFC 4035 §2.2).
        for algorithm in Set(anchors.map(\.algorithm)).sorted()
        where !signingKeys.contains(where: { keys.keys[$0].dnskey.algorithm == algorithm }) {
            log.record(
                .error, .anchorAlgorithm, FindingSubject(owner: zone.apex, type: .dnskey),
                "an anchor has algorithm \(algorithm), but no key of it signs the DNSKEY RRset")
        }
        return .secure
    }

    /// The rest of a sentence that begins with an anchor that leads nowhere.
    private func reason(_ anchor: TrustAnchor, _ named: [Int]) -> String {
        if let key = named.first {
            if keys.keys[key].dnskey.isRevoked { return "names a key that is revoked" }
            return "names a key that does not sign the DNSKEY RRset"
        }
        let hasTag = keys.keys.contains { $0.tag == anchor.keyTag && $0.dnskey.algorithm == anchor.algorithm }
        return hasTag ? "has the tag of a key, but not its digest" : "names no key of the zone"
    }
}
