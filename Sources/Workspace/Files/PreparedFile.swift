import DNSModel
import Diagnostics
import Glibc
import OpenSSLBridge

/// Something that lies ready to take the place of a live file by one rename: a file, or where a symbolic link stands, a
/// link to a file of its own.
///
/// Several can be prepared and then put in their places back to back, so that the moment in which they do not belong
/// together is as short as the system allows. Where a link stood, the file that it led to is left alone: it may be an
/// ACME client's.
struct PreparedFile {
    /// What is replaced.
    let path: String
    private let temporaryPath: String
    /// What stood there, under another name until all is done.
    private let keptPath: String

    private static let oldMarker = ".danectl-old."

    /// Writes octets beside a live file.
    ///
    /// - Parameters:
    ///   - octets: What it shall hold.
    ///   - path: The file to replace.
    ///   - mode: The permissions of a new file; one that is there passes on its own.
    static func holding(_ octets: [UInt8], at path: String, mode: mode_t) throws(Failure) -> PreparedFile {
        guard linkText(of: path) != nil else {
            let target = Path.followingLinks(path)
            let file = try PreparedFile.file(octets, target, mode)
            return PreparedFile(path: target, temporaryPath: file)
        }
        var old = stat()
        let hasOld = stat(path, &old) == 0
        let digest = DigestContext.digest(.sha256, of: octets)
        let version = path + versionMarker + Hex.encode(digest.prefix(4)).lowercased()
        let file = try PreparedFile.file(octets, version, hasOld ? old.st_mode & 0o7777 : mode)
        if hasOld, old.st_uid != geteuid() || old.st_gid != getegid() { _ = chown(file, old.st_uid, old.st_gid) }
        guard rename(file, version) == 0 else { throw AtomicFile.cannotWrite(version, .last, "write the file") }
        return try leading(to: Path.name(of: version), at: path)
    }

    /// Makes a link beside the one at `path`.
    static func leading(to text: String, at path: String) throws(Failure) -> PreparedFile {
        AtomicFile.removeLeftovers(of: path)
        let link = AtomicFile.temporaryPath(for: path, process: getpid())
        guard symlink(text, link) == 0 else { throw AtomicFile.cannotWrite(path, .last, "make a link beside it") }
        return PreparedFile(path: path, temporaryPath: link)
    }

    /// What a symbolic link says, or `nil` when there is none at `path`.
    static func linkText(of path: String) -> String? {
        var octets = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = octets.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), buffer.count) } ?? 0
        }
        return count > 0 ? String(decoding: octets[..<count], as: UTF8.self) : nil
    }

    private init(path: String, temporaryPath: String) {
        self.path = path
        self.temporaryPath = temporaryPath
        keptPath = AtomicFile.temporaryPath(for: path, process: getpid(), marker: Self.oldMarker)
    }

    private static func file(_ octets: [UInt8], _ path: String, _ mode: mode_t) throws(Failure) -> String {
        var file = try AtomicFile.replacing(path, mode: mode)
        var failure: Failure?
        octets.withUnsafeBytes { buffer in
            do throws(Failure) { try file.write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        return try file.leave()
    }

    // MARK: Places

    /// Keeps what stands at the path under another name, without taking it away.
    func keep() {
        AtomicFile.removeLeftovers(of: path, marker: Self.oldMarker)
        // A hard link, to the link itself where it is one.
        link(path, keptPath)
    }

    /// Takes the path's place, by one rename.
    func put() throws(Failure) {
        guard rename(temporaryPath, path) == 0 else { throw AtomicFile.cannotWrite(path, .last, "replace the file") }
    }

    /// Brings back what stood there before ``put()``.
    func undo() {
        if rename(keptPath, path) != 0 { unlink(path) }
    }

    /// Forgets what was prepared or kept, and brings the folder to the disk.
    func finish() {
        unlink(temporaryPath)
        unlink(keptPath)
        AtomicFile.synchronize(folder: Path.folder(of: path))
    }

    // MARK: Versions behind a link

    private static let versionMarker = ".danectl-"

    /// Removes files that links of ours once led to, but for the one in use and the one before it.
    static func removeVersions(behind path: String, keeping before: String?) {
        guard let text = linkText(of: path), let stream = opendir(Path.folder(of: path)) else { return }
        defer { closedir(stream) }
        let prefix = Path.name(of: path) + versionMarker
        var stale: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(prefix), name != text, name != before { stale.append(name) }
        }
        for name in stale { unlink("\(Path.folder(of: path))/\(name)") }
    }
}
