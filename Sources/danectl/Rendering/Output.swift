import Glibc

/// Results, on standard output.
enum Output {
    /// Writes text.
    static func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    /// Writes octets; a reader that has gone away ends the process quietly, as a pipe's writer should.
    static func write(_ octets: UnsafeRawBufferPointer) {
        var offset = 0
        while offset < octets.count {
            let written = Glibc.write(STDOUT_FILENO, octets.baseAddress.map { $0 + offset }, octets.count - offset)
            if written < 0, errno == EINTR { continue }
            if written <= 0 { exit(errno == EPIPE ? 0 : 73) }
            offset += written
        }
    }
}
