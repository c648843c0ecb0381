import Diagnostics
package import Glibc

/// A file that is replaced as a whole or not at all.
///
/// What is written goes to a new file beside the old one; ``commit()`` brings it to the disk, puts it in the old one's
/// place and brings the folder to the disk. Whenever the process or the machine dies, the path names the old file or the
/// new one, whole. A value that is dropped without ``commit()`` removes what it wrote.
package struct AtomicFile: ~Copyable {
    private let path: String
    private let temporaryPath: String
    private var output: FileOutput
    private var isCommitted = false

    /// Begins to replace the file at `path`; its folder is made when it is not there.
    ///
    /// - Parameters:
    ///   - path: The file to replace; a symbolic link is followed, so that the link stays.
    ///   - mode: The permissions of a new file. A file that is there keeps its permissions and, as far as allowed, owner,
    ///     unless `isSecret`.
    ///   - isSecret: Whether `mode` holds in any case.
    package static func replacing(
        _ path: String, mode: mode_t = 0o644, isSecret: Bool = false
    ) throws(Failure) -> AtomicFile {
        let target = Path.followingLinks(path)
        let folder = Path.folder(of: target)
        if let error = Path.createFolder(folder) { throw Self.cannotWrite(folder, error, "make the folder") }
        var old = stat()
        let hasOld = stat(target, &old) == 0
        if hasOld, old.st_mode & S_IFMT != S_IFREG {
            let kind = old.st_mode & S_IFMT == S_IFDIR ? "a directory" : "a device, pipe or socket"
            throw Failure(
                .cannotWrite,
                .error(
                    "file/unwritable", at: SourceLocation(file: path),
                    "cannot replace the file: found \(kind), expected a regular file or nothing",
                    hint: "name a file; '-' is standard output where a command can write there"))
        }
        Self.removeLeftovers(of: target)
        let temporaryPath = Self.temporaryPath(for: target, process: getpid())
        let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isSecret ? mode : 0o600)
        guard descriptor >= 0 else { throw Self.cannotWrite(path, .last, "write a new file beside it") }
        if !isSecret {
            if hasOld, old.st_uid != geteuid() || old.st_gid != getegid() {
                _ = fchown(descriptor, old.st_uid, old.st_gid)
            }
            let current = umask(0)
            umask(current)
            fchmod(descriptor, hasOld ? old.st_mode & 0o7777 : mode & ~current)
        }
        return AtomicFile(path: target, temporaryPath: temporaryPath, descriptor: descriptor)
    }

    private init(path: String, temporaryPath: String, descriptor: Int32) {
        self.path = path
        self.temporaryPath = temporaryPath
        output = FileOutput(descriptor)
    }

    deinit {
        if !isCommitted { unlink(temporaryPath) }
    }

    /// The name of the new file until it is committed.
    var newPath: String { temporaryPath }

    /// Appends octets.
    mutating func write(_ octets: UnsafeRawBufferPointer) throws(Failure) {
        do throws(SystemError) { try output.write(octets) } catch { throw Self.cannotWrite(path, error, "write") }
    }

    /// Lets the disk begin with what was written: while it is being judged, say.
    mutating func announce() throws(Failure) {
        do throws(SystemError) { try output.announce() } catch { throw Self.cannotWrite(path, error, "write") }
    }

    /// Brings the octets to the disk and puts the new file in the old one's place.
    consuming func commit() throws(Failure) {
        try synchronize()
        guard rename(temporaryPath, path) == 0 else { throw Self.cannotWrite(path, .last, "replace the file") }
        isCommitted = true
        Self.synchronize(folder: Path.folder(of: path))
    }

    /// Brings the octets to the disk and leaves the new file where it is, for the caller to put in its place.
    ///
    /// - Returns: The new file's path.
    consuming func leave() throws(Failure) -> String {
        try synchronize()
        isCommitted = true
        return temporaryPath
    }

    private mutating func synchronize() throws(Failure) {
        do throws(SystemError) { try output.synchronize() } catch {
            throw Self.cannotWrite(path, error, "bring the file to the disk")
        }
    }

    /// Writes a whole small file.
    static func write(_ text: String, to path: String, mode: mode_t = 0o644, isSecret: Bool = false) throws(Failure) {
        var file = try AtomicFile.replacing(path, mode: mode, isSecret: isSecret)
        let octets = Array(text.utf8)
        var failure: Failure?
        octets.withUnsafeBytes { buffer in
            do throws(Failure) { try file.write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        try file.commit()
    }

    /// Brings a folder's entries to the disk; file systems that cannot are left alone.
    static func synchronize(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// The name under which something new lies beside `path` until it takes its place.
    static func temporaryPath(for path: String, process: pid_t, marker: String = ".danectl-new.") -> String {
        "\(Path.folder(of: path))/.\(Path.name(of: path))\(marker)\(process)"
    }

    /// Removes what runs that were killed left beside `path`.
    static func removeLeftovers(of path: String, marker: String = ".danectl-new.") {
        let folder = Path.folder(of: path)
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        let prefix = ".\(Path.name(of: path))\(marker)"
        var stale: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count)) else { continue }
            if process == getpid() || (kill(process, 0) != 0 && errno == ESRCH) { stale.append("\(folder)/\(name)") }
        }
        for path in stale { unlink(path) }
    }

    static func cannotWrite(_ path: String, _ error: SystemError, _ verb: String) -> Failure {
        Failure(
            .cannotWrite,
            .error(
                "file/unwritable", at: SourceLocation(file: path), "cannot \(verb): \(error.reason)",
                hint: "what was there before is untouched"))
    }
}
