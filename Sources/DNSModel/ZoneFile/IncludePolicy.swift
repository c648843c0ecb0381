/// Which file an `$INCLUDE` means, and whether it may be read.
///
/// Paths are compared as text: whoever opens the file sees to symbolic links.
public struct IncludePolicy: Sendable, Hashable {
    /// The folder that included files must stay in, or `nil` to allow any file.
    public let folder: String?

    /// Includes must stay within `folder`, which is usually the folder of the zone file.
    public static func within(folder: String) -> IncludePolicy { IncludePolicy(folder: folder) }

    /// Any file may be included.
    public static let anywhere = IncludePolicy(folder: nil)

    private init(folder: String?) { self.folder = folder.map(Self.normalized) }

    /// The path of an included file.
    ///
    /// A relative path is relative to the folder of the file that includes it.
    ///
    /// - Parameters:
    ///   - path: The path as `$INCLUDE` gives it.
    ///   - includingFile: The path of the file that the `$INCLUDE` stands in.
    public func resolve(_ path: String, from includingFile: String) -> Result<String, IncludeRefusal> {
        if path.isEmpty { return .failure(IncludeRefusal("the file name is empty")) }
        if path.utf8.contains(0) { return .failure(IncludeRefusal("the file name holds a NUL octet")) }
        let resolved = Self.normalized(path.hasPrefix("/") ? path : Self.folder(of: includingFile) + "/" + path)
        guard let folder else { return .success(resolved) }
        let isInside =
            switch folder {
            case ".": !resolved.hasPrefix("/") && resolved != ".." && !resolved.hasPrefix("../")
            case "/": resolved.hasPrefix("/")
            default: resolved.hasPrefix(folder + "/")
            }
        guard isInside else {
            return .failure(IncludeRefusal("it is outside the folder '\(folder)', where includes must stay"))
        }
        return .success(resolved)
    }

    /// The folder that a file is in: `.` when the path names none.
    public static func folder(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// The path without `.`, `..` and doubled slashes, as far as text can tell.
    static func normalized(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                if let last = parts.last, last != ".." {
                    parts.removeLast()
                    continue
                }
                if isAbsolute { continue }
            }
            parts.append(part)
        }
        guard !parts.isEmpty else { return isAbsolute ? "/" : "." }
        var joined = ""
        for part in parts {
            if isAbsolute || !joined.isEmpty { joined += "/" }
            joined += String(part)
        }
        return joined
    }
}
