import DANE
import DNSModel
import Diagnostics
import Manifest
public import OpenSSLBridge
import Rollover

/// A certificate chain with its key, as servers load them.
struct Credential: Sendable {
    /// The certificates in the file's order, at least one.
    let chain: [Certificate]
    /// The private key, or `nil` when none was there.
    var key: CertificateKey?
    /// The file of the chain.
    let file: String
    /// The path from the server's own certificate upwards.
    let arranged: CertificateChain
    /// Names the chain by all its octets, and its key: `certificate 1a2b3c4d (key 8cb0fc6c)`.
    let label: String

    /// The server's own certificate.
    var leaf: Certificate { arranged.leaf ?? chain[0] }

    /// Joins a chain, arranged, and a key.
    private init(_ arranged: CertificateChain, key: CertificateKey?, file: String) {
        chain = arranged.sent
        self.arranged = arranged
        self.key = key
        self.file = file
        let digest = DigestContext.digest(.sha256, of: chain.flatMap(\.der))
        let leaf = arranged.leaf ?? arranged.sent[0]
        label = "certificate \(KeyLabel.short(digest)) (\(KeyLabel.text(leaf.publicKey)))"
    }

    /// The SHA-256 digest of the server's public key, in hexadecimal.
    var keyDigest: String { Hex.encode(DigestContext.digest(.sha256, of: leaf.publicKey.der)).lowercased() }

    /// Reads chain and key.
    ///
    /// - Parameters:
    ///   - files: The paths as the manifest has them.
    ///   - workspace: What the paths are relative to.
    ///   - needsKey: Whether a missing key is an error; staged chains may come without, when danectl keeps the key.
    /// - Returns: `nil` when there is no file of the chain.
    static func read(
        _ files: CertificateFiles, in workspace: ManifestWorkspace, needsKey: Bool
    ) throws(Failure) -> Credential? {
        let path = workspace.path(files.chain)
        guard InputFile.exists(path) else { return nil }
        let (bundle, arranged) = try CredentialFile.read(path, rememberedBy: workspace.memory)
        guard !bundle.certificates.isEmpty else {
            throw Failure(
                .badInput, .error("cert/none", at: SourceLocation(file: path), "there is no certificate in the file"))
        }
        var key = bundle.privateKeys.first
        if let keyFile = files.key.map(workspace.path), needsKey || InputFile.exists(keyFile) {
            let keys = try CredentialFile.read(keyFile, rememberedBy: workspace.memory).bundle
            guard let found = keys.privateKeys.first else {
                throw Failure(
                    .badInput,
                    .error("cert/no-key", at: SourceLocation(file: keyFile), "there is no private key in the file"))
            }
            key = found
        }
        return Credential(arranged, key: key, file: path)
    }
}

/// Files with certificates, keys and requests in any of the usual forms.
public enum CredentialFile {
    /// Reads a file: PEM, DER, PKCS #7 or PKCS #12; `-` is standard input.
    ///
    /// - Throws: ``Failure`` naming the file and what is wrong with it.
    public static func read(_ path: String, passphrase: String?) throws(Failure) -> CredentialBundle {
        try read(try InputFile.octets(of: path), of: path, passphrase: passphrase)
    }

    /// Reads a file without passphrase, and puts its certificates in order; what it means is recalled when its octets are
    /// known.
    static func read(
        _ path: String, rememberedBy memory: FileMemory
    ) throws(Failure) -> (bundle: CredentialBundle, arranged: CertificateChain) {
        let octets = try InputFile.octets(of: path)
        let meaning = try memory.meaning(of: octets) { () throws(Failure) in
            let bundle = try read(octets, of: path, passphrase: nil)
            return Meaning(bundle: bundle, arranged: CertificateChain(bundle.certificates))
        }
        return (meaning.bundle, meaning.arranged)
    }

    private struct Meaning: Sendable {
        let bundle: CredentialBundle
        let arranged: CertificateChain
    }

    private static func read(
        _ octets: [UInt8], of path: String, passphrase: String?
    ) throws(Failure) -> CredentialBundle {
        do throws(X509Error) {
            return try CredentialBundle(octets, passphrase: passphrase)
        } catch {
            var hint: String?
            if case .encrypted = error { hint = "--passphrase-file names a file with the passphrase" }
            throw Failure(
                .badInput, .error("cert/unreadable", at: SourceLocation(file: path), error.description, hint: hint))
        }
    }

    /// The first line of a file, as a passphrase.
    public static func passphrase(inFile path: String) throws(Failure) -> String {
        let text = try InputFile.text(of: path)
        return String(text.prefix { !$0.isNewline })
    }
}

/// Short names of keys and certificates, for people.
enum KeyLabel {
    /// The first eight hexadecimal digits.
    static func short(_ digest: [UInt8]) -> String { Hex.encode(digest.prefix(4)).lowercased() }

    /// `key 8cb0fc6c`: the beginning of what `3 1 1` publishes.
    static func text(_ key: SubjectPublicKeyInfo) -> String {
        "key \(short(DigestContext.digest(.sha256, of: key.der)))"
    }
}
