/// The set of types in an NSEC, NSEC3 or CSYNC record (RFC 4034 §4.1.2).
public struct TypeBitmap: Sendable, Hashable {
    /// The windows: number, length, and bits of each that is not empty, in ascending order.
    public let wireFormat: [UInt8]

    /// Makes the bitmap of some types, in any order.
    public init(_ types: some Sequence<RRType>) {
        var wire: [UInt8] = []
        var window = -1
        var lengthIndex = 0
        for type in types.sorted() {
            let number = Int(type.rawValue)
            if number >> 8 != window {
                window = number >> 8
                wire.append(UInt8(window))
                lengthIndex = wire.count
                wire.append(0)
            }
            let octet = lengthIndex + 1 + (number & 0xFF) >> 3
            while wire.count <= octet { wire.append(0) }
            wire[octet] |= 0x80 >> UInt8(number & 7)
            wire[lengthIndex] = UInt8(wire.count - lengthIndex - 1)
        }
        wireFormat = wire
    }

    /// Reads a bitmap that fills `wireFormat` exactly.
    ///
    /// - Throws: ``RDataWireError`` when a window is cut off, out of order, empty, longer than 32 octets, or ends in a
    ///   zero octet, which RFC 4034 §4.1.2 forbids.
    public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
        let octets = Array(wireFormat)
        let fault = octets.withUnsafeBufferPointer { Self.fault(in: $0) }
        if let fault { throw fault }
        self.wireFormat = octets
    }

    /// What is wrong with octets as a bitmap, or `nil`.
    static func fault(in octets: UnsafeBufferPointer<UInt8>) -> RDataWireError? {
        let field = "type bit maps"
        var index = 0
        var last = -1
        while index < octets.count {
            guard index + 1 < octets.count else { return .truncated(field: field) }
            let window = Int(octets[index])
            let length = Int(octets[index + 1])
            guard window > last else {
                return .malformed(field: field, "window \(window) comes after window \(last); they must ascend")
            }
            guard (1...32).contains(length) else {
                return .malformed(field: field, "window \(window) has \(length) octets; 1 to 32 are allowed")
            }
            guard index + 2 + length <= octets.count else { return .truncated(field: field) }
            guard octets[index + 1 + length] != 0 else {
                return .malformed(field: field, "window \(window) ends in a zero octet, which must be left out")
            }
            last = window
            index += 2 + length
        }
        return nil
    }

    /// Calls `body` for each type of a well-formed bitmap, ascending.
    @inline(__always)
    static func forEachType(in octets: UnsafeBufferPointer<UInt8>, _ body: (RRType) -> Void) {
        var index = 0
        while index &+ 1 < octets.count {
            let window = UInt16(octets[index]) << 8
            let length = Int(octets[index &+ 1])
            index &+= 2
            for place in 0..<min(length, octets.count &- index) {
                var bits = octets[index &+ place]
                while bits != 0 {
                    let bit = bits.leadingZeroBitCount
                    bits &= ~(0x80 >> UInt8(truncatingIfNeeded: bit))
                    body(RRType(window | UInt16(truncatingIfNeeded: place &<< 3 &+ bit)))
                }
            }
            index &+= length
        }
    }

    /// The types, ascending.
    public var types: [RRType] {
        var types: [RRType] = []
        wireFormat.withUnsafeBufferPointer { octets in
            Self.forEachType(in: octets) { types.append($0) }
        }
        return types
    }

    /// Whether a type is in it.
    public func contains(_ type: RRType) -> Bool {
        let window = Int(type.rawValue >> 8)
        let place = Int(type.rawValue & 0xFF) >> 3
        var index = 0
        while index + 1 < wireFormat.count {
            let length = Int(wireFormat[index + 1])
            if Int(wireFormat[index]) == window {
                return place < length && wireFormat[index + 2 + place] & (0x80 >> UInt8(type.rawValue & 7)) != 0
            }
            index += 2 + length
        }
        return false
    }

    /// Whether there is no type in it.
    public var isEmpty: Bool { wireFormat.isEmpty }
}

extension TypeBitmap: CustomStringConvertible {
    /// The types' mnemonics, separated by spaces.
    public var description: String { types.map(\.description).joined(separator: " ") }
}
