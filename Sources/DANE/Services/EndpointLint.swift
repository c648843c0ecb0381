import DNSModel
import Diagnostics
import OpenSSLBridge

/// Findings about the targets of services.
enum EndpointLint {
    static func findings(
        _ map: ServiceMap, _ zones: ZoneSet, _ certificates: [String: CertificateUse]
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        var reportedNames: Set<String> = []
        for endpoint in map.endpoints {
            let location = map.requests[endpoint.request].location
            findings += target(endpoint, zones, location)
            for name in endpoint.certificates {
                guard reportedNames.insert("\(name) \(endpoint.sourceDomain) \(endpoint.target)").inserted,
                    let leaf = certificates[name]?.chains.first.flatMap({ CertificateChain($0).leaf })
                else { continue }
                if let finding = names(leaf, name, endpoint, location) { findings.append(finding) }
            }
        }
        return findings + spoiled(map, zones)
    }

    private static func target(
        _ endpoint: ServiceEndpoint, _ zones: ZoneSet, _ location: SourceLocation?
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let what = endpoint.recordOwner.map { "the target of \($0), \(endpoint.target)," } ?? "\(endpoint.target)"
        if let alias = endpoint.aliases.last {
            findings.append(
                .warning(
                    "dane/target-is-cname", at: location,
                    "\(what) is an alias of \(alias)", .rfc(2782), .rfc(7671, "7"),
                    hint: "name \(alias) as target; clients look for TLSA below one or the other, or not at all"))
        }
        if endpoint.addresses == .none {
            findings.append(
                .error(
                    "dane/target-without-address", at: location,
                    "\(what) has neither A nor AAAA records", .rfc(7673, "3.2")))
        }
        if !zones.isSigned(endpoint.authority) {
            let whose =
                switch endpoint.authority {
                case .ours(let apex): "in \(apex), which is not signed"
                case .delegated(_, let cut): "delegated to others at \(cut)"
                case .foreign: "outside all zones of the manifest"
                }
            findings.append(
                .warning(
                    "dane/target-outside-signed-zones", at: location,
                    "\(what) is \(whose): its addresses and TLSA must be signed there",
                    .rfc(7673, "3.2"), .rfc(7673, "6"),
                    hint: "whoever runs that zone must sign it and publish TLSA at \(endpoint.tlsaServices[0].owner)"))
        }
        return findings
    }

    /// Several targets of one service, some signed and some not.
    private static func spoiled(_ map: ServiceMap, _ zones: ZoneSet) -> [Diagnostic] {
        var byService: [String: [ServiceEndpoint]] = [:]
        for endpoint in map.endpoints where endpoint.serviceProtocol.isXMPP {
            let side = endpoint.serviceProtocol.identityService ?? ""
            byService["\(side) \(endpoint.sourceDomain.lowercased)", default: []].append(endpoint)
        }
        return byService.keys.sorted().compactMap { key in
            let endpoints = byService[key] ?? []
            let insecure = endpoints.filter { !zones.isSigned($0.authority) }
            guard let worst = insecure.first, insecure.count < endpoints.count else { return nil }
            return .warning(
                "dane/insecure-target-spoils-all", at: map.requests[worst.request].location,
                "of the \(endpoints.count) targets of \(worst.serviceProtocol.identityService ?? "the service") for"
                    + " \(worst.sourceDomain), \(worst.target) is not known to be signed: servers that ask for TLSA at all"
                    + " targets then use none of them",
                .rfc(7673, "3.2"), hint: "have its zone signed, or take it out of the SRV records")
        }
    }

    /// A certificate for XMPP names the service domain and the SRV target, or some server refuses it.
    private static func names(
        _ leaf: Certificate, _ name: String, _ endpoint: ServiceEndpoint, _ location: SourceLocation?
    ) -> Diagnostic? {
        let identities = endpoint.referenceIdentities
        let missing = identities.filter { $0.match(in: leaf) == nil }
        if missing.isEmpty { return nil }
        let list = missing.map { "'\($0.domain)'" }.joined(separator: " and ")
        if missing.count == identities.count {
            return .error(
                "dane/certificate-lacks-name", at: location,
                "certificate '\(name)' names neither the service domain nor the target: \(list)", .rfc(7673, "6"),
                .rfc(9525, "6.3"), hint: "get a certificate with DNS-IDs for \(list)")
        }
        guard endpoint.serviceProtocol.isXMPP else { return nil }
        return .warning(
            "dane/certificate-lacks-name", at: location,
            "certificate '\(name)' does not name \(list)", .rfc(7673, "6"), .rfc(6120, "13.7.2"),
            hint: "servers differ: some want the service domain even under 3 1 1, usage 2 needs the SRV target;"
                + " a certificate that names both pleases all")
    }
}
