import DNSModel

/// The type bitmap that a name's NSEC or NSEC3 should have, built from the records that are there (RFC 4034 §4.1.2).
///
/// A hot file: one buffer, written through unchecked pointers, serves all names of a worker.
struct ExpectedBitmap: ~Copyable {
    /// 256 windows of 2 + 32 octets, which is all that a bitmap can be.
    private static let capacity = 256 * 34
    private let buffer: UnsafeMutablePointer<UInt8> = .allocate(capacity: ExpectedBitmap.capacity)
    private var length = 0
    private var window = -1
    private var windowStart = 0

    init() {}

    deinit { buffer.deallocate() }

    /// The bitmap in wire format, valid until the next one is started.
    var octets: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: buffer, count: length) }

    /// Begins an empty bitmap.
    mutating func start() {
        length = 0
        window = -1
    }

    /// Adds a type.
    ///
    /// - Precondition: types come in ascending order.
    mutating func add(_ type: RRType) {
        let number = Int(type.rawValue)
        if number >> 8 != window {
            window = number >> 8
            windowStart = length
            buffer[length] = UInt8(truncatingIfNeeded: window)
            buffer[length &+ 1] = 0
            length &+= 2
        }
        let place = number & 0xFF
        let octet = windowStart &+ 2 &+ place >> 3
        while length <= octet {
            buffer[length] = 0
            length &+= 1
            buffer[windowStart &+ 1] &+= 1
        }
        buffer[octet] |= 0x80 >> UInt8(truncatingIfNeeded: place & 7)
    }

    /// The bitmap as a number, if it is a short one.
    var short: ShortBitmap? { ShortBitmap(octets) }

    /// Whether `found` is this bitmap, octet by octet.
    func matches(_ found: UnsafeBufferPointer<UInt8>) -> Bool {
        guard found.count == length else { return false }
        for index in 0..<length where found[index] != buffer[index] { return false }
        return true
    }
}

/// A type bitmap of types below 56 alone, as nearly all are, as one number whose lowest bit is free.
struct ShortBitmap: Sendable, Equatable {
    /// The octets of window 0 in the high bits, the length of the bitmap above the lowest bit.
    let word: UInt64

    /// Copies a bitmap; `nil` when it is another, or not well encoded.
    init?(_ bitmap: UnsafeBufferPointer<UInt8>) {
        if bitmap.isEmpty {
            word = 0
            return
        }
        guard (3...9).contains(bitmap.count), bitmap[0] == 0, Int(bitmap[1]) == bitmap.count &- 2 else { return nil }
        var octets: UInt64 = 0
        for index in 2..<bitmap.count { octets = octets &<< 8 | UInt64(bitmap[index]) }
        word = octets &<< 8 | UInt64(truncatingIfNeeded: bitmap.count) &<< 1
    }
}

/// How a bitmap differs from the one expected.
enum BitmapFault {
    /// It is not well encoded.
    case encoding
    /// Types that it lacks, and types that it has without reason.
    case types(missing: [RRType], surplus: [RRType])

    /// Compares two bitmaps of which at least one octet differs.
    init(expected: UnsafeBufferPointer<UInt8>, found: UnsafeBufferPointer<UInt8>) {
        guard let wanted = Self.types(in: expected), let present = Self.types(in: found), wanted != present else {
            self = .encoding
            return
        }
        self = .types(
            missing: wanted.subtracting(present).sorted(), surplus: present.subtracting(wanted).sorted())
    }

    /// The rest of a sentence that begins with the record.
    var reason: String {
        guard case .types(let missing, let surplus) = self else { return "has a type bitmap that is not well encoded" }
        var parts: [String] = []
        if !missing.isEmpty { parts.append("lacks " + missing.map(\.description).joined(separator: " ")) }
        if !surplus.isEmpty {
            parts.append("has " + surplus.map(\.description).joined(separator: " ") + " without such records")
        }
        return "has a type bitmap that " + parts.joined(separator: " and ")
    }

    /// The types of a bitmap, or `nil` when it is malformed.
    private static func types(in octets: UnsafeBufferPointer<UInt8>) -> Set<RRType>? {
        var types: Set<RRType> = []
        var index = 0
        var last = -1
        while index < octets.count {
            guard index + 2 <= octets.count else { return nil }
            let window = Int(octets[index])
            let length = Int(octets[index + 1])
            guard window > last, (1...32).contains(length), index + 2 + length <= octets.count else { return nil }
            for place in 0..<(length * 8) where octets[index + 2 + place / 8] & 0x80 >> UInt8(place % 8) != 0 {
                types.insert(RRType(UInt16(window << 8 | place)))
            }
            last = window
            index += 2 + length
        }
        return types
    }
}
