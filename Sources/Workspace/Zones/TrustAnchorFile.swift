import DNSModel
import DNSSEC
import Diagnostics

/// Trust anchors as files hold them: DS or DNSKEY records in zone-file form (`dsset-…`, `root.key`, `dig` output).
enum TrustAnchorFile {
    /// The anchors of a zone that a file holds.
    ///
    /// - Throws: ``Failure`` when the file cannot be read, or has no DS or DNSKEY record of that name.
    static func read(_ path: String, zone: DomainName) throws(Failure) -> [TrustAnchor] {
        var anchors: [TrustAnchor] = []
        for record in try RecordFile.read(path, origin: .root) where record.owner == zone {
            if record.type == .ds, let ds = try? RData.DS(wireFormat: record.rdata) {
                anchors.append(.ds(ds, of: zone))
            }
            if record.type == .dnskey, let key = try? RData.DNSKEY(wireFormat: record.rdata) {
                anchors.append(.dnskey(key, of: zone))
            }
        }
        guard !anchors.isEmpty else {
            throw Failure(
                .badInput,
                .error(
                    "verify/no-anchor", at: SourceLocation(file: path),
                    "the file has no DS or DNSKEY record of \(zone)",
                    .rfc(4033, "5"), hint: "'danectl ds' prints a zone's DS records"))
        }
        return anchors
    }
}
