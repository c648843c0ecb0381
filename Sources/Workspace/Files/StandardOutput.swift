import Glibc

/// Standard output as a target of zone files.
enum StandardOutput {
    /// Writes octets.
    static func write(_ octets: UnsafeRawBufferPointer) throws(Failure) {
        var offset = 0
        while offset < octets.count {
            let written = Glibc.write(STDOUT_FILENO, octets.baseAddress.map { $0 + offset }, octets.count - offset)
            if written < 0, errno == EINTR { continue }
            if written < 0 { throw AtomicFile.cannotWrite("<stdout>", .last, "write") }
            offset += written
        }
    }
}
