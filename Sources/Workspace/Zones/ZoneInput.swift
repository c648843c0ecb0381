public import DNSModel
public import Diagnostics

/// Zone files from the disk: the text, its includes, and the zone it says.
public struct ZoneInput: Sendable {
    /// The text of the zone file.
    public let source: ZoneFileSource
    /// What it is read with.
    public internal(set) var options: ZoneFileOptions

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
        self.init(
            try MappedFile.octets(of: path), path: path, origin: origin,
            allowsIncludesOutsideFolder: allowsIncludesOutsideFolder, workers: workers)
    }

    /// Wraps the octets of a zone file.
    init(
        _ octets: ZoneFileOctets, path: String, origin: DomainName?, allowsIncludesOutsideFolder: Bool = false,
        workers: Workers
    ) {
        source = ZoneFileSource(octets, name: path == "-" ? "<stdin>" : path)
        let mainFile = path
        let policy: IncludePolicy =
            allowsIncludesOutsideFolder ? .anywhere : .within(folder: Path.followingLinks(Path.folder(of: path)))
        options = ZoneFileOptions(origin: origin, workers: workers) { included, includingFile in
            // Relative to the including file; and, as BIND and others have it, to where reading began.
            let near = Self.include(included, from: includingFile, policy: policy)
            guard case .failure = near, includingFile != mainFile else { return near }
            let far = Self.include(included, from: mainFile, policy: policy)
            if case .success = far { return far }
            return near
        }
    }

    /// The zone, and everything that was found while reading it.
    public func read() -> Diagnosed<Zone> { ZoneFileReader.read(source, options: options) }

    /// The zone.
    ///
    /// - Throws: ``Failure`` of kind `badInput` with all findings when there are errors.
    public func zone() throws(Failure) -> (zone: Zone, diagnostics: [Diagnostic]) {
        let result = try outlinedZone()
        return (result.zone, result.diagnostics)
    }

    /// The zone, and the outline of its text where ``options`` ask for one and the text is plain.
    ///
    /// - Throws: ``Failure`` of kind `badInput` with all findings when there are errors.
    func outlinedZone() throws(Failure) -> (zone: Zone, outline: TextOutline?, diagnostics: [Diagnostic]) {
        let result = ZoneFileReader.readOutlined(source, options: options)
        guard let (zone, outline) = result.value, !result.hasErrors else {
            throw Failure(.badInput, result.diagnostics)
        }
        return (zone, outline, result.diagnostics)
    }

    /// The zone, recalled when the file's octets are known; a file with includes is read anew each time.
    ///
    /// - Throws: ``Failure`` of kind `badInput` with all findings when there are errors.
    func zone(rememberedBy memory: FileMemory) throws(Failure) -> Zone {
        let octets = UnsafeRawBufferPointer(source.octets.buffer)
        guard octets.count <= FileMemory.largestFile, !Self.hasIncludes(octets) else { return try zone().zone }
        let context = options.origin?.presentationFormat ?? ""
        return try memory.meaning(of: octets, in: context) { () throws(Failure) in try zone().zone }
    }

    /// Whether a text may name other files.
    private static func hasIncludes(_ octets: UnsafeRawBufferPointer) -> Bool {
        var rest = octets[...]
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            rest = rest[(dollar + 1)...]
            if let next = rest.first, next | 0x20 == UInt8(ascii: "i") { return true }
        }
        return false
    }

    /// The records of any file, zone or not, in canonical order: for looking at them.
    ///
    /// - Returns: The records under the SOA's owner as apex, or else ``ZoneFileOptions/origin``, or else the root.
    /// - Throws: ``Failure`` of kind `badInput` with all findings when there are errors.
    public func records() throws(Failure) -> (zone: Zone, diagnostics: [Diagnostic]) {
        let result = ZoneFileReader.readRecords(source, options: options)
        guard let records = result.value, !result.hasErrors, records.count > 0 else {
            let empty = Diagnostic.error(
                "zonefile/empty", at: SourceLocation(file: source.name), "the file has no records", .rfc(1035, "5.1"))
            throw Failure(.badInput, result.hasErrors ? result.diagnostics : result.diagnostics + [empty])
        }
        let apex = records.soaOwner ?? options.origin ?? .root
        let zone = Zone(
            apex: apex, rrClass: records.rrClass, batches: records.batches, store: records.store,
            workers: options.workers)
        var diagnostics = result.diagnostics
        if records.soaOwner == nil {
            diagnostics.append(
                .warning(
                    "zonefile/no-soa", at: SourceLocation(file: source.name),
                    "the file has no SOA record: it is no whole zone",
                    .rfc(1035, "5.2")))
        }
        return (zone, diagnostics)
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
        Path.real(path) ?? Path.resolve(Path.name(of: path), in: Path.followingLinks(Path.folder(of: path)))
    }
}
