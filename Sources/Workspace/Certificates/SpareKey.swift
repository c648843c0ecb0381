import DNSModel
import Diagnostics
import Glibc
import Manifest
import OpenSSLBridge

/// The next key of a certificate, which exists and is published long before it is needed (RFC 7671 §8.1).
///
/// It lives in `state/spare/NAME.key`, readable by its owner alone.
enum SpareKey {
    /// The file of a certificate's spare key.
    static func file(of name: String, in workspace: ManifestWorkspace) -> String {
        workspace.state.file("spare", name) + ".key"
    }

    /// The spare key, or `nil` when there is none.
    ///
    /// - Throws: ``Failure`` when the file is there and is no key, or when others may read it.
    static func read(of name: String, in workspace: ManifestWorkspace) throws(Failure) -> CertificateKey? {
        let path = file(of: name, in: workspace)
        guard InputFile.exists(path) else { return nil }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
            throw Failure(
                .badInput,
                .error(
                    "cert/key-readable", at: SourceLocation(file: path),
                    "others than the owner may read the private key",
                    hint: "chmod 600 \(path); when somebody may have read it, remove it: danectl makes another"))
        }
        guard let key = try CredentialFile.read(path, rememberedBy: workspace.memory).bundle.privateKeys.first else {
            throw Failure(
                .badInput, .error("cert/no-key", at: SourceLocation(file: path), "there is no private key in the file"))
        }
        return key
    }

    /// Makes a spare key of the same kind as the key in use.
    static func make(
        for name: String, like model: SubjectPublicKeyInfo?, in workspace: ManifestWorkspace
    ) throws(Failure) -> CertificateKey {
        let path = file(of: name, in: workspace)
        let pem: String
        let key: CertificateKey
        do throws(X509Error) {
            key = try CertificateKey.generate(kind(like: model))
            pem = try key.pem()
        } catch {
            throw Failure(.cannotWrite, .error("key/generation", at: SourceLocation(file: path), "\(error)"))
        }
        try AtomicFile.write(pem, to: path, mode: 0o600, isSecret: true)
        return key
    }

    /// The kind of key to make: as the one in use, P-256 where that is nothing to go by.
    static func kind(like model: SubjectPublicKeyInfo?) -> CertificateKey.Kind {
        switch model?.kind {
        case .rsa(let bits)?: .rsa(bits: min(max(bits, 2_048), 8_192))
        case .ec("P-384", _)?: .ecP384
        case .ed25519?: .ed25519
        default: .ecP256
        }
    }
}
