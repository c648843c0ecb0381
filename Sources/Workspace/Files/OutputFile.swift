import Glibc

/// Writes whole files, each in the place of the old one.
public enum OutputFile {
    /// Writes text; `-` is standard output.
    public static func write(_ text: String, to path: String, isSecret: Bool = false) throws(Failure) {
        if path == "-" {
            let octets = Array(text.utf8)
            var failure: Failure?
            octets.withUnsafeBytes { buffer in
                do throws(Failure) { try StandardOutput.write(buffer) } catch { failure = error }
            }
            if let failure { throw failure }
            return
        }
        if try writesThrough(text, path) { return }
        try AtomicFile.write(text, to: path, mode: isSecret ? 0o600 : 0o644, isSecret: isSecret)
    }

    /// Writes into a device or a pipe, which are not replaced; `false` when the path is neither.
    private static func writesThrough(_ text: String, _ path: String) throws(Failure) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, [S_IFCHR, S_IFIFO].contains(status.st_mode & S_IFMT) else { return false }
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AtomicFile.cannotWrite(path, .last, "write") }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                throw AtomicFile.cannotWrite(path, .last, "write")
            }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
