/// Names as octet strings whose plain order is canonical order (RFC 4034 §6.1), twelve octets at a time.
///
/// A name's string is its labels below a common end, last label first, in lower case, a zero octet after each. So that
/// the zero octet sorts before everything in a label, the octets 0 and 1 are written as 1 1 and 1 2. No label is empty:
/// two zero octets in a row say that the string has ended, and zeros fill up what follows.
///
/// A hot file: it reads names through unchecked pointers and shifts whole words; what it reads past a name's end is
/// within the segment of the store, and masked away.
struct CanonicalNameKey {
    /// The octets of a string that one key holds.
    static let width = 12

    /// The labels in the end that all names share, which is not part of the key; the root not counted.
    let baseLabelCount: Int

    /// Keys of names at or below a name.
    init(below base: DomainName) { baseLabelCount = base.labelCount }

    /// Twelve octets of a name's string, in the high 96 bits; the low 32 bits are zero.
    ///
    /// - Parameters:
    ///   - offset: How many octets of the string come before them.
    ///   - room: The number of octets that may be read from `name` on, at least its length.
    @inline(__always)
    func chunk(of name: UnsafePointer<UInt8>, from offset: Int, room: Int) -> UInt128 {
        var labels = LabelStack(name)
        guard labels.isWhole else { return anyChunk(of: name, from: offset) }
        labels.drop(baseLabelCount)
        var key: UInt128 = 0
        var position = -offset
        while let start = labels.pop() {
            let length = Int(name[start])
            // Of the octets before `offset` it matters whether they were written as two.
            let skipped = min(length, max(0, -position))
            let label = name + (start &+ 1)
            guard Self.isPlain(label, count: skipped), start &+ 1 &+ skipped &+ Self.width <= room,
                let octets = Self.plainLabel(label + skipped, length: length &- skipped)
            else { return anyChunk(of: name, from: offset) }
            key |= octets &>> UInt128(truncatingIfNeeded: 8 &* max(0, position))
            position &+= length &+ 1
            if position >= Self.width { break }
        }
        return key & ~0xFFFF_FFFF
    }

    /// Twelve octets of a name's string, in the high 96 bits, for any name.
    @inline(never)
    private func anyChunk(of name: UnsafePointer<UInt8>, from offset: Int) -> UInt128 {
        var starts: [Int] = []
        var index = 0
        while name[index] != 0 {
            starts.append(index)
            index += 1 + Int(name[index])
        }
        var output = Output(position: -offset)
        for start in starts.dropLast(baseLabelCount).reversed() where output.position < Self.width {
            for octet in UnsafeBufferPointer(start: name + start + 1, count: Int(name[start])) {
                let octet = asciiLowercased(octet)
                if octet <= 1 {
                    output.append(1)
                    output.append(octet + 1)
                } else {
                    output.append(octet)
                }
            }
            output.append(0)
        }
        return output.key
    }

    /// Where the labels of a name of up to eight begin, an octet each, the last label's in the lowest.
    private struct LabelStack {
        private var starts: UInt64 = 0
        private var count = 0

        /// Whether there is room for all labels.
        var isWhole: Bool { count <= 8 }

        @inline(__always)
        init(_ name: UnsafePointer<UInt8>) {
            var index = 0
            while name[index] != 0 {
                starts = starts &<< 8 | UInt64(truncatingIfNeeded: index)
                count &+= 1
                index &+= 1 &+ Int(name[index])
            }
        }

        /// Forgets the last labels.
        @inline(__always)
        mutating func drop(_ labels: Int) {
            count &-= labels
            if labels < 8 { starts = starts &>> UInt64(truncatingIfNeeded: 8 &* labels) }
        }

        /// Where the last label begins.
        @inline(__always)
        mutating func pop() -> Int? {
            guard count > 0 else { return nil }
            count &-= 1
            let start = Int(starts & 0xFF)
            starts = starts &>> 8
            return start
        }
    }

    /// Whether none of some octets is 0 or 1.
    @inline(__always)
    private static func isPlain(_ octets: UnsafePointer<UInt8>, count: Int) -> Bool {
        var index = 0
        while index < count {
            if octets[index] < 2 { return false }
            index &+= 1
        }
        return true
    }

    /// Whether the string ends within a key, so that names with equal keys, and equal ones before, are equal.
    @inline(__always)
    static func isComplete(_ key: UInt128) -> Bool { key & 0xFFFF_0000_0000 == 0 }

    /// Whether two different keys, both of strings from their beginning on, have a whole label in common before they part.
    @inline(__always)
    static func mayShareLabel(_ key: UInt128, _ other: UInt128) -> Bool {
        let common = (key ^ other).leadingZeroBitCount & ~7
        // What comes after is made non-zero; the end of a label is the one octet that is zero.
        let octets = key | UInt128.max &>> UInt128(truncatingIfNeeded: common)
        let ones = UInt128(0x0101_0101_0101_0101) &* (1 &<< 64 | 1)
        return (octets &- ones) & ~octets & ones &<< 7 != 0
    }

    private struct Output {
        var key: UInt128 = 0
        var position: Int

        @inline(__always)
        mutating func append(_ octet: UInt8) {
            if position >= 0, position < CanonicalNameKey.width {
                key |= UInt128(octet) &<< UInt128(truncatingIfNeeded: 120 &- 8 &* position)
            }
            position &+= 1
        }
    }

    /// The first twelve octets of a label in lower case, in the high bits, zeros after its end; `nil` when one of them
    /// is 0 or 1 and must be escaped.
    @inline(__always)
    private static func plainLabel(_ label: UnsafePointer<UInt8>, length: Int) -> UInt128? {
        let octets = UnsafeRawPointer(label)
        var high = UInt64(bigEndian: octets.loadUnaligned(as: UInt64.self))
        var low = UInt64(UInt32(bigEndian: octets.loadUnaligned(fromByteOffset: 8, as: UInt32.self))) &<< 32
        var unused: (high: UInt64, low: UInt64) = (0, 0xFFFF_FFFF)
        if length < 8 {
            unused = (.max &>> UInt64(truncatingIfNeeded: 8 &* length), .max)
        } else if length < width {
            unused.low = .max &>> UInt64(truncatingIfNeeded: 8 &* (length &- 8))
        }
        if hasOctetBelowTwo(high | unused.high) || hasOctetBelowTwo(low | unused.low) { return nil }
        high = asciiLowercased(eight: high) & ~unused.high
        low = asciiLowercased(eight: low) & ~unused.low
        return UInt128(high) &<< 64 | UInt128(low)
    }

    @inline(__always)
    private static func hasOctetBelowTwo(_ word: UInt64) -> Bool {
        let halved = word & 0xFEFE_FEFE_FEFE_FEFE
        return (halved &- 0x0101_0101_0101_0101) & ~halved & 0x8080_8080_8080_8080 != 0
    }
}
