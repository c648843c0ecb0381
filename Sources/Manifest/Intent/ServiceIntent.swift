public import DNSModel
public import Diagnostics

/// One entry of the manifest's `services`: what clients look up, and the certificates they will see.
public struct ServiceIntent: Sendable, Hashable {
    /// What clients look up.
    public var kind: Kind
    /// The certificates that its servers present, by name; several when RSA and ECDSA stand side by side.
    public var certificates: [Located<String>]
    /// Where it stands in the manifest.
    public var location: SourceLocation

    /// Creates a service intent.
    public init(kind: Kind, certificates: [Located<String>], location: SourceLocation) {
        self.kind = kind
        self.certificates = certificates
        self.location = location
    }

    /// What clients look up to find a service.
    public enum Kind: Sendable, Hashable {
        /// The XMPP SRV records of a domain that exist, all four kinds.
        case xmpp(DomainName)
        /// One SRV owner name.
        case srv(DomainName)
        /// The MX records of a domain.
        case mx(DomainName)
        /// A host and a TCP port, without SRV.
        case tcp(DomainName, port: UInt16)
    }
}
