/// Reads the parts of a plain line: one record on one line, without quotes, escapes or parentheses.
///
/// A hot file. Every function starts at `cursor`, moves it past what it has read and leaves it on a delimiter; it gives
/// up by returning -1 (or 0 for names) as soon as anything is unusual, and the slow path then reads the record anew.
/// Nothing here decides that a text is wrong.
///
/// Safety: a line feed stands at or after every cursor, all loops stop at it, and at least 320 octets after it can be
/// read. What is written stays within the room that ``RecordReader`` reserves: ``outputLimit`` octets for each part.
struct PlainScanner {
    /// The text.
    let base: UnsafePointer<UInt8>
    /// The octets' classes.
    let classes: UnsafePointer<UInt8>
    /// The digits' values.
    let hexValues: UnsafePointer<UInt8>
    let base32Values: UnsafePointer<UInt8>
    let base64Values: UnsafePointer<UInt8>
    /// The origin in wire format, 256 octets of room.
    let origin: UnsafePointer<UInt8>
    /// Its length, or 0 when there is no origin.
    let originLength: Int
    /// ``OctetClasses/upper`` when the origin has upper-case letters, else 0.
    let originCase: UInt8

    /// How many octets the variable part of a record's RDATA may take on the fast path.
    static let outputLimit = 2_048

    /// Whether an octet of this class ends a token.
    @inline(__always)
    static func isDelimiter(_ kind: UInt8) -> Bool {
        kind &- 1 < 3 || kind == OctetClasses.semicolon
    }

    @inline(__always)
    func kind(_ index: Int) -> UInt8 { classes[Int(base[index])] }

    /// Moves over blanks.
    @inline(__always)
    func skipBlanks(_ cursor: inout Int) {
        while kind(cursor) == OctetClasses.blank { cursor &+= 1 }
    }

    /// Moves over at least one blank.
    @inline(__always)
    func skipSeparator(_ cursor: inout Int) -> Bool {
        guard kind(cursor) == OctetClasses.blank else { return false }
        cursor &+= 1
        skipBlanks(&cursor)
        return true
    }

    /// Where the next line begins, when only blanks and a comment are left of this one; else -1.
    @inline(__always)
    func nextLine(_ start: Int) -> Int {
        var cursor = start
        skipBlanks(&cursor)
        if base[cursor] == 0x0A { return cursor &+ 1 }
        if base[cursor] == 0x3B {
            while base[cursor] != 0x0A, base[cursor] != 0x0D {
                if base[cursor] == 0 { return -1 }
                cursor &+= 1
            }
            if base[cursor] == 0x0A { return cursor &+ 1 }
        }
        return base[cursor] == 0x0D && base[cursor &+ 1] == 0x0A ? cursor &+ 2 : -1
    }

    /// Copies in steps of 16 octets: up to 15 more are read and written than asked for.
    @inline(__always)
    func copy(_ count: Int, from source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        var index = 0
        while index < count {
            let octets = UnsafeRawPointer(source + index).loadUnaligned(as: SIMD16<UInt8>.self)
            UnsafeMutableRawPointer(target + index).storeBytes(of: octets, as: SIMD16<UInt8>.self)
            index &+= 16
        }
    }

    /// Whether the text has the same octets at two places.
    @inline(__always)
    func isSame(_ first: Int, _ second: Int, count: Int) -> Bool {
        var index = 0
        while index &+ 8 <= count {
            if octets(first &+ index) != octets(second &+ index) { return false }
            index &+= 8
        }
        let rest = count &- index
        if rest == 0 { return true }
        let difference = octets(first &+ index) ^ octets(second &+ index)
        return UInt64(littleEndian: difference) << UInt64(truncatingIfNeeded: 64 &- rest &* 8) == 0
    }

    /// The eight octets at a place.
    @inline(__always)
    func octets(_ index: Int) -> UInt64 { UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self) }

    /// A domain name, in wire format with the origin appended; 0 when it is not plain.
    ///
    /// - Parameters:
    ///   - out: At least 288 octets of room.
    ///   - letterCase: Gets the bit ``OctetClasses/upper`` when the name has an upper-case letter.
    @inline(__always)
    func name(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>, _ letterCase: inout UInt8) -> Int {
        var position = cursor
        var length = 0
        if base[position] == 0x40, Self.isDelimiter(kind(position &+ 1)) {
            guard originLength > 0 else { return 0 }
            copy(originLength, from: origin, to: out)
            letterCase |= originCase
            cursor = position &+ 1
            return originLength
        }
        if base[position] == 0x2E, Self.isDelimiter(kind(position &+ 1)) {
            out[0] = 0
            cursor = position &+ 1
            return 1
        }
        while true {
            let start = position
            var octetKind = kind(position)
            while octetKind & 0x7F == 0 {
                letterCase |= octetKind
                position &+= 1
                octetKind = kind(position)
            }
            let labelLength = position &- start
            guard labelLength &- 1 < 63, labelLength > 0, length &+ labelLength < 254 else { return 0 }
            out[length] = UInt8(truncatingIfNeeded: labelLength)
            copy(labelLength, from: base + start, to: out + (length &+ 1))
            length &+= labelLength &+ 1
            if octetKind == OctetClasses.dot {
                position &+= 1
                if Self.isDelimiter(kind(position)) {
                    out[length] = 0
                    cursor = position
                    return length &+ 1
                }
            } else if Self.isDelimiter(octetKind) {
                guard originLength > 0, length &+ originLength <= 255 else { return 0 }
                copy(originLength, from: origin, to: out + length)
                letterCase |= originCase
                cursor = position
                return length &+ originLength
            } else {
                return 0
            }
        }
    }

    /// A decimal number of at most ten digits without leading zeros, followed by a delimiter; -1 when it is not one.
    @inline(__always)
    func number(_ cursor: inout Int, atMost maximum: Int) -> Int {
        var position = cursor
        var value = Int(base[position] &- 48)
        guard value <= 9 else { return -1 }
        position &+= 1
        if value == 0 {
            guard Self.isDelimiter(kind(position)) else { return -1 }
            cursor = position
            return 0
        }
        while true {
            let digit = base[position] &- 48
            if digit > 9 { break }
            value = value &* 10 &+ Int(digit)
            position &+= 1
            if position &- cursor > 10 { return -1 }
        }
        guard value <= maximum, Self.isDelimiter(kind(position)) else { return -1 }
        cursor = position
        return value
    }

    /// A number and the blanks after it, written as two octets in network order.
    @inline(__always)
    func number16(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Bool {
        let value = number(&cursor, atMost: 0xFFFF)
        guard value >= 0, skipSeparator(&cursor) else { return false }
        out[0] = UInt8(truncatingIfNeeded: value >> 8)
        out[1] = UInt8(truncatingIfNeeded: value)
        return true
    }

    /// A number and the blanks after it, written as one octet.
    @inline(__always)
    func number8(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Bool {
        let value = number(&cursor, atMost: 0xFF)
        guard value >= 0, skipSeparator(&cursor) else { return false }
        out[0] = UInt8(truncatingIfNeeded: value)
        return true
    }

    /// Writes four octets in network order.
    @inline(__always)
    func store32(_ value: UInt32, _ out: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(out).storeBytes(of: value.bigEndian, as: UInt32.self)
    }
}
