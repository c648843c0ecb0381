public import Diagnostics

/// Reads zone files (RFC 1035 §5): text in, records out, with everything that is wrong with the text.
///
/// Directives are `$ORIGIN`, `$TTL` (RFC 2308 §4), `$INCLUDE` and `$GENERATE` (as BIND has it). Every error has its
/// line and column; reading goes on at the next entry after an error, up to ``ZoneFileLimits/errors``. The result
/// does not depend on the number of ``ZoneFileOptions/workers``.
public enum ZoneFileReader {
    /// Reads a zone.
    ///
    /// The apex is the owner of the first SOA record, wherever it stands. What records must and must not stand together
    /// is not looked at here.
    ///
    /// - Returns: The zone, or no value when there is any error; findings in the order of the text.
    public static func read(_ source: ZoneFileSource, options: ZoneFileOptions) -> Diagnosed<Zone> {
        let reading = readOutlined(source, options: options)
        return Diagnosed(reading.value?.zone, reading.diagnostics)
    }

    /// Reads a zone, and makes the outline of its text if ``ZoneFileOptions/outlining`` asks for it and the text is plain.
    package static func readOutlined(
        _ source: ZoneFileSource, options: ZoneFileOptions
    ) -> Diagnosed<(zone: Zone, outline: TextOutline?)> {
        let reading = readRecords(source, options: options)
        guard let records = reading.value else { return Diagnosed(nil, reading.diagnostics) }
        guard let apex = records.soaOwner else {
            let missing = Diagnostic.error(
                "zonefile/no-soa", at: SourceLocation(file: source.name), "the zone file has no SOA record",
                .rfc(1035, "5.2"), hint: "is this the whole zone file?")
            return Diagnosed(nil, reading.diagnostics + [missing])
        }
        let zone = Zone(
            apex: apex, rrClass: records.rrClass, batches: records.batches, store: records.store,
            workers: options.workers)
        return Diagnosed((zone, records.outline), reading.diagnostics)
    }

    /// Reads records that need not make a zone: key files, DS sets, what `dig` prints.
    ///
    /// - Returns: The records in the order of the text, or no value when there is any error.
    public static func readRecords(_ source: ZoneFileSource, options: ZoneFileOptions) -> Diagnosed<ZoneFileRecords> {
        let result = readOnce(source, options: options)
        guard options.origin == nil, result.diagnostics.contains(where: { $0.rule == "zonefile/no-origin" }) else {
            return result
        }
        return readUnderApex(source, options: options) ?? result
    }

    private static func readOnce(_ source: ZoneFileSource, options: ZoneFileOptions) -> Diagnosed<ZoneFileRecords> {
        let context = ReadContext(options: options, store: WireStore())
        let outcome = read(source, context: context, recordsPlaces: false)
        let diagnostics = LineFinder.diagnostics(of: outcome.findings, in: context.sources)
        guard !diagnostics.hasErrors else { return Diagnosed(nil, diagnostics) }
        return Diagnosed(outcome.records, diagnostics)
    }

    /// Reads a text that names no origin, but whose SOA record has an owner written in full: a zone's file, whose relative
    /// names can only be meant to be below the apex.
    private static func readUnderApex(
        _ source: ZoneFileSource, options: ZoneFileOptions
    ) -> Diagnosed<ZoneFileRecords>? {
        var options = options
        options.origin = .root
        let context = ReadContext(options: options, store: WireStore())
        guard let apex = read(source, context: context, recordsPlaces: false).records.soaOwner, !apex.isRoot else {
            return nil
        }
        options.origin = apex
        var result = readOnce(source, options: options)
        // An owner that is relative itself would mean another name now.
        guard result.value == nil || result.value?.soaOwner == apex else { return nil }
        result.diagnostics.append(
            .note(
                "zonefile/origin-from-soa", at: SourceLocation(file: source.name),
                "relative names are taken to be below \(apex), the owner of the SOA record", .rfc(1035, "5.1"),
                hint: "put '$ORIGIN \(apex)' first, or give the zone's name"))
        return result
    }

    /// What came of reading a source.
    struct Outcome {
        var records: ZoneFileRecords
        var findings: [Finding]
        var places: [RecordPlace]
    }

    /// Reads a source, on one thread when places are wanted.
    static func read(_ source: ZoneFileSource, context: ReadContext, recordsPlaces: Bool) -> Outcome {
        let options = context.options
        let state = ReadingState(
            origin: options.origin?.wireFormat, defaultTTL: options.defaultTTL?.rawValue, rrClass: options.rrClass)
        let view = TextView(source, file: context.add(source))
        var reader = RecordReader(
            context, view: view, state: state, isSpeculative: false, recordsPlaces: recordsPlaces)
        if view.firstEntry > 0 {
            reader.report(
                .note(
                    "zonefile/byte-order-mark", "the file begins with a byte order mark, which is skipped",
                    hint: "save the file without it: other name servers refuse it"), at: 0)
        }
        reader.readText(view)
        reader.finishBatch()
        if reader.stop == .tooManyErrors {
            reader.findings.append(
                Finding(
                    diagnostic: .error(
                        "zonefile/too-many-errors",
                        "reading stopped after \(options.limits.errors) errors; there may be more"),
                    file: 0, offset: -1))
        }
        let records = ZoneFileRecords(
            store: context.store, batches: reader.finished, rrClass: reader.state.rrClass ?? .in,
            soaOwner: reader.soaOwner.map { context.store.name(at: $0) }, outline: reader.outlineProgress?.outline)
        return Outcome(records: records, findings: reader.findings, places: reader.places)
    }
}

/// The records of a text, in the order in which they stand there.
public struct ZoneFileRecords: Sendable {
    /// Where names and RDATA are.
    package let store: WireStore
    /// The records, ready to become a zone.
    package let batches: [RecordBatch]
    /// The class of all records; IN when there is none.
    public let rrClass: RRClass
    /// The owner of the first SOA record.
    public let soaOwner: DomainName?
    /// The outline of the text, where one was asked for and the text is plain.
    package let outline: TextOutline?

    /// The number of records.
    public var count: Int { batches.reduce(0) { $0 + $1.records.count } }

    /// The records as values.
    public var values: [ZoneFileRecord] {
        batches.flatMap { batch in
            batch.records.map { record in
                ZoneFileRecord(
                    owner: store.name(at: batch.names[Int(record.owner)]), type: record.type, ttl: record.ttl,
                    rdata: Array(store.octets(at: record.rdataOffset, count: record.rdataLength)))
            }
        }
    }
}

/// One record as it stood in a text.
public struct ZoneFileRecord: Sendable, Hashable {
    /// The owner name.
    public let owner: DomainName
    /// The type.
    public let type: RRType
    /// The TTL, stated or taken over.
    public let ttl: TTL
    /// The RDATA in wire format, names uncompressed.
    public let rdata: [UInt8]
}
