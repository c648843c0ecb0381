import DNSModel
import Diagnostics
import Manifest
import Rollover

/// TLSA RRsets of services that have been taken out of the manifest.
extension RolloverWorld {
    /// Gives certificates the TLSA RRsets that no service asks for any more and some client may still find.
    ///
    /// As long as they are published they follow every change of certificate; when they are gone, a change of certificate
    /// waits until no cache has them. Whose they are is told by the records: those match what servers presented. Where a
    /// service was led elsewhere, its move sees to the old target.
    ///
    /// - Parameter lingering: The names that are looked after as those of past answers.
    mutating func assignRetiredOwners(besides lingering: Set<DomainName>) {
        guard survey.isComplete, !survey.diagnostics.hasErrors else { return }
        let histories = histories
        var taken = required.union(lingering)
        for certificate in cases { taken.subtract(certificate.foreignOwners) }
        for service in services {
            for case .targets(let names)? in (histories.zones[service.track] ?? []).lazy.map(\.kind.content) {
                for name in names where !taken.contains(name) { taken.insert(name) }
            }
        }
        for (apex, state) in zoneStates.sorted(by: { $0.key < $1.key }) {
            let retired = state.histories.keys.filter { id in
                if case .rrset(let name, .tlsa) = id { !taken.contains(name) } else { false }
            }
            for id in retired.byName {
                guard case .rrset(let name, .tlsa) = id, let history = state.histories[id] else { continue }
                assignRetired(id, named: name, apex: apex, history)
            }
        }
    }

    private mutating func assignRetired(
        _ id: TrackID, named name: DomainName, apex: DomainName, _ history: History
    ) {
        let histories = Histories(zones: [id: history], chains: [:])
        let held = tlsaTrack(id, apex: apex, names: cases.map(\.intent.name), histories).spans
            .filter { $0.last >= now }.flatMap(\.content.tlsaRecords)
        if held.isEmpty { return }
        let places = cases.indices.filter { place in
            let events = certificateStates[cases[place].intent.name]?.events ?? []
            return events.contains { event in
                (event.kind.content?.presentedChains ?? []).contains { chain in held.contains(where: chain.matches) }
            }
        }
        // The operator wants to do without: clients that find nothing are as they shall be.
        let owner = CertificateCase.TLSAOwner(
            track: id, name: name, apex: apex, fallback: .unauthenticated,
            certificates: places.map { cases[$0].intent.name }, isRetired: true)
        for place in places { cases[place].owners.append(owner) }
    }

    /// Whether an RRset that no service asks for is published no more: caches may have it, and no plan brings it back.
    func isGone(_ owner: CertificateCase.TLSAOwner) -> Bool {
        guard owner.isRetired, let state = zoneStates[owner.apex] else { return false }
        return state.histories[owner.track]?.latest?.content == .absent
    }

    /// What becomes of RRsets that no service asks for any more, in words.
    func retirements(of certificate: CertificateCase) -> [String] {
        certificate.owners.filter { $0.isRetired && !isGone($0) }.map { owner in
            let zone = workspace.manifest.zone(named: owner.apex)
            let end = zone.flatMap { removal(of: owner.track, in: $0) }
            return "no service asks for \(owner.track) any more: its records follow every change"
                + (end.map { " and go at \($0)" } ?? " until they go")
        }
    }
}
