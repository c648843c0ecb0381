import Diagnostics
import Glibc

/// Reads whole files.
public enum InputFile {
    /// The octets of a file; `-` is standard input.
    ///
    /// - Throws: ``Failure`` of kind `inputMissing` when it cannot be read, naming the reason.
    public static func octets(of path: String) throws(Failure) -> [UInt8] {
        let descriptor = try open(path)
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw missing(path, .last) }
        let kind = status.st_mode & S_IFMT
        if kind == S_IFDIR { throw missing(path, SystemError(code: EISDIR)) }
        var octets: [UInt8] = []
        let expected = kind == S_IFREG ? Int(status.st_size) : 0
        octets.reserveCapacity(expected + 1)
        while true {
            let room = max(65_536, expected - octets.count + 1)
            var failed: SystemError?
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var got = read(descriptor, buffer.baseAddress, room)
                while got < 0, errno == EINTR { got = read(descriptor, buffer.baseAddress, room) }
                if got < 0 { failed = .last }
                count = max(0, got)
            }
            if let failed { throw missing(path, failed) }
            if chunk.isEmpty {
                if octets.isEmpty, kind == S_IFIFO, path != "-" {
                    throw missing(path, reason: "it is a pipe that nobody writes to")
                }
                return octets
            }
            if kind == S_IFCHR, octets.count > deviceLimit, path != "-" {
                throw missing(path, reason: "it is a device that does not end")
            }
            if octets.isEmpty { octets = chunk } else { octets.append(contentsOf: chunk) }
        }
    }

    /// The text of a file, which must be UTF-8.
    public static func text(of path: String) throws(Failure) -> String {
        let octets = try octets(of: path)
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw Failure(
                .badInput, .error("file/not-text", at: SourceLocation(file: path), "the file is not UTF-8 text"))
        }
        return text
    }

    /// What a device may give: no certificate, key or zone comes from one, but somebody may type at a terminal.
    private static let deviceLimit = 16 << 20

    /// Whether something stands at a path.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether a symbolic link stands at a path, wherever it leads.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Whether a file, not a folder, stands at a path.
    public static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    /// Whether every user of the machine may read a file.
    static func isReadableByAll(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IROTH != 0
    }

    private static func open(_ path: String) throws(Failure) -> Int32 {
        if path == "-" { return STDIN_FILENO }
        return try descriptor(path)
    }

    /// Opens a file to read from; never waits for somebody to write to a named pipe.
    static func descriptor(_ path: String) throws(Failure) -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw missing(path, .last) }
        // Who has opened the other end is waited for.
        let flags = fcntl(descriptor, F_GETFL)
        if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) }
        return descriptor
    }

    /// An input that is not there or cannot be read.
    static func missing(_ path: String, _ error: SystemError) -> Failure { missing(path, reason: error.reason) }

    private static func missing(_ path: String, reason: String) -> Failure {
        Failure(
            .inputMissing, .error("file/unreadable", at: SourceLocation(file: path), "cannot read the file: \(reason)"))
    }
}

extension InputFile {
    /// A path that means the same in every folder.
    public static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        let folder = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            getcwd(buffer.baseAddress, buffer.count).map { String(cString: $0) }
        }
        guard let folder else { return path }
        return Path.resolve(path.hasPrefix("./") ? String(path.dropFirst(2)) : path, in: folder)
    }
}
