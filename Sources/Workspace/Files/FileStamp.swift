import Glibc

/// What tells that a file has been written to, or another one put in its place, while it was being read.
struct FileStamp: Equatable {
    private let file: (device: dev_t, number: ino_t)
    private let size: off_t
    /// Seconds and nanoseconds of the last change of the content, and of anything.
    private let times: [Int]

    /// Looks at the file at `path`; `nil` when it is none.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        file = (status.st_dev, status.st_ino)
        size = status.st_size
        times = [status.st_mtim, status.st_ctim].flatMap { [$0.tv_sec, $0.tv_nsec] }
    }

    static func == (left: FileStamp, right: FileStamp) -> Bool {
        left.file == right.file && left.size == right.size && left.times == right.times
    }
}
