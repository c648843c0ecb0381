public import DNSModel
public import Diagnostics
public import OpenSSLBridge

/// What a certificate is for, and so what it must say.
public enum CertificateProfile: Sendable, Hashable {
    /// An XMPP server's certificate (RFC 6120 §13.7.1.2): the service domains it serves, the SRV targets it stands at,
    /// and whether it also takes part in server-to-server links.
    case xmppServer(domains: [DomainName], targets: [DomainName], services: [String])
    /// Any other TLS server's: the host names.
    case tlsServer(hosts: [DomainName])
    /// End-to-end certificates of accounts, and the authorities that issue them (XEP-0416).
    case xep0416

    /// An XMPP server with clients and with links to other servers.
    public static func xmpp(domains: [DomainName], targets: [DomainName] = []) -> Self {
        .xmppServer(domains: domains, targets: targets, services: ["xmpp-client", "xmpp-server"])
    }
}

/// Findings about certificates: rules `cert/…`.
public enum CertificateLint {
    /// How many days before the end a certificate is warned about.
    public static let expiryWarningDays: Int64 = 21

    /// All findings about a chain as it is sent, leaf first.
    ///
    /// - Parameters:
    ///   - chain: The certificates of the file, in its order.
    ///   - key: The private key beside them, if there is one.
    ///   - profile: What they are for.
    ///   - now: The present.
    ///   - location: The file.
    public static func findings(
        chain: [Certificate], key: CertificateKey?, profile: CertificateProfile, now: Timestamp,
        at location: SourceLocation?
    ) -> [Diagnostic] {
        let arranged = CertificateChain(chain)
        guard let leaf = arranged.leaf else {
            return [.error("cert/none", at: location, "there is no certificate in the file")]
        }
        var findings = ChainLint.findings(arranged, at: location)
        if let key, !key.matches(leaf) {
            findings.append(
                .error(
                    "cert/key-mismatch", at: location, "the private key is not that of '\(leaf.label)'",
                    hint: "find the key that the certificate was requested with, or request a new one"))
        }
        for (position, certificate) in arranged.path.enumerated() {
            findings += ValidityLint.findings(certificate, isLeaf: position == 0, now: now, at: location)
            findings += StrengthLint.findings(certificate, at: location)
        }
        findings += NameEncodingLint.findings(leaf, at: location)
        switch profile {
        case .xmppServer(let domains, let targets, let services):
            findings += XMPPNameLint.findings(leaf, domains, targets, services, at: location)
            findings += PurposeLint.findings(leaf, takesServerLinks: services.contains("xmpp-server"), at: location)
        case .tlsServer(let hosts):
            findings += HostNameLint.findings(leaf, hosts, at: location)
            findings += PurposeLint.findings(leaf, takesServerLinks: false, at: location)
        case .xep0416: findings += EndToEndLint.findings(arranged, at: location)
        }
        return findings
    }
}
