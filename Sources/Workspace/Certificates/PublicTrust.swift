import DNSModel
import Glibc
import OpenSSLBridge

/// Whether clients without DANE would accept a chain: the system's own trust store (`SSL_CERT_FILE` names another).
enum PublicTrust {
    private static let files = [
        getenv("SSL_CERT_FILE").map { String(cString: $0) } ?? "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    ]

    /// The trust anchors by subject; empty where there is no store.
    private static let anchors: [DistinguishedName: [Certificate]] = {
        for file in files where InputFile.exists(file) {
            guard let octets = try? InputFile.octets(of: file), let bundle = try? CredentialBundle(octets) else {
                continue
            }
            return Dictionary(grouping: bundle.certificates, by: \.subject)
        }
        return [:]
    }()

    /// Whether a path from leaf upwards ends at an anchor; the dates of the leaf do not count.
    static func trusts(_ path: [Certificate], at now: Timestamp) -> Bool {
        guard let leaf = path.first, let last = path.last else { return false }
        let candidates = (anchors[last.issuer] ?? []) + (anchors[last.subject] ?? [])
        if candidates.isEmpty { return false }
        let time = min(max(now.rawValue, leaf.notBefore), leaf.notAfter)
        let outcome = try? PathVerifier.verify(
            leaf: leaf, intermediates: Array(path.dropFirst()), anchors: candidates, allowsPartialChain: false, at: time
        )
        return outcome?.path != nil
    }
}
