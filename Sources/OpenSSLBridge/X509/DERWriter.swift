/// Builds DER from the inside out: each function returns a complete value.
enum DERWriter {
    /// A value with an identifier octet.
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var result = [tag]
        if content.count < 0x80 {
            result.append(UInt8(content.count))
        } else {
            var length: [UInt8] = []
            var rest = content.count
            while rest > 0 {
                length.insert(UInt8(rest & 0xFF), at: 0)
                rest >>= 8
            }
            result.append(0x80 | UInt8(length.count))
            result += length
        }
        return result + content
    }

    /// A SEQUENCE of values.
    static func sequence(_ values: [UInt8]...) -> [UInt8] { value(DERReader.Tag.sequence, values.flatMap { $0 }) }

    /// A SEQUENCE of values.
    static func sequence(_ values: [[UInt8]]) -> [UInt8] { value(DERReader.Tag.sequence, values.flatMap { $0 }) }

    /// An INTEGER that is not negative, from its big-endian octets.
    static func integer(_ magnitude: [UInt8]) -> [UInt8] {
        var octets = Array(magnitude.drop { $0 == 0 })
        if octets.isEmpty { octets = [0] }
        if octets[0] >= 0x80 { octets.insert(0, at: 0) }
        return value(DERReader.Tag.integer, octets)
    }

    /// A small INTEGER.
    static func integer(_ number: UInt8) -> [UInt8] { integer([number]) }

    /// A BOOLEAN that is true.
    static let booleanTrue: [UInt8] = [DERReader.Tag.boolean, 1, 0xFF]

    /// An OBJECT IDENTIFIER.
    static func objectIdentifier(_ identifier: ObjectIdentifier) -> [UInt8] {
        value(DERReader.Tag.objectIdentifier, identifier.octets)
    }

    /// An OCTET STRING.
    static func octetString(_ octets: [UInt8]) -> [UInt8] { value(DERReader.Tag.octetString, octets) }

    /// A BIT STRING of whole octets.
    static func bitString(_ octets: [UInt8]) -> [UInt8] { value(DERReader.Tag.bitString, [0] + octets) }

    /// A BIT STRING of named bits, bit 0 first, without trailing zero bits (X.690 §11.2.2).
    static func namedBits(_ bits: UInt16) -> [UInt8] {
        guard bits != 0 else { return value(DERReader.Tag.bitString, [0]) }
        var octets: [UInt8] = [0, 0]
        for bit in 0..<16 where bits & (1 << UInt16(bit)) != 0 { octets[bit / 8] |= 0x80 >> UInt8(bit % 8) }
        if octets[1] == 0 { octets.removeLast() }
        return value(DERReader.Tag.bitString, [UInt8(octets[octets.count - 1].trailingZeroBitCount)] + octets)
    }

    /// A Time (RFC 5280 §4.1.2.5): UTCTime through 2049, GeneralizedTime after.
    static func time(_ seconds: Int64) -> [UInt8] {
        let civil = CivilTime(secondsSinceEpoch: seconds)
        let digits = civil.digits
        return (1950...2049).contains(civil.year)
            ? value(DERReader.Tag.utcTime, Array(digits.dropFirst(2)) + [UInt8(ascii: "Z")])
            : value(DERReader.Tag.generalizedTime, digits + [UInt8(ascii: "Z")])
    }
}
