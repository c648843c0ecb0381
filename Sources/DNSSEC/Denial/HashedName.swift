package import DNSModel

/// One name of an NSEC3 chain: its hash, in integers that compare as the octets do, and whose it is.
package struct HashedName: Sendable {
    /// Octets 0 to 7 of the hash.
    var prefix: UInt64
    /// Octets 8 to 15.
    var middle: UInt64
    /// Octets 16 to 19.
    var tail: UInt32
    /// The owner, or ``emptyNonTerminal``.
    package var owner: OwnerIndex

    /// Stands for an owner that has no records (RFC 5155 §7.1: "empty non-terminals").
    static let emptyNonTerminal = OwnerIndex.max

    /// A name whose hash is not known yet.
    init(owner: OwnerIndex) {
        (prefix, middle, tail) = (0, 0, 0)
        self.owner = owner
    }

    /// Wraps the twenty octets at `hash`.
    @inline(__always)
    package init(hash: UnsafePointer<UInt8>, owner: OwnerIndex) {
        let raw = UnsafeRawPointer(hash)
        prefix = UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))
        middle = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        tail = UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
        self.owner = owner
    }

    /// Writes the twenty octets of the hash.
    @inline(__always)
    func write(to octets: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(octets)
        raw.storeBytes(of: prefix.bigEndian, as: UInt64.self)
        raw.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
        raw.storeBytes(of: tail.bigEndian, toByteOffset: 16, as: UInt32.self)
    }

    /// Writes the 32 characters of the hash in Base 32 with extended hex alphabet, lower case (RFC 5155 §1.3).
    @inline(__always)
    func writeBase32Hex(to text: UnsafeMutablePointer<UInt8>) {
        // 160 bits in four groups of 40.
        let groups = (
            prefix >> 24,
            (prefix & 0xFF_FFFF) << 16 | middle >> 48,
            (middle >> 8) & 0xFF_FFFF_FFFF,
            (middle & 0xFF) << 32 | UInt64(tail)
        )
        Self.writeGroup(groups.0, to: text)
        Self.writeGroup(groups.1, to: text + 8)
        Self.writeGroup(groups.2, to: text + 16)
        Self.writeGroup(groups.3, to: text + 24)
    }

    @inline(__always)
    private static func writeGroup(_ bits: UInt64, to text: UnsafeMutablePointer<UInt8>) {
        var bits = bits
        var index = 7
        while index >= 0 {
            let digit = UInt8(truncatingIfNeeded: bits & 31)
            text[index] = digit < 10 ? 48 &+ digit : 87 &+ digit
            bits >>= 5
            index &-= 1
        }
    }

    @inline(__always)
    package static func < (left: Self, right: Self) -> Bool {
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        if left.middle != right.middle { return left.middle < right.middle }
        return left.tail < right.tail
    }

    /// Whether two names have the same hash.
    @inline(__always)
    func collides(with other: Self) -> Bool {
        prefix == other.prefix && middle == other.middle && tail == other.tail
    }
}
