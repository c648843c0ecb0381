/// Base 16 (RFC 4648 §8): printed in lower case, read in either.
public enum Hex {
    private static let digits: StaticString = "0123456789abcdef"

    /// The octets as lower-case digits, two each.
    public static func encode(_ octets: some Collection<UInt8>) -> String {
        var text = TextBuffer(capacity: octets.count * 2)
        Array(octets).withUnsafeBufferPointer { append($0, to: &text) }
        return text.string
    }

    /// Reads digits, two an octet, without spaces; `nil` for anything else.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var octets: [UInt8] = []
        var decoder = HexDecoder()
        for octet in text.utf8 where !decoder.append(octet, to: &octets) { return nil }
        return decoder.isComplete ? octets : nil
    }

    /// Appends the octets as lower-case digits.
    package static func append(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        let room = text.reserve(octets.count * 2)
        var index = 0
        for octet in octets {
            room[index] = digit(octet >> 4)
            room[index &+ 1] = digit(octet & 15)
            index &+= 2
        }
        text.commit(index)
    }

    /// The digit of a value below 16.
    @inline(__always)
    package static func digit(_ value: UInt8) -> UInt8 { digits.utf8Start[Int(value & 15)] }

    /// The value of a digit, or 255.
    @inline(__always)
    package static func value(of digit: UInt8) -> UInt8 {
        if digit &- 48 < 10 { return digit &- 48 }
        let letter = digit | 0x20
        return letter &- 0x61 < 6 ? letter &- 0x57 : 255
    }
}

/// Reads base 16 octet by octet, so that it may be spread over several tokens.
package struct HexDecoder {
    private var high: UInt8 = 255

    package init() {}

    /// Takes one digit; `false` when it is none.
    @inline(__always)
    package mutating func append(_ digit: UInt8, to octets: inout [UInt8]) -> Bool {
        let value = Hex.value(of: digit)
        if value == 255 { return false }
        if high == 255 {
            high = value
        } else {
            octets.append(high << 4 | value)
            high = 255
        }
        return true
    }

    /// Whether the number of digits so far is even.
    package var isComplete: Bool { high == 255 }
}
