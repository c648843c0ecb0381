import Diagnostics
import Glibc

/// The right to work on a file, held by one process at a time; it ends with the process, whatever happens to it.
struct FileLock: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// Takes the lock for working on `target`.
    ///
    /// - Throws: ``Failure`` of kind `tooEarly` when another process holds it, of kind `cannotWrite` when the lock file cannot
    ///   be made.
    static func taking(for target: String) throws(Failure) -> FileLock {
        let folder = Path.folder(of: Path.followingLinks(target))
        if let error = Path.createFolder(folder) { throw AtomicFile.cannotWrite(folder, error, "make the folder") }
        let path = "\(folder)/.\(Path.name(of: target)).lock"
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw AtomicFile.cannotWrite(path, .last, "make the lock file") }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw Failure(
                    .tooEarly,
                    .error(
                        "file/locked", at: SourceLocation(file: target), "another danectl is at work on this file",
                        hint: "let it finish and run again"))
            }
            // The holder before us may have removed the file between our open and our lock: then it locks nobody out.
            var held = stat()
            var named = stat()
            if fstat(descriptor, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino {
                return FileLock(descriptor: descriptor, path: path)
            }
            close(descriptor)
        }
    }

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        unlink(path)
        close(descriptor)
    }
}
