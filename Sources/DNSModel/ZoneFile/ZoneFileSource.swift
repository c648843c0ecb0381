/// The text of one zone file, and the name it is known by in messages.
public struct ZoneFileSource: Sendable {
    /// The octets of the file.
    public let octets: ZoneFileOctets
    /// The path as the user gave it, or `<stdin>`.
    public let name: String

    /// Names a text.
    public init(_ octets: ZoneFileOctets, name: String) {
        self.octets = octets
        self.name = name
    }

    /// A text held as an array.
    public init(_ octets: [UInt8], name: String) { self.init(ZoneFileOctets(octets), name: name) }

    /// A text held as a string.
    public init(_ text: String, name: String) { self.init(Array(text.utf8), name: name) }
}

/// Octets that stay where they are and never change, for as long as somebody holds this object.
///
/// A hot file: the reader walks it through ``start`` without bounds checks, within `count` plus ``slack``.
public final class ZoneFileOctets: @unchecked Sendable {
    // Sendable: the memory is written before `init` returns and only read afterwards.

    /// How many octets beyond the end may be read (not used) in an array's copy, so that wide loads need no checks.
    static let padding = 512

    /// The first octet.
    let start: UnsafePointer<UInt8>
    /// The number of octets.
    public let count: Int
    /// How many octets after the last may be read.
    let slack: Int
    private let release: (@Sendable (UnsafeRawBufferPointer) -> Void)?
    private let leave: (@Sendable (UnsafeRawBufferPointer) -> Void)?

    /// Copies octets.
    public init(_ octets: [UInt8]) {
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: octets.count + Self.padding)
        octets.withUnsafeBufferPointer { source in
            if let first = source.baseAddress { room.update(from: first, count: source.count) }
        }
        (room + octets.count).initialize(repeating: 0, count: Self.padding)
        start = UnsafePointer(room)
        count = octets.count
        slack = Self.padding
        release = nil
        leave = nil
    }

    /// Takes over memory that was mapped or read elsewhere, and hands it to `release` when it is no longer needed.
    ///
    /// Parts that have been read, and will most likely not be read again, are handed to `leave`, which may take them out
    /// of memory as long as they come back when they are read.
    ///
    /// - Precondition: the octets do not change while this object lives; a mapped file must not be cut short meanwhile.
    package init(
        takingOwnershipOf memory: UnsafeRawBufferPointer, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
        leave: (@Sendable (UnsafeRawBufferPointer) -> Void)? = nil
    ) {
        self.leave = leave
        count = memory.count
        slack = 0
        if let base = memory.baseAddress, memory.count > 0 {
            start = base.assumingMemoryBound(to: UInt8.self)
            self.release = release
        } else {
            start = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
            self.release = nil
            release(memory)
        }
    }

    deinit {
        if let release {
            release(UnsafeRawBufferPointer(start: start, count: count))
        } else {
            start.deallocate()
        }
    }

    /// Tells that some octets have been read; they may be read again, but that is not expected.
    package func leave(_ range: Range<Int>) {
        leave?(UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count))
    }

    /// All octets, valid while this object lives.
    package var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}
