import DNSModel
import Diagnostics

/// Reads texts and shows what came of them as lines.
enum ZoneFileFixture {
    /// What came of reading: records as `owner ttl type rdata`, findings as `line:column rule`.
    struct Reading {
        var records: [String]
        var findings: [String]
        var diagnostics: [Diagnostic]
    }

    /// Reads a text, by default relative to `example.`; a difference between the fast and the slow path shows as a
    /// finding.
    static func read(
        _ text: String, origin: DomainName? = name("example."), defaultTTL: TTL? = TTL(300),
        configure: (inout ZoneFileOptions) -> Void = { _ in }
    ) -> Reading {
        var options = ZoneFileOptions(origin: origin, defaultTTL: defaultTTL)
        configure(&options)
        let source = ZoneFileSource(text, name: "zone")
        let result = ZoneFileReader.readRecords(source, options: options)
        options.usesFastPath = false
        let slow = ZoneFileReader.readRecords(source, options: options)
        var reading = Reading(
            records: (result.value?.values ?? []).map(line), findings: result.diagnostics.map(finding),
            diagnostics: result.diagnostics)
        if slow.diagnostics != result.diagnostics || slow.value?.fingerprint != result.value?.fingerprint {
            reading.findings.append("the slow path differs")
        }
        return reading
    }

    static func line(_ record: ZoneFileRecord) -> String {
        var rdata: [UInt8] = []
        RDataPrinter.append(record.type, record.rdata.span, to: &rdata)
        return "\(record.owner) \(record.ttl) \(record.type) " + String(decoding: rdata, as: UTF8.self)
    }

    static func finding(_ diagnostic: Diagnostic) -> String {
        guard let location = diagnostic.location else { return "- \(diagnostic.rule)" }
        let place = location.line == 0 ? "-" : "\(location.line):\(location.column)"
        return (location.file == "zone" ? "" : location.file + ":") + "\(place) \(diagnostic.rule)"
    }

    static func name(_ text: String) -> DomainName {
        do { return try DomainName(text) } catch { preconditionFailure("\(text): \(error)") }
    }
}
