/// Formats the records of a zone, a line each.
///
/// A hot file: names and RDATA are read through the store's unchecked pointers, and an owner's second record copies the
/// owner's text from the first.
struct RecordLine: Sendable {
    private let zone: ZoneView
    private let rest: RecordText

    init(_ zone: ZoneView, _ rrClass: RRClass, _ style: ZoneFileStyle) {
        self.zone = zone
        rest = RecordText(rrClass, style)
    }

    /// Where the text of an owner's name stands in the buffer.
    struct WrittenOwner {
        var owner: OwnerIndex = .max
        var start = 0
        var count = 0
    }

    /// Appends the line of a record.
    ///
    /// - Parameter written: The last owner that stands in the buffer.
    @inline(__always)
    func append(_ index: Int, repeating written: inout WrittenOwner, to text: inout TextBuffer) {
        let record = zone.records[index]
        let start = text.count
        if written.owner == record.owner {
            let room = text.reserve(written.count)
            if let octets = text.octets.baseAddress { room.update(from: octets + written.start, count: written.count) }
            text.commit(written.count)
        } else {
            RecordText.appendOwner(zone.nameOctets(of: record.owner), to: &text)
            written = WrittenOwner(owner: record.owner, start: start, count: text.count &- start)
        }
        rest.append(record, zone.rdataOctets(of: record), to: &text)
    }
}
