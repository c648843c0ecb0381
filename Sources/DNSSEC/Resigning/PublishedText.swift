package import DNSModel

/// The text of a signed zone as ``ZoneFileWriter`` wrote it: the SOA record, then one owner after the other in canonical
/// order, each line beginning with its owner, and a tab.
///
/// Whoever makes one knows that the text is that, down to the octet, or finds out before what comes of it is used. A hot
/// file: it reads through unchecked pointers, which are valid while ``file`` lives, and which never go beyond ``end``.
package struct PublishedText: @unchecked Sendable {
    // Sendable: the octets never change while ``file`` lives.

    /// Keeps the octets alive.
    private let file: ZoneFileOctets
    /// The octets of the text and of what follows it.
    let octets: UnsafePointer<UInt8>
    /// Where the second line begins.
    let start: Int
    /// Where the records end; comments may follow.
    let end: Int

    private static let lineFeed = UInt8(ascii: "\n")
    private static let tab = UInt8(ascii: "\t")

    /// Wraps the first `count` octets of a file; `nil` when they are not lines of records.
    package init?(_ file: ZoneFileOctets, count: Int) {
        guard count > 0, count <= file.count, file.buffer[count - 1] == Self.lineFeed,
            let octets = file.buffer.baseAddress
        else { return nil }
        self.file = file
        self.octets = octets
        end = count
        start = (file.buffer[..<count].firstIndex(of: Self.lineFeed) ?? count - 1) + 1
    }

    /// Some of the octets, valid while this value lives.
    package func octets(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(file.buffer)[range])
    }

    /// Tells that octets have been read and will not be needed again: see ``ZoneFileOctets/leave(_:)``.
    package func leave(_ range: Range<Int>) { file.leave(range) }

    /// Where the line after the one at `place` begins.
    @inline(__always)
    func nextLine(from place: Int) -> Int {
        let rest = UnsafeBufferPointer(start: octets + place, count: end &- place)
        guard let length = OctetEquality.distance(to: Self.lineFeed, in: rest) else { return end }
        return place &+ length &+ 1
    }

    /// The owner of the line at `place`.
    func owner(at place: Int) -> DomainName? {
        var stop = place
        while stop < end, octets[stop] != Self.tab, octets[stop] != Self.lineFeed { stop += 1 }
        return try? DomainName(presentation: Array(file.buffer[place..<stop])[...])
    }

    /// Where the lines of the owner of the line at `place` end.
    func endOfOwner(at place: Int) -> Int {
        var length = 0
        while place + length < end, octets[place + length] != Self.tab { length += 1 }
        let owner = UnsafeBufferPointer(start: octets + place, count: length + 1)
        var line = nextLine(from: place)
        while begins(with: owner, at: line) { line = nextLine(from: line) }
        return line
    }

    /// Whether certain octets stand at `place`.
    @inline(__always)
    func begins(with expected: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        expected.count <= end &- place
            && OctetEquality.areSame(UnsafeBufferPointer(start: octets + place, count: expected.count), expected)
    }

    /// Where the first line begins whose owner does not sort before `name`, the SOA record's line aside.
    ///
    /// - Parameter place: The beginning of a line that no such line stands before; `nil` for the first one.
    func firstLine(notBefore name: UnsafeBufferPointer<UInt8>, from place: Int? = nil) -> Int {
        var low = place ?? start
        var high = end
        while low < high {
            let middle = (low + high) / 2
            let line = lineStart(from: middle)
            guard line < high else {
                high = middle
                continue
            }
            let isBefore =
                owner(at: line)?.wireFormat.withUnsafeBufferPointer { CanonicalNameOrder.compare($0, name) < 0 }
                ?? false
            if isBefore { low = nextLine(from: line) } else { high = middle }
        }
        return lineStart(from: low)
    }

    /// The first beginning of a line at or after `place`.
    private func lineStart(from place: Int) -> Int {
        place == start || octets[place - 1] == Self.lineFeed ? place : nextLine(from: place)
    }
}
