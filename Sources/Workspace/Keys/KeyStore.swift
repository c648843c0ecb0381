public import DNSModel
public import DNSSEC
public import Diagnostics
import Glibc
import OpenSSLBridge

/// A folder of key files in BIND's format.
public struct KeyStore: Sendable {
    /// The folder.
    public let folder: String
    /// What key files were read as, if they are read more than once.
    private let memory: FileMemory?

    /// Names a folder; it need not exist yet.
    ///
    /// - Parameter memory: What key files were read as, for who reads them more than once.
    public init(folder: String, memory: FileMemory? = nil) {
        self.folder = folder
        self.memory = memory
    }

    /// The keys in the folder, by zone and key tag.
    ///
    /// Private halves that others than their owner can read are refused; a key file that does not read is a finding, not
    /// the end.
    ///
    /// - Parameter zone: The zone whose keys are wanted, or `nil` for all.
    /// - Throws: ``Failure`` of kind `inputMissing` when the folder is there and cannot be listed.
    public func keys(of zone: DomainName?) throws(Failure) -> Diagnosed<[ZoneKey]> {
        var findings: [Diagnostic] = []
        var keys: [ZoneKey] = []
        for name in try fileNames() {
            guard name.hasSuffix(".key"), let parsed = KeyFileName(fileName: name) else { continue }
            if let zone, parsed.owner != zone { continue }
            let result = try key(inFiles: "\(folder)/\(name.dropLast(4))")
            findings += result.diagnostics
            if let key = result.value { keys.append(key) }
        }
        keys.sort {
            $0.owner == $1.owner ? ($0.role.rawValue, $0.keyTag) < ($1.role.rawValue, $1.keyTag) : $0.owner < $1.owner
        }
        return Diagnosed(keys, findings)
    }

    /// One key by the base name of its files.
    public func key(inFiles base: String) throws(Failure) -> Diagnosed<ZoneKey> {
        let publicHalf = KeyFileSource(file: base + ".key", octets: try InputFile.octets(of: base + ".key"))
        var privateHalf: KeyFileSource?
        if InputFile.exists(base + ".private") {
            var status = stat()
            if stat(base + ".private", &status) == 0,
                let finding = KeyFile.permissionFinding(mode: status.st_mode, file: base + ".private")
            {
                return Diagnosed(nil, [finding])
            }
            privateHalf = KeyFileSource(file: base + ".private", octets: try InputFile.octets(of: base + ".private"))
        }
        var state: KeyFileSource?
        if InputFile.exists(base + ".state") {
            state = KeyFileSource(file: base + ".state", octets: try InputFile.octets(of: base + ".state"))
        }
        guard let memory else { return KeyFile.read(publicHalf: publicHalf, privateHalf: privateHalf, state: state) }
        let parts = [publicHalf, privateHalf, state]
        let context = "\(base) \(parts.map { $0?.octets.count ?? -1 })"
        return memory.meaning(of: parts.flatMap { $0?.octets ?? [] }, in: context) {
            KeyFile.read(publicHalf: publicHalf, privateHalf: privateHalf, state: state)
        }
    }

    /// Makes a key and writes its files: the private half first, for its owner alone.
    ///
    /// - Returns: The key and the base name of its files.
    public func create(_ request: KeyRequest) throws(Failure) -> (key: ZoneKey, baseName: String) {
        if let error = Path.createFolder(folder) { throw AtomicFile.cannotWrite(folder, error, "make the folder") }
        let lock = try FileLock.taking(for: "\(folder)/keys")
        defer { _ = lock }
        let taken = Set((try keys(of: request.owner).value ?? []).flatMap(\.occupiedKeyTags))
        let key: ZoneKey
        let privateText: String?
        do {
            key = try ZoneKey.generate(request, avoiding: taken)
            privateText = try KeyFile.privateText(key)
        } catch let error as DiagnosedFailure {
            throw Failure(.badInput, error.diagnostics)
        } catch {
            throw Failure(.cannotWrite, .error("key/generation", "cannot generate a key: \(error)"))
        }
        let base = "\(folder)/\(KeyFileName(key))"
        if let privateText { try AtomicFile.write(privateText, to: base + ".private", mode: 0o600, isSecret: true) }
        try AtomicFile.write(KeyFile.publicText(key), to: base + ".key")
        return (key, base)
    }

    /// The names of the folder's files, sorted; none when there is no such folder.
    private func fileNames() throws(Failure) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw InputFile.missing(folder, .last)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.sorted()
    }
}
