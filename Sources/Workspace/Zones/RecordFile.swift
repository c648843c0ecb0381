public import DNSModel
import DNSSEC
import Diagnostics

/// Files of records that need not be a zone: DS sets, DNSKEYs, the output of `dig`.
public enum RecordFile {
    /// The records of a file; `-` is standard input. Records without a TTL, as key files often have them, get an hour.
    public static func read(_ path: String, origin: DomainName?) throws(Failure) -> [ZoneFileRecord] {
        let input = try ZoneInput(path, origin: origin, workers: .single)
        var options = input.options
        options.defaultTTL = TTL(3_600)
        let result = ZoneFileReader.readRecords(input.source, options: options)
        guard let records = result.value, !result.hasErrors else { throw Failure(.badInput, result.diagnostics) }
        return records.values
    }
}
