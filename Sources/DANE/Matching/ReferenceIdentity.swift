public import DNSModel
public import OpenSSLBridge

/// A name that a client looks for in a server's certificate (RFC 9525 §6.1, RFC 6120 §13.7.2).
public struct ReferenceIdentity: Sendable, Hashable {
    /// The domain as people write it, without final dot.
    public let domain: String
    /// The service's label without underscore, as `xmpp-client`: SRV-IDs are compared with it; `nil` for none.
    public let service: String?
    /// Whether an xmppAddr with just this domain will do (RFC 6120 §13.7.1.4).
    public let acceptsXMPPAddress: Bool

    /// Creates an identity from a text, which may be internationalized.
    public init(domain: String, service: String?, acceptsXMPPAddress: Bool) {
        var domain = domain
        if domain.hasSuffix(".") { domain.removeLast() }
        self.domain = domain
        self.service = service?.lowercased()
        self.acceptsXMPPAddress = acceptsXMPPAddress
    }

    /// A host name: DNS-IDs only.
    public static func host(_ name: DomainName) -> Self {
        Self(domain: name.description, service: nil, acceptsXMPPAddress: false)
    }

    /// The source domain of an XMPP service; `service` is `xmpp-client` or `xmpp-server`.
    public static func xmpp(_ domain: DomainName, service: String) -> Self {
        Self(domain: domain.description, service: service, acceptsXMPPAddress: true)
    }

    /// The entry of the certificate that is this identity, or `nil` when there is none.
    ///
    /// The common name is never looked at (RFC 9525 §2), and only a DNS-ID may have a wildcard, as its whole leftmost
    /// label.
    public func match(in certificate: Certificate) -> SubjectAlternativeName? {
        certificate.subjectAlternativeNames.first { matches($0) }
    }

    /// Whether one entry of subjectAltName is this identity.
    public func matches(_ name: SubjectAlternativeName) -> Bool {
        switch name {
        case .dns(let text): Self.matches(pattern: text.text, domain: IDNA.asciiForm(domain))
        case .srv(let text):
            text.isWellFormed
                && service.map { "_\($0).\(IDNA.asciiForm(domain))" == IDNA.asciiForm(text.text) } ?? false
        case .xmppAddress(let text):
            acceptsXMPPAddress && text.isWellFormed && !text.text.contains("@")
                && IDNA.asciiForm(text.text) == IDNA.asciiForm(domain)
        default: false
        }
    }

    /// Compares a DNS-ID with a domain in lower-case A-labels (RFC 9525 §6.3).
    static func matches(pattern: String, domain: String) -> Bool {
        guard pattern.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        let pattern = IDNA.asciiForm(pattern)
        guard !pattern.isEmpty else { return false }
        if pattern == domain { return !pattern.contains("*") }
        guard pattern.hasPrefix("*."), let dot = domain.firstIndex(of: "."), dot > domain.startIndex else {
            return false
        }
        let rest = pattern.dropFirst(2)
        // "*" stands for one whole label, and below a single label it would stand for a whole registry.
        return rest == domain[domain.index(after: dot)...] && rest.contains(".") && !rest.contains("*")
    }
}

extension ReferenceIdentity: CustomStringConvertible {
    /// `yax.im (xmpp-server)`.
    public var description: String { service.map { "\(domain) (\($0))" } ?? domain }
}
