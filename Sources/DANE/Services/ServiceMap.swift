public import DNSModel

/// One target of one service: host and port, and where clients look for its TLSA records.
public struct ServiceEndpoint: Sendable, Hashable {
    /// What our zones say of the target's addresses.
    public enum Addresses: Sendable, Hashable {
        /// There are some.
        case present
        /// There are none: the target cannot be reached.
        case none
        /// The target is not in our hands.
        case unknown
    }

    /// The index of the request in ``ServiceMap/requests``.
    public var request: Int
    /// The protocol.
    public var serviceProtocol: ServiceProtocol
    /// The domain that users and other servers know: the source domain of RFC 7673.
    public var sourceDomain: DomainName
    /// The owner of the SRV or MX records that lead here, or `nil` for host and port.
    public var recordOwner: DomainName?
    /// Their type, SRV or MX.
    public var recordType: RRType?
    /// Their TTL.
    public var recordTTL: TTL?
    /// SRV priority or MX preference.
    public var priority: UInt16?
    /// SRV weight.
    public var weight: UInt16?
    /// The host that the record names.
    public var target: DomainName
    /// The port.
    public var port: UInt16
    /// The transport's label without underscore.
    public var transport: String
    /// What the target is an alias of, one after the other; empty as it should be.
    public var aliases: [DomainName]
    /// Whether the target has addresses.
    public var addresses: Addresses
    /// Where clients look for TLSA, in their order: below the name that the aliases end in, then below the target
    /// (RFC 7671 §7).
    public var tlsaServices: [TLSAService]
    /// Who speaks for the first of ``tlsaServices``.
    public var authority: ZoneSet.Authority
    /// The manifest's names of the certificates that are presented here.
    public var certificates: [String]

    /// The names of which the certificate should have one: the source domain and the target (RFC 7673 §4).
    public var referenceIdentities: [ReferenceIdentity] {
        let source = ReferenceIdentity(
            domain: sourceDomain.description, service: serviceProtocol.identityService,
            acceptsXMPPAddress: serviceProtocol.isXMPP)
        return [source] + ([target] + aliases).filter { $0 != sourceDomain }.map { .host($0) }
    }
}

/// A TLSA RRset that must exist, once, however many services share it.
public struct TLSARequirement: Sendable, Hashable {
    /// Where.
    public var service: TLSAService
    /// Who must publish it.
    public var authority: ZoneSet.Authority
    /// The manifest's names of all certificates that are presented there, in the order of the requests.
    public var certificates: [String]
    /// The indices of the endpoints that need it.
    public var endpoints: [Int]
    /// Whether clients look here only when there is nothing at the name that the target is an alias of.
    public var isFallback: Bool
    /// Whether mail between servers is among its users, which rules out usages 0 and 1.
    public var servesSMTP: Bool
    /// The RRset that stands in our zone's source already, or `nil`.
    public var published: RRset?
}

/// Service → target → TLSA owner name, for everything that a manifest offers.
public struct ServiceMap: Sendable {
    /// A service that a record says is decidedly not there: SRV target `.` (RFC 2782), null MX (RFC 7505).
    public struct NotOffered: Sendable, Hashable {
        /// The index of the request.
        public var request: Int
        /// The owner of the record that says so.
        public var owner: DomainName
    }

    /// What was asked for.
    public let requests: [ServiceRequest]
    /// Every target of every service, by request, then by SRV owner, then by priority as clients try them.
    public let endpoints: [ServiceEndpoint]
    /// Every TLSA RRset, in canonical order of its owner name.
    public let requirements: [TLSARequirement]
    /// What is decidedly not offered.
    public let notOffered: [NotOffered]

    /// The RRsets that our own zones must have.
    public var ownRequirements: [TLSARequirement] { requirements.filter { $0.authority.ownApex != nil } }
    /// The RRsets that somebody else must publish.
    public var foreignRequirements: [TLSARequirement] { requirements.filter { $0.authority.ownApex == nil } }

    init(
        requests: [ServiceRequest], endpoints: [ServiceEndpoint], requirements: [TLSARequirement],
        notOffered: [NotOffered]
    ) {
        self.requests = requests
        self.endpoints = endpoints
        self.requirements = requirements
        self.notOffered = notOffered
    }
}
