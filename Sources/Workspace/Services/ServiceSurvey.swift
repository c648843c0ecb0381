public import DANE
public import DNSModel
public import Diagnostics
import Manifest

/// The services of a manifest and the TLSA RRsets that they need, found in the manifest's own zones.
public struct ServiceSurvey: Sendable {
    /// Service, target, TLSA owner; `nil` when nothing could be found out.
    public let map: ServiceMap?
    /// The zones' sources.
    public let zones: ZoneSet
    /// What is wrong with zones and services.
    public let diagnostics: [Diagnostic]
    /// Of these, what is wrong with the zones alone.
    let zoneDiagnostics: [Diagnostic]
    /// Whether every zone could be read; where not, services may be missing from the map.
    public let isComplete: Bool
    /// The zones by apex.
    let sources: [DomainName: Zone]
    /// The TTL of an absence in each zone.
    private let negativeTTLs: [DomainName: TTL]

    /// Reads the zones of a manifest and looks for its services.
    public init(_ workspace: ManifestWorkspace, workers: Workers) {
        var sources: [DomainName: Zone] = [:]
        var diagnostics: [Diagnostic] = []
        for intent in workspace.manifest.zones {
            do throws(Failure) {
                let input = try ZoneInput(
                    workspace.path(intent.source.value), origin: intent.name,
                    allowsIncludesOutsideFolder: intent.allowsIncludesOutsideFolder, workers: workers)
                let zone = try input.zone(rememberedBy: workspace.memory)
                if zone.apex == intent.name { sources[intent.name] = zone }
            } catch {
                diagnostics += error.diagnostics.filter { $0.severity == .error }
            }
        }
        let zones = ZoneSet(Array(sources.values))
        let found = ServiceDiscovery.map(workspace.manifest.services.map(\.request), in: zones)
        self.sources = sources
        negativeTTLs = sources.compactMapValues(\.negativeTTL)
        self.zones = zones
        map = found.value
        zoneDiagnostics = diagnostics
        self.diagnostics = diagnostics + found.diagnostics
        isComplete = sources.count == workspace.manifest.zones.count
    }

    /// The TTL of an absence in a zone: the smaller of SOA minimum and SOA TTL (RFC 2308 §5, RFC 9077).
    func negativeTTL(of apex: DomainName) -> TTL {
        negativeTTLs[apex] ?? TTL(3_600)
    }
}

extension Zone {
    /// The TTL of an absence, as its SOA record says.
    fileprivate var negativeTTL: TTL? {
        guard let rrset = rrset(apex, .soa), let soa = rrset.rdata.first.flatMap({ try? RData.SOA(wireFormat: $0) })
        else { return nil }
        return min(rrset.ttl, TTL(soa.minimum))
    }
}

extension ServiceIntent {
    /// The same as a question to service discovery.
    var request: ServiceRequest {
        let kind: ServiceRequest.Kind =
            switch kind {
            case .xmpp(let domain): .xmpp(domain)
            case .srv(let name): .srv(name)
            case .mx(let domain): .mx(domain)
            case .tcp(let host, let port): .tcp(host: host, port: port)
            }
        return ServiceRequest(kind, certificates: certificates.map(\.value), location: location)
    }
}

extension ServiceSurvey {
    /// What is wrong with targets, names and records, and with the live certificates' names as far as they can be read.
    public func lint(in workspace: ManifestWorkspace) -> [Diagnostic] {
        var live: [String: Credential] = [:]
        for intent in workspace.manifest.certificates {
            live[intent.name] = try? Credential.read(intent.live.value, in: workspace, needsKey: false)
        }
        return lint(workspace.manifest.certificates, live: live)
    }

    /// What is wrong with targets, names and records, given the live certificates by name.
    func lint(_ certificates: [CertificateIntent], live: [String: Credential]) -> [Diagnostic] {
        guard let map else { return [] }
        var uses: [String: CertificateUse] = [:]
        for intent in certificates {
            uses[intent.name] = CertificateUse(
                chains: live[intent.name].map { [$0.chain] } ?? [], spareKeys: [],
                parameters: intent.associationParameters.map(\.dane), authority: .highest, ttl: intent.ttl)
        }
        return ServiceLint.findings(map, in: zones, certificates: uses)
    }
}
