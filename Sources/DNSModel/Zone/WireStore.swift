import Synchronization

/// The octets of a zone's names and RDATA, in wire format, in segments that never move.
///
/// An offset is 32 bits: the segment in the high bits, the place in it in the low ones, so that a store holds up to
/// 4 GiB without any octet being copied when it grows. Several ``WireWriter``s may append at the same time, each into
/// segments of its own; what was written is never changed again, unless its writer forgets it.
///
/// A hot file: readers get unchecked pointers, valid for as long as the store lives, or until their writer forgets the
/// octets.
package final class WireStore: @unchecked Sendable {
    // Sendable: a segment is written by the one writer that took it, before its offsets are handed to anybody else,
    // and the table of segments is filled through an atomic counter, each place once.

    /// The number of low bits that address an octet within a segment: 4 MiB.
    package static let segmentBits: UInt32 = 22
    /// The size of a segment in octets.
    package static let segmentSize = 1 << Int(segmentBits)
    private static let maximumSegments = 1 << (32 - Int(segmentBits))

    @usableFromInline let table: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>
    private let segmentCount = Atomic<Int>(0)

    package init() {
        table = .allocate(capacity: Self.maximumSegments)
        table.initialize(repeating: nil, count: Self.maximumSegments)
    }

    deinit {
        for index in 0..<min(segmentCount.load(ordering: .acquiring), Self.maximumSegments) {
            table[index]?.deallocate()
        }
        table.deallocate()
    }

    /// Takes a new segment, or `nil` when the store is full.
    fileprivate func makeSegment() -> Int? {
        let index = segmentCount.add(1, ordering: .acquiringAndReleasing).oldValue
        guard index < Self.maximumSegments else { return nil }
        let segment = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.segmentSize)
        // A small zone has one segment and touches little of it.
        if index > 0 { LargePages.advise(segment, count: Self.segmentSize) }
        table[index] = segment
        return index
    }

    /// An offset further on, or the last one of its segment.
    @inline(__always)
    static func offset(_ offset: UInt32, advancedInSegmentBy distance: UInt32) -> UInt32 {
        min(offset &+ distance, offset | (1 << segmentBits &- 1))
    }

    /// The place of an offset in memory.
    ///
    /// - Precondition: `offset` came from a ``WireWriter`` of this store.
    @inlinable @inline(__always)
    package func pointer(at offset: UInt32) -> UnsafePointer<UInt8> {
        UnsafePointer(table[Int(offset >> Self.segmentBits)].unsafelyUnwrapped)
            + Int(offset & (1 << Self.segmentBits &- 1))
    }

    /// The octets at an offset, valid for as long as the store lives.
    @inlinable @inline(__always)
    package func octets(at offset: UInt32, count: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: pointer(at: offset), count: count)
    }

    /// The wire-format name at an offset, valid for as long as the store lives.
    @inlinable
    package func nameOctets(at offset: UInt32) -> UnsafeBufferPointer<UInt8> {
        let start = pointer(at: offset)
        var length = 0
        while start[length] != 0 { length &+= 1 &+ Int(start[length]) }
        return UnsafeBufferPointer(start: start, count: length &+ 1)
    }

    /// A copy of the name at an offset.
    package func name(at offset: UInt32) -> DomainName {
        DomainName(uncheckedWireFormat: Array(nameOctets(at: offset)))
    }
}

/// The one thing that can stop a zone from being held in memory: more than 4 GiB of names and RDATA.
public struct WireStoreFull: Error, Sendable {}

/// Appends names and RDATA to a ``WireStore``; one writer per worker.
package struct WireWriter: ~Copyable {
    private let store: WireStore
    private var base: UnsafeMutablePointer<UInt8>?
    private var baseOffset: UInt32 = 0
    private var used = WireStore.segmentSize
    /// How much of the segment at hand must stay.
    private var kept = 0

    package init(_ store: WireStore) { self.store = store }

    /// Room for `count` octets, to be filled by the caller and then kept with ``commit(_:)``.
    ///
    /// - Precondition: `count` is at most ``WireStore/segmentSize``.
    @inline(__always)
    package mutating func reserve(_ count: Int) throws(WireStoreFull) -> UnsafeMutablePointer<UInt8> {
        if used &+ count > WireStore.segmentSize { try takeSegment() }
        return base.unsafelyUnwrapped + used
    }

    /// Keeps the first `count` octets of what ``reserve(_:)`` gave, and returns their offset.
    @inline(__always)
    package mutating func commit(_ count: Int) -> UInt32 {
        defer { used &+= count }
        return baseOffset &+ UInt32(truncatingIfNeeded: used)
    }

    /// Appends octets and returns their offset.
    package mutating func append(_ octets: UnsafeBufferPointer<UInt8>) throws(WireStoreFull) -> UInt32 {
        let room = try reserve(octets.count)
        if let start = octets.baseAddress { room.update(from: start, count: octets.count) }
        return commit(octets.count)
    }

    /// Appends octets and returns their offset.
    package mutating func append(_ octets: [UInt8]) throws(WireStoreFull) -> UInt32 {
        let room = try reserve(octets.count)
        for index in octets.indices { room[index] = octets[index] }
        return commit(octets.count)
    }

    /// Makes what was written so far stay, whatever is forgotten.
    package mutating func keep() { kept = used }

    /// Forgets what was written to the segment at hand since ``keep()``, which is nearly all: its place is used again.
    ///
    /// - Precondition: nobody will look at those octets.
    package mutating func forget() {
        if base != nil { used = kept }
    }

    private mutating func takeSegment() throws(WireStoreFull) {
        guard let segment = store.makeSegment() else { throw WireStoreFull() }
        baseOffset = UInt32(truncatingIfNeeded: segment) << WireStore.segmentBits
        base = UnsafeMutablePointer(mutating: store.pointer(at: baseOffset))
        used = 0
        kept = 0
    }
}
