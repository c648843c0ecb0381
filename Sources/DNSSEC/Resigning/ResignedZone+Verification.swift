package import DNSModel
package import Diagnostics

extension ResignedZone {
    /// Verifies the signatures at the apex and at the names that have changed; of very many an even sample of the others.
    ///
    /// Everything else is, octet for octet, what was verified when it was published, and was held against the zone when this
    /// text was put together.
    ///
    /// - Parameter limit: About how many signatures are verified at most.
    /// - Returns: How many were verified, and those that are not valid.
    package func verifySignatures(at now: Timestamp, limit: Int, workers: Workers) -> Diagnosed<Int> {
        let zone = outcome.zone
        guard let apex = zone.owner(named: zone.apex) else { return Diagnosed(0, []) }
        let keys = zone.rrsetRange(of: apex, type: .dnskey).compactMap {
            try? RData.DNSKEY(wireFormat: zone.rdata(of: zone.records[$0]))
        }
        let validator = RRsetValidator(zone: zone.apex, keys: keys)
        let signatures = zone.records.indices.filter { zone.records[$0].type == .rrsig }
        let interval = max(1, signatures.count / max(1, limit))
        let chosen = signatures.enumerated().filter { zone.records[$1].owner == apex || $0 % interval == 0 }.map(
            \.element)
        let size = 64
        let parts = workers.map(chunks: (chosen.count + size - 1) / size) { part in
            chosen[(part * size)..<min((part + 1) * size, chosen.count)].compactMap {
                Self.fault(zone.records[$0], of: zone, validator, now)
            }
        }
        return Diagnosed(chosen.count, parts.flatMap { $0 })
    }

    /// What is wrong with a signature.
    private static func fault(
        _ record: RecordEntry, of zone: Zone, _ validator: RRsetValidator, _ now: Timestamp
    ) -> Diagnostic? {
        let owner = zone.name(of: record.owner)
        guard let signature = try? RData.RRSIG(wireFormat: zone.rdata(of: record)),
            let rrset = zone.rrset(owner, signature.typeCovered)
        else { return .error(ValidationRule.signatureOverNothing.id, "\(owner) has a signature over nothing") }
        let verdict = validator.validate(SignedRRset(rrset, signatures: [signature]), at: now)
        guard verdict.status != .secure else { return nil }
        return .error(verdict.rule ?? ValidationRule.signatureInvalid.id, verdict.reason)
    }
}
