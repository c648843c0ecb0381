import DANE
import DNSModel
import Diagnostics
import Manifest
import OpenSSLBridge
import Rollover

/// The POSH document (RFC 7711) that danectl keeps for a certificate, as it lies on the disk.
struct POSHFile: Sendable {
    /// The certificates that it names, as associations; absent when there is no file.
    var content: Content
    /// For how long it may be believed.
    var expires: TTL

    /// Reads the document.
    ///
    /// - Throws: ``Failure`` when something else lies there, which is not overwritten.
    static func read(_ intent: POSHIntent, in workspace: ManifestWorkspace) throws(Failure) -> POSHFile {
        let path = workspace.path(intent.document.value)
        guard InputFile.exists(path) else { return POSHFile(content: .absent, expires: TTL(0)) }
        let parsed = POSHDocument.parse(try InputFile.octets(of: path), file: path)
        if let document = parsed.value, case .fingerprints(let fingerprints) = document.content {
            let associations = fingerprints.compactMap { fingerprint in
                fingerprint.sha256.map { Association(.fingerprint, $0) }
                    ?? fingerprint.sha512.map { Association(AssociationParameters(3, 0, 2), $0) }
            }
            return POSHFile(content: .tlsa(associations), expires: TTL(document.expires))
        }
        let found = parsed.value == nil ? "something else" : "a reference to another document"
        throw Failure(
            .badInput,
            parsed.diagnostics.filter { $0.severity == .error } + [
                .error(
                    "posh/not-ours", at: SourceLocation(file: path),
                    "'posh' names a file with \(found), which danectl does not overwrite", .rfc(7711, "3"),
                    hint: "name a file of its own in 'document'; documents of tenants may refer to where it is served")
            ])
    }

    /// Writes a document with the certificates that a version names: those of `known` with each digest, in their order.
    static func write(
        _ content: Content, _ intent: POSHIntent, known: [Certificate], in workspace: ManifestWorkspace
    ) throws(Failure) {
        let wanted = content.tlsaRecords.filter { $0.parameters == .fingerprint }.map(\.data)
        var fingerprints: [POSHDocument.Fingerprint] = []
        for certificate in known {
            let fingerprint = POSHDocument.Fingerprint(certificate)
            if let digest = fingerprint.sha256, wanted.contains(digest), !fingerprints.contains(fingerprint) {
                fingerprints.append(fingerprint)
            }
        }
        for digest in wanted where !fingerprints.contains(where: { $0.sha256 == digest }) {
            fingerprints.append(POSHDocument.Fingerprint(sha256: digest, sha512: nil))
        }
        let document = POSHDocument(.fingerprints(fingerprints), expires: intent.expires.rawValue)
        try OutputFile.write(document.json, to: workspace.path(intent.document.value))
    }
}

extension POSHIntent {
    /// The track of its versions.
    var track: TrackID { .document(document.value) }
}
