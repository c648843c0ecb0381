import Diagnostics
import Glibc
import Manifest
import OpenSSLBridge

/// The files that servers load, and the copies kept aside while they are changed.
struct LiveFiles {
    /// Which of the copies.
    enum Copy: String {
        case new, old, previous
    }

    /// The file of the chain.
    let chainPath: String
    /// The file of the key, or `nil` when the chain's file holds it too.
    let keyPath: String?
    private let folder: String

    init(_ intent: CertificateIntent, in workspace: ManifestWorkspace) {
        chainPath = workspace.path(intent.live.value.chain)
        keyPath = intent.live.value.key.map(workspace.path)
        folder = workspace.state.file("deploy", intent.name)
    }

    /// Writes what shall go live, and what is live, aside.
    func prepare(new: Credential, key: CertificateKey) throws(Failure) {
        let chain = new.chain.map(\.pem).joined()
        let secret: String
        do throws(X509Error) {
            secret = try key.pem()
        } catch {
            throw Failure(.badInput, .error("cert/unreadable", at: SourceLocation(file: new.file), "\(error)"))
        }
        try write(keyPath == nil ? chain + secret : chain, .new, "chain")
        if keyPath != nil { try write(secret, .new, "key") }
        for (path, part) in [(chainPath, "chain"), (keyPath ?? "", "key")] where !path.isEmpty {
            let copy = aside(.old, part)
            if InputFile.exists(path) {
                try write(String(decoding: try InputFile.octets(of: path), as: UTF8.self), .old, part)
            } else {
                unlink(copy)
            }
        }
    }

    /// Puts a copy in the place of the live files, the key first; each file is replaced as a whole.
    ///
    /// Both are written beside their places before either takes it, so that a full disk changes nothing.
    func install(_ copy: Copy) throws(Failure) {
        guard InputFile.exists(aside(copy, "chain")) else {
            // There was nothing before: what was put there goes.
            if copy == .old { for path in [chainPath, keyPath].compactMap({ $0 }) { unlink(path) } }
            return
        }
        var chain = try AtomicFile.replacing(chainPath, mode: keyPath == nil ? 0o600 : 0o644)
        try Self.fill(&chain, from: aside(copy, "chain"))
        if let keyPath, InputFile.exists(aside(copy, "key")) {
            var key = try AtomicFile.replacing(keyPath, mode: 0o600)
            try Self.fill(&key, from: aside(copy, "key"))
            try key.commit()
        }
        try chain.commit()
    }

    /// Removes the copies; what was live before is kept, should the operator want it back.
    ///
    /// - Parameter keepsOld: Whether what is live now has taken the old one's place.
    func discard(keepsOld: Bool) {
        for part in ["chain", "key"] {
            if keepsOld, InputFile.exists(aside(.old, part)) {
                rename(aside(.old, part), aside(.previous, part))
            } else {
                unlink(aside(.old, part))
            }
            unlink(aside(.new, part))
        }
    }

    /// What was live before the present chain, or `nil` when it is not known.
    var previous: CertificateFiles? {
        let chain = aside(.previous, "chain")
        guard InputFile.exists(chain) else { return nil }
        let key = aside(.previous, "key")
        return CertificateFiles(chain: chain, key: InputFile.exists(key) ? key : nil)
    }

    private func aside(_ copy: Copy, _ part: String) -> String { "\(folder)/\(copy.rawValue)-\(part).pem" }

    private func write(_ text: String, _ copy: Copy, _ part: String) throws(Failure) {
        try AtomicFile.write(text, to: aside(copy, part), mode: 0o600, isSecret: true)
    }

    private static func fill(_ file: inout AtomicFile, from path: String) throws(Failure) {
        let octets = try InputFile.octets(of: path)
        var failure: Failure?
        octets.withUnsafeBytes { buffer in
            do throws(Failure) { try file.write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
