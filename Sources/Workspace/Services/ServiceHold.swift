import DANE
import DNSModel
import Rollover

/// Where SRV and MX records lead.
enum ServiceTargets {
    /// The TLSA names of all targets, sorted; none when the RRset says that the service is not there.
    static func owners(_ rrset: RRset) -> [DomainName] { services(rrset).map(\.owner) }

    /// The TLSA names of all targets with what they are made of, sorted.
    static func services(_ rrset: RRset) -> [TLSAService] {
        let services = rrset.rdata.compactMap { octets -> TLSAService? in
            switch rrset.type {
            case .srv:
                guard let srv = try? RData.SRV(wireFormat: octets), !srv.target.isRoot,
                    let transport = rrset.owner.labels.dropFirst().first
                else { return nil }
                let label = String(decoding: transport.dropFirst(), as: UTF8.self)
                return TLSAService(port: srv.port, transport: label, baseDomain: srv.target)
            case .mx:
                guard let mx = try? RData.MX(wireFormat: octets), !mx.exchange.isRoot else { return nil }
                return TLSAService(port: 25, baseDomain: mx.exchange)
            default: return nil
            }
        }
        if services.count < 2 { return services }
        return Dictionary(services.map { ($0.owner, $0) }, uniquingKeysWith: { first, _ in first }).values
            .sorted { $0.owner < $1.owner }
    }
}

/// What of a zone's source waits: while a service moves to targets that are not ready, what was published last stays.
///
/// The same rule for `sign` and `apply`, so that neither publishes what the other holds back.
struct ServiceHold: Sendable {
    /// What was published last.
    let published: [TrackID: StoredRRset]
    /// The apexes of the manifest's zones.
    let apexes: Set<DomainName>

    /// The RRsets to publish in the place of the source's: services that are held, and the addresses of their old targets
    /// where the source has them no more.
    func rrsets(over source: Zone) -> [RRset] {
        var held: [RRset] = []
        for (track, stored) in published {
            guard case .rrset(let owner, let type) = track else { continue }
            switch type {
            case .srv, .mx:
                guard let wanted = source.rrset(owner, type), !stored.hasRecords(of: wanted),
                    let rrset = stored.rrset(owner, type), holds(rrset, against: wanted)
                else { continue }
                held.append(rrset)
            case .a, .aaaa:
                guard !source.hasAddress(at: owner), !source.delegates(owner), let rrset = stored.rrset(owner, type)
                else { continue }
                held.append(rrset)
            default: break
            }
        }
        return held.sorted { ($0.owner, $0.type.rawValue) < ($1.owner, $1.type.rawValue) }
    }

    /// Whether a service's published records stay: the source names targets of ours that they do not.
    ///
    /// Fewer targets, none at all, other weights, and targets in the hands of others hold nothing back; nor does a service
    /// that was not there before.
    func holds(_ published: RRset, against source: RRset) -> Bool {
        let known = ServiceTargets.owners(published)
        if known.isEmpty { return false }
        return ServiceTargets.owners(source).contains { !known.contains($0) && isOurs($0) }
    }

    private func isOurs(_ name: DomainName) -> Bool {
        var ancestor: DomainName? = name
        while let current = ancestor {
            if apexes.contains(current) { return true }
            ancestor = current.parent
        }
        return false
    }
}

extension Zone {
    /// Whether a name has addresses, or is an alias of something that may.
    func hasAddress(at name: DomainName) -> Bool {
        rrset(name, .a) != nil || rrset(name, .aaaa) != nil || rrset(name, .cname) != nil
    }

    /// Whether a name is at or below a delegation.
    func delegates(_ name: DomainName) -> Bool {
        var ancestor: DomainName? = name
        while let current = ancestor, current != apex {
            if rrset(current, .ns) != nil { return true }
            ancestor = current.parent
        }
        return ancestor == nil
    }
}
