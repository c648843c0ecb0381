/// Base 64 (RFC 4648 §4), read strictly: padding must be there and the bits it leaves over must be zero (§3.5).
public enum Base64 {
    private static let alphabet: StaticString =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// The octets in base 64, padded.
    public static func encode(_ octets: some Collection<UInt8>) -> String {
        var text = TextBuffer(capacity: (octets.count + 2) / 3 * 4)
        Array(octets).withUnsafeBufferPointer { append($0, to: &text) }
        return text.string
    }

    /// Reads base 64 without spaces; `nil` for anything else.
    @inlinable
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var text = String(text)
        return text.withUTF8 { decode($0) }
    }

    @usableFromInline
    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.count / 4 * 3)
        var decoder = Base64Decoder()
        for octet in text where !decoder.append(octet, to: &octets) { return nil }
        return decoder.isComplete ? octets : nil
    }

    /// Appends the octets in base 64, padded.
    package static func append(_ octets: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        let letters = alphabet.utf8Start
        let room = text.reserve((octets.count + 2) / 3 * 4)
        var written = 0
        var index = 0
        let whole = octets.count - octets.count % 3
        while index < whole {
            let group =
                UInt32(octets[index]) << 16 | UInt32(octets[index &+ 1]) << 8 | UInt32(octets[index &+ 2])
            room[written] = letters[Int(group >> 18)]
            room[written &+ 1] = letters[Int(group >> 12 & 63)]
            room[written &+ 2] = letters[Int(group >> 6 & 63)]
            room[written &+ 3] = letters[Int(group & 63)]
            written &+= 4
            index &+= 3
        }
        if index < octets.count {
            let hasTwo = octets.count - index == 2
            let group = UInt32(octets[index]) << 16 | (hasTwo ? UInt32(octets[index + 1]) << 8 : 0)
            room[written] = letters[Int(group >> 18)]
            room[written &+ 1] = letters[Int(group >> 12 & 63)]
            room[written &+ 2] = hasTwo ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "=")
            room[written &+ 3] = UInt8(ascii: "=")
            written &+= 4
        }
        text.commit(written)
    }

    /// The value of each octet as a digit; 255 when it is none.
    fileprivate static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        alphabet.withUTF8Buffer { for (value, letter) in $0.enumerated() { values[Int(letter)] = UInt8(value) } }
        return values
    }()
}

/// Reads base 64 octet by octet, so that it may be spread over several tokens.
package struct Base64Decoder {
    private var group: UInt32 = 0
    private var digits = 0
    private var padding = 0
    private var isFinished = false
    private let values = Base64.values

    package init() {}

    /// Takes one character; `false` when it cannot stand here.
    @inline(__always)
    package mutating func append(_ character: UInt8, to octets: inout [UInt8]) -> Bool {
        if isFinished { return false }
        let value = values[Int(character)]
        if value != 255 {
            if padding > 0 { return false }
            group = group << 6 | UInt32(value)
            digits &+= 1
            if digits == 4 {
                octets.append(UInt8(truncatingIfNeeded: group >> 16))
                octets.append(UInt8(truncatingIfNeeded: group >> 8))
                octets.append(UInt8(truncatingIfNeeded: group))
                digits = 0
                group = 0
            }
            return true
        }
        return character == UInt8(ascii: "=") && appendPadding(to: &octets)
    }

    private mutating func appendPadding(to octets: inout [UInt8]) -> Bool {
        guard digits >= 2 else { return false }
        padding += 1
        guard digits + padding == 4 else { return true }
        isFinished = true
        if digits == 3 {
            guard group & 3 == 0 else { return false }
            octets.append(UInt8(truncatingIfNeeded: group >> 10))
            octets.append(UInt8(truncatingIfNeeded: group >> 2))
        } else {
            guard group & 15 == 0 else { return false }
            octets.append(UInt8(truncatingIfNeeded: group >> 4))
        }
        digits = 0
        return true
    }

    /// Whether what was read so far is complete.
    package var isComplete: Bool { digits == 0 }
}
