/// The text of a zone's records, stretch by stretch: any thread may format any owners.
///
/// A hot file: it walks the unchecked tables of a ``ZoneView``.
package struct ZoneText: Sendable {
    private let zone: ZoneView
    private let omitted: Set<RRType>
    /// The indices of the apex's SOA records, which come first.
    private let first: Range<Int>
    private let format: Format

    /// Appends a record: its index, what stands in the buffer, the buffer.
    typealias Format = @Sendable (Int, inout RecordLine.Memory, inout TextBuffer) -> Void

    /// The text of a zone in a format.
    ///
    /// - Parameter first: The indices of the apex's SOA records.
    init(_ zone: ZoneView, first: Range<Int>, omitting omitted: Set<RRType>, format: @escaping Format) {
        self.zone = zone
        self.first = omitted.contains(.soa) ? first.lowerBound..<first.lowerBound : first
        self.omitted = omitted
        self.format = format
    }

    /// The lines of a zone file.
    package init(_ zone: ZoneView, _ rrClass: RRClass, first: Range<Int>, style: ZoneFileStyle) {
        let line = RecordLine(zone, rrClass, style)
        self.init(zone, first: first, omitting: style.omittedTypes) { index, memory, text in
            line.append(index, repeating: &memory, to: &text)
        }
    }

    /// Records in a stretch: some hundred thousand octets of text.
    private static let stretchSize = 4096

    /// All owners of a zone whose tables are complete, cut into stretches for one thread each.
    func stretches() -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var start = 0
        while start < zone.ownerCount {
            let records = Int(zone.firstRecord[start]) + Self.stretchSize
            var end = min(start + Self.stretchSize, zone.ownerCount)
            while end > start + 1, Int(zone.firstRecord[end]) > records { end = start + (end - start) / 2 }
            stretches.append(start..<end)
            start = end
        }
        return stretches
    }

    /// Writes the whole zone.
    func write<Failure: Error>(
        workers: Workers, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let stretches = stretches()
        try OrderedText(pieces: stretches.count, workers: workers).write(
            make: { number, text in
                if number == 0 { appendFirst(to: &text) }
                let owners = stretches[number]
                append(owners, endingAt: Int(zone.firstRecord[owners.upperBound]), to: &text)
            }, sink: sink)
    }

    /// Appends what comes first: the SOA record.
    package func appendFirst(to text: inout TextBuffer) {
        var memory = RecordLine.Memory()
        for index in first { format(index, &memory, &text) }
    }

    /// Appends the records of some owners, but for those that come first.
    ///
    /// - Parameters:
    ///   - lastRecord: The index after these owners' last record: what follows may still be in the making.
    ///   - isWarm: Whether names and RDATA are in the cache already.
    package func append(
        _ owners: Range<Int>, endingAt lastRecord: Int, isWarm: Bool = false, to text: inout TextBuffer
    ) {
        guard let names = zone.names.baseAddress, let all = zone.records.baseAddress else { return }
        var memory = RecordLine.Memory()
        var sink: UInt8 = 0
        var start = owners.lowerBound
        while start < owners.upperBound {
            let end = min(start &+ CacheWarming.block, owners.upperBound)
            let endOfRecords = end < owners.upperBound ? Int(zone.firstRecord[end]) : lastRecord
            let records = Int(zone.firstRecord[start])..<endOfRecords
            if !isWarm {
                CacheWarming.touch(names + start, count: end &- start, in: zone.store, sink: &sink)
                CacheWarming.touch(all + records.lowerBound, count: records.count, in: zone.store, sink: &sink)
            }
            for index in records {
                if first.contains(index) { continue }
                if !omitted.isEmpty, omitted.contains(zone.records[index].type) { continue }
                format(index, &memory, &text)
            }
            start = end
        }
    }
}

extension Zone {
    /// The indices of the apex's SOA records.
    var firstRecords: Range<Int> { owner(named: apex).map { rrsetRange(of: $0, type: .soa) } ?? 0..<0 }
}
