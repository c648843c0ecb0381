/// Hexadecimal, base32 and base64 on the fast path (RFC 4648).
///
/// A hot file; see ``PlainScanner`` for what it relies on.
extension PlainScanner {
    /// Hexadecimal digits to the end of the line, in groups of even length. Returns the number of octets, or -1.
    @inline(__always)
    func hexadecimal(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var position = cursor
        var count = 0
        while count < Self.outputLimit {
            let high = hexValues[Int(base[position])]
            if high > 15 {
                let octetKind = kind(position)
                if octetKind == OctetClasses.blank {
                    position &+= 1
                    continue
                }
                guard Self.isDelimiter(octetKind) else { return -1 }
                cursor = position
                return count
            }
            let low = hexValues[Int(base[position &+ 1])]
            guard low <= 15 else { return -1 }
            out[count] = high << 4 | low
            count &+= 1
            position &+= 2
        }
        return -1
    }

    /// One token of base32hex without padding, 32 digits for 20 octets. Returns 20, or -1.
    @inline(__always)
    func hash20(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var group = 0
        while group < 4 {
            var value: UInt64 = 0
            var invalid: UInt8 = 0
            var index = 0
            while index < 8 {
                let digit = base32Values[Int(base[cursor &+ group &* 8 &+ index])]
                invalid |= digit
                value = value << 5 | UInt64(digit)
                index &+= 1
            }
            guard invalid & 0x80 == 0 else { return -1 }
            index = 0
            while index < 5 {
                out[group &* 5 &+ index] = UInt8(truncatingIfNeeded: value >> UInt64(32 &- index &* 8))
                index &+= 1
            }
            group &+= 1
        }
        guard Self.isDelimiter(kind(cursor &+ 32)) else { return -1 }
        cursor &+= 32
        return 20
    }

    /// Base64 to the end of the line, blanks allowed anywhere. Returns the number of octets, or -1.
    @inline(__always)
    func base64(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var position = cursor
        var count = 0
        while count < Self.outputLimit {
            let first = base64Values[Int(base[position])]
            let second = base64Values[Int(base[position &+ 1])]
            let third = base64Values[Int(base[position &+ 2])]
            let fourth = base64Values[Int(base[position &+ 3])]
            if (first | second | third | fourth) < 64 {
                let value = UInt32(first) << 18 | UInt32(second) << 12 | UInt32(third) << 6 | UInt32(fourth)
                UnsafeMutableRawPointer(out + count).storeBytes(of: (value << 8).bigEndian, as: UInt32.self)
                count &+= 3
                position &+= 4
                continue
            }
            var value: UInt32 = 0
            var digits = 0
            var pads = 0
            while digits < 4 {
                let digit = base64Values[Int(base[position])]
                if digit < 64 {
                    guard pads == 0 else { return -1 }
                    value = value << 6 | UInt32(digit)
                    digits &+= 1
                } else if base[position] == 0x3D {
                    pads &+= 1
                } else if kind(position) != OctetClasses.blank {
                    guard Self.isDelimiter(kind(position)) else { return -1 }
                    break
                }
                position &+= 1
            }
            switch (digits, pads) {
            case (4, _):
                out[count] = UInt8(truncatingIfNeeded: value >> 16)
                out[count &+ 1] = UInt8(truncatingIfNeeded: value >> 8)
                out[count &+ 2] = UInt8(truncatingIfNeeded: value)
                count &+= 3
                continue
            case (0, 0): break
            case (2, 2) where value & 0xF == 0:
                out[count] = UInt8(truncatingIfNeeded: value >> 4)
                count &+= 1
            case (3, 1) where value & 0x3 == 0:
                out[count] = UInt8(truncatingIfNeeded: value >> 10)
                out[count &+ 1] = UInt8(truncatingIfNeeded: value >> 2)
                count &+= 2
            default: return -1
            }
            cursor = position
            return count
        }
        return -1
    }

    /// A time as `YYYYMMDDHHMMSS` (RFC 4034 §3.2) of the years 1970 to 2105, as seconds since 1970; -1 for anything
    /// else.
    @inline(__always)
    func time(_ cursor: inout Int) -> Int {
        var digits: (Int, Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0, 0)
        var index = 0
        while index < 7 {
            let high = base[cursor &+ index &* 2] &- 48
            let low = base[cursor &+ index &* 2 &+ 1] &- 48
            guard high <= 9, low <= 9 else { return -1 }
            let value = Int(high) &* 10 &+ Int(low)
            switch index {
            case 0: digits.0 = value
            case 1: digits.1 = value
            case 2: digits.2 = value
            case 3: digits.3 = value
            case 4: digits.4 = value
            case 5: digits.5 = value
            default: digits.6 = value
            }
            index &+= 1
        }
        let year = digits.0 &* 100 &+ digits.1
        let (month, day) = (digits.2, digits.3)
        guard Self.isDelimiter(kind(cursor &+ 14)), year >= 1970, year < 2106, month >= 1, month <= 12, day >= 1,
            day <= 28 || (month != 2 && (day <= 30 || (day == 31 && (month &+ month >> 3) & 1 == 1))),
            digits.4 < 24, digits.5 < 60, digits.6 < 60
        else { return -1 }
        cursor &+= 14
        // Days of the years counted from March, so that the leap day comes last.
        let shifted = month > 2 ? month &- 3 : month &+ 9
        let from = month > 2 ? year : year &- 1
        let days = 365 &* from &+ from / 4 &- from / 100 &+ from / 400 &+ (153 &* shifted &+ 2) / 5 &+ day &- 719_469
        return days &* 86_400 &+ digits.4 &* 3_600 &+ digits.5 &* 60 &+ digits.6
    }
}
