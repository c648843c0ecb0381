package import DNSModel
package import Diagnostics

/// A signed zone made from the text that was published last: what stays is there, what is new is here.
package struct ResignedZone: Sendable {
    /// What was done. Its zone has only the apex and the names that have changed, whole, as ``fresh`` says them.
    package var outcome: SigningOutcome
    /// The new text, without a digest: stretches of the published one, and of ``fresh``.
    package var pieces: [Piece]
    /// The text of what has changed.
    package var fresh: [UInt8]

    /// A stretch of the new text.
    package enum Piece: Sendable {
        /// A stretch of the published text.
        case kept(Range<Int>)
        /// A stretch of ``ResignedZone/fresh``.
        case fresh(Range<Int>)
    }
}

extension ZoneSigner {
    /// Signs a zone anew that is in large part what it was when `published` was written.
    ///
    /// The outcome is what ``sign(_:cuts:keys:parameters:previous:workers:)`` with the published zone gives, down to the octet,
    /// as far as signatures are not new. But nothing of the published text is decoded or written anew that stays.
    ///
    /// - Parameter published: What an earlier run wrote and nobody has changed since.
    /// - Returns: The zone, or `nil` when too much has changed for this to be worth it, or a digest of the whole zone is
    ///   to be published: then the other way is to be taken.
    /// - Throws: As ``sign(_:cuts:keys:parameters:previous:workers:)`` does.
    package static func resign(
        _ zone: Zone, cuts: ZoneCuts?, keys: [ZoneKey], parameters: SigningParameters, published: PublishedText,
        workers: Workers
    ) throws(DiagnosedFailure) -> ResignedZone? {
        guard parameters.previousIsTrusted, parameters.zoneDigests.isEmpty,
            let apex = published.zone(zone.apex, zone.rrClass, with: []), apex.soaSerial != nil
        else { return nil }
        let prepared = try prepare(
            zone, cuts: cuts, keys: keys, parameters: parameters, previous: apex, workers: workers)
        guard var resigned = try prepared.run.resign(published, apex: apex) else { return nil }
        resigned.outcome.diagnostics = prepared.findings + resigned.outcome.diagnostics
        return resigned
    }
}

extension PublishedText {
    /// Where the lines at the apex end, the SOA record's aside; `nil` when there are none.
    func endOfApex(_ apex: DomainName) -> Int? {
        start < end && owner(at: start) == apex ? endOfOwner(at: start) : nil
    }

    /// The zone of the records at the apex and in some stretches of the text.
    func zone(_ apex: DomainName, _ rrClass: RRClass, with others: [Range<Int>]) -> Zone? {
        guard let apexEnd = endOfApex(apex) else { return nil }
        var text = Array(octets(0..<apexEnd))
        for range in others { text += octets(range) }
        let options = ZoneFileOptions(origin: apex, rrClass: rrClass)
        let reading = ZoneFileReader.read(ZoneFileSource(text, name: ""), options: options)
        return reading.value.flatMap { $0.apex == apex ? $0 : nil }
    }
}

extension SigningRun {
    /// Holds the zone against the published text, signs what has changed, and puts the new text together.
    func resign(_ published: PublishedText, apex: Zone) throws(DiagnosedFailure) -> ResignedZone? {
        let attempt: Result<ResignedZone?, DiagnosedFailure> = try withContext(keepingFrom: apex) { context in
            guard let times = KeptTimes(context.window),
                let match = ZoneMatch(context, published, apex: source.zone.apex, times, workers: workers)
            else { return .success(nil) }
            let previous = published.zone(
                source.zone.apex, source.zone.rrClass, with: match.changed.dropFirst().map(\.published) + match.removed)
            // A signature that is due takes others with it: that is for the other way to find out.
            guard let previous,
                !parameters.times.isAnyDue(in: previous, at: parameters.now)
                    || parameters.times.isAnyDue(in: apex, at: parameters.now)
            else { return .success(nil) }
            return previous.withView { view in
                var context = context
                context.previous = view
                return resign(match, context, previous, published)
            }
        }
        return try attempt.get()
    }

    /// Signs what has changed, and puts the new text together.
    func resign(
        _ match: ZoneMatch, _ context: SigningContext, _ previous: Zone, _ published: PublishedText
    ) -> Result<ResignedZone?, DiagnosedFailure> {
        let chunks = match.changed.map { SigningLayout.Chunk(owners: $0.owners, hashedNames: $0.hashedNames) }
        let pool = WorkerPool(context)
        guard
            var tables = SignedTables.filling(
                SigningLayout(chunks, context, workers: workers), pool: pool, workers: workers)
        else { return .failure(DiagnosedFailure(pool.fault ?? .storeFull)) }
        let finish = ApexFinish(
            source: source, parameters: parameters, previous: previous, context: context, workers: workers)
        let hasChanged = pool.tally.made > 0 || !match.removed.isEmpty
        var result: (change: SigningOutcome.Change, serial: Serial, findings: [Diagnostic])?
        pool.lend { worker throws(SigningFault) in
            result = try finish.run(&tables, worker, hasMadeSignatures: hasChanged)
        }
        guard let result else { return .failure(DiagnosedFailure(pool.fault ?? .storeFull)) }
        let zone =
            result.change == .unchanged
            ? previous
            : tables.zone(apex: source.zone.apex, rrClass: source.zone.rrClass, store: source.zone.store)
        var tally = pool.tally
        match.add(to: &tally, now: parameters.now, in: published)
        let text = match.text(with: zone)
        // What is going to be written is what gets judged; and nothing else of the zone must stay in memory.
        let options = ZoneFileOptions(origin: zone.apex, rrClass: zone.rrClass)
        let written = ZoneFileReader.read(ZoneFileSource(text.fresh, name: ""), options: options)
        guard let written = written.value else { return .success(nil) }
        return .success(
            ResignedZone(
                outcome: SigningOutcome(
                    zone: written, change: result.change, statistics: statistics(tally, result.serial),
                    diagnostics: differingTTLs(tally.differingTTLs) + result.findings,
                    summary: summary(tally, result.serial)), pieces: text.pieces,
                fresh: text.fresh))
    }
}
