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

    /// What has been written and is written again.
    struct Memory: ~Copyable {
        /// The last owner, and where the text of its name stands in the buffer.
        var owner: OwnerIndex = .max
        var start = 0
        var count = 0
        /// TTLs and types.
        var heads = RecordHeads()
    }

    /// Appends the line of a record.
    ///
    /// - Parameter memory: Of this buffer and style.
    @inline(__always)
    func append(_ index: Int, repeating memory: inout Memory, to text: inout TextBuffer) {
        let record = zone.records[index]
        let start = text.count
        if memory.owner == record.owner {
            let room = text.reserve(memory.count)
            if let octets = text.octets.baseAddress { room.update(from: octets + memory.start, count: memory.count) }
            text.commit(memory.count)
        } else {
            RecordText.appendOwner(zone.nameOctets(of: record.owner), to: &text)
            memory.owner = record.owner
            memory.start = start
            memory.count = text.count &- start
        }
        rest.append(record, zone.rdataOctets(of: record), repeating: &memory.heads, to: &text)
    }
}
