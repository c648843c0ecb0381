import DANE
import DNSModel
import Diagnostics
import Manifest
import Rollover

/// An SRV or MX RRset in one of our zones that a service of the manifest is found by.
struct ManagedService: Sendable {
    let owner: DomainName
    let type: RRType
    /// The zone that it is in.
    let apex: DomainName
    /// The certificates that its servers present.
    var certificates: [String]
    /// Where the service stands in the manifest.
    let location: SourceLocation?
    /// What the operator's source says, or `nil` when it says nothing any more.
    let source: RRset?
    /// The TLSA names of the source's targets.
    let wanted: [DomainName]
    /// The targets themselves.
    let hosts: [DomainName]

    init(
        _ owner: DomainName, _ type: RRType, apex: DomainName, certificates: [String], location: SourceLocation?,
        source: RRset?
    ) {
        self.owner = owner
        self.type = type
        self.apex = apex
        self.certificates = certificates
        self.location = location
        self.source = source
        let services = source.map(ServiceTargets.services) ?? []
        wanted = services.map(\.owner)
        hosts = services.map(\.baseDomain)
    }

    /// What an RRset of its name and type says.
    func content(of rrset: RRset) -> Content {
        if let source, source.rdata == rrset.rdata, !wanted.isEmpty { return .targets(wanted) }
        return .leading(rrset)
    }

    /// Its track.
    var track: TrackID { .rrset(owner, type) }

    /// What clients do that find no TLSA.
    var fallback: Relation.Fallback {
        type == .mx || owner.labels.first.map { $0.elementsEqual("_smtp".utf8) } == true
            ? .unauthenticated : .publicTrust
    }

    /// All of a manifest: those that the sources have, and those that state files remember.
    static func all(
        in survey: ServiceSurvey, services intents: [ServiceIntent], remembered: some Sequence<TrackID>
    ) -> [ManagedService] {
        var found: [ManagedService] = []
        var places: [TrackID: Int] = [:]
        for endpoint in survey.map?.endpoints ?? [] {
            guard let owner = endpoint.recordOwner, let type = endpoint.recordType else { continue }
            if let place = places[.rrset(owner, type)] {
                for name in endpoint.certificates where !found[place].certificates.contains(name) {
                    found[place].certificates.append(name)
                }
                continue
            }
            guard let apex = survey.zones.authority(of: owner).ownApex,
                let source = survey.sources[apex]?.rrset(owner, type)
            else { continue }
            places[.rrset(owner, type)] = found.count
            found.append(
                ManagedService(
                    owner, type, apex: apex, certificates: endpoint.certificates,
                    location: survey.map?.requests[endpoint.request].location, source: source))
        }
        for track in remembered.filter({ places[$0] == nil }).byName {
            guard case .rrset(let owner, let type) = track, let apex = survey.zones.authority(of: owner).ownApex,
                let intent = intents.first(where: { $0.isFound(by: owner, type) })
            else { continue }
            found.append(
                ManagedService(
                    owner, type, apex: apex, certificates: intent.certificates.map(\.value), location: intent.location,
                    source: survey.sources[apex]?.rrset(owner, type)))
        }
        return found
    }
}

extension ServiceIntent {
    /// Whether clients look for the service by this RRset.
    fileprivate func isFound(by owner: DomainName, _ type: RRType) -> Bool {
        rrsets.contains { $0.owner == owner && $0.type == type }
    }
}
