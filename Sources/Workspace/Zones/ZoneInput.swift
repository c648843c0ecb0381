public import DNSModel
public import Diagnostics
import Glibc

/// Zone files from the disk: the text, its includes, and the zone it says.
public struct ZoneInput: Sendable {
    /// The text of the zone file.
    public let source: ZoneFileSource
    /// What it is read with.
    public let options: ZoneFileOptions

    /// Opens a zone file.
    ///
    /// - Parameters:
    ///   - path: The file; `-` is standard input.
    ///   - origin: What relative names are relative to until the file says `$ORIGIN`.
    ///   - allowsIncludesOutsideFolder: Whether `$INCLUDE` may leave the file's folder.
    ///   - workers: The threads that may read.
    /// - Throws: ``Failure`` of kind `inputMissing` when the file cannot be read.
    public init(
        _ path: String, origin: DomainName?, allowsIncludesOutsideFolder: Bool = false, workers: Workers
    ) throws(Failure) {
        source = ZoneFileSource(try MappedFile.octets(of: path), name: path == "-" ? "<stdin>" : path)
        let policy: IncludePolicy =
            allowsIncludesOutsideFolder ? .anywhere : .within(folder: Path.followingLinks(Path.folder(of: path)))
        options = ZoneFileOptions(origin: origin, workers: workers) { included, includingFile in
            Self.include(included, from: includingFile, policy: policy)
        }
    }

    /// The zone, and everything that was found while reading it.
    public func read() -> Diagnosed<Zone> { ZoneFileReader.read(source, options: options) }

    /// The zone.
    ///
    /// - Throws: ``Failure`` of kind `badInput` with all findings when there are errors.
    public func zone() throws(Failure) -> (zone: Zone, diagnostics: [Diagnostic]) {
        let result = read()
        guard let zone = result.value, !result.hasErrors else { throw Failure(.badInput, result.diagnostics) }
        return (zone, result.diagnostics)
    }

    /// Finds where records stand in the text, which is read again when the first one is asked for.
    func makeLocator() -> ZoneCheck.Locate {
        let locator = RecordLocator(source, options: options)
        return { locator.location(of: $0, type: $1, rdata: $2) }
    }

    /// Reads an included file; the policy compares real paths, so that a symbolic link leads nowhere it may not.
    private static func include(
        _ path: String, from includingFile: String, policy: IncludePolicy
    ) -> Result<ZoneFileSource, IncludeRefusal> {
        let plain = IncludePolicy.anywhere.resolve(path, from: includingFile)
        guard case .success(let target) = plain else { return plain.map { _ in ZoneFileSource("", name: "") } }
        if case .failure(let refusal) = policy.resolve(absolute(target), from: "/") { return .failure(refusal) }
        do throws(Failure) {
            return .success(ZoneFileSource(try MappedFile.octets(of: target), name: target))
        } catch {
            return .failure(IncludeRefusal(error.diagnostics.first?.message ?? "it cannot be read"))
        }
    }

    /// The real path of a file, or of the folder that it would be in.
    private static func absolute(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        return Path.resolve(Path.name(of: path), in: Path.followingLinks(Path.folder(of: path)))
    }
}
