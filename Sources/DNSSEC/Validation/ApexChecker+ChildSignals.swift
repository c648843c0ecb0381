import DNSModel
import Diagnostics

extension ApexChecker {
    /// Checks what the zone tells its parent by CDS and CDNSKEY (RFC 7344 §4.1, RFC 8078 §4).
    mutating func checkChildSignals() {
        let cds = values(of: .cds, RData.DS.self)
        let cdnskey = values(of: .cdnskey, RData.DNSKEY.self)
        let deletesByDigest = cds.contains { $0.isDeletion }
        let deletesByKey = cdnskey.contains { $0.isDeletion }
        if deletesByDigest, cds.count > 1 { reportDeletion(.cds) }
        if deletesByKey, cdnskey.count > 1 { reportDeletion(.cdnskey) }
        if !cds.isEmpty, !cdnskey.isEmpty, deletesByDigest != deletesByKey {
            reportDisagreement("one of them asks to remove the DS records, the other does not")
        }
        if deletesByDigest || deletesByKey { return }
        let byDigest = cds.map { ds in (ds.keyTag, TrustAnchor.ds(ds, of: zone.apex)) }
        let byKey = cdnskey.map { key in (key.keyTag, TrustAnchor.dnskey(key, of: zone.apex)) }
        check(byDigest, .cds)
        check(byKey, .cdnskey)
        let digestKeys = Set(cds.map { Slot(tag: $0.keyTag, algorithm: $0.algorithm) })
        let plainKeys = Set(cdnskey.map { Slot(tag: $0.keyTag, algorithm: $0.algorithm) })
        if !cds.isEmpty, !cdnskey.isEmpty, digestKeys != plainKeys {
            reportDisagreement("they name different keys")
        }
    }

    /// Checks that CDS and CDNSKEY are signed by a key that also signs the DNSKEY RRset (RFC 7344 §4.1).
    mutating func checkChildSigner(_ type: RRType, signedBy signers: [Int]) {
        if signers.isEmpty || signers.contains(where: signingKeys.contains) { return }
        log.record(
            .warning, .childKeySigner, FindingSubject(owner: zone.apex, type: type),
            "\(zone.apex) \(type) is signed by no key that signs the DNSKEY RRset")
    }

    private struct Slot: Hashable {
        let tag: UInt16
        let algorithm: SecurityAlgorithm
    }

    private func values<Value: RDataValue>(of type: RRType, _ form: Value.Type) -> [Value] {
        zone.rrsetRange(of: apex, type: type).compactMap { try? Value(wireFormat: zone.rdata(of: zone.records[$0])) }
    }

    private mutating func check(_ anchors: [(tag: UInt16, anchor: TrustAnchor)], _ type: RRType) {
        if anchors.isEmpty { return }
        var leads = false
        for (tag, anchor) in anchors {
            let named = keys.keys.indices.filter { anchor.names(keys.keys[$0].dnskey) }
            leads = leads || named.contains { signingKeys.contains($0) } || !anchor.isSupported
            if named.isEmpty, anchor.isSupported {
                log.record(
                    .warning, .childKeyUnknown, FindingSubject(owner: zone.apex, type: type, keyTag: tag),
                    "\(zone.apex) \(type) \(tag) (\(anchor.algorithm)) names no key of the DNSKEY RRset")
            }
        }
        if !leads {
            log.record(
                .error, .childKeyBreaks, FindingSubject(owner: zone.apex, type: type),
                "\(zone.apex) \(type) names no key that signs the DNSKEY RRset; as DS records they would break the zone"
            )
        }
    }

    private mutating func reportDeletion(_ type: RRType) {
        log.record(
            .error, .childDeletion, FindingSubject(owner: zone.apex, type: type),
            "\(zone.apex) \(type) has a delete request beside other records")
    }

    private mutating func reportDisagreement(_ reason: String) {
        log.record(
            .warning, .childKeyDisagrees, FindingSubject(owner: zone.apex, type: .cds),
            "\(zone.apex) CDS and CDNSKEY do not agree: \(reason)")
    }
}
