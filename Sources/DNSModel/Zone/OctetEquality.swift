#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Comparing and finding octets where they lie, at the speed of the C library.
///
/// A hot file: unchecked pointers, whose buffers the callers hold.
package enum OctetEquality {
    /// Whether two buffers hold the same octets.
    @inline(__always)
    package static func areSame(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return memcmp(first, second, left.count) == 0
    }

    /// Whether two buffers hold the same octets but for the case of ASCII letters: the same name, where both are names.
    package static func areSameIgnoringCase(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard left.count == right.count else { return false }
        let first = UnsafeRawBufferPointer(left)
        let second = UnsafeRawBufferPointer(right)
        var index = 0
        while index &+ 8 <= left.count {
            let one = first.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let other = second.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if one != other, asciiLowercased(eight: one) != asciiLowercased(eight: other) { return false }
            index &+= 8
        }
        while index < left.count {
            if asciiLowercased(left[index]) != asciiLowercased(right[index]) { return false }
            index &+= 1
        }
        return true
    }

    /// How many octets come before the first one with a value.
    @inline(__always)
    package static func distance(to value: UInt8, in octets: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = octets.baseAddress, let found = memchr(first, Int32(value), octets.count) else { return nil }
        return UnsafeRawPointer(first).distance(to: UnsafeRawPointer(found))
    }
}
