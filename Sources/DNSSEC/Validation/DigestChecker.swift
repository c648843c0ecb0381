import DNSModel
import Diagnostics

/// Compares a zone with the ZONEMD records at its apex (RFC 8976 §4).
struct DigestChecker {
    let zone: Zone
    let workers: Workers

    /// Adds what is wrong to `log`. A zone without ZONEMD is as good as one with it.
    func check(into log: inout FindingLog) {
        let place = FindingSubject(owner: zone.apex, type: .zonemd)
        guard case .failed(let failures) = ZoneDigest.verify(zone, workers: workers) else { return }
        var isUnsupported = true
        for failure in failures {
            switch failure {
            case .serial(let zonemd, let soa):
                isUnsupported = false
                let serial = soa.map(\.description) ?? "missing"
                log.record(
                    .error, .zonemdSerial, place, "\(zone.apex) ZONEMD has the serial \(zonemd), the SOA's is \(serial)"
                )
            case .unknownScheme, .unknownAlgorithm: break
            case .repeated(let scheme, let algorithm):
                isUnsupported = false
                log.record(
                    .error, .zonemdDuplicate, place,
                    "\(zone.apex) has several ZONEMD with scheme \(scheme) and hash algorithm \(algorithm)")
            case .digestLength(let found, let algorithm):
                isUnsupported = false
                log.record(
                    .error, .zonemdMismatch, place,
                    "\(zone.apex) ZONEMD has a digest of \(found) octets, \(algorithm) has \(algorithm.digestLength)")
            case .digest(let algorithm, _, _):
                isUnsupported = false
                log.record(
                    .error, .zonemdMismatch, place,
                    "\(zone.apex) ZONEMD has a digest (\(algorithm)) that is not the zone's")
            case .malformed:
                isUnsupported = false
                log.record(.error, .zonemdMismatch, place, "\(zone.apex) has a ZONEMD that cannot be read")
            }
        }
        if isUnsupported {
            log.record(
                .warning, .zonemdUnsupported, place, "\(zone.apex) has no ZONEMD with a known scheme and hash algorithm"
            )
        }
    }
}
