/// The text that is being read: where it is in memory and which file it belongs to.
struct TextView: Sendable {
    /// The first octet.
    nonisolated(unsafe) let base: UnsafePointer<UInt8>
    /// The number of octets.
    let count: Int
    /// Lines that begin before this place may be read by ``PlainScanner``: a line feed follows, and after it as many
    /// readable octets as its wide loads want.
    let plainEnd: Int
    /// The index of the file among those being read.
    let file: Int

    /// How many octets must be readable after the last line feed of the fast path.
    private static let margin = 320

    init(base: UnsafePointer<UInt8>, count: Int, slack: Int, file: Int) {
        self.base = base
        self.count = count
        self.file = file
        var end = min(count, count + slack - Self.margin)
        while end > 0, base[end - 1] != 0x0A { end -= 1 }
        plainEnd = max(0, end)
    }

    init(_ source: ZoneFileSource, file: Int) {
        self.init(base: source.octets.start, count: source.octets.count, slack: source.octets.slack, file: file)
    }

    /// The octets of a range.
    func octets(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    /// A copy of a range, as text for a message: at most 64 octets of it.
    func excerpt(_ range: Range<Int>) -> String {
        let shown = octets(range.lowerBound..<min(range.upperBound, range.lowerBound + 64))
        var text = ""
        for octet in shown {
            if octet >= 0x20, octet < 0x7F {
                text.unicodeScalars.append(Unicode.Scalar(octet))
            } else {
                text += "\\" + String(octet / 100) + String(octet / 10 % 10) + String(octet % 10)
            }
        }
        return range.count > 64 ? text + "…" : text
    }
}
