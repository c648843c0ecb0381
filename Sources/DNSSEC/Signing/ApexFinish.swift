import DNSModel
import Diagnostics

/// The last step of signing: whether anything has changed, the serial that follows from it, and the digest over all.
///
/// Until everything else is signed the SOA record has the serial that was published last, and ZONEMD records have no
/// digest.
struct ApexFinish {
    let source: SigningSource
    let parameters: SigningParameters
    let previous: Zone?
    let context: SigningContext
    let workers: Workers

    /// Completes the apex.
    ///
    /// - Returns: Whether the signed zone differs from the previous one, and what there is to say about its serial.
    func run(
        _ tables: inout SignedTables, _ worker: SigningWorker, hasMadeSignatures: Bool
    ) throws(SigningFault) -> (change: SigningOutcome.Change, serial: Serial, findings: [Diagnostic]) {
        let tally = worker.tally
        if let previous, !hasMadeSignatures,
            tables.isEqualButForApexVersion(to: previous, store: context.zone.store, workers: workers),
            try isVersionUnchanged(&tables, worker)
        {
            return (.unchanged, previous.soaSerial ?? source.soa.serial, [])
        }
        // What was tried in vain does not count.
        worker.tally = tally
        let choice = SerialChoice.choose(
            parameters.serialPolicy, source: source.soa.serial, previous: previous?.soaSerial, now: parameters.now)
        try putSOA(choice.serial, &tables, worker)
        try putDigests(choice.serial, &tables, worker)
        return (.changed, choice.serial, choice.findings)
    }

    /// Whether SOA and ZONEMD, with the serial that was published last, are what was published and not due.
    private func isVersionUnchanged(_ tables: inout SignedTables, _ worker: SigningWorker) throws(SigningFault) -> Bool
    {
        guard let previous, let serial = previous.soaSerial,
            previous.rrset(previous.apex, .zonemd)?.rdata.count ?? 0 == tables.atApex(.zonemd).count,
            parameters.serialPolicy != .keep || source.soa.serial == serial
        else { return false }
        let made = worker.tally.made
        try sign(tables.atApex(.soa), .soa, &tables, worker)
        guard worker.tally.made == made else { return false }
        guard context.previousIsTrusted else {
            try putDigests(serial, &tables, worker)
            return worker.tally.made == made
        }
        // The content is that of the previous zone, so its digests are right; only their signatures may be due.
        let digests = tables.atApex(.zonemd)
        guard !digests.isEmpty, let rrset = previous.rrset(previous.apex, .zonemd) else { return digests.isEmpty }
        guard rrset.rdata.map({ $0.prefix(6) }) == algorithms().map({ ZoneDigest.prefix(serial, $0)[...] }) else {
            return false
        }
        var records: [RecordEntry] = []
        for rdata in rrset.rdata { records.append(try entry(.zonemd, digests[0].ttl, rdata, worker)) }
        try sign(records, .zonemd, &tables, worker)
        return worker.tally.made == made
    }

    private func putSOA(_ serial: Serial, _ tables: inout SignedTables, _ worker: SigningWorker) throws(SigningFault) {
        let old = tables.atApex(.soa)
        guard let first = old.first else { return }
        var record = try entry(.soa, first.ttl, source.soa.rdata(serial: serial), worker)
        if first.lowercases {
            record = RecordEntry(
                owner: 0, type: .soa, ttl: first.ttl, rdataOffset: record.rdataOffset, rdataLength: record.rdataLength,
                lowercases: true)
        }
        try sign([record], .soa, &tables, worker)
    }

    private func putDigests(
        _ serial: Serial, _ tables: inout SignedTables, _ worker: SigningWorker
    ) throws(SigningFault) {
        let old = tables.atApex(.zonemd)
        guard let first = old.first else { return }
        let zone = tables.zone(
            apex: source.zone.apex, rrClass: source.zone.rrClass, store: source.zone.store)
        let algorithms = algorithms()
        let digests = ZoneDigest.compute(zone, algorithms: algorithms, workers: workers)
        var records: [RecordEntry] = []
        for (algorithm, digest) in zip(algorithms, digests) {
            records.append(try entry(.zonemd, first.ttl, ZoneDigest.prefix(serial, algorithm) + digest, worker))
        }
        try sign(records, .zonemd, &tables, worker)
    }

    /// In canonical order of the records.
    private func algorithms() -> [ZoneDigest.Algorithm] {
        parameters.zoneDigests.uniqued().sorted { $0.rawValue < $1.rawValue }
    }

    private func entry(
        _ type: RRType, _ ttl: TTL, _ rdata: [UInt8], _ worker: SigningWorker
    ) throws(SigningFault) -> RecordEntry {
        do throws(WireStoreFull) {
            return RecordEntry(
                owner: 0, type: type, ttl: ttl, rdataOffset: try worker.writer.append(rdata), rdataLength: rdata.count,
                lowercases: false)
        } catch { throw .storeFull }
    }

    /// Signs an RRset at the apex, or keeps its signatures, and puts it there.
    private func sign(
        _ records: [RecordEntry], _ type: RRType, _ tables: inout SignedTables, _ worker: SigningWorker
    ) throws(SigningFault) {
        guard let first = records.first else { return }
        worker.setOwner(context.zone.nameOctets(of: 0))
        worker.seekPrevious(isFirst: true)
        worker.signatures.removeAll()
        let rrset = UnsafeMutableBufferPointer<RecordEntry>.allocate(capacity: records.count)
        _ = rrset.initialize(from: records)
        defer { rrset.deallocate() }
        try worker.sign(owner: 0, ttl: first.ttl, rrset: UnsafeBufferPointer(rrset), keys: context.keys.zoneSigners)
        try worker.signWhatIsLeft()
        tables.replaceAtApex(type, records: records, signatures: worker.signatures, store: context.zone.store)
    }
}

extension ZoneDigest {
    /// What a ZONEMD record has before its digest (RFC 8976 §2.2).
    static func prefix(_ serial: Serial, _ algorithm: Algorithm) -> [UInt8] {
        RData.ZONEMD(serial: serial, scheme: simpleScheme, hashAlgorithm: algorithm.rawValue, digest: []).wireFormat
    }
}

extension Zone {
    /// The serial of the SOA record, if there is one.
    var soaSerial: Serial? {
        guard let apex = owner(named: apex), let index = rrsetRange(of: apex, type: .soa).first else { return nil }
        return StartOfAuthority(records[index], in: self)?.serial
    }
}
