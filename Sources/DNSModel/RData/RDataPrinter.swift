/// Writes RDATA in presentation format, as BIND, Knot, NSD and ldns read it back.
///
/// A hot file: every record of a zone goes through it on output. It reads through an unchecked pointer and checks every
/// bound itself; it appends to the buffer and allocates nothing.
package enum RDataPrinter {
    /// Appends RDATA in presentation format; in that of RFC 3597 when the type has no other or the octets do not fit it.
    package static func append(_ type: RRType, _ rdata: Span<UInt8>, to text: inout [UInt8]) {
        var buffer = TextBuffer(capacity: rdata.count * 2 + 64)
        rdata.withUnsafeBufferPointer { append(type, $0, to: &buffer) }
        text.append(contentsOf: buffer.octets)
    }

    /// Appends RDATA as RFC 3597 §5 says: `\# 4 c0000201`.
    package static func appendGeneric(_ rdata: Span<UInt8>, to text: inout [UInt8]) {
        var buffer = TextBuffer(capacity: rdata.count * 2 + 16)
        rdata.withUnsafeBufferPointer { appendGeneric($0, to: &buffer) }
        text.append(contentsOf: buffer.octets)
    }

    /// Appends RDATA in presentation format; in that of RFC 3597 when the type has no other or the octets do not fit it.
    package static func append(_ type: RRType, _ rdata: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        let start = text.count
        if appendFields(type, rdata, to: &text) == .none { return }
        text.truncate(to: start)
        appendGeneric(rdata, to: &text)
    }

    /// Appends RDATA as RFC 3597 §5 says: `\# 4 c0000201`.
    package static func appendGeneric(_ rdata: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        text.append("\\# ")
        text.appendDecimal(UInt32(truncatingIfNeeded: rdata.count))
        if rdata.isEmpty { return }
        text.append(UInt8(ascii: " "))
        Hex.append(rdata, to: &text)
    }

    /// Why octets are not the RDATA of a type.
    enum Misfit: Equatable {
        /// The type has no presentation format.
        case noLayout
        /// The octets end within this field, or it has a value that no text can say.
        case field(Int)
        /// Octets follow the last field.
        case trailing(offset: Int)
    }

    /// Appends the fields one after the other; the text is of no use when there is a misfit.
    static func appendFields(
        _ type: RRType, _ rdata: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer
    ) -> Misfit? {
        let row = RDataLayout.row(of: type)
        guard row.count > 0 else { return .noLayout }
        var cursor = WireCursor(rdata)
        return RDataLayout.kinds.withUnsafeBufferPointer { kinds -> Misfit? in
            for index in 0..<row.count {
                if index > 0 { text.append(UInt8(ascii: " ")) }
                guard append(kinds[row.first &+ index], &cursor, to: &text) else { return .field(index) }
            }
            return cursor.isAtEnd ? nil : .trailing(offset: cursor.index)
        }
    }

    /// Appends one field and moves past it; `false` when it does not fit.
    @inline(__always)
    private static func append(
        _ kind: RDataFieldKind, _ cursor: inout WireCursor, to text: inout TextBuffer
    ) -> Bool {
        switch kind {
        case .uint8, .algorithm:
            guard let value = cursor.uint8() else { return false }
            text.appendDecimal(UInt32(value))
        case .uint16:
            guard let value = cursor.uint16() else { return false }
            text.appendDecimal(UInt32(value))
        case .uint32, .period:
            guard let value = cursor.uint32() else { return false }
            text.appendDecimal(value)
        case .ttl:
            guard let value = cursor.uint32(), value <= 0x7FFF_FFFF else { return false }
            text.appendDecimal(value)
        case .time:
            guard let value = cursor.uint32() else { return false }
            appendTime(value, to: &text)
        case .name, .canonicalName:
            return appendName(&cursor, to: &text)
        case .string:
            return appendString(&cursor, to: &text)
        case .strings:
            repeat {
                guard appendString(&cursor, to: &text) else { return false }
                if !cursor.isAtEnd { text.append(UInt8(ascii: " ")) }
            } while !cursor.isAtEnd
        case .type:
            guard let value = cursor.uint16() else { return false }
            RRType(value).appendMnemonic(to: &text)
        case .ipv4:
            guard let octets = cursor.take(4) else { return false }
            AddressText.appendIPv4(octets, to: &text)
        case .ipv6:
            guard let octets = cursor.take(16) else { return false }
            AddressText.appendIPv6(octets, to: &text)
        case .base64:
            if cursor.isAtEnd { return false }
            Base64.append(cursor.rest(), to: &text)
        case .hex:
            if cursor.isAtEnd { return false }
            Hex.append(cursor.rest(), to: &text)
        case .salt:
            guard let octets = cursor.counted() else { return false }
            if octets.isEmpty { text.append(UInt8(ascii: "-")) } else { Hex.append(octets, to: &text) }
        case .nextHash:
            guard let octets = cursor.counted(), !octets.isEmpty else { return false }
            Base32Hex.append(octets, to: &text)
        case .bitmap:
            let octets = cursor.rest()
            guard TypeBitmap.fault(in: octets) == nil else { return false }
            // The space before the field goes when there is no type; nothing is lost without it.
            if octets.isEmpty { text.truncate(to: text.count - 1) }
            var isFirst = true
            TypeBitmap.forEachType(in: octets) {
                if !isFirst { text.append(UInt8(ascii: " ")) }
                isFirst = false
                $0.appendMnemonic(to: &text)
            }
        default:
            return appendRare(kind, &cursor, to: &text)
        }
        return true
    }
}

/// A place in RDATA that moves forward and never beyond the end.
struct WireCursor {
    let octets: UnsafeBufferPointer<UInt8>
    private(set) var index = 0

    @inline(__always)
    init(_ octets: UnsafeBufferPointer<UInt8>) { self.octets = octets }

    @inline(__always)
    var remaining: Int { octets.count &- index }
    @inline(__always)
    var isAtEnd: Bool { index == octets.count }

    @inline(__always)
    mutating func uint8() -> UInt8? {
        guard remaining >= 1 else { return nil }
        defer { index &+= 1 }
        return octets[index]
    }

    @inline(__always)
    mutating func uint16() -> UInt16? {
        guard remaining >= 2 else { return nil }
        defer { index &+= 2 }
        return UInt16(octets[index]) << 8 | UInt16(octets[index &+ 1])
    }

    @inline(__always)
    mutating func uint32() -> UInt32? {
        guard let high = uint16(), let low = uint16() else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// The next `count` octets.
    @inline(__always)
    mutating func take(_ count: Int) -> UnsafeBufferPointer<UInt8>? {
        guard remaining >= count else { return nil }
        defer { index &+= count }
        return UnsafeBufferPointer(rebasing: octets[index..<(index &+ count)])
    }

    /// Octets with their number before them, in one octet.
    @inline(__always)
    mutating func counted() -> UnsafeBufferPointer<UInt8>? {
        guard let count = uint8() else { return nil }
        return take(Int(count))
    }

    /// All that is left.
    @inline(__always)
    mutating func rest() -> UnsafeBufferPointer<UInt8> {
        defer { index = octets.count }
        return UnsafeBufferPointer(rebasing: octets[index...])
    }

    /// The octets of an uncompressed name.
    mutating func name() -> UnsafeBufferPointer<UInt8>? {
        var end = index
        while true {
            guard end < octets.count else { return nil }
            let length = Int(octets[end])
            guard length <= 63 else { return nil }
            end &+= 1 &+ length
            if length == 0 { break }
        }
        guard end &- index <= DomainName.maximumLength else { return nil }
        defer { index = end }
        return UnsafeBufferPointer(rebasing: octets[index..<end])
    }
}
