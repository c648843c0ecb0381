public import DNSModel
public import Diagnostics

/// One line of the manifest's `services`: what is offered, and the certificates that are presented there.
public struct ServiceRequest: Sendable, Hashable {
    /// What is offered.
    public enum Kind: Sendable, Hashable {
        /// Every XMPP service of a domain whose SRV records exist (RFC 6120 §3.2.1, XEP-0368).
        case xmpp(DomainName)
        /// One service by the owner name of its SRV records, as `_imaps._tcp.example.org`.
        case srv(DomainName)
        /// Mail to a domain, by its MX records (RFC 7672).
        case mx(DomainName)
        /// A host and a port, without SRV.
        case tcp(host: DomainName, port: UInt16)
    }

    /// What is offered.
    public var kind: Kind
    /// The names of the certificates in the manifest; several when a server has, say, an RSA and an ECDSA key.
    public var certificates: [String]
    /// Where it stands in the manifest.
    public var location: SourceLocation?

    /// Creates a request.
    public init(_ kind: Kind, certificates: [String], location: SourceLocation?) {
        self.kind = kind
        self.certificates = certificates
        self.location = location
    }
}

extension ServiceRequest.Kind: CustomStringConvertible {
    /// As the manifest writes it: `xmpp: yax.im.`.
    public var description: String {
        switch self {
        case .xmpp(let domain): "xmpp: \(domain)"
        case .srv(let name): "srv: \(name)"
        case .mx(let domain): "mx: \(domain)"
        case .tcp(let host, let port): "tcp: \(host):\(port)"
        }
    }
}

/// The protocol of a service, as its SRV label says.
public struct ServiceProtocol: Sendable, Hashable {
    /// The label without underscore, in lower case: `xmpp-client`, `xmpps-server`, `smtp`; empty for `tcp: host:port`.
    public let label: String

    /// Wraps a label.
    public init(label: String) { self.label = label.lowercased() }

    /// The labels of XMPP, client before server, STARTTLS before direct TLS.
    public static let xmppLabels = ["xmpp-client", "xmpps-client", "xmpp-server", "xmpps-server"]
    /// Mail between servers.
    public static let smtp = Self(label: "smtp")
    /// Nothing is known but host and port.
    public static let unnamed = Self(label: "")

    /// Whether it is one of XMPP's four.
    public var isXMPP: Bool { Self.xmppLabels.contains(label) }

    /// The service in an SRV-ID: `xmpp-client` for direct TLS too (XEP-0368 §2).
    public var identityService: String? {
        switch label {
        case "xmpps-client": "xmpp-client"
        case "xmpps-server": "xmpp-server"
        case "": nil
        default: label
        }
    }

    /// Whether the records of usages 0 and 1 are unusable for it (RFC 7672 §3.1.3).
    public var application: MatchingContext.Application { self == .smtp ? .smtp : .general }
}
