/// What stands between owner and RDATA, for the last TTL of each type: a zone has few TTLs, and numbers take longer to write
/// than text to copy.
///
/// A hot file: it copies whole words into room that has been reserved.
package struct RecordHeads: ~Copyable {
    /// TTL, class and type as text, if it is short enough: `\t86400\tIN\tNS\t`.
    private struct Head {
        /// TTL and type, with a bit that makes it different from none.
        var key: UInt64 = 0
        var count = 0
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    }

    private static let width = 32
    /// Types that are equal in six bits share a place.
    private let heads = UnsafeMutablePointer<Head>.allocate(capacity: 64)

    /// Remembers nothing.
    package init() { heads.initialize(repeating: Head(), count: 64) }

    deinit { heads.deallocate() }

    @inline(__always)
    private static func key(_ ttl: TTL, _ type: RRType) -> UInt64 {
        1 &<< 63 | UInt64(ttl.rawValue) &<< 16 | UInt64(type.rawValue)
    }

    /// Appends the text for a TTL and a type, if it is known.
    @inline(__always)
    func append(_ ttl: TTL, _ type: RRType, to text: inout TextBuffer) -> Bool {
        let head = heads + Int(type.rawValue & 63)
        guard head.pointee.key == Self.key(ttl, type) else { return false }
        UnsafeMutableRawPointer(text.reserve(Self.width)).storeBytes(
            of: head.pointee.words, as: (UInt64, UInt64, UInt64, UInt64).self)
        text.commit(head.pointee.count)
        return true
    }

    /// Keeps the text for a TTL and a type.
    mutating func keep(_ ttl: TTL, _ type: RRType, _ text: Slice<UnsafeBufferPointer<UInt8>>) {
        guard text.count <= Self.width else { return }
        var head = Head(key: Self.key(ttl, type), count: text.count)
        withUnsafeMutableBytes(of: &head.words) { $0.copyBytes(from: text) }
        heads[Int(type.rawValue & 63)] = head
    }
}
