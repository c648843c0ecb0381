import Glibc

/// The octets of a new file on their way to the disk, one after the other.
///
/// The first few megabytes are written as usual. What follows goes past the page cache where the file system allows
/// (``BlockWriter``): the kernel copies nothing and needs no memory for it, which costs more than all else about writing,
/// and the disk is busy from the beginning.
package struct FileOutput: ~Copyable {
    private let descriptor: Int32
    /// How many octets are in the file, those in ``blocks`` not counted.
    private var size = 0
    /// Of how many octets the disk has been told.
    private var announced = 0
    /// The way past the page cache, while it is taken.
    private var blocks: BlockWriter?
    /// Whether that way may still be taken.
    private var isUndecided = true

    /// As much goes through the page cache in any case; and of as many octets there the disk is told at a time, so that it
    /// is busy while the rest is being made.
    private static let threshold = 8 << 20

    /// Takes over a file that is open for writing and empty.
    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // What is in the queue has the descriptor until it is written.
        try? blocks?.finish()
        close(descriptor)
    }

    /// Appends octets. What goes wrong may be thrown by a later call.
    package mutating func write(_ octets: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = octets
        if isUndecided, size + rest.count > Self.threshold {
            let gap = min(rest.count, (BlockWriter.alignment - size % BlockWriter.alignment) % BlockWriter.alignment)
            try put(UnsafeRawBufferPointer(rebasing: rest[..<gap]))
            rest = UnsafeRawBufferPointer(rebasing: rest[gap...])
            if size % BlockWriter.alignment == 0 {
                isUndecided = false
                announceAll()
                blocks = BlockWriter(descriptor)
            }
        }
        if let blocks { return try blocks.write(rest) }
        try put(rest)
        if size - announced >= Self.threshold { announceAll() }
    }

    /// Whether what is written goes past the page cache now.
    package var isPastPageCache: Bool { fcntl(descriptor, F_GETFL) & __O_DIRECT != 0 }

    /// Writes what is still held back, and lets the disk begin with it.
    ///
    /// Only a hint to the disk: what brings all octets to it is `fsync`.
    package mutating func announce() throws(SystemError) {
        try enterPageCache()
        announceAll()
    }

    /// Brings all octets to the disk.
    package mutating func synchronize() throws(SystemError) {
        try enterPageCache()
        guard fsync(descriptor) == 0 else { throw .last }
    }

    // MARK: The page cache

    /// What follows goes through the page cache.
    private mutating func enterPageCache() throws(SystemError) {
        isUndecided = false
        guard let blocks = blocks.take() else { return }
        try blocks.finish()
        size += blocks.size
    }

    private mutating func announceAll() {
        // Linux begins to write the octets; those that are not on the disk yet stay in memory.
        posix_fadvise(descriptor, off_t(announced), off_t(size - announced), POSIX_FADV_DONTNEED)
        announced = size
    }

    // MARK: Writing

    private mutating func put(_ octets: UnsafeRawBufferPointer) throws(SystemError) {
        var isDirect = false
        try Self.write(octets, to: descriptor, isDirect: &isDirect)
        size += octets.count
    }

    /// Writes all of some octets.
    ///
    /// - Parameter isDirect: Whether they go past the page cache; not every file system that allows it can do it, nor is it
    ///   possible any more when a disk that is nearly full has taken less than was asked for.
    static func write(
        _ octets: UnsafeRawBufferPointer, to descriptor: Int32, isDirect: inout Bool
    ) throws(SystemError) {
        var offset = 0
        while offset < octets.count {
            let written = Glibc.write(descriptor, octets.baseAddress.map { $0 + offset }, octets.count - offset)
            if written < 0 {
                if errno == EINTR { continue }
                guard errno == EINVAL, isDirect else { throw .last }
            } else {
                offset += written
                guard isDirect, written % BlockWriter.alignment != 0 else { continue }
            }
            isDirect = false
            _ = fcntl(descriptor, F_SETFL, 0)
        }
    }
}
