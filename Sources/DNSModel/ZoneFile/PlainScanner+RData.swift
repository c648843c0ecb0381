/// The RDATA of the types that zones are full of, on the fast path.
///
/// A hot file; see ``PlainScanner`` for what it relies on. Each function writes wire format to `out`, which has
/// ``RecordReader/plainRoom`` octets less one owner name, and returns its length, or -1 for the slow path. Where the
/// RDATA's fields must agree with each other, only what certainly agrees is taken here.
extension PlainScanner {
    /// MX (RFC 1035 §3.3.9).
    @inline(__always)
    func mx(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>, _ letterCase: inout UInt8) -> Int {
        guard number16(&cursor, out) else { return -1 }
        let length = name(&cursor, out + 2, &letterCase)
        return length == 0 ? -1 : length &+ 2
    }

    /// SRV (RFC 2782).
    @inline(never)
    func srv(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>, _ letterCase: inout UInt8) -> Int {
        guard number16(&cursor, out), number16(&cursor, out + 2), number16(&cursor, out + 4) else { return -1 }
        let length = name(&cursor, out + 6, &letterCase)
        return length == 0 ? -1 : length &+ 6
    }

    /// TXT (RFC 1035 §3.3.14).
    @inline(never)
    func txt(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        while true {
            skipBlanks(&cursor)
            if Self.isDelimiter(kind(cursor)) { return count == 0 ? -1 : count }
            var start = cursor
            var end = cursor
            if base[cursor] == 0x22 {
                start &+= 1
                end = start
                while base[end] != 0x22 {
                    if base[end] == 0x5C || (base[end] < 0x20 && base[end] != 0x09) { return -1 }
                    end &+= 1
                }
                cursor = end &+ 1
                guard Self.isDelimiter(kind(cursor)) else { return -1 }
            } else {
                while !Self.isDelimiter(kind(end)) {
                    if kind(end) == OctetClasses.special { return -1 }
                    end &+= 1
                }
                cursor = end
            }
            let length = end &- start
            guard length <= 255, count < Self.outputLimit else { return -1 }
            out[count] = UInt8(truncatingIfNeeded: length)
            copy(length, from: base + start, to: out + (count &+ 1))
            count &+= length &+ 1
        }
    }

    /// DS (RFC 4034 §5), with a digest of the length that its type has.
    @inline(never)
    func ds(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        guard number16(&cursor, out), number8(&cursor, out + 2), number8(&cursor, out + 3) else { return -1 }
        let length = hexadecimal(&cursor, out + 4)
        switch (out[3], length) {
        case (1, 20), (2, 32), (4, 48): return length &+ 4
        default: return -1
        }
    }

    /// TLSA (RFC 6698 §2.2), with a digest of the length that its matching type has.
    @inline(never)
    func tlsa(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        guard number8(&cursor, out), number8(&cursor, out + 1), number8(&cursor, out + 2) else { return -1 }
        let length = hexadecimal(&cursor, out + 3)
        switch (out[2], length) {
        case (1, 32), (2, 64): return length &+ 3
        default: return -1
        }
    }

    /// DNSKEY (RFC 4034 §2) with protocol 3.
    @inline(never)
    func dnskey(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        guard number16(&cursor, out), number8(&cursor, out + 2), number8(&cursor, out + 3), out[2] == 3 else {
            return -1
        }
        let length = base64(&cursor, out + 4)
        switch (out[3], length) {
        case (13, 64), (14, 96), (15, 32), (16, 57), (8, 131...), (10, 131...): return length &+ 4
        default: return -1
        }
    }

    /// RRSIG (RFC 4034 §3) with times as dates.
    @inline(never)
    func rrsig(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>, _ letterCase: inout UInt8) -> Int {
        let covered = typeNumber(&cursor)
        guard covered != 0, skipSeparator(&cursor), number8(&cursor, out + 2), number8(&cursor, out + 3) else {
            return -1
        }
        out[0] = UInt8(truncatingIfNeeded: covered >> 8)
        out[1] = UInt8(truncatingIfNeeded: covered)
        let ttl = number(&cursor, atMost: 0x7FFF_FFFF)
        guard ttl >= 0, skipSeparator(&cursor) else { return -1 }
        store32(UInt32(truncatingIfNeeded: ttl), out + 4)
        let expiration = time(&cursor)
        guard expiration >= 0, skipSeparator(&cursor) else { return -1 }
        store32(UInt32(truncatingIfNeeded: expiration), out + 8)
        let inception = time(&cursor)
        guard inception >= 0, skipSeparator(&cursor) else { return -1 }
        store32(UInt32(truncatingIfNeeded: inception), out + 12)
        guard number16(&cursor, out + 16) else { return -1 }
        let signerLength = name(&cursor, out + 18, &letterCase)
        guard signerLength > 0, skipSeparator(&cursor) else { return -1 }
        let length = base64(&cursor, out + (18 &+ signerLength))
        return length <= 0 ? -1 : 18 &+ signerLength &+ length
    }

    /// NSEC (RFC 4034 §4). Its next name keeps its case (RFC 6840 §5.1).
    @inline(never)
    func nsec(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var ignoredCase: UInt8 = 0
        let length = name(&cursor, out, &ignoredCase)
        guard length > 0 else { return -1 }
        let bitmapLength = typeBitmap(&cursor, out + length)
        return bitmapLength <= 0 ? -1 : length &+ bitmapLength
    }

    /// NSEC3 (RFC 5155 §3) with a SHA-1 hash.
    @inline(never)
    func nsec3(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        guard number8(&cursor, out), number8(&cursor, out + 1), number16(&cursor, out + 2), out[0] == 1 else {
            return -1
        }
        var count = 5
        if base[cursor] == 0x2D {
            cursor &+= 1
        } else {
            while true {
                let high = hexValues[Int(base[cursor])]
                if high > 15 { break }
                let low = hexValues[Int(base[cursor &+ 1])]
                guard low <= 15, count < 260 else { return -1 }
                out[count] = high << 4 | low
                count &+= 1
                cursor &+= 2
            }
            guard count > 5 else { return -1 }
        }
        out[4] = UInt8(truncatingIfNeeded: count &- 5)
        guard skipSeparator(&cursor) else { return -1 }
        out[count] = 20
        guard hash20(&cursor, out + (count &+ 1)) > 0 else { return -1 }
        count &+= 21
        let bitmapLength = typeBitmap(&cursor, out + count)
        return bitmapLength < 0 ? -1 : count &+ bitmapLength
    }

    /// Types to the end of the line as a bitmap (RFC 4034 §4.1.2), when all are below 512. Returns its length, or -1.
    @inline(__always)
    private func typeBitmap(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        // Both windows in full size first: two octets of header and 32 of bits each.
        let windows = out + 68
        var index = 0
        while index < 64 {
            windows[index] = 0
            index &+= 1
        }
        while true {
            skipBlanks(&cursor)
            if Self.isDelimiter(kind(cursor)) { break }
            let type = typeNumber(&cursor)
            // Unknown, OPT and the types of queries: the slow path judges them.
            guard type != 0, type != 41, type < 128 || (type > 255 && type < 512) else { return -1 }
            windows[Int(type >> 3)] |= 0x80 >> UInt8(truncatingIfNeeded: type & 7)
        }
        var count = 0
        for window in 0..<2 {
            var length = 32
            while length > 0, windows[window &* 32 &+ length &- 1] == 0 { length &-= 1 }
            if length == 0 { continue }
            out[count] = UInt8(truncatingIfNeeded: window)
            out[count &+ 1] = UInt8(truncatingIfNeeded: length)
            (out + (count &+ 2)).update(from: windows + (window &* 32), count: length)
            count &+= length &+ 2
        }
        return count
    }
}
