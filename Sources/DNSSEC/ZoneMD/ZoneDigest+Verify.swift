public import DNSModel

extension ZoneDigest {
    /// What the ZONEMD records of a zone say about it (RFC 8976 §4).
    public enum Verdict: Sendable, Hashable {
        /// There is no ZONEMD record at the apex.
        case absent
        /// A digest is that of the zone.
        case verified(Algorithm)
        /// No digest is that of the zone. The reasons are one for each record that counts against it.
        case failed([Failure])
    }

    /// Why a ZONEMD record does not verify.
    public enum Failure: Sendable, Hashable {
        /// The record's serial is not that of the SOA record.
        case serial(zonemd: Serial, soa: Serial?)
        /// The scheme is not SIMPLE.
        case unknownScheme(UInt8)
        /// The hash algorithm is neither SHA-384 nor SHA-512.
        case unknownAlgorithm(UInt8)
        /// Another record has the same scheme and hash algorithm: neither may be used.
        case repeated(scheme: UInt8, algorithm: UInt8)
        /// The digest is not as long as its algorithm's; in octets.
        case digestLength(found: Int, algorithm: Algorithm)
        /// The digest is that of another zone.
        case digest(Algorithm, found: [UInt8], computed: [UInt8])
        /// The record's RDATA ends early.
        case malformed
    }

    /// Compares a zone with the digests at its apex. Whether these are signed is not looked at here.
    public static func verify(_ zone: Zone, workers: Workers = .single) -> Verdict {
        guard let apex = zone.owner(named: zone.apex) else { return .absent }
        let range = zone.rrsetRange(of: apex, type: .zonemd)
        guard !range.isEmpty else { return .absent }
        var failures: [Failure] = []
        var candidates: [(Algorithm, [UInt8])] = []
        let records = range.map { try? RData.ZONEMD(wireFormat: zone.rdata(of: zone.records[$0])) }
        let soa = zone.rrsetRange(of: apex, type: .soa).first
            .flatMap { StartOfAuthority(zone.records[$0], in: zone) }
        for record in records {
            guard let record else {
                failures.append(.malformed)
                continue
            }
            let twins = records.count { $0?.scheme == record.scheme && $0?.hashAlgorithm == record.hashAlgorithm }
            if twins > 1 {
                failures.append(.repeated(scheme: record.scheme, algorithm: record.hashAlgorithm))
            } else if record.serial != soa?.serial {
                failures.append(.serial(zonemd: record.serial, soa: soa?.serial))
            } else if record.scheme != simpleScheme {
                failures.append(.unknownScheme(record.scheme))
            } else if let algorithm = Algorithm(rawValue: record.hashAlgorithm) {
                if record.digest.count == algorithm.digestLength {
                    candidates.append((algorithm, record.digest))
                } else {
                    failures.append(.digestLength(found: record.digest.count, algorithm: algorithm))
                }
            } else {
                failures.append(.unknownAlgorithm(record.hashAlgorithm))
            }
        }
        let computed = compute(zone, algorithms: candidates.map(\.0), workers: workers)
        for (candidate, digest) in zip(candidates, computed) {
            // "If any digest verifies, the zone is verified" (RFC 8976 §4).
            if candidate.1 == digest { return .verified(candidate.0) }
            failures.append(.digest(candidate.0, found: candidate.1, computed: digest))
        }
        return .failed(failures)
    }
}
