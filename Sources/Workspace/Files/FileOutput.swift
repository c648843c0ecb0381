import Glibc

/// The octets of a new file on their way to the disk, one after the other.
///
/// The first few megabytes are written as usual. What follows goes past the page cache where the file system allows
/// (`O_DIRECT`): the kernel copies nothing and needs no memory for it, which costs more than all else about writing, and
/// the disk is busy from the beginning. Such octets go in blocks whose place in memory and in the file is a multiple of
/// what disks want.
package struct FileOutput: ~Copyable {
    private let descriptor: Int32
    /// How many octets are in the file.
    private var size = 0
    /// Of how many octets the disk has been told.
    private var announced = 0
    private var route = Route.undecided
    /// The block that is being filled, and how far.
    private var block: UnsafeMutableRawPointer?
    private var filled = 0

    /// How octets reach the disk.
    private enum Route {
        /// Through the page cache until there are many.
        case undecided
        case pastPageCache
        case throughPageCache
    }

    /// As much goes through the page cache in any case; and of as many octets there the disk is told at a time, so that it
    /// is busy while the rest is being made.
    private static let threshold = 8 << 20
    private static let blockSize = 2 << 20
    /// A multiple of the sectors of any disk.
    private static let alignment = 4096

    /// Takes over a file that is open for writing and empty.
    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        close(descriptor)
        block?.deallocate()
    }

    /// Appends octets.
    package mutating func write(_ octets: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = octets
        if route == .undecided, size + rest.count > Self.threshold {
            let gap = min(rest.count, (Self.alignment - size % Self.alignment) % Self.alignment)
            try put(UnsafeRawBufferPointer(rebasing: rest[..<gap]))
            rest = UnsafeRawBufferPointer(rebasing: rest[gap...])
            if size % Self.alignment == 0 { leavePageCache() }
        }
        guard let block else {
            try put(rest)
            if size - announced >= Self.threshold { announceAll() }
            return
        }
        while let start = rest.baseAddress, rest.count > 0 {
            let count = min(rest.count, Self.blockSize - filled)
            (block + filled).copyMemory(from: start, byteCount: count)
            filled += count
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            if filled == Self.blockSize { try putBlock() }
        }
    }

    /// Writes what is still held back, and lets the disk begin with it.
    ///
    /// Only a hint to the disk: what brings all octets to it is `fsync`.
    package mutating func announce() throws(SystemError) {
        enterPageCache()
        try putBlock()
        announceAll()
    }

    /// Brings all octets to the disk.
    package mutating func synchronize() throws(SystemError) {
        enterPageCache()
        try putBlock()
        guard fsync(descriptor) == 0 else { throw .last }
    }

    // MARK: The page cache

    private mutating func leavePageCache() {
        guard fcntl(descriptor, F_SETFL, __O_DIRECT) == 0 else {
            route = .throughPageCache
            return
        }
        route = .pastPageCache
        block = .allocate(byteCount: Self.blockSize, alignment: Self.alignment)
    }

    /// Not every file system that allows it can do it, and the end of a file is no whole sector.
    private mutating func enterPageCache() {
        if route == .pastPageCache { _ = fcntl(descriptor, F_SETFL, 0) }
        route = .throughPageCache
    }

    private mutating func announceAll() {
        // Linux begins to write the octets; those that are not on the disk yet stay in memory.
        posix_fadvise(descriptor, off_t(announced), off_t(size - announced), POSIX_FADV_DONTNEED)
        announced = size
    }

    // MARK: Writing

    private mutating func putBlock() throws(SystemError) {
        guard let block, filled > 0 else { return }
        try put(UnsafeRawBufferPointer(start: block, count: filled))
        filled = 0
    }

    private mutating func put(_ octets: UnsafeRawBufferPointer) throws(SystemError) {
        var offset = 0
        while offset < octets.count {
            let written = Glibc.write(descriptor, octets.baseAddress.map { $0 + offset }, octets.count - offset)
            if written < 0 {
                if errno == EINTR { continue }
                guard errno == EINVAL, route == .pastPageCache else { throw .last }
                enterPageCache()
                continue
            }
            offset += written
            // A disk that is nearly full takes less than was asked for.
            if route == .pastPageCache, written % Self.alignment != 0 { enterPageCache() }
        }
        size += octets.count
    }
}
