/// IPv4 and IPv6 addresses in text. A hot file: it reads and writes through pointers whose bounds its callers checked.
package enum AddressText {
    // MARK: - Writing

    /// Appends four octets as a dotted quad.
    package static func appendIPv4(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        let room = text.reserve(15)
        var written = 0
        for index in 0..<4 {
            if index > 0 {
                room[written] = UInt8(ascii: ".")
                written &+= 1
            }
            let octet = octets[index]
            if octet >= 100 {
                room[written] = 48 &+ octet / 100
                written &+= 1
            }
            if octet >= 10 {
                room[written] = 48 &+ octet / 10 % 10
                written &+= 1
            }
            room[written] = 48 &+ octet % 10
            written &+= 1
        }
        text.commit(written)
    }

    /// Appends sixteen octets as RFC 5952 says, IPv4-mapped addresses with a dotted quad.
    package static func appendIPv6(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        @inline(__always) func group(_ index: Int) -> UInt16 {
            UInt16(octets[index &* 2]) << 8 | UInt16(octets[index &* 2 &+ 1])
        }
        // The first longest run of two or more zero groups.
        var runStart = -1
        var runLength = 1
        var index = 0
        while index < 8 {
            var end = index
            while end < 8, group(end) == 0 { end &+= 1 }
            if end &- index > runLength {
                runStart = index
                runLength = end &- index
            }
            index = end &+ 1
        }
        if runStart == 0, runLength == 5, group(5) == 0xFFFF {
            text.append("::ffff:")
            appendIPv4(UnsafeBufferPointer(rebasing: octets[12..<16]), to: &text)
            return
        }
        index = 0
        while index < 8 {
            if index == runStart {
                text.append("::")
                index &+= runLength
                continue
            }
            if index > 0, index != runStart &+ runLength || runStart < 0 { text.append(UInt8(ascii: ":")) }
            appendHexGroup(group(index), to: &text)
            index &+= 1
        }
    }

    /// Appends 16 bits in base 16 without leading zeros.
    private static func appendHexGroup(_ value: UInt16, to text: inout TextBuffer) {
        if value > 0xFFF { text.append(Hex.digit(UInt8(truncatingIfNeeded: value >> 12))) }
        if value > 0xFF { text.append(Hex.digit(UInt8(truncatingIfNeeded: value >> 8))) }
        if value > 0xF { text.append(Hex.digit(UInt8(truncatingIfNeeded: value >> 4))) }
        text.append(Hex.digit(UInt8(truncatingIfNeeded: value)))
    }

    // MARK: - Reading

    /// Reads a dotted quad of decimal numbers without leading zeros.
    package static func ipv4(_ text: UnsafeBufferPointer<UInt8>) -> (UInt8, UInt8, UInt8, UInt8)? {
        var octets: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
        var place = 0
        var index = 0
        while place < 4 {
            var value = 0
            let start = index
            while index < text.count, text[index] &- 48 <= 9, index &- start < 4 {
                value = value &* 10 &+ Int(text[index] &- 48)
                index &+= 1
            }
            let digits = index &- start
            guard digits >= 1, digits <= 3, value <= 255, digits == 1 || text[start] != 48 else { return nil }
            let octet = UInt8(truncatingIfNeeded: value)
            switch place {
            case 0: octets.0 = octet
            case 1: octets.1 = octet
            case 2: octets.2 = octet
            default: octets.3 = octet
            }
            place &+= 1
            if place < 4 {
                guard index < text.count, text[index] == UInt8(ascii: ".") else { return nil }
                index &+= 1
            }
        }
        return index == text.count ? octets : nil
    }

    /// Reads an IPv6 address (RFC 4291 §2.2) and appends its sixteen octets; `false` when it is none.
    package static func appendIPv6(_ text: UnsafeBufferPointer<UInt8>, to wire: inout [UInt8]) -> Bool {
        var groups = InlineArray<8, UInt16>(repeating: 0)
        var count = 0
        var gap = -1
        var index = 0
        if text.count >= 2, text[0] == UInt8(ascii: ":") {
            guard text[1] == UInt8(ascii: ":") else { return false }
            gap = 0
            index = 2
        }
        while index < text.count {
            let start = index
            var value: UInt32 = 0
            while index < text.count, Hex.value(of: text[index]) != 255, index - start < 5 {
                value = value << 4 | UInt32(Hex.value(of: text[index]))
                index += 1
            }
            if index < text.count, text[index] == UInt8(ascii: ".") {
                // The last 32 bits as a dotted quad.
                guard count <= 6, let quad = ipv4(UnsafeBufferPointer(rebasing: text[start...])) else { return false }
                groups[count] = UInt16(quad.0) << 8 | UInt16(quad.1)
                groups[count + 1] = UInt16(quad.2) << 8 | UInt16(quad.3)
                count += 2
                index = text.count
                break
            }
            guard (1...4).contains(index - start), count < 8 else { return false }
            groups[count] = UInt16(value)
            count += 1
            if index == text.count { break }
            guard text[index] == UInt8(ascii: ":"), index + 1 < text.count else { return false }
            index += 1
            if text[index] == UInt8(ascii: ":") {
                guard gap < 0 else { return false }
                gap = count
                index += 1
            }
        }
        guard gap < 0 ? count == 8 : count < 8 else { return false }
        let zeros = 8 - count
        for place in 0..<8 {
            let value: UInt16
            if gap < 0 || place < gap {
                value = groups[place]
            } else {
                value = place < gap + zeros ? 0 : groups[place - zeros]
            }
            wire.append(UInt8(truncatingIfNeeded: value >> 8))
            wire.append(UInt8(truncatingIfNeeded: value))
        }
        return true
    }
}
