import DANE
import DNSModel
import DNSSEC
import Diagnostics
import Manifest
import Rollover

extension ManifestWorkspace {
    /// Where facts are kept: `state/` beside the manifest.
    var state: StateFolder { StateFolder(path: path("state"), memory: memory) }

    /// The state file of a zone.
    func stateFile(of zone: DomainName) -> String {
        let name = zone.lowercased.description
        return state.file("zones", name.count > 1 && name.hasSuffix(".") ? String(name.dropLast()) : name) + ".json"
    }

    /// The state file of a certificate.
    func stateFile(ofCertificate name: String) -> String { state.file("certificates", name) + ".json" }

    /// The RRsets that danectl has published in a zone, or has begun to publish.
    ///
    /// When the state file is lost, what the signed zone has and the source has not stays published: nothing is taken out
    /// that caches and clients may need.
    func additions(to zone: ZoneIntent, workers: Workers) throws(Failure) -> [RRset] {
        switch try state.read(stateFile(of: zone.name), as: ZoneState.self) {
        case .read(let state): return state.published
        case .missing, .damaged:
            guard !manifest.services.isEmpty, InputFile.exists(path(zone.output.value)) else { return [] }
            guard let output = try? ZoneInput(path(zone.output.value), origin: zone.name, workers: workers).zone().zone,
                let source = ZoneInput.source(of: zone, in: self, workers: workers)
            else { return [] }
            return output.tlsaRRsets.filter { source.rrset($0.owner, .tlsa) == nil }
        }
    }
}

extension ManifestWorkspace {
    /// What of a zone's source waits until its targets are ready.
    ///
    /// When the state file is lost, what the signed zone has counts as what was published last.
    func hold(in zone: ZoneIntent, workers: Workers) throws(Failure) -> ServiceHold {
        let apexes = Set(manifest.zones.map(\.name))
        if manifest.services.isEmpty { return ServiceHold(published: [:], apexes: apexes) }
        if case .read(let state) = try state.read(stateFile(of: zone.name), as: ZoneState.self) {
            return ServiceHold(published: state.records, apexes: apexes)
        }
        let output = path(zone.output.value)
        guard InputFile.exists(output),
            let published = try? ZoneInput(output, origin: zone.name, workers: workers).zone(rememberedBy: memory)
        else { return ServiceHold(published: [:], apexes: apexes) }
        var records: [TrackID: StoredRRset] = [:]
        func keep(_ owner: DomainName, _ type: RRType) {
            guard let rrset = published.rrset(owner, type) else { return }
            records[.rrset(owner, type)] = StoredRRset(rrset, ttl: rrset.ttl)
        }
        for service in manifest.services { for (owner, type) in service.rrsets { keep(owner, type) } }
        // Whatever has TLSA records may be a target of ours, old or new.
        for host in Set(published.tlsaRRsets.compactMap { TLSAService(owner: $0.owner)?.baseDomain }) {
            for type in [RRType.a, .aaaa] { keep(host, type) }
        }
        return ServiceHold(published: records, apexes: apexes)
    }
}

extension ServiceIntent {
    /// The RRsets by which clients may look for the service.
    var rrsets: [(owner: DomainName, type: RRType)] {
        switch kind {
        case .mx(let domain): [(domain, .mx)]
        case .srv(let name): [(name, .srv)]
        case .xmpp(let domain):
            ServiceProtocol.xmppLabels.compactMap { label in
                domain.prepending("_tcp")?.prepending("_\(label)").map { ($0, .srv) }
            }
        case .tcp: []
        }
    }
}

extension ZoneState {
    /// The latest version of every RRset of ours; without records where it was taken out.
    var published: [RRset] {
        histories.compactMap { track, history -> RRset? in
            guard case .rrset(let owner, .tlsa) = track, let version = history.latest else { return nil }
            let records = version.content.tlsaRecords.map { $0.record.wireFormat }
            if records.isEmpty, version.content != .absent { return nil }
            return RRset(owner: owner, type: .tlsa, ttl: version.ttl, rdata: records)
        }.sorted { $0.owner < $1.owner }
    }
}

extension ZoneInput {
    /// A manifest's zone as its source says it, or `nil` when it has errors.
    static func source(of zone: ZoneIntent, in workspace: ManifestWorkspace, workers: Workers) -> Zone? {
        try? ZoneInput(
            workspace.path(zone.source.value), origin: zone.name,
            allowsIncludesOutsideFolder: zone.allowsIncludesOutsideFolder, workers: workers
        ).zone().zone
    }
}

extension Zone {
    /// All TLSA RRsets at names that begin with a port and a transport.
    var tlsaRRsets: [RRset] {
        var result: [RRset] = []
        for owner in 0..<ownerCount {
            let range = rrsetRange(of: OwnerIndex(owner), type: .tlsa)
            guard !range.isEmpty else { continue }
            let rrset = rrset(at: range)
            if TLSAService(owner: rrset.owner) != nil { result.append(rrset) }
        }
        return result
    }
}
