package import DNSModel
import Diagnostics

extension ZoneSigner {
    /// Signs a zone anew of which it is known what of its source has changed: records other than before, but the same owners
    /// and types, as many of each.
    ///
    /// The text is that of ``resign(_:cuts:keys:parameters:published:workers:)``, but the rest of the zone is neither read nor
    /// looked at. That holds because classes, cuts and denial depend on owners and types alone, and signatures on the RRset, the
    /// key and the time; see ``SigningSummary`` for what else must be the same.
    ///
    /// - Parameters:
    ///   - part: The records that may have changed, and all of the apex.
    ///   - summary: What was remembered of the published zone.
    /// - Returns: The zone, or `nil` when anything demands a look at the whole.
    package static func resign(
        changes part: Zone, since summary: SigningSummary, keys: [ZoneKey], parameters: SigningParameters,
        published: PublishedText, workers: Workers
    ) -> ResignedZone? {
        var isNSEC = false
        if case .nsec = parameters.denial { isNSEC = true }
        guard parameters.previousIsTrusted, parameters.zoneDigests.isEmpty,
            summary.firstExpiration > parameters.now.advanced(by: parameters.times.refresh),
            summary.lastInception <= parameters.now,
            let changed = ChangedRRsets(
                part, published, maximumTTL: parameters.maximumTTL ?? TTL(0x7FFF_FFFF), workers: workers),
            let previous = published.zone(part.apex, part.rrClass, with: changed.names.map(\.published)),
            let patched = PatchedZone(part, changed, previous, published, isNSEC: isNSEC)
        else { return nil }
        // Errors are for who looks at the whole zone, and may find more of them.
        do throws(DiagnosedFailure) {
            let prepared = try prepare(
                patched.zone, cuts: patched.cuts, keys: keys, parameters: parameters, previous: previous,
                workers: .single)
            guard prepared.run.dependsOnSame(as: summary, previous),
                var resigned = try prepared.run.resign(changed, summary, previous, published)
            else { return nil }
            resigned.outcome.diagnostics = prepared.findings + resigned.outcome.diagnostics
            return resigned
        } catch { return nil }
    }
}

extension SigningRun {
    /// Whether what stays of the published zone is as this run would make it.
    fileprivate func dependsOnSame(as summary: SigningSummary, _ previous: Zone) -> Bool {
        guard source.isWhole, source.findings.isEmpty, conditions == summary.conditions,
            let apex = previous.owner(named: previous.apex)
        else { return false }
        let types = Set(previous.recordRange(of: apex).map { previous.records[$0].type }).subtracting([.rrsig, .nsec])
        return types == Set(apexRecords.map(\.type))
    }

    /// Signs the apex and the names with changed RRsets.
    fileprivate func resign(
        _ changed: ChangedRRsets, _ summary: SigningSummary, _ previous: Zone, _ published: PublishedText
    ) throws(DiagnosedFailure) -> ResignedZone? {
        guard let apexEnd = published.endOfApex(previous.apex) else { return nil }
        let match = ZoneMatch(
            published, apexEnd: apexEnd, changed: changed.names.map(\.published),
            kept: summary.tally(without: previous), until: summary.firstExpiration)
        let attempt: Result<ResignedZone?, DiagnosedFailure> = try withContext(keepingFrom: previous) { context in
            guard context.keys.zoneSigners.allSatisfy({ context.canKeep[$0] }) else { return .success(nil) }
            return previous.withView { view in
                var context = context
                context.previous = view
                context.keepsDenial = true
                return resign(match, context, previous, published)
            }
        }
        return try attempt.get()
    }
}

extension SigningSummary {
    /// What there is in the whole zone but not in a part of it.
    fileprivate func tally(without part: Zone) -> SigningTally {
        var tally = SigningTally()
        tally.kept = signatures
        tally.signedRRsets = signedRRsets
        tally.denialRecords = denialRecords
        for owner in 0..<OwnerIndex(part.ownerCount) {
            var covered: Set<[UInt8]> = []
            for index in part.recordRange(of: owner) {
                let record = part.records[index]
                if record.type == .nsec { tally.denialRecords -= 1 }
                guard record.type == .rrsig else { continue }
                tally.kept -= 1
                covered.insert(Array(part.rdataOctets(of: record).prefix(2)))
            }
            tally.signedRRsets -= covered.count
        }
        return tally
    }
}
