/// Addresses on the fast path (RFC 1035 §3.4.1, RFC 3596 §2.2).
///
/// A hot file; see ``PlainScanner`` for what it relies on.
extension PlainScanner {
    /// An IPv4 address: four decimal octets without leading zeros. Returns its length, 4, or -1.
    @inline(__always)
    func address4(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var position = cursor
        var index = 0
        while true {
            let first = base[position] &- 48
            guard first <= 9 else { return -1 }
            var value = Int(first)
            position &+= 1
            var digit = base[position] &- 48
            if digit <= 9 {
                guard value != 0 else { return -1 }
                value = value &* 10 &+ Int(digit)
                position &+= 1
                digit = base[position] &- 48
                if digit <= 9 {
                    value = value &* 10 &+ Int(digit)
                    position &+= 1
                    guard value <= 255 else { return -1 }
                }
            }
            out[index] = UInt8(truncatingIfNeeded: value)
            index &+= 1
            if index == 4 { break }
            guard base[position] == 0x2E else { return -1 }
            position &+= 1
        }
        guard Self.isDelimiter(kind(position)) else { return -1 }
        cursor = position
        return 4
    }

    /// An IPv6 address in groups of hexadecimal digits, with or without `::`. Returns its length, 16, or -1.
    @inline(__always)
    func address6(_ cursor: inout Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var position = cursor
        var groups = 0
        var gap = -1
        if base[position] == 0x3A {
            guard base[position &+ 1] == 0x3A else { return -1 }
            gap = 0
            position &+= 2
        }
        while groups < 8 {
            var value = 0
            let start = position
            while true {
                let digit = hexValues[Int(base[position])]
                if digit > 15 { break }
                value = value << 4 | Int(digit)
                position &+= 1
                if position &- start > 4 { return -1 }
            }
            if position == start {
                // Only `::` may end an address without a group after it.
                guard gap == groups, Self.isDelimiter(kind(position)) else { return -1 }
                break
            }
            out[groups &* 2] = UInt8(truncatingIfNeeded: value >> 8)
            out[groups &* 2 &+ 1] = UInt8(truncatingIfNeeded: value)
            groups &+= 1
            if base[position] != 0x3A { break }
            position &+= 1
            if base[position] == 0x3A {
                guard gap < 0 else { return -1 }
                gap = groups
                position &+= 1
            } else if groups == 8 {
                return -1
            }
        }
        guard Self.isDelimiter(kind(position)) else { return -1 }
        if gap >= 0 {
            guard groups < 8 else { return -1 }
            let moved = (groups &- gap) &* 2
            var index = 0
            while index < moved {
                index &+= 1
                out[16 &- index] = out[groups &* 2 &- index]
            }
            var zero = gap &* 2
            while zero < 16 &- moved {
                out[zero] = 0
                zero &+= 1
            }
        } else if groups != 8 {
            return -1
        }
        cursor = position
        return 16
    }
}
