import DNSModel
import Diagnostics
import OpenSSLBridge

/// Findings about the TLSA RRsets that services need: those that stand in the zone, and those that will be made.
enum RRsetLint {
    static func findings(_ map: ServiceMap, _ certificates: [String: CertificateUse]) -> [Diagnostic] {
        map.requirements.flatMap { requirement in
            let location = requirement.endpoints.first.flatMap { map.requests[map.endpoints[$0].request].location }
            let uses = requirement.certificates.compactMap { certificates[$0] }
            var findings = parameters(requirement, uses, location)
            let ttls = uses.compactMap(\.ttl) + (requirement.published.map { [$0.ttl] } ?? [])
            if let ttl = ttls.max() { findings += longLived(requirement, ttl, location) }
            if let published = requirement.published {
                findings += self.published(published, requirement, uses, location)
            }
            return findings
        }
    }

    /// Parameters that the manifest asks for.
    private static func parameters(
        _ requirement: TLSARequirement, _ uses: [CertificateUse], _ location: SourceLocation?
    ) -> [Diagnostic] {
        let wanted = uses.flatMap(\.parameters) + (requirement.published.map(records) ?? []).map(TLSAParameters.init)
        var findings: [Diagnostic] = []
        let pkix = Set(wanted.filter(\.needsPKIX)).sorted()
        if requirement.servesSMTP, !pkix.isEmpty {
            findings.append(
                .error(
                    "dane/pkix-usage-smtp", at: location,
                    "\(requirement.service.owner) is for mail, whose senders do not use \(list(pkix))",
                    .rfc(7672, "3.1.3"), hint: "use 3 1 1, or 2 1 1 for a CA that is sent in the handshake"))
        }
        for (usage, selector) in Set(wanted.map { [$0.usage.rawValue, $0.selector.rawValue] })
            .sorted(by: { $0.lexicographicallyPrecedes($1) }).map({ ($0[0], $0[1]) })
        {
            let digests = Set(
                wanted.filter { $0.usage.rawValue == usage && $0.selector.rawValue == selector }.map(\.matchingType))
            guard digests.contains(.sha2_256), digests.contains(.sha2_512) else { continue }
            findings.append(
                .warning(
                    "dane/mixed-digests", at: location,
                    "\(requirement.service.owner) mixes \(usage) \(selector) 1 with \(usage) \(selector) 2:"
                        + " clients with digest agility look at the SHA-512 records alone, and Prosody's check of"
                        + " incoming connections fails on the mixture",
                    .rfc(7671, "9"), hint: "publish one of the two, \(usage) \(selector) 1 unless you have a reason"))
        }
        return findings
    }

    /// A TTL that makes every change wait for long.
    private static func longLived(
        _ requirement: TLSARequirement, _ ttl: TTL, _ location: SourceLocation?
    ) -> [Diagnostic] {
        guard ttl.rawValue > 3_600 else { return [] }
        return [
            .warning(
                "dane/ttl-over-an-hour", at: location,
                "\(requirement.service.owner) TLSA has a TTL of \(ttl) seconds: each change of certificate waits for it,"
                    + " and so does every repair",
                .rfc(7671, "8.1"), hint: "use 3600 or less")
        ]
    }

    private static func published(
        _ rrset: RRset, _ requirement: TLSARequirement, _ uses: [CertificateUse], _ location: SourceLocation?
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let chains = uses.flatMap(\.chains)
        guard !chains.isEmpty else { return findings }
        let records = records(rrset)
        for gap in ParameterCoverage.gaps(records: records, chains: chains) {
            let label = chains[gap.chain].first?.label ?? "an empty chain"
            findings.append(
                .error(
                    "dane/tlsa-does-not-match", at: location,
                    "no \(gap.parameters) record at \(rrset.owner) matches '\(label)'", .rfc(7671, "8"),
                    hint: "each combination of parameters that is published must match every certificate that is"
                        + " presented; remove the record from the zone's source and let danectl make it"))
        }
        return findings
    }

    private static func records(_ rrset: RRset) -> [RData.TLSA] {
        rrset.rdata.compactMap { try? RData.TLSA(wireFormat: $0) }
    }

    private static func list(_ parameters: [TLSAParameters]) -> String {
        parameters.map(\.fullDescription).joined(separator: ", ")
    }
}
