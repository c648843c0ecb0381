import DNSModel
import Diagnostics
import OpenSSLBridge

/// Two versions of a zone file: what is read of the second by way of the first's outline must be what differs.
enum OutlineFuzzing {
    private static let outlining = OutlineOptions(blockSize: 48) { octets in
        let digest = DigestContext.digest(.sha256, of: Array(octets))
        let words = [digest[..<8], digest[8..<16]].map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        return TextOutline.Digest(high: words[0], low: words[1])
    }

    /// Compares reading what has changed with reading all; what differs is returned.
    static func run(_ old: [UInt8], _ new: [UInt8]) -> String? {
        var options = ZoneFileOptions(origin: try? DomainName("e."))
        options.limits.generatedRecords = 1_000
        options.limits.recordLength = 4_096
        options.outlining = outlining
        let before = ZoneFileReader.readOutlined(ZoneFileSource(old, name: "old"), options: options)
        options.workers = Workers(3)
        let again = ZoneFileReader.readOutlined(ZoneFileSource(old, name: "old"), options: options)
        guard again.value?.outline == before.value?.outline else { return "outlines depend on the number of threads" }
        guard let (zone, outline) = before.value, let outline, before.diagnostics.isEmpty else { return nil }
        guard outline.blocks.reduce(0, { $0 + $1.length }) == old.count else { return "blocks are not the whole text" }
        let source = ZoneFileSource(new, name: "new")
        guard zone.droppedDuplicates.isEmpty,
            let found = ZoneFileReader.readChanges(of: source, since: outline, options: options)
        else { return nil }
        let whole = ZoneFileReader.read(source, options: options)
        guard let after = whole.value, whole.diagnostics.isEmpty else { return "findings: \(whole.diagnostics)" }
        guard after.ownerCount == zone.ownerCount else { return "owners have come or gone" }
        for owner in 0..<OwnerIndex(after.ownerCount) {
            let name = after.name(of: owner)
            for range in after.rrsetRanges(of: owner) {
                let rrset = after.rrset(at: range)
                guard let old = zone.rrset(name, rrset.type), old.rdata.count == rrset.rdata.count else {
                    return "\(name) \(rrset.type) has come, or has another number of records"
                }
                if rrset != old, found.zone.rrset(name, rrset.type) != rrset {
                    return "\(name) \(rrset.type) has changed, and is not among the changes"
                }
            }
        }
        return nil
    }
}
