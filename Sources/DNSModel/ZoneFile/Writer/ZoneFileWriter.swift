/// Writes zones as zone files: one record a line, with absolute owner, TTL, class and type, in canonical order but for
/// the SOA record, which comes first.
///
/// The same zone and style always give the same octets, for any number of workers.
public enum ZoneFileWriter {
    /// Writes a zone.
    ///
    /// - Parameters:
    ///   - workers: How many threads format; the memory used grows with their number, not with the zone.
    ///   - sink: Takes the text piece by piece, in order, on the calling thread. What it throws stops the writing.
    public static func write<Failure: Error>(
        _ zone: Zone, style: ZoneFileStyle = .presentation, workers: Workers = .single,
        sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try zone.withView { view throws(Failure) in
            try ZoneText(view, zone.rrClass, first: zone.firstRecords, style: style)
                .write(workers: workers, sink: sink)
        }
    }

    /// Appends the lines of an owner, but for those of one type.
    package static func append(
        _ owner: OwnerIndex, of zone: Zone, omitting omitted: RRType? = nil, style: ZoneFileStyle = .presentation,
        to text: inout TextBuffer
    ) {
        zone.withView { view in
            let line = RecordLine(view, zone.rrClass, style)
            var memory = RecordLine.Memory()
            for index in zone.recordRange(of: owner) where zone.records[index].type != omitted {
                line.append(index, repeating: &memory, to: &text)
            }
        }
    }

    /// The whole zone file as octets, for zones that are small.
    public static func text(of zone: Zone, style: ZoneFileStyle = .presentation) -> [UInt8] {
        var result: [UInt8] = []
        write(zone, style: style) { result.append(contentsOf: $0) }
        return result
    }
}
