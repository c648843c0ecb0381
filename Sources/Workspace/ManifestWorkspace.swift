public import DNSModel
public import Diagnostics
public import Manifest

/// A manifest and the files around it: the place where intent meets the disk.
public struct ManifestWorkspace: Sendable {
    /// What the operator wants.
    public let manifest: Manifest
    /// The manifest's folder, which relative paths are relative to.
    public let folder: String
    /// What its files were read as.
    let memory = FileMemory()

    /// Reads a manifest.
    ///
    /// - Returns: The workspace, and warnings.
    /// - Throws: ``Failure`` with every mistake when there are errors; of kind `inputMissing` when the file cannot be read.
    public static func open(_ path: String) throws(Failure) -> Diagnosed<ManifestWorkspace> {
        guard InputFile.exists(path) else {
            throw Failure(
                .inputMissing,
                .error(
                    "file/unreadable", at: SourceLocation(file: path), "there is no manifest",
                    hint: "'danectl init DOMAIN' writes one; --manifest or DANECTL_MANIFEST names another"))
        }
        let result = ManifestReader.read(try InputFile.text(of: path), file: path)
        guard let manifest = result.value, !result.hasErrors else { throw Failure(.badInput, result.diagnostics) }
        return Diagnosed(ManifestWorkspace(manifest: manifest, folder: Path.folder(of: path)), result.diagnostics)
    }

    /// A path of the manifest, as the system understands it.
    public func path(_ path: String) -> String { Path.resolve(path, in: folder) }

    /// Zones by name, or all of them when no name is given.
    ///
    /// - Throws: ``Failure`` of kind `badInput` naming what the manifest does not have.
    public func zones(named names: [DomainName]) throws(Failure) -> [ZoneIntent] {
        if names.isEmpty { return manifest.zones }
        var found: [ZoneIntent] = []
        for name in names {
            guard let zone = manifest.zone(named: name) else {
                let known = manifest.zones.map(\.name.presentationFormat)
                let suggestion = Suggestion.closest(to: name.presentationFormat, among: known)
                throw Failure(
                    .badInput,
                    .error(
                        "manifest/unknown-zone", at: SourceLocation(file: manifest.file),
                        "the manifest has no zone \(name)",
                        hint: suggestion.map { "did you mean \($0)?" }
                            ?? "its zones are \(known.joined(separator: ", "))"))
            }
            found.append(zone)
        }
        return found
    }

    /// The key store of a zone.
    public func keyStore(of zone: ZoneIntent) -> KeyStore {
        KeyStore(folder: path(zone.keys.value), memory: memory)
    }
}

extension ManifestWorkspace {
    /// Refuses the name of a certificate that the manifest does not have.
    public func requireCertificate(_ name: String?) throws(Failure) {
        guard let name, manifest.certificate(named: name) == nil else { return }
        let known = manifest.certificates.map(\.name)
        throw Failure(
            .badInput,
            .error(
                "manifest/unknown-certificate", at: SourceLocation(file: manifest.file),
                "the manifest has no certificate '\(name)'",
                hint: Suggestion.closest(to: name, among: known).map { "did you mean '\($0)'?" }
                    ?? (known.isEmpty ? "it has none at all" : "it has \(known.joined(separator: ", "))")))
    }
}
