public import DNSModel
public import Diagnostics

/// One thing that a validator found, and the record at fault.
public struct ValidationFinding: Sendable, Hashable {
    /// What was found, in words.
    public internal(set) var diagnostic: Diagnostic
    /// The owner of the record at fault, or `nil` when the finding is about the whole zone.
    public let owner: DomainName?
    /// The type of the record at fault; for a signature, the type that it covers.
    public let type: RRType?
    /// The key tag of the signature, key or anchor at fault.
    public let keyTag: UInt16?
}

/// What a validator counted.
public struct ValidationStatistics: Sendable, Hashable {
    /// Authoritative RRsets, the signed ones of a signed zone.
    public var rrsets = 0
    /// RRSIG records over them that were looked at.
    public var signatures = 0
    /// RRSIG records that were verified mathematically and found good.
    public var verifiedSignatures = 0
    /// NSEC records.
    public var nsecRecords = 0
    /// NSEC3 records.
    public var nsec3Records = 0
    /// Delegations with DS.
    public var secureDelegations = 0
    /// Delegations without DS.
    public var insecureDelegations = 0

    /// Adds what another worker counted.
    mutating func add(_ other: Self) {
        rrsets += other.rrsets
        signatures += other.signatures
        verifiedSignatures += other.verifiedSignatures
        nsecRecords += other.nsecRecords
        nsec3Records += other.nsec3Records
        secureDelegations += other.secureDelegations
        insecureDelegations += other.insecureDelegations
    }
}

/// When a signature expires, and whose it is.
public struct SignatureExpiration: Sendable, Hashable {
    /// The last second at which it is valid.
    public let time: Timestamp
    /// The owner of the RRset.
    public let owner: DomainName
    /// The type of the RRset.
    public let type: RRType
    /// The key that made the signature.
    public let keyTag: UInt16
}

/// What validating a zone brought to light.
public struct ValidationReport: Sendable {
    /// The zone.
    public let apex: DomainName
    /// The present that signatures were judged by.
    public let time: Timestamp
    /// All findings: keys and anchors first, then names in canonical order, then the denial chain and the digest. The
    /// same for any number of workers.
    public internal(set) var findings: [ValidationFinding]
    /// What was counted.
    public let statistics: ValidationStatistics
    /// The good signature that expires first, or `nil` when there is none.
    public let firstExpiration: SignatureExpiration?
    /// What a validator with the given anchors makes of the zone.
    public let status: SecurityStatus

    /// The findings as diagnostics.
    public var diagnostics: [Diagnostic] { findings.map(\.diagnostic) }

    /// The report with a place for each finding, as far as `locate` knows one.
    public func located(by locate: (ValidationFinding) -> SourceLocation?) -> Self {
        var report = self
        for index in findings.indices { report.findings[index].diagnostic.location = locate(findings[index]) }
        return report
    }

    /// Whether nothing of error severity was found.
    public var isValid: Bool { !findings.contains { $0.diagnostic.severity == .error } }

    /// Whole days until the first signature expires, counted from ``time``; negative when it is over.
    public var daysUntilFirstExpiration: Int64? {
        firstExpiration.map { Int64((Double($0.time.rawValue - time.rawValue) / 86_400).rounded(.down)) }
    }
}
