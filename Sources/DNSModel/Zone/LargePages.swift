#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Asks the kernel for large pages: a zone of millions of records is read all over the place, and with small pages every
/// other read would miss the processor's table of pages too.
enum LargePages {
    private static let size = 2 << 20

    /// Advises that memory, not yet touched, is to be made of large pages where it covers them whole.
    ///
    /// Only a hint: where it cannot be followed, nothing else changes.
    static func advise(_ start: UnsafeMutableRawPointer?, count: Int) {
        #if os(Linux)
            guard let start, count >= 2 * size else { return }
            let address = UInt(bitPattern: start)
            let first = (address + 4095) & ~4095
            guard let aligned = UnsafeMutableRawPointer(bitPattern: first) else { return }
            madvise(aligned, (count - Int(first - address)) & ~4095, MADV_HUGEPAGE)
        #endif
    }
}
