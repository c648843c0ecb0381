/// Mnemonics of up to seven characters as numbers, for comparing them in one step.
///
/// A hot file; see ``PlainScanner`` for what it relies on.
enum MnemonicKey {
    // Each octet of the mnemonic, the first lowest, without the bit that tells letters' case.
    static let `in`: UInt64 = 0x4E49
    static let a: UInt64 = 0x41
    static let ns: UInt64 = 0x534E
    static let cname: UInt64 = 0x45_4D41_4E43
    static let ptr: UInt64 = 0x52_5450
    static let mx: UInt64 = 0x584D
    static let txt: UInt64 = 0x54_5854
    static let aaaa: UInt64 = 0x4141_4141
    static let srv: UInt64 = 0x56_5253
    static let ds: UInt64 = 0x5344
    static let rrsig: UInt64 = 0x47_4953_5252
    static let nsec: UInt64 = 0x4345_534E
    static let dnskey: UInt64 = 0x5945_4B53_4E44
    static let nsec3: UInt64 = 0x13_4345_534E
    static let tlsa: UInt64 = 0x4153_4C54
}

extension PlainScanner {
    /// The key of the token at `cursor`, moving past it and the blanks after it.
    ///
    /// - Returns: 0 when the token has more than seven octets or no blank follows.
    @inline(__always)
    func mnemonic(_ cursor: inout Int) -> UInt64 {
        let key = mnemonicKey(cursor)
        let length = (71 &- key.leadingZeroBitCount) >> 3
        guard key != 0 else { return 0 }
        var position = cursor &+ length
        guard skipSeparator(&position) else { return 0 }
        cursor = position
        return key
    }

    /// The key of the token at `cursor`, or 0 when it has more than seven octets.
    @inline(__always)
    func mnemonicKey(_ cursor: Int) -> UInt64 {
        let text = UInt64(littleEndian: octets(cursor))
        // The lowest octet below 0x21 gets its top bit set.
        let ends = (text &- 0x2121_2121_2121_2121) & ~text & 0x8080_8080_8080_8080
        guard ends != 0 else { return 0 }
        let mask = ends & (0 &- ends)
        return text & ((mask >> 7) &- 1) & 0xDFDF_DFDF_DFDF_DFDF
    }

    /// The number of a type that stands in a list at `cursor`, moving past it; 0 when the slow path must look.
    @inline(__always)
    func typeNumber(_ cursor: inout Int) -> UInt16 {
        var end = cursor
        while kind(end) & 0x7F == 0 { end &+= 1 }
        guard Self.isDelimiter(kind(end)), end &- cursor < 11, end > cursor else { return 0 }
        let key = mnemonicKey(cursor)
        var number: UInt16
        switch key {
        case MnemonicKey.a: number = 1
        case MnemonicKey.ns: number = 2
        case MnemonicKey.rrsig: number = 46
        case MnemonicKey.nsec: number = 47
        case MnemonicKey.ds: number = 43
        case MnemonicKey.aaaa: number = 28
        case MnemonicKey.txt: number = 16
        case MnemonicKey.mx: number = 15
        default:
            let text = UnsafeBufferPointer(start: base + cursor, count: end &- cursor)
            number = RRType(mnemonicOctets: text)?.rawValue ?? 0
        }
        cursor = end
        return number
    }
}
