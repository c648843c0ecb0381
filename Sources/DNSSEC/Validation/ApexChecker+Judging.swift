import DNSModel
import Diagnostics

extension ApexChecker {
    /// Judges the apex before anything else: keys, anchors, and the RRsets whose signers verdicts hang on.
    ///
    /// - Parameters:
    ///   - zone: The zone, or as much of it as has the apex.
    ///   - context: Has the tables of `zone`.
    /// - Returns: What the anchors alone make of the zone, and all that was found.
    static func judge(
        _ zone: Zone, _ context: CheckContext, _ pool: CheckerPool, _ anchors: [TrustAnchor]
    ) -> (status: SecurityStatus, result: CheckResult) {
        guard let apex = context.apex else { return (.bogus, CheckResult(context)) }
        var checker = ApexChecker(zone, apex: apex, keys: context.keys, options: context.options)
        checker.checkKeys()
        var signers: [(type: RRType, keys: [Int])] = []
        var result = pool.check { owners in
            for type in CheckContext.judgedFirst {
                let records = zone.rrsetRange(of: apex, type: type)
                if !records.isEmpty { signers.append((type, owners.checkSignaturesAtApex(of: type, records))) }
            }
        }
        let keysSigning = { (type: RRType) in signers.first { $0.type == type }?.keys ?? [] }
        checker.signingKeys = keysSigning(.dnskey)
        checker.checkRevokedKeys()
        let status = checker.checkAnchors(anchors)
        checker.checkEntryPoints(isAnchored: status == .secure)
        checker.checkChildSignals()
        for type in [RRType.cds, .cdnskey] { checker.checkChildSigner(type, signedBy: keysSigning(type)) }
        checker.log.append(result.log)
        result.log = checker.log
        return (status, result)
    }

    private mutating func checkRevokedKeys() {
        for (index, key) in keys.keys.enumerated() where key.dnskey.isRevoked && !signingKeys.contains(index) {
            log.record(
                .warning, .revokedKeyNotSigning, place(key),
                "\(name(key)) is revoked, but does not sign the DNSKEY RRset")
        }
    }
}
