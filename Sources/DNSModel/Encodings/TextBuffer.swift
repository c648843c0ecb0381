/// A run of text octets that grows: what printers append to.
///
/// A hot file: it writes through a pointer of its own, always after ``reserve(_:)`` has made room.
package struct TextBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    /// The number of octets written.
    package private(set) var count = 0
    private var capacity: Int

    /// An empty buffer.
    package init(capacity: Int = 4_096) {
        self.capacity = max(16, capacity)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    /// Forgets what was written and keeps the room.
    @inline(__always)
    package mutating func removeAll() { count = 0 }

    /// Cuts the text back to its first `count` octets.
    ///
    /// - Precondition: `count` is not greater than ``count``.
    @inline(__always)
    package mutating func truncate(to count: Int) { self.count = min(count, self.count) }

    /// Room for `count` octets at the end, to be filled and then kept with ``commit(_:)``.
    @inline(__always)
    package mutating func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity &- self.count < count { grow(count) }
        return base + self.count
    }

    /// Keeps `count` octets of what ``reserve(_:)`` gave.
    @inline(__always)
    package mutating func commit(_ count: Int) { self.count &+= count }

    @inline(never)
    private mutating func grow(_ needed: Int) {
        let larger = max(capacity * 2, count + needed)
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        room.update(from: base, count: count)
        base.deallocate()
        base = room
        capacity = larger
    }

    /// The octets, valid until the buffer is next changed.
    package var octets: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// A copy as text.
    package var string: String { String(decoding: octets, as: UTF8.self) }
}

// MARK: - Appending

extension TextBuffer {
    /// Appends one octet.
    @inline(__always)
    package mutating func append(_ octet: UInt8) {
        reserve(1)[0] = octet
        commit(1)
    }

    /// Appends octets.
    @inline(__always)
    package mutating func append(_ octets: UnsafeBufferPointer<UInt8>) {
        guard let start = octets.baseAddress else { return }
        reserve(octets.count).update(from: start, count: octets.count)
        commit(octets.count)
    }

    /// Appends a literal.
    @inline(__always)
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append($0) }
    }

    /// Appends a number in decimal.
    package mutating func appendDecimal(_ value: UInt64) {
        let digits = reserve(20)
        var rest = value
        var length = 1
        while rest >= 10 {
            rest /= 10
            length &+= 1
        }
        rest = value
        var index = length
        while index > 0 {
            index &-= 1
            digits[index] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        commit(length)
    }

    /// Appends a number in decimal.
    @inline(__always)
    package mutating func appendDecimal(_ value: UInt32) {
        if value < 10 {
            append(48 &+ UInt8(truncatingIfNeeded: value))
        } else {
            appendDecimal32(value)
        }
    }

    private mutating func appendDecimal32(_ value: UInt32) {
        let digits = reserve(10)
        var rest = value
        var length = 1
        while rest >= 10 {
            rest /= 10
            length &+= 1
        }
        rest = value
        var index = length
        while index > 0 {
            index &-= 1
            digits[index] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        commit(length)
    }

    /// Appends a number in decimal, with zeros before it up to `width` digits.
    package mutating func appendDecimal(_ value: UInt32, width: Int) {
        var limit: UInt32 = 1
        var digits = 1
        while digits < width {
            limit &*= 10
            digits &+= 1
            if value < limit { append(48) }
        }
        appendDecimal(value)
    }
}
