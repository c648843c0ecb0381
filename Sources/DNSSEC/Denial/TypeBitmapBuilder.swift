import DNSModel

/// Collects the types of one owner and writes them as a type bitmap (RFC 4034 §4.1.2, RFC 5155 §3.2.1).
///
/// A hot file: nearly all types are below 256, window 0, which is four words; the others wait in an array.
struct TypeBitmapBuilder {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    private var others: [UInt16] = []

    /// The longest type bitmap: 256 windows of 32 octets with their headers.
    static let maximumLength = 256 * 34

    /// Forgets all types.
    @inline(__always)
    mutating func removeAll() {
        words = (0, 0, 0, 0)
        if !others.isEmpty { others.removeAll(keepingCapacity: true) }
    }

    /// Adds a type; twice is once.
    @inline(__always)
    mutating func insert(_ type: RRType) {
        let bit = UInt64(1) << UInt64(63 &- (type.rawValue & 63))
        switch type.rawValue >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        case 3: words.3 |= bit
        default: others.append(type.rawValue)
        }
    }

    /// Writes the bitmap and returns its length; nothing for no types.
    func write(to octets: UnsafeMutablePointer<UInt8>) -> Int {
        var length = 0
        let raw = UnsafeMutableRawPointer(octets)
        if words.0 | words.1 | words.2 | words.3 != 0 {
            octets[0] = 0
            raw.storeBytes(of: words.0.bigEndian, toByteOffset: 2, as: UInt64.self)
            raw.storeBytes(of: words.1.bigEndian, toByteOffset: 10, as: UInt64.self)
            raw.storeBytes(of: words.2.bigEndian, toByteOffset: 18, as: UInt64.self)
            raw.storeBytes(of: words.3.bigEndian, toByteOffset: 26, as: UInt64.self)
            length = trimmedLength(octets)
        }
        return others.isEmpty ? length : writeOthers(to: octets, from: length)
    }

    /// "Trailing octets of zero MUST be omitted" (RFC 4034 §4.1.2): the length of the window at `window`, header included.
    private func trimmedLength(_ window: UnsafeMutablePointer<UInt8>) -> Int {
        var length = 32
        while window[1 &+ length] == 0 { length &-= 1 }
        window[1] = UInt8(truncatingIfNeeded: length)
        return length &+ 2
    }

    private func writeOthers(to octets: UnsafeMutablePointer<UInt8>, from start: Int) -> Int {
        var length = start
        var window = 0
        for type in others.sorted() {
            let block = Int(type >> 8)
            if block != window {
                if window != 0 { length &+= trimmedLength(octets + length) }
                window = block
                octets[length] = UInt8(truncatingIfNeeded: block)
                for index in 1...33 { octets[length &+ index] = 0 }
            }
            octets[length &+ 2 &+ Int(type & 0xFF) / 8] |= 0x80 >> UInt8(truncatingIfNeeded: type & 7)
        }
        return length &+ trimmedLength(octets + length)
    }
}
