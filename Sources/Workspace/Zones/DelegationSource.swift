public import DNSModel
public import DNSSEC
public import Diagnostics
public import Manifest

/// Where the keys come from whose DS a parent is to publish.
public enum DelegationSource {
    /// The DNSKEYs of a file of records: a key file, a signed zone, the output of `dig`; `-` is standard input.
    ///
    /// Keys below other names than the file's apex, as in the signed zone of a parent, do not count.
    public static func records(inFile path: String) throws(Failure) -> [DNSKEYRecord] {
        let records = try RecordFile.read(path, origin: .root)
        let apex = records.first { $0.type == .soa }?.owner
        return records.compactMap { record in
            guard record.type == .dnskey, apex == nil || record.owner == apex,
                let dnskey = try? RData.DNSKEY(wireFormat: record.rdata)
            else { return nil }
            return DNSKEYRecord(
                owner: record.owner, ttl: record.ttl, dnskey: dnskey, location: SourceLocation(file: path))
        }
    }

    /// The DNSKEYs that an argument of `danectl ds` means: `-`, a file, the base name of a key's files, or, when there is
    /// no such file, `nil`.
    public static func records(named argument: String) throws(Failure) -> [DNSKEYRecord]? {
        if argument == "-" { return try records(inFile: "-") }
        if argument.hasSuffix(".private") { return try records(inFile: argument.dropLast(8) + ".key") }
        if InputFile.exists(argument + ".key") { return try records(inFile: argument + ".key") }
        return InputFile.isFile(argument) ? try records(inFile: argument) : nil
    }
}

extension ManifestWorkspace {
    /// The keys of a zone that are published at `now`.
    public func publishedKeys(of zone: ZoneIntent, now: Timestamp) throws(Failure) -> Diagnosed<[DNSKEYRecord]> {
        let found = try keyStore(of: zone).keys(of: zone.name)
        let records = (found.value ?? []).compactMap { $0.published(at: now) }.map {
            DNSKEYRecord(owner: $0.owner, ttl: $0.ttl, dnskey: $0.dnskey, location: nil)
        }
        return Diagnosed(records, found.diagnostics)
    }
}
