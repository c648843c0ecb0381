// Names, strings and times in presentation format. A hot file: see RDataPrinter.

extension RDataPrinter {
    /// Appends the name at the cursor, with its final dot.
    @inline(__always)
    static func appendName(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let name = cursor.name() else { return false }
        appendName(name, to: &text)
        return true
    }

    /// Appends a well-formed name in presentation format, with its final dot.
    package static func appendName(_ name: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        if name.count == 1 {
            text.append(UInt8(ascii: "."))
            return
        }
        // An octet takes four characters at the most.
        let room = text.reserve(name.count &* 4)
        if let written = copyPlainName(name, to: room) {
            text.commit(written)
            return
        }
        var written = 0
        var index = 0
        while name[index] != 0 {
            let end = index &+ 1 &+ Int(name[index])
            written &+= writeLabel(UnsafeBufferPointer(rebasing: name[(index &+ 1)..<end]), to: room + written)
            room[written] = UInt8(ascii: ".")
            written &+= 1
            index = end
        }
        text.commit(written)
    }

    /// Copies a name none of whose octets needs an escape, as most are: the octets after the first, with a dot wherever a
    /// label's length or the end stands. `nil` for other names, and those that are very short or long.
    @inline(__always)
    private static func copyPlainName(
        _ name: UnsafeBufferPointer<UInt8>, to room: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        guard let base = name.baseAddress, name.count > 8, name.count <= 64 else { return nil }
        let octets = UnsafeRawPointer(base)
        let text = UnsafeMutableRawPointer(room)
        // A bit for each octet of the name.
        var special: UInt64 = 0
        var place = 1
        while true {
            let word = octets.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            text.storeBytes(of: word, toByteOffset: place &- 1, as: UInt64.self)
            special |= specialOctets(UInt64(littleEndian: word)) &<< UInt64(truncatingIfNeeded: place)
            if place &+ 8 == name.count { break }
            place = min(place &+ 8, name.count &- 8)
        }
        var lengths: UInt64 = 0
        var index = 0
        while base[index] != 0 {
            index &+= 1 &+ Int(base[index])
            room[index &- 1] = UInt8(ascii: ".")
            lengths |= 1 &<< UInt64(truncatingIfNeeded: index)
        }
        return special & ~lengths == 0 ? name.count &- 1 : nil
    }

    /// A bit for each octet of a word, the first in the lowest, that may need an escape: all but letters, digits and some
    /// signs.
    @inline(__always)
    private static func specialOctets(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // The top bit of each octet of these sums tells; none reaches the next octet.
        let low = word & (0x7F &* ones)
        let signsAndDigits = (low &+ (0x80 - 0x2A) &* ones) & ~(low &+ (0x80 - 0x3A) &* ones)
        let lettersAndSigns = (low &+ (0x80 - 0x41) &* ones) & ~(low &+ (0x80 - 0x7F) &* ones)
        let notDot = (low ^ 0x2E &* ones) &+ 0x7F &* ones
        let notBackslash = (low ^ 0x5C &* ones) &+ 0x7F &* ones
        let plain = (signsAndDigits | lettersAndSigns) & notDot & notBackslash & ~word
        let special = (~plain & (0x80 &* ones)) &>> 7
        return (special &* 0x0102_0408_1020_4080) &>> 56
    }

    /// Writes a label, whatever its octets are, and returns the number of characters.
    private static func writeLabel(
        _ label: UnsafeBufferPointer<UInt8>, to room: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var written = 0
        for octet in label {
            switch nameEscapes[Int(octet)] {
            case 0:
                room[written] = octet
                written &+= 1
            case 1:
                room[written] = UInt8(ascii: "\\")
                room[written &+ 1] = octet
                written &+= 2
            default:
                writeDecimalEscape(octet, at: room + written)
                written &+= 4
            }
        }
        return written
    }

    /// How an octet of a label is written: 0 as it is, 1 after a backslash, 2 as `\DDD`.
    private static let nameEscapes: InlineArray<256, UInt8> = {
        var kinds = InlineArray<256, UInt8>(repeating: 2)
        for octet in 0x21...0x7E { kinds[octet] = 0 }
        for octet in ".\\\"();@$".utf8 { kinds[Int(octet)] = 1 }
        return kinds
    }()

    @inline(__always)
    private static func writeDecimalEscape(_ octet: UInt8, at room: UnsafeMutablePointer<UInt8>) {
        room[0] = UInt8(ascii: "\\")
        room[1] = 48 &+ octet / 100
        room[2] = 48 &+ octet / 10 % 10
        room[3] = 48 &+ octet % 10
    }

    /// Appends the character-string at the cursor, quoted.
    @inline(__always)
    static func appendString(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let octets = cursor.counted() else { return false }
        appendQuoted(octets, to: &text)
        return true
    }

    /// Appends octets as a quoted string.
    static func appendQuoted(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        text.append(UInt8(ascii: "\""))
        appendQuotedContent(octets, to: &text)
        text.append(UInt8(ascii: "\""))
    }

    /// Appends octets as they stand within quotes.
    static func appendQuotedContent(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        let room = text.reserve(octets.count * 4)
        var written = 0
        for octet in octets {
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") {
                room[written] = UInt8(ascii: "\\")
                room[written &+ 1] = octet
                written &+= 2
            } else if octet &- 0x20 < 0x5F {
                room[written] = octet
                written &+= 1
            } else {
                writeDecimalEscape(octet, at: room + written)
                written &+= 4
            }
        }
        text.commit(written)
    }

    /// Appends 32 bits of seconds since 1970 as `YYYYMMDDHHMMSS`; the years reach 2106.
    package static func appendTime(_ seconds: UInt32, to text: inout TextBuffer) {
        let secondOfDay = seconds % 86_400
        // Days since 0000-03-01 in the proleptic Gregorian calendar.
        let days = seconds / 86_400 &+ 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra &- dayOfEra / 1_460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
        let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
        let day = dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1
        let month = shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9
        let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
        let room = text.reserve(14)
        writeTwoDigits(year / 100, at: room)
        writeTwoDigits(year % 100, at: room + 2)
        writeTwoDigits(month, at: room + 4)
        writeTwoDigits(day, at: room + 6)
        writeTwoDigits(secondOfDay / 3_600, at: room + 8)
        writeTwoDigits(secondOfDay / 60 % 60, at: room + 10)
        writeTwoDigits(secondOfDay % 60, at: room + 12)
        text.commit(14)
    }

    @inline(__always)
    private static func writeTwoDigits(_ value: UInt32, at room: UnsafeMutablePointer<UInt8>) {
        room[0] = 48 &+ UInt8(truncatingIfNeeded: value / 10)
        room[1] = 48 &+ UInt8(truncatingIfNeeded: value % 10)
    }
}
