public import DNSModel
public import Diagnostics
public import OpenSSLBridge

/// What is known of a certificate of the manifest when services are judged.
public struct CertificateUse: Sendable {
    /// The chains that servers may present under this name, leaf first; usually one.
    public var chains: [[Certificate]]
    /// Keys without a certificate yet, whose records are published ahead (RFC 7671 §8.1).
    public var spareKeys: [SubjectPublicKeyInfo]
    /// The parameters of the records.
    public var parameters: [TLSAParameters]
    /// Which CA usages 0 and 2 name.
    public var authority: TLSAGenerator.AuthorityChoice
    /// The TTL of the records, where it is known.
    public var ttl: TTL?

    /// Creates a use.
    public init(
        chains: [[Certificate]], spareKeys: [SubjectPublicKeyInfo], parameters: [TLSAParameters],
        authority: TLSAGenerator.AuthorityChoice, ttl: TTL? = nil
    ) {
        self.chains = chains
        self.spareKeys = spareKeys
        self.parameters = parameters
        self.authority = authority
        self.ttl = ttl
    }
}

/// Findings about services, their TLSA records and certificates together: rules `dane/…`.
public enum ServiceLint {
    /// All findings, by endpoint, then by TLSA RRset, then by zone.
    ///
    /// - Parameters:
    ///   - map: The services.
    ///   - zones: The zones they were found in.
    ///   - certificates: What is known of the manifest's certificates, by name; may be empty.
    public static func findings(
        _ map: ServiceMap, in zones: ZoneSet, certificates: [String: CertificateUse]
    ) -> [Diagnostic] {
        EndpointLint.findings(map, zones, certificates) + RRsetLint.findings(map, certificates)
            + ZoneTLSALint.findings(map, zones)
    }
}
