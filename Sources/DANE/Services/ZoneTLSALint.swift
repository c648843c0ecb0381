import DNSModel
import Diagnostics

/// Findings about TLSA records in our zones that no service asks for, and about the names above them.
enum ZoneTLSALint {
    static func findings(_ map: ServiceMap, _ zones: ZoneSet) -> [Diagnostic] {
        var sources: [DomainName: [ServiceEndpoint]] = [:]
        for endpoint in map.endpoints where endpoint.recordOwner != nil && endpoint.target != endpoint.sourceDomain {
            sources[endpoint.sourceDomain, default: []].append(endpoint)
        }
        let wanted = Set(map.requirements.map(\.service.owner))
        return zones.apexes.flatMap { apex -> [Diagnostic] in
            guard let zone = zones.zone(apex: apex) else { return [] }
            return misplaced(zone, sources, wanted) + emptyNonTerminals(zone, map)
        }
    }

    /// TLSA at the service domain, where the service is elsewhere.
    private static func misplaced(
        _ zone: Zone, _ sources: [DomainName: [ServiceEndpoint]], _ wanted: Set<DomainName>
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        var previous: OwnerIndex?
        for record in zone.records where record.type == .tlsa && record.owner != previous {
            previous = record.owner
            let owner = zone.name(of: record.owner)
            if wanted.contains(owner) { continue }
            guard let service = TLSAService(owner: owner) else {
                if let label = owner.labels.first, label.first == UInt8(ascii: "_") { continue }
                findings.append(
                    .warning(
                        "dane/tlsa-without-port",
                        "\(owner) TLSA has no _port._proto before the host: no client asks there",
                        .rfc(6698, "3")))
                continue
            }
            guard let endpoint = sources[service.baseDomain]?.first(where: { $0.port == service.port }) else {
                continue
            }
            findings.append(
                .warning(
                    "dane/tlsa-at-service-domain",
                    "\(owner) TLSA stands at the service domain, but clients look at the target's name,"
                        + " \(endpoint.tlsaServices[0].owner)",
                    .rfc(7673, "3.3"), hint: "move it there"))
        }
        return findings
    }

    /// `_tcp.host` owns nothing: it is an empty non-terminal, which broken servers deny.
    private static func emptyNonTerminals(_ zone: Zone, _ map: ServiceMap) -> [Diagnostic] {
        var names: [DomainName] = []
        for requirement in map.requirements where requirement.authority == .ours(apex: zone.apex) {
            guard let name = requirement.service.owner.parent, name != names.last, zone.owner(named: name) == nil else {
                continue
            }
            names.append(name)
        }
        guard let first = names.first else { return [] }
        let others = names.count > 1 ? " and \(names.count - 1) more" : ""
        return [
            .note(
                "dane/empty-non-terminal",
                "\(first)\(others) in \(zone.apex) will own no records but have TLSA below: every server must answer it"
                    + " with NOERROR; one that says NXDOMAIN hides the TLSA from resolvers that minimize names",
                .rfc(8020, "2"), .rfc(9156))
        ]
    }
}
