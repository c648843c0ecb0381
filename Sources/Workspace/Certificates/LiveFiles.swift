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
            if let text = PreparedFile.linkText(of: path) {
                try write(text, .old, part + "-link")
            } else {
                unlink(aside(.old, part + "-link"))
            }
        }
    }

    /// Puts a copy in the place of the live files, the key first and the chain at once after it.
    ///
    /// Both lie on the disk beside their places before either takes it, so that a full disk changes nothing; when the
    /// second cannot take its place, the first goes back.
    func install(_ copy: Copy) throws(Failure) {
        guard InputFile.exists(aside(copy, "chain")) || copy == .old && InputFile.exists(aside(.old, "chain-link"))
        else {
            // There was nothing before: what was put there goes.
            if copy == .old { for path in [chainPath, keyPath].compactMap({ $0 }) { unlink(path) } }
            return
        }
        let chain = try prepared(copy, "chain", at: chainPath, mode: keyPath == nil ? 0o600 : 0o644)
        defer { chain.finish() }
        let hasKey =
            InputFile.exists(aside(copy, "key")) || copy == .old && InputFile.exists(aside(.old, "key-link"))
        guard let keyPath, hasKey else {
            try chain.put()
            return
        }
        let key = try prepared(copy, "key", at: keyPath, mode: 0o600)
        defer { key.finish() }
        key.keep()
        try key.put()
        do throws(Failure) {
            try chain.put()
        } catch {
            key.undo()
            throw error
        }
    }

    /// A copy, or for what was there before the link that was there, ready to take its place.
    private func prepared(
        _ copy: Copy, _ part: String, at path: String, mode: mode_t
    ) throws(Failure) -> PreparedFile {
        let link = aside(.old, part + "-link")
        if copy == .old, InputFile.exists(link) {
            return try PreparedFile.leading(to: try InputFile.text(of: link), at: path)
        }
        return try PreparedFile.holding(try InputFile.octets(of: aside(copy, part)), at: path, mode: mode)
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
            let link = aside(.old, part + "-link")
            let before = InputFile.exists(link) ? try? InputFile.text(of: link) : nil
            unlink(link)
            guard keepsOld, let path = part == "key" ? keyPath : chainPath else { continue }
            PreparedFile.removeVersions(behind: path, keeping: before)
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
}
