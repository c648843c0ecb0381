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
        try AtomicFile.write(text, to: path, mode: isSecret ? 0o600 : 0o644, isSecret: isSecret)
    }
}
