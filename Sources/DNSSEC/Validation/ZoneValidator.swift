public import DNSModel
import Diagnostics

/// Validates a signed zone offline: everything that a resolver, a judge or a secondary could hold against it.
///
/// Written apart from the signer and sharing nothing with it but the zone model, the zone cuts and the cryptographic
/// library, so that the two can disagree.
public enum ZoneValidator {
    /// Checks a zone and reports all that is wrong with it.
    ///
    /// Signatures are judged as of `now`; their 32-bit times are those within 68 years of it (RFC 4034 §3.1.5).
    /// Without anchors the zone is checked for consistency in itself. The report is the same for any number of workers.
    ///
    /// - Parameter cuts: The cuts of `zone`, when the caller knows them.
    /// - Complexity: O(records) and one verification for each signature; memory beyond the zone is an octet for each
    ///   owner and 32 for each NSEC3.
    public static func validate(
        _ zone: Zone, cuts: ZoneCuts? = nil, at now: Timestamp, anchors: [TrustAnchor],
        options: ValidationOptions = .standard, workers: Workers = .single
    ) -> ValidationReport {
        var run = ValidationRun(zone, cuts, now, options, workers)
        let status = run.validate(anchors)
        return run.report(status)
    }
}

/// One validation on its way.
private struct ValidationRun {
    private let zone: Zone
    /// The zone's cuts, when they are known already.
    private let knownCuts: ZoneCuts?
    private let now: Timestamp
    private let options: ValidationOptions
    private let workers: Workers
    private var log: FindingLog
    private var statistics = ValidationStatistics()
    private var firstExpiration: (time: Timestamp, record: Int)?
    /// What ``CheckResult/unpublished`` came to at the apex.
    private var unpublished: [UInt32: (count: Int, record: Int)] = [:]

    init(_ zone: Zone, _ cuts: ZoneCuts?, _ now: Timestamp, _ options: ValidationOptions, _ workers: Workers) {
        self.zone = zone
        knownCuts = cuts
        self.now = now
        self.options = options
        self.workers = workers
        log = FindingLog(limit: options.findingsPerRule)
    }

    /// Runs all checks and says what the anchors make of the zone.
    mutating func validate(_ anchors: [TrustAnchor]) -> SecurityStatus {
        let place = FindingSubject(owner: zone.apex, type: .soa)
        guard let apex = zone.owner(named: zone.apex), let soaRecord = zone.rrsetRange(of: apex, type: .soa).first,
            let soa = try? RData.SOA(wireFormat: zone.rdata(of: zone.records[soaRecord]))
        else {
            log.record(.error, .noSOA, place, "\(zone.apex) has no SOA record")
            return .bogus
        }
        let soaCount = zone.rrsetRange(of: apex, type: .soa).count
        if soaCount > 1 { log.record(.error, .noSOA, place, "\(zone.apex) has \(soaCount) SOA records") }
        let keyRecords = zone.rrsetRange(of: apex, type: .dnskey)
        if keyRecords.isEmpty {
            // A digest that matches says that the zone is whole, though not whose it is (RFC 8976 §4).
            let isDigested = options.verifiesZoneDigest && anchors.isEmpty && isWholeByDigest(apex)
            let severity: Severity = isDigested ? .warning : .error
            log.record(
                severity, .unsignedZone, FindingSubject(owner: zone.apex, type: .dnskey),
                "\(zone.apex) has no DNSKEY: the zone is not signed")
            return anchors.isEmpty ? .insecure : .bogus
        }
        let keys = ApexKeys(zone, records: keyRecords)
        let cuts = knownCuts ?? ZoneCuts(zone, workers: workers)
        let denial = makeDenial(apex, cuts, keys)
        let denialTTL = min(zone.records[soaRecord].ttl, TTL(soa.minimum))
        let zone = self.zone
        let status = zone.withView { view in
            let context = CheckContext(
                zone: zone.apex, zoneOffset: view.names[Int(apex)], rrClass: zone.rrClass, view: view, cuts: cuts,
                apex: apex, keys: keys, now: now, options: options, denial: denial.kind, chains: denial.chains,
                denialTTL: denialTTL)
            let pool = CheckerPool(context)
            let (status, judged) = ApexChecker.judge(zone, context, pool, anchors)
            take(judged)
            unpublished = judged.unpublished
            log.append(denial.log)
            let found = checkOwners(context, pool)
            checkChains(context, pool, matched: found)
            return status
        }
        if options.verifiesZoneDigest { DigestChecker(zone: zone, workers: workers).check(into: &log) }
        return status
    }

    // MARK: - Parts

    /// Whether the apex of an unsigned zone has a ZONEMD that matches; what is wrong with those that do not is recorded.
    private mutating func isWholeByDigest(_ apex: OwnerIndex) -> Bool {
        guard !zone.rrsetRange(of: apex, type: .zonemd).isEmpty else { return false }
        DigestChecker(zone: zone, workers: workers).check(into: &log)
        guard case .verified = ZoneDigest.verify(zone, workers: workers) else { return false }
        return true
    }

    /// Walks over all owners; gives which entries of each chain have their names.
    private mutating func checkOwners(_ context: CheckContext, _ pool: CheckerPool) -> [[UInt32]] {
        let parts = workers.map(chunks: context.chunkCount) { chunk in
            pool.check { $0.check(context.owners(ofChunk: chunk)) }
        }
        var all = CheckResult(context, unpublished: unpublished)
        for part in parts { all.append(part) }
        if !all.unpublished.isEmpty { reportUnpublished(all.unpublished) }
        take(all)
        return all.matched
    }

    /// Apart from its caller, so that the dictionary's type is not made for zones without such signatures.
    @inline(never)
    private mutating func reportUnpublished(_ found: [UInt32: (count: Int, record: Int)]) {
        for (slot, place) in found.sorted(by: { $0.key < $1.key }) {
            let algorithm = SecurityAlgorithm(rawValue: UInt8(truncatingIfNeeded: slot))
            let tag = UInt16(truncatingIfNeeded: slot >> 8)
            let owner = zone.name(of: zone.records[place.record].owner)
            log.record(
                .warning, .keyUnpublished, FindingSubject(owner: owner, type: .rrsig, keyTag: tag),
                "\(place.count) signatures, the first at \(owner), are by key \(tag) (\(algorithm)), and no key of that "
                    + "algorithm is in the DNSKEY RRset")
        }
    }

    /// Checks what concerns NSEC3 chains as a whole: what opt-out skips, links, and records without a name.
    private mutating func checkChains(_ context: CheckContext, _ pool: CheckerPool, matched: [[UInt32]]) {
        for chain in context.chains.indices {
            let entries = context.chains[chain].entries
            let isOptedOut = context.chains[chain].optOutCount == entries.count
            var used = matched[chain]
            if context.chains[chain].mayHaveGaps, !(isOptedOut && used.count == entries.count) {
                // Not every record is accounted for by names that need one: look at those that opt-out may skip.
                let parts = workers.map(chunks: context.chunkCount) { chunk in
                    pool.check { $0.checkSkippable(context.owners(ofChunk: chunk), chain: chain) }
                }
                for part in parts {
                    log.append(part.log)
                    used += part.matched[chain]
                }
            }
            reportSurplus(context, chain, used: used)
            let size = 16_384
            let parts = workers.map(chunks: (entries.count + size - 1) / size) { part in
                pool.check { $0.checkLinks((part * size)..<min((part + 1) * size, entries.count), chain: chain) }
            }
            for part in parts { log.append(part.log) }
        }
    }

    private mutating func reportSurplus(_ context: CheckContext, _ chain: Int, used: [UInt32]) {
        let entries = context.chains[chain].entries
        guard context.chains[chain].parameters.isComputable, used.count < entries.count else { return }
        var isUsed = [Bool](repeating: false, count: entries.count)
        for index in used { isUsed[Int(index)] = true }
        for (index, entry) in entries.enumerated() where !isUsed[index] {
            let owner = zone.name(of: zone.records[Int(entry.record)].owner)
            log.record(
                .error, .nsec3Surplus, FindingSubject(owner: owner, type: .nsec3),
                "the NSEC3 \(owner) is the hash of no name that needs one")
        }
    }

    private mutating func take(_ result: CheckResult) {
        log.append(result.log)
        statistics.add(result.statistics)
        if let other = result.firstExpiration, firstExpiration.map({ other.time < $0.time }) ?? true {
            firstExpiration = other
        }
    }

    // MARK: - Denial

    /// Decides how the zone denies, and gathers its NSEC3 chains.
    private mutating func makeDenial(
        _ apex: OwnerIndex, _ cuts: ZoneCuts, _ keys: ApexKeys
    ) -> (kind: DenialKind, chains: [AnnouncedChain], log: FindingLog) {
        let announcesNSEC3 = !zone.rrsetRange(of: apex, type: .nsec3param).isEmpty
        guard let sample = firstRecord(of: .nsec3, cuts) else {
            var log = FindingLog(limit: options.findingsPerRule)
            let hasNSEC = firstRecord(of: .nsec, cuts) != nil
            let place = FindingSubject(owner: zone.apex, type: announcesNSEC3 ? .nsec3param : .nsec)
            if announcesNSEC3 {
                log.record(
                    .error, .paramUnused, place, "\(zone.apex) has NSEC3PARAM, but the zone has no NSEC3 records")
            } else if !hasNSEC {
                log.record(.error, .denialMissing, place, "\(zone.apex) has neither NSEC nor NSEC3 records")
            }
            return (hasNSEC ? .nsec : .none, [], log)
        }
        // A zone with both, whose apex announces no NSEC3 but has NSEC, is an NSEC zone with strangers in it.
        if !announcesNSEC3, !zone.rrsetRange(of: apex, type: .nsec).isEmpty {
            return (.nsec, [], FindingLog(limit: options.findingsPerRule))
        }
        var collector = NSEC3Collector(zone, cuts, apex: apex, options: options, workers: workers)
        collector.collect(sample: sample)
        var log = collector.log
        for key in keys.keys where key.dnskey.algorithm == .rsasha1 || key.dnskey.algorithm == .dsa {
            log.record(
                .warning, .nsec3KeyAlgorithm,
                FindingSubject(owner: zone.apex, type: .dnskey, keyTag: key.tag),
                "\(zone.apex) DNSKEY \(key.tag) (\(key.dnskey.algorithm)) is of an algorithm for zones without NSEC3")
        }
        return (.nsec3, collector.chains, log)
    }

    /// The first record of a type at a name that the zone speaks for.
    private func firstRecord(of type: RRType, _ cuts: ZoneCuts) -> Int? {
        zone.records.firstIndex {
            $0.type == type && cuts[$0.owner] != .occluded && cuts[$0.owner] != .outOfZone
        }
    }

    // MARK: - The report

    /// Joins all that was found.
    func report(_ status: SecurityStatus) -> ValidationReport {
        var log = self.log
        let first = firstExpiration.flatMap { expiration(of: $0.record, $0.time) }
        if let first, let warning = options.expirationWarning, first.time.rawValue - now.rawValue < warning {
            log.record(
                .warning, .expiresSoon,
                FindingSubject(owner: first.owner, type: first.type, keyTag: first.keyTag),
                "the signature of \(first.owner) \(first.type) by key \(first.keyTag) expires at \(first.time)")
        }
        let tooManyIterations = log.findings.contains {
            $0.diagnostic.rule == ValidationRule.nsec3Iterations.id && $0.diagnostic.severity == .error
        }
        let judged: SecurityStatus =
            if status == .insecure || (status == .secure && tooManyIterations) { .insecure } else if log.hasErrors {
                .bogus
            } else { status }
        return ValidationReport(
            apex: zone.apex, time: now, findings: log.finished(), statistics: statistics, firstExpiration: first,
            status: judged)
    }

    private func expiration(of record: Int, _ time: Timestamp) -> SignatureExpiration? {
        let entry = zone.records[record]
        guard let fields = SignatureFields(zone.rdataOctets(of: entry)) else { return nil }
        return SignatureExpiration(
            time: time, owner: zone.name(of: entry.owner), type: fields.typeCovered, keyTag: fields.keyTag)
    }
}
