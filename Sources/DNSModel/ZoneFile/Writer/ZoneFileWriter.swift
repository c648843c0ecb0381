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
        let line = RecordLine(zone, style)
        try ChunkedOutput(zone, workers: workers, omitting: style.omittedTypes).write(
            format: { index, owner, text in line.append(index, repeating: &owner, to: &text) }, sink: sink)
    }

    /// The whole zone file as octets, for zones that are small.
    public static func text(of zone: Zone, style: ZoneFileStyle = .presentation) -> [UInt8] {
        var result: [UInt8] = []
        write(zone, style: style) { result.append(contentsOf: $0) }
        return result
    }
}
