public import DNSModel
public import Diagnostics
import OpenSSLBridge

extension DigestType {
    /// The digest, or `nil` when DS records of this type are not made here.
    var digestAlgorithm: DigestAlgorithm? {
        switch self {
        case .sha1: .sha1
        case .sha256: .sha256
        case .sha384: .sha384
        default: nil
        }
    }
}

extension RData.DS {
    /// The DS of a key: the digest over its owner name in lower case and its RDATA (RFC 4034 §5.1.4).
    ///
    /// - Returns: `nil` for digest types other than 1, 2 and 4.
    public init?(of dnskey: RData.DNSKEY, owner: DomainName, digestType: DigestType) {
        guard let algorithm = digestType.digestAlgorithm else { return nil }
        var context = DigestContext(algorithm)
        context.update(owner.lowercased.wireFormat)
        context.update(dnskey.wireFormat)
        self.init(
            keyTag: dnskey.keyTag, algorithm: dnskey.algorithm, digestType: digestType, digest: context.finish())
    }

    /// Whether this is the DS of a key.
    ///
    /// - Returns: `nil` when the digest type is not known here.
    public func matches(_ dnskey: RData.DNSKEY, owner: DomainName) -> Bool? {
        guard keyTag == dnskey.keyTag, algorithm == dnskey.algorithm else { return false }
        guard let made = RData.DS(of: dnskey, owner: owner, digestType: digestType) else { return nil }
        return made.digest == digest
    }
}

/// A key that the parent is to know, with its DS records.
public struct DelegatedKey: Sendable, Hashable {
    /// The zone.
    public let owner: DomainName
    /// The TTL of the DNSKEY record, or `nil`.
    public let ttl: TTL?
    /// The key.
    public let dnskey: RData.DNSKEY
    /// Its DS records, one for each digest type, ascending.
    public let dsRecords: [RData.DS]
}

/// The keys of one or more zones that their parents are to know, in order of zone, algorithm, key tag.
public struct DelegationSet: Sendable, Hashable {
    /// The keys.
    public let keys: [DelegatedKey]

    /// What DS records are made with when nothing else is said: SHA-256 (RFC 9904).
    public static let defaultDigestTypes: [DigestType] = [.sha256]

    /// Selects the keys of which the parent needs a DS, and makes the DS records.
    ///
    /// Of each zone these are the keys with the SEP flag; a zone without any gives all its zone keys, with a warning.
    /// Revoked keys and keys without the ZONE flag never count.
    public static func make(
        from records: [DNSKEYRecord], digestTypes: [DigestType] = defaultDigestTypes
    ) -> Diagnosed<DelegationSet> {
        var findings = DelegationSet.findings(about: digestTypes)
        if findings.hasErrors { return Diagnosed(nil, findings) }
        var zones: [DomainName: [DNSKEYRecord]] = [:]
        for record in records where isCandidate(record, &findings) {
            let isKnown = zones[record.owner, default: []].contains { $0.dnskey == record.dnskey }
            if !isKnown { zones[record.owner, default: []].append(record) }
        }
        var keys: [DelegatedKey] = []
        for owner in zones.keys.sorted() {
            let all = zones[owner] ?? []
            var selected = all.filter { $0.dnskey.isSEP }
            if selected.isEmpty {
                selected = all
                findings.append(
                    .warning(
                        DelegationRules.noSecureEntryPoint,
                        "no key of \(owner) has the SEP flag: all \(all.count) are taken", .rfc(4034, "2.1.1")))
            }
            selected.sort {
                ($0.dnskey.algorithm, $0.dnskey.keyTag) < ($1.dnskey.algorithm, $1.dnskey.keyTag)
            }
            keys += selected.map { DelegatedKey($0, Set(digestTypes).sorted()) }
        }
        if keys.isEmpty {
            findings.append(.error(DelegationRules.noKey, "there is no key to make a DS of"))
        }
        findings += keys.compactMap(algorithmFinding)
        return Diagnosed(findings.hasErrors ? nil : DelegationSet(keys: keys), findings)
    }

    /// Selects among keys; see ``make(from:digestTypes:)``.
    public static func make(
        from keys: [ZoneKey], digestTypes: [DigestType] = defaultDigestTypes
    ) -> Diagnosed<DelegationSet> {
        make(
            from: keys.map { DNSKEYRecord(owner: $0.owner, ttl: $0.ttl, dnskey: $0.dnskey, location: nil) },
            digestTypes: digestTypes)
    }

    /// Selects among the DNSKEY records at a zone's apex; see ``make(from:digestTypes:)``.
    public static func make(
        from zone: Zone, digestTypes: [DigestType] = defaultDigestTypes
    ) -> Diagnosed<DelegationSet> {
        make(from: zone.apexDNSKEYRecords, digestTypes: digestTypes)
    }

    private static func findings(about digestTypes: [DigestType]) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for digestType in Set(digestTypes).sorted() {
            if digestType.digestAlgorithm == nil {
                findings.append(
                    .error(
                        DelegationRules.unsupportedDigest, "DS records with digest type \(digestType) are not made",
                        .rfc(9904), hint: "use sha256 or sha384"))
            } else if digestType == .sha1 {
                findings.append(
                    .warning(
                        DelegationRules.sha1, "a DS with SHA-1 must not be used for new delegations", .rfc(9905),
                        hint: "give the parent the DS with SHA-256"))
            }
        }
        return findings
    }

    private static func isCandidate(_ record: DNSKEYRecord, _ findings: inout [Diagnostic]) -> Bool {
        let name = "\(record.owner) key tag \(record.dnskey.keyTag)"
        guard record.dnskey.isZoneKey, record.dnskey.protocolField == 3 else {
            findings.append(
                .warning(
                    DelegationRules.notZoneKey, at: record.location, "\(name) cannot sign a zone: left out",
                    .rfc(4034, "5.2")))
            return false
        }
        guard !record.dnskey.isRevoked else {
            findings.append(
                .note(
                    DelegationRules.revokedKey, at: record.location, "\(name) is revoked: left out", .rfc(5011, "2.1")))
            return false
        }
        return true
    }

    private static func algorithmFinding(_ key: DelegatedKey) -> Diagnostic? {
        let advice = key.dnskey.algorithm.recommendation
        guard advice == nil || advice?.useForSigning == .mustNot else { return nil }
        let what = advice == nil ? "is unknown" : "must not be used for signing"
        return .warning(
            DelegationRules.algorithm,
            "\(key.owner) key tag \(key.dnskey.keyTag): algorithm \(key.dnskey.algorithm) \(what)", .rfc(9904))
    }
}

extension DelegatedKey {
    fileprivate init(_ record: DNSKEYRecord, _ digestTypes: [DigestType]) {
        owner = record.owner
        ttl = record.ttl
        dnskey = record.dnskey
        dsRecords = digestTypes.compactMap {
            RData.DS(of: record.dnskey, owner: record.owner, digestType: $0)
        }
    }
}

// MARK: - Zones

extension Zone {
    /// The DNSKEY records at the apex, in canonical order.
    public var apexDNSKEYRecords: [DNSKEYRecord] {
        guard let owner = owner(named: apex) else { return [] }
        return recordRange(of: owner).compactMap { index in
            let record = records[index]
            guard record.type == .dnskey else { return nil }
            return (try? RData.DNSKEY(wireFormat: rdata(of: record))).map {
                DNSKEYRecord(owner: apex, ttl: record.ttl, dnskey: $0, location: nil)
            }
        }
    }
}
