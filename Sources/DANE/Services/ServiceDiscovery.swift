import DNSModel
public import Diagnostics

/// Reads SRV, MX, CNAME and addresses out of our zones (RFC 7673, RFC 7672, RFC 7671 §7).
public enum ServiceDiscovery {
    /// The map of all requested services, with what is wrong about their records.
    ///
    /// - Complexity: O(n log n) in the number of services; ten thousand take well under a second.
    public static func map(_ requests: [ServiceRequest], in zones: ZoneSet) -> Diagnosed<ServiceMap> {
        var work = DiscoveryWork(requests: requests, zones: zones)
        for index in requests.indices { work.discover(index) }
        return Diagnosed(work.map(), work.diagnostics)
    }
}

/// The state of one discovery.
private struct DiscoveryWork {
    let requests: [ServiceRequest]
    let zones: ZoneSet
    var diagnostics: [Diagnostic] = []
    private var endpoints: [ServiceEndpoint] = []
    private var notOffered: [ServiceMap.NotOffered] = []
    private var requirements: [TLSARequirement] = []
    private var requirementIndex: [DomainName: Int] = [:]
    /// What was found for each target, since many services share one.
    private var targets: [DomainName: Target] = [:]

    private struct Target {
        var aliases: [DomainName]
        var addresses: ServiceEndpoint.Addresses
        var isLoop: Bool
    }

    init(requests: [ServiceRequest], zones: ZoneSet) {
        self.requests = requests
        self.zones = zones
    }

    mutating func discover(_ index: Int) {
        let request = requests[index]
        switch request.kind {
        case .xmpp(let domain): discoverXMPP(domain, index)
        case .srv(let name): discoverOne(name, index)
        case .mx(let domain): discoverMail(domain, index)
        case .tcp(let host, let port):
            add(
                index, .unnamed, source: host, record: nil, priority: nil, weight: nil, target: host, port: port,
                transport: "tcp")
        }
    }

    // MARK: SRV

    private mutating func discoverXMPP(_ domain: DomainName, _ index: Int) {
        // Whether something was found or said already.
        var found = false
        for label in ServiceProtocol.xmppLabels {
            guard let name = domain.prepending("_tcp")?.prepending("_\(label)") else { continue }
            let resolution = zones.resolve(name, .srv)
            switch resolution.status {
            case .answer(let rrset):
                found = true
                addSRV(rrset, name, domain, ServiceProtocol(label: label), "tcp", index)
            case .none: continue
            case .elsewhere(let authority) where resolution.names.count == 1:
                reportUnknown(name, authority, index)
                return
            case .elsewhere(let authority):
                found = true
                reportUnknown(name, authority, index)
            case .loop:
                found = true
                reportLoop(resolution, index)
            }
        }
        if !found {
            diagnostics.append(
                .error(
                    "dane/no-such-service", at: requests[index].location,
                    "\(domain) has none of the SRV records _xmpp-client, _xmpps-client, _xmpp-server, _xmpps-server",
                    .rfc(6120, "3.2.1"), .rfc(7673, "3.1"),
                    hint:
                        "add '_xmpp-client._tcp' and '_xmpp-server._tcp' SRV records to the zone; without them clients"
                        + " try ports 5222 and 5269 of the domain itself, which 'tcp:' services describe"))
        }
    }

    private mutating func discoverOne(_ name: DomainName, _ index: Int) {
        let labels = name.labels
        guard labels.count >= 3, labels[0].first == UInt8(ascii: "_"), labels[1].first == UInt8(ascii: "_"),
            let source = name.parent?.parent
        else {
            diagnostics.append(
                .error(
                    "dane/not-a-service-name", at: requests[index].location,
                    "\(name) is not the name of an SRV record, expected _service._proto.domain", .rfc(2782)))
            return
        }
        let service = ServiceProtocol(label: String(decoding: labels[0].dropFirst(), as: UTF8.self))
        let transport = String(decoding: labels[1].dropFirst(), as: UTF8.self).lowercased()
        let resolution = zones.resolve(name, .srv)
        switch resolution.status {
        case .answer(let rrset): addSRV(rrset, name, source, service, transport, index)
        case .none:
            diagnostics.append(
                .error(
                    "dane/no-such-service", at: requests[index].location, "\(name) has no SRV record",
                    .rfc(7673, "3.1"), hint: "add the SRV record to the zone, or name host and port with 'tcp:'"))
        case .elsewhere(let authority): reportUnknown(name, authority, index)
        case .loop: reportLoop(resolution, index)
        }
    }

    private mutating func addSRV(
        _ rrset: RRset, _ owner: DomainName, _ source: DomainName, _ service: ServiceProtocol, _ transport: String,
        _ index: Int
    ) {
        let records = rrset.rdata.compactMap { try? RData.SRV(wireFormat: $0) }
        for srv in records.sorted(by: { ($0.priority, $1.weight) < ($1.priority, $0.weight) }) {
            guard !srv.target.isRoot else {
                notOffered.append(.init(request: index, owner: owner))
                if records.count > 1 {
                    diagnostics.append(
                        .error(
                            "dane/not-offered-beside-targets", at: requests[index].location,
                            "\(owner) has the target '.', which says that the service is not there, beside other targets",
                            .rfc(2782), hint: "remove one or the other"))
                }
                continue
            }
            add(
                index, service, source: source, record: (owner, .srv, rrset.ttl), priority: srv.priority,
                weight: srv.weight, target: srv.target, port: srv.port, transport: transport)
        }
    }

    // MARK: MX

    private mutating func discoverMail(_ domain: DomainName, _ index: Int) {
        let resolution = zones.resolve(domain, .mx)
        switch resolution.status {
        case .answer(let rrset):
            let records = rrset.rdata.compactMap { try? RData.MX(wireFormat: $0) }
            for mx in records.sorted(by: { $0.preference < $1.preference }) {
                guard !mx.exchange.isRoot else {
                    notOffered.append(.init(request: index, owner: domain))
                    continue
                }
                add(
                    index, .smtp, source: domain, record: (domain, .mx, rrset.ttl), priority: mx.preference,
                    weight: nil, target: mx.exchange, port: 25, transport: "tcp")
            }
        case .none:
            // "If an empty list of MXs is returned, the address is treated as if it was associated with an implicit MX"
            // (RFC 5321 §5.1).
            add(
                index, .smtp, source: domain, record: nil, priority: nil, weight: nil, target: domain, port: 25,
                transport: "tcp")
        case .elsewhere(let authority): reportUnknown(domain, authority, index)
        case .loop: reportLoop(resolution, index)
        }
    }

    // MARK: Targets

    private mutating func add(
        _ index: Int, _ service: ServiceProtocol, source: DomainName,
        record: (owner: DomainName, type: RRType, ttl: TTL)?, priority: UInt16?, weight: UInt16?, target: DomainName,
        port: UInt16, transport: String
    ) {
        let found = self.target(target)
        let bases = ([target] + found.aliases).reversed().reduce(into: [DomainName]()) { bases, name in
            if (name == target || name == found.aliases.last), !bases.contains(name) { bases.append(name) }
        }
        let services = bases.compactMap { TLSAService(port: port, transport: transport, baseDomain: $0) }
        let location = requests[index].location
        guard let first = services.first else {
            diagnostics.append(
                .error(
                    "dane/name-too-long", at: location, "the TLSA name for port \(port) of \(target) is too long",
                    .rfc(6698, "3")))
            return
        }
        if found.isLoop {
            diagnostics.append(
                .error("dane/alias-loop", at: location, "the aliases of \(target) lead round in a circle"))
        }
        let position = endpoints.count
        endpoints.append(
            ServiceEndpoint(
                request: index, serviceProtocol: service, sourceDomain: source, recordOwner: record?.owner,
                recordType: record?.type, recordTTL: record?.ttl, priority: priority, weight: weight, target: target,
                port: port, transport: transport, aliases: found.aliases, addresses: found.addresses,
                tlsaServices: services, authority: zones.authority(of: first.owner),
                certificates: requests[index].certificates))
        for (order, service) in services.enumerated() { require(service, position, isFallback: order > 0) }
    }

    private mutating func require(_ service: TLSAService, _ endpoint: Int, isFallback: Bool) {
        let added = endpoints[endpoint]
        let isSMTP = added.serviceProtocol == .smtp
        if let known = requirementIndex[service.owner] {
            requirements[known].endpoints.append(endpoint)
            for name in added.certificates where !requirements[known].certificates.contains(name) {
                requirements[known].certificates.append(name)
            }
            requirements[known].isFallback = requirements[known].isFallback && isFallback
            requirements[known].servesSMTP = requirements[known].servesSMTP || isSMTP
            return
        }
        requirementIndex[service.owner] = requirements.count
        requirements.append(
            TLSARequirement(
                service: service, authority: zones.authority(of: service.owner), certificates: added.certificates,
                endpoints: [endpoint], isFallback: isFallback, servesSMTP: isSMTP,
                published: zones.resolve(service.owner, .tlsa).rrset))
    }

    private mutating func target(_ name: DomainName) -> Target {
        if let known = targets[name] { return known }
        let a = zones.resolve(name, .a)
        let aaaa = zones.resolve(name, .aaaa)
        let addresses: ServiceEndpoint.Addresses =
            if a.rrset != nil || aaaa.rrset != nil {
                .present
            } else if case .elsewhere = a.status {
                .unknown
            } else {
                .none
            }
        let isLoop = a.status == .loop
        let target = Target(
            aliases: isLoop ? [] : Array(a.names.dropFirst()), addresses: addresses, isLoop: isLoop)
        targets[name] = target
        return target
    }

    // MARK: Findings

    private mutating func reportUnknown(_ name: DomainName, _ authority: ZoneSet.Authority, _ index: Int) {
        let whose =
            switch authority {
            case .delegated(let apex, let cut): "\(apex) delegates \(cut) to others"
            default: "none of the zones holds it"
            }
        diagnostics.append(
            .warning(
                "dane/service-not-ours", at: requests[index].location,
                "the records at \(name) are not known: \(whose)", .rfc(7673, "3.1"),
                hint: "name the zone in 'zones', or the host and port with 'tcp:'"))
    }

    private mutating func reportLoop(_ resolution: ZoneSet.Resolution, _ index: Int) {
        diagnostics.append(
            .error(
                "dane/alias-loop", at: requests[index].location,
                "the aliases of \(resolution.names[0]) lead round in a circle", .rfc(1034, "3.6.2")))
    }

    func map() -> ServiceMap {
        // Places are sorted, since requirements are large.
        let owners = requirements.map(\.service.owner)
        let order = owners.indices.sorted { owners[$0] < owners[$1] }
        return ServiceMap(
            requests: requests, endpoints: endpoints, requirements: order.map { requirements[$0] },
            notOffered: notOffered)
    }
}
