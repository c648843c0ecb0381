package import DNSModel
import OpenSSLBridge

/// What a signed zone is, apart from its records, for who signs it again and wants to look only at what has changed.
package struct SigningSummary: Sendable, Hashable {
    /// A digest of all that the records below the apex depend on, besides those of the source: the keys that sign them, how
    /// absence is proved, TTLs, the spelling of the apex.
    package var conditions: [UInt8]
    /// The number of signatures.
    package var signatures: Int
    /// The number of RRsets that are signed.
    package var signedRRsets: Int
    /// The number of NSEC or NSEC3 records.
    package var denialRecords: Int
    /// No signature ends before.
    package var firstExpiration: Timestamp
    /// No signature begins after.
    package var lastInception: Timestamp

    package init(
        conditions: [UInt8], signatures: Int, signedRRsets: Int, denialRecords: Int, firstExpiration: Timestamp,
        lastInception: Timestamp
    ) {
        self.conditions = conditions
        self.signatures = signatures
        self.signedRRsets = signedRRsets
        self.denialRecords = denialRecords
        self.firstExpiration = firstExpiration
        self.lastInception = lastInception
    }
}

extension SigningRun {
    /// The summary of what was signed; `nil` when records were left out of the source or changed, or there is a digest of the
    /// whole zone: then each part depends on others.
    func summary(_ tally: SigningTally, _ serial: Serial) -> SigningSummary? {
        let statistics = statistics(tally, serial)
        guard source.isWhole, source.findings.isEmpty, tally.differingTTLs.isEmpty, parameters.zoneDigests.isEmpty,
            let firstExpiration = statistics.firstExpiration
        else { return nil }
        let inception = parameters.times.inception ?? parameters.now.advanced(by: -parameters.times.inceptionOffset)
        return SigningSummary(
            conditions: conditions, signatures: statistics.signatureCount, signedRRsets: statistics.signedRRsets,
            denialRecords: statistics.denialRecords, firstExpiration: firstExpiration,
            // Signatures that were kept had begun.
            lastInception: max(parameters.now, inception))
    }

    /// See ``SigningSummary/conditions``: each part is preceded by its length, so that no two can be taken for others.
    var conditions: [UInt8] {
        var digest = DigestContext(.sha256)
        func add(_ octets: [UInt8]) {
            digest.update((0..<4).map { UInt8(truncatingIfNeeded: octets.count >> (8 * $0)) } + octets)
        }
        func add(_ number: UInt32) { add((0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }) }
        add(Array(source.zone.nameOctets(of: 0)))
        add(UInt32(source.zone.rrClass.rawValue))
        add(denialTTL.rawValue)
        add(parameters.maximumTTL?.rawValue ?? .max)
        switch parameters.denial {
        case .nsec: add([0])
        case .nsec3(let denial):
            add([1, denial.optOut ? 1 : 0])
            add(UInt32(denial.iterations))
            add(denial.salt)
        }
        for key in keys.zoneSigners { add(keys.active[key].rdata) }
        return Array(digest.finish().prefix(16))
    }
}
