import Glibc

/// Paths as texts: joining and taking apart, without asking the disk.
public enum Path {
    /// `path`, relative to `folder` unless it is absolute or standard input/output.
    public static func resolve(_ path: String, in folder: String) -> String {
        if path.hasPrefix("/") || folder.isEmpty || folder == "." || path == "-" { return path }
        return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }

    /// The folder of a path: `a/b` of `a/b/c`, `.` of `c`.
    public static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last component of a path.
    public static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// The path with symbolic links followed, or as it is when nothing stands there yet.
    static func followingLinks(_ path: String) -> String {
        real(path) ?? path
    }

    /// The absolute path with symbolic links followed, or `nil` when nothing stands there.
    static func real(_ path: String) -> String? {
        // Into memory of our own: so nothing has to be freed that the C library allocated.
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            realpath(path, buffer.baseAddress).map { String(cString: $0) }
        }
    }

    /// Creates a folder and those above it.
    ///
    /// - Returns: What the system said, or `nil` when the folder is there now.
    static func createFolder(_ path: String) -> SystemError? {
        if path.isEmpty || path == "." || path == "/" || mkdir(path, 0o755) == 0 || errno == EEXIST { return nil }
        guard errno == ENOENT else { return .last }
        if let error = createFolder(folder(of: path)) { return error }
        return mkdir(path, 0o755) == 0 || errno == EEXIST ? nil : .last
    }
}
