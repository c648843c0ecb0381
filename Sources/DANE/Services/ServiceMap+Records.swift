public import DNSModel
public import Diagnostics

extension ServiceMap {
    /// The TLSA records for every requirement, ours and others', from the certificates and spare keys.
    ///
    /// - Parameters:
    ///   - certificates: What is known of the manifest's certificates, by name.
    ///   - ttl: The TTL of the records.
    /// - Returns: The records in canonical order of owner; a diagnostic for each certificate that gives none.
    public func records(certificates: [String: CertificateUse], ttl: TTL?) -> Diagnosed<[PublishedRecord]> {
        var records: [PublishedRecord] = []
        var diagnostics: [Diagnostic] = []
        var made: [String: [RData.TLSA]] = [:]
        for (name, use) in certificates.sorted(by: { $0.key < $1.key }) {
            made[name] = Self.associations(name, use, &diagnostics)
        }
        for requirement in requirements {
            var rdata: [[UInt8]] = []
            for name in requirement.certificates {
                if certificates[name] == nil {
                    let location = requirement.endpoints.first.flatMap { requests[endpoints[$0].request].location }
                    diagnostics.append(
                        .error("dane/unknown-certificate", at: location, "there is no certificate '\(name)'"))
                }
                for record in made[name] ?? [] where !rdata.contains(record.wireFormat) {
                    rdata.append(record.wireFormat)
                }
            }
            rdata.sort { $0.lexicographicallyPrecedes($1) }
            records += rdata.map {
                PublishedRecord(owner: requirement.service.owner, type: .tlsa, ttl: ttl, rdata: $0)
            }
        }
        return Diagnosed(records, diagnostics)
    }

    private static func associations(
        _ name: String, _ use: CertificateUse, _ diagnostics: inout [Diagnostic]
    ) -> [RData.TLSA] {
        var result: [RData.TLSA] = []
        for parameters in use.parameters {
            do throws(TLSAGenerator.Failure) {
                for chain in use.chains {
                    result.append(try TLSAGenerator.record(parameters, chain: chain, authority: use.authority))
                }
                // A spare key has no certificate yet: only its own record can be made, and only by key.
                for key in use.spareKeys where !parameters.namesAuthority {
                    result.append(try TLSAGenerator.record(parameters, publicKey: key))
                }
            } catch {
                diagnostics.append(
                    .error(
                        RuleID(error.rule), "certificate '\(name)' gives no \(parameters) record: \(error)",
                        .rfc(7671, "5")))
            }
        }
        return result
    }
}

extension ServiceMap: Encodable {
    private struct Row: Encodable {
        var service: String
        var proto: String
        var domain: String
        var priority: UInt16?
        var weight: UInt16?
        var target: String
        var port: UInt16
        var aliases: [String]
        var tlsa: [String]
        var zone: String?
        var authority: String
        var certificates: [String]

        enum CodingKeys: String, CodingKey {
            case service
            case proto = "protocol"
            case domain, priority, weight, target, port, aliases, tlsa, zone, authority, certificates
        }
    }

    private struct Requirement: Encodable {
        var owner: String
        var zone: String?
        var authority: String
        var certificates: [String]
        var isFallback: Bool
    }

    private enum CodingKeys: String, CodingKey { case format, services, tlsa, notOffered }

    /// Encodes the map as `danectl services --json` shows it: every list is there, even when it is empty.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(1, forKey: .format)
        try container.encode(
            endpoints.map { endpoint in
                Row(
                    service: endpoint.recordOwner?.description ?? requests[endpoint.request].kind.description,
                    proto: endpoint.serviceProtocol.label, domain: endpoint.sourceDomain.description,
                    priority: endpoint.priority, weight: endpoint.weight, target: endpoint.target.description,
                    port: endpoint.port, aliases: endpoint.aliases.map(\.description),
                    tlsa: endpoint.tlsaServices.map(\.owner.description),
                    zone: endpoint.authority.ownApex?.description, authority: endpoint.authority.description,
                    certificates: endpoint.certificates)
            }, forKey: .services)
        try container.encode(
            requirements.map {
                Requirement(
                    owner: $0.service.owner.description, zone: $0.authority.ownApex?.description,
                    authority: $0.authority.description, certificates: $0.certificates, isFallback: $0.isFallback)
            }, forKey: .tlsa)
        try container.encode(notOffered.map(\.owner.description), forKey: .notOffered)
    }
}
