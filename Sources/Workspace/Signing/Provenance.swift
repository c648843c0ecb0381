import DNSModel
import DNSSEC
import Diagnostics
import OpenSSLBridge

/// What a signed zone's file tells of what it was made from, in comments after its records: so the next run finds out what has
/// changed in the source without reading all of it, and takes the rest as it is.
///
/// The file's digest is over these lines, too. They are there where the source was a plain text in which nothing was found: see
/// ``TextOutline``.
struct Provenance: Equatable {
    /// The outline of the source.
    var outline: TextOutline
    /// What was signed.
    var summary: SigningSummary
    /// What else decides on how the source is read and checked: see ``basis(origin:)``.
    var basis: [UInt8]

    /// To be raised whenever what is read from a source, or found in it, or written, becomes another.
    private static let revision: UInt8 = 1

    /// What reading and checking a source depend on: the origin that it is read with, and the rules.
    static func basis(origin: DomainName?) -> [UInt8] {
        var digest = DigestContext(.sha256)
        digest.update([revision] + (origin?.wireFormat ?? []))
        for catalog in [RuleCatalog.zoneFile, .zone] {
            for known in catalog.explanations { digest.update(Array("\(known.rule)\n".utf8)) }
        }
        return Array(digest.finish().prefix(16))
    }

    /// How outlines are made: blocks as large as a thread reads in half a millisecond, so that little is read for one changed
    /// record, and the file does not grow by more than a thousandth.
    static func outlining(blockSize: Int) -> OutlineOptions {
        OutlineOptions(blockSize: blockSize) { octets in
            var digest = DigestContext(.sha256)
            return withUnsafeTemporaryAllocation(byteCount: DigestAlgorithm.sha256.length, alignment: 8) { room in
                digest.digest(octets, into: room)
                return TextOutline.Digest(
                    high: UInt64(bigEndian: room.load(as: UInt64.self)),
                    low: UInt64(bigEndian: room.load(fromByteOffset: 8, as: UInt64.self)))
            }
        }
    }
}

// MARK: - Text

extension Provenance {
    private static let sourcePrefix: StaticString = "; danectl source "
    private static let blockPrefix: StaticString = "; danectl block "

    /// The lines that tell it.
    var lines: [UInt8] {
        var text = TextBuffer(capacity: 256 + 128 * outline.blocks.count)
        text.append(Self.sourcePrefix)
        for number in [outline.blocks.count, outline.apexRecords] { text.appendField(number) }
        for number in [summary.signatures, summary.signedRRsets, summary.denialRecords] { text.appendField(number) }
        for time in [summary.firstExpiration, summary.lastInception] { text.appendField(Int(time.rawValue)) }
        summary.conditions.withUnsafeBufferPointer { Hex.append($0, to: &text) }
        text.append(" ")
        basis.withUnsafeBufferPointer { Hex.append($0, to: &text) }
        text.append(" ")
        text.appendHex(outline.settled)
        text.append("\n")
        for block in outline.blocks {
            text.append(Self.blockPrefix)
            text.appendField(block.length)
            text.appendHex(block.beginning)
            text.append(" ")
            text.appendHex(block.text)
            text.append(" ")
            text.appendHex(block.shape)
            text.append("\n")
        }
        return Array(text.octets)
    }

    /// Reads the lines; `nil` when they are not such.
    init?(_ lines: UnsafeBufferPointer<UInt8>) {
        var reader = FieldReader(rest: lines[...])
        guard reader.skip(Self.sourcePrefix), let blockCount = reader.count(), let apexRecords = reader.count(),
            let signatures = reader.count(), let signedRRsets = reader.count(), let denialRecords = reader.count(),
            let firstExpiration = reader.number(), let lastInception = reader.number(),
            let conditions = reader.octets(16), let basis = reader.octets(16), let settled = reader.digest()
        else { return nil }
        var blocks: [TextOutline.Block] = []
        while reader.skip(Self.blockPrefix) {
            guard let length = reader.count(), length > 0, let beginning = reader.hex(), let text = reader.digest(),
                let shape = reader.digest()
            else { return nil }
            blocks.append(TextOutline.Block(length: length, beginning: beginning, text: text, shape: shape))
        }
        guard reader.rest.isEmpty, blocks.count == blockCount, !blocks.isEmpty else { return nil }
        outline = TextOutline(blocks: blocks, settled: settled, apexRecords: apexRecords)
        summary = SigningSummary(
            conditions: conditions, signatures: signatures, signedRRsets: signedRRsets, denialRecords: denialRecords,
            firstExpiration: Timestamp(Int64(firstExpiration)), lastInception: Timestamp(Int64(lastInception)))
        self.basis = basis
    }
}

extension TextBuffer {
    fileprivate mutating func appendField(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        appendDecimal(UInt64(number.magnitude))
        append(UInt8(ascii: " "))
    }

    fileprivate mutating func appendHex(_ digest: TextOutline.Digest) {
        appendHex(digest.high)
        appendHex(digest.low)
    }

    fileprivate mutating func appendHex(_ word: UInt64) {
        for shift in stride(from: 60, through: 0, by: -4) {
            append(Hex.digit(UInt8(truncatingIfNeeded: word >> shift)))
        }
    }
}

/// Reads fields, each followed by a space or a line feed.
private struct FieldReader {
    var rest: Slice<UnsafeBufferPointer<UInt8>>

    /// Skips a text if it is what follows.
    mutating func skip(_ text: StaticString) -> Bool {
        let isNext = text.withUTF8Buffer { rest.starts(with: $0) }
        if isNext { rest = rest.dropFirst(text.utf8CodeUnitCount) }
        return isNext
    }

    private mutating func field() -> Slice<UnsafeBufferPointer<UInt8>>? {
        guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }),
            end > rest.startIndex
        else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    mutating func number() -> Int? {
        field().flatMap { Int(String(decoding: $0, as: UTF8.self)) }.flatMap { $0.magnitude < 1 << 48 ? $0 : nil }
    }

    mutating func count() -> Int? { number().flatMap { $0 >= 0 ? $0 : nil } }

    mutating func hex() -> UInt64? {
        guard let field = field(), field.count == 16 else { return nil }
        return Self.word(field)
    }

    mutating func digest() -> TextOutline.Digest? {
        guard let field = field(), field.count == 32, let high = Self.word(field.prefix(16)),
            let low = Self.word(field.suffix(16))
        else { return nil }
        return TextOutline.Digest(high: high, low: low)
    }

    mutating func octets(_ count: Int) -> [UInt8]? {
        guard let field = field(), field.count == 2 * count else { return nil }
        return Hex.decode(String(decoding: field, as: UTF8.self))
    }

    private static func word(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
        var word: UInt64 = 0
        for digit in digits {
            let value = Hex.value(of: digit)
            guard value < 16 else { return nil }
            word = word << 4 | UInt64(value)
        }
        return word
    }
}
