/// Base 32 with the extended hex alphabet (RFC 4648 §7) and without padding, as NSEC3 uses it (RFC 5155 §3.3): it sorts as
/// the octets do. Printed in lower case, as in owner names; read in either.
public enum Base32Hex {
    private static let alphabet: StaticString = "0123456789abcdefghijklmnopqrstuv"

    /// The octets in lower-case base 32, without padding.
    public static func encode(_ octets: some Collection<UInt8>) -> String {
        var text = TextBuffer(capacity: octets.count * 2 + 8)
        Array(octets).withUnsafeBufferPointer { append($0, to: &text) }
        return text.string
    }

    /// Reads base 32 in either case, without padding; `nil` for anything else, such as leftover bits that are not zero.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(octets: text.utf8)
    }

    /// Reads base 32 from the octets of its text.
    package static func decode(octets text: some Sequence<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        var digits = 0
        for character in text {
            let value = value(of: character)
            if value == 255 { return nil }
            bits = bits << 5 | UInt32(value)
            bitCount += 5
            digits += 1
            if bitCount >= 8 {
                bitCount -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
                bits &= 1 << UInt32(bitCount) - 1
            }
        }
        // A last digit of which no bit is used, or bits that say something, are no encoding of octets.
        return bitCount < 5 && bits == 0 ? octets : nil
    }

    /// Appends the octets in lower-case base 32, without padding.
    package static func append(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        let letters = alphabet.utf8Start
        let room = text.reserve((octets.count * 8 + 4) / 5)
        var written = 0
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for octet in octets {
            bits = bits << 8 | UInt32(octet)
            bitCount &+= 8
            while bitCount >= 5 {
                bitCount &-= 5
                room[written] = letters[Int(bits >> bitCount & 31)]
                written &+= 1
            }
            bits &= 1 << bitCount &- 1
        }
        if bitCount > 0 {
            room[written] = letters[Int(bits << (5 &- bitCount) & 31)]
            written &+= 1
        }
        text.commit(written)
    }

    /// The value of a digit, or 255.
    private static func value(of digit: UInt8) -> UInt8 {
        if digit &- 48 < 10 { return digit &- 48 }
        let letter = digit | 0x20
        return letter &- 0x61 < 22 ? letter &- 0x57 : 255
    }
}
