import Glibc

/// A file that is about to be replaced, and need not be kept in memory any more.
///
/// The kernel keeps what was read of a file until it has other use for the memory or the file is gone. To take hundreds of
/// megabytes away takes it a tenth of a second, which is better spent while the new file is on its way to the disk than
/// when it takes the old one's place.
struct ReplacedFile: ~Copyable {
    private let descriptor: Int32
    /// How many octets need not be kept.
    private var forgotten = 0

    /// What is forgotten at a time: many of the kernel's units, which it takes away whole or not at all.
    private static let step = 16 << 20

    /// Opens the file at `path`; `nil` when that cannot be.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Tells that the first `count` octets will not be read again. Only a hint: what is read all the same comes from the
    /// disk.
    mutating func forget(upTo count: Int) {
        guard count - forgotten >= Self.step else { return }
        posix_fadvise(descriptor, off_t(forgotten), off_t(count - forgotten), POSIX_FADV_DONTNEED)
        forgotten = count
    }
}
