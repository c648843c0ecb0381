import Diagnostics

extension ZoneFinding {
    /// The finding in words.
    func diagnostic(in zone: Zone, _ locate: ZoneCheck.Locate) -> Diagnostic {
        let name = owner.map { zone.name(of: $0) } ?? zone.apex
        let rdata = record.map { zone.rdata(of: $0) }
        return Diagnostic(
            rule.severity, rule.id, at: locate(name, record?.type, rdata), message(name, rdata ?? [], zone),
            references: RuleCatalog.zone[rule.id]?.references ?? [], hint: hint)
    }

    private func message(_ name: DomainName, _ rdata: [UInt8], _ zone: Zone) -> String {
        let type = record?.type.description ?? ""
        let target = Self.target(record?.type, rdata)
        switch rule {
        case .cnameAndDNAME: return "\(name) has a CNAME and a DNAME record"
        case .cnameAndOtherData: return "\(name) has a CNAME record and other data"
        case .multipleCNAME: return "\(name) has more than one CNAME record"
        case .multipleDNAME: return "\(name) has more than one DNAME record"
        case .dnameAndNS: return "\(name) has NS and DNAME records and is not the apex"
        case .dataBelowDNAME: return "\(name) \(type) is below the DNAME at \(other(zone))"
        case .missingSOA: return "\(name) has no SOA record"
        case .duplicateSOA: return "\(name) has \(detail) SOA records, expected 1"
        case .misplacedSOA: return "\(name) has a SOA record and is not the apex, \(zone.apex)"
        case .soaZeroTimer: return "SOA refresh or retry is 0 seconds"
        case .soaRetry: return "SOA retry is not shorter than refresh"
        case .soaExpire: return "SOA expire is shorter than refresh and retry together"
        case .soaMinimum: return "SOA minimum, the time that absence is cached, is more than a day"
        case .missingNS: return "\(name) has no NS record"
        case .missingGlue: return "\(name) is delegated to \(target), which has no address in this zone"
        case .nsWithoutAddress: return "\(name) NS names \(target), which has no address in this zone"
        case .targetWithoutAddress: return "\(name) \(type) names \(target), which has no address in this zone"
        case .nsIsCNAME, .mxIsCNAME, .srvIsCNAME: return "\(name) \(type) names \(target), which is a CNAME"
        case .dsAtApex: return "\(name) is the apex and has a DS record"
        case .dsWithoutNS: return "\(name) has a DS record and is no delegation"
        case .wildcardNS: return "\(name) is a wildcard and has NS records"
        case .wildcardDNAME: return "\(name) is a wildcard and has a DNAME record"
        case .dataAtCut: return "\(name) \(type) is at a delegation, where the child zone speaks"
        case .occludedData: return "\(name) \(type) is below the delegation of \(other(zone)) and is not glue"
        case .outOfZone: return "\(name) \(type) is not in the zone \(zone.apex)"
        case .notAtApex: return "\(name) \(type) is not at the apex, \(zone.apex)"
        case .ttlMismatch: return "the records of \(name) \(type) differ in TTL"
        case .zeroTTL: return "\(name) \(type) has a TTL of 0"
        case .duplicateRecord: return "\(name) \(type) stands more than once with the same data"
        case .oddHostName: return "\(name) has an address and is no host name of letters, digits and hyphens"
        }
    }

    /// The other owner that the finding speaks of.
    private func other(_ zone: Zone) -> DomainName { zone.name(of: detail) }

    /// The name that an NS, MX or SRV record points to.
    private static func target(_ type: RRType?, _ rdata: [UInt8]) -> String {
        let name = rdata.dropFirst(type == .srv ? 6 : type == .mx ? 2 : 0)
        return (try? DomainName(wireFormat: name))?.description ?? "?"
    }

    private var hint: String? {
        switch rule {
        case .ttlMismatch: "give all of them one TTL; signing uses the lowest"
        case .outOfZone: "write the name below the zone's own, or look for a missing final dot"
        case .missingGlue: "add an A or AAAA record for the name server"
        case .nsIsCNAME, .mxIsCNAME, .srvIsCNAME: "name the host that has the address"
        case .dataBelowDNAME, .occludedData, .dataAtCut: "remove it here; nobody will ever be given it"
        case .cnameAndOtherData, .cnameAndDNAME: "remove the CNAME record or everything else"
        default: nil
        }
    }
}
