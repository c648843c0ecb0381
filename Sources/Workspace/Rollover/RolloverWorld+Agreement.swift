import DNSModel
import DNSSEC
import Diagnostics
import Manifest
import Rollover

/// What the states say, brought into agreement with what is published and presented.
extension RolloverWorld {
    /// Compares what the states say of zones with what is published; where they differ, the past counts as unknown.
    mutating func agreeZones() {
        let names = Set(cases.map(\.intent.name))
        var owners: [DomainName: [CertificateCase.TLSAOwner]] = [:]
        for certificate in cases {
            let name = certificate.intent.name
            for owner in certificate.owners
            where !owner.isRetired && owner.certificates.first(where: names.contains) == name {
                owners[owner.apex, default: []].append(owner)
            }
        }
        for zone in workspace.manifest.zones { agree(with: zone, owners[zone.name] ?? []) }
    }

    private mutating func agree(with zone: ZoneIntent, _ owners: [CertificateCase.TLSAOwner]) {
        guard !owners.isEmpty || zoneStates[zone.name] != nil else { return }
        let published = publishedZones[zone.name]
        let wasLost = lostZones.contains(zone.name) && published != nil
        let histories = zoneStates[zone.name]?.histories ?? [:]
        let needed = Set(owners.lazy.map(\.track))
        var unneeded = histories.keys.filter { track in
            if case .rrset(_, .tlsa) = track { !needed.contains(track) } else { false }
        }
        if wasLost, let source = survey.sources[zone.name] {
            // Records whose services are not known any more: they stay, and go as others do that nobody needs.
            for rrset in published?.tlsaRRsets ?? [] where source.rrset(rrset.owner, .tlsa) == nil {
                let track = TrackID.tlsa(rrset.owner)
                if !needed.contains(track), histories[track] == nil { unneeded.append(track) }
            }
        }
        unneeded = unneeded.byName
        var comparison = TLSAComparison(
            zone: zone, published: published, file: workspace.path(zone.output.value), wasLost: wasLost,
            negativeTTL: survey.negativeTTL(of: zone.name), now: now)
        for track in owners.lazy.map(\.track) { comparison.add(track, histories[track]) }
        for track in unneeded { comparison.add(track, histories[track]) }
        findings += comparison.findings
        if wasLost, !histories.isEmpty || !owners.isEmpty {
            findings.append(
                .note(
                    "state/rebuilt", at: SourceLocation(file: workspace.stateFile(of: zone.name)),
                    "no state of \(zone.name): begun from what is published, as if caches held anything"))
        }
        if !comparison.histories.isEmpty {
            change(zone.name) { $0.histories.merge(comparison.histories) { _, fresh in fresh } }
        }
        noteNeeds(of: needed, unneeded, in: zone.name)
    }

    /// Notes since when records are needed by no service; not while services are in doubt.
    private mutating func noteNeeds(of needed: Set<TrackID>, _ unneeded: [TrackID], in apex: DomainName) {
        guard let state = zoneStates[apex] else { return }
        var since = state.unneededSince.filter { !needed.contains($0.key) }
        if survey.isComplete, !survey.diagnostics.hasErrors {
            for track in unneeded {
                let isThere = state.histories[track]?.latest.map { $0.content != .absent } ?? false
                since[track] = isThere ? since[track] ?? now : nil
            }
        }
        if since != state.unneededSince { change(apex) { $0.unneededSince = since } }
    }

    /// The RRsets that no service has needed for as long as any SRV or MX record may have been cached.
    func forgotten(in zone: ZoneIntent) -> [TrackID] {
        guard survey.isComplete, !survey.diagnostics.hasErrors else { return [] }
        return (zoneStates[zone.name]?.unneededSince ?? [:]).keys
            .filter { track in removal(of: track, in: zone).map { $0 <= now } ?? false }
            .byName
    }

    /// When an RRset that no service needs may go, or `nil` when it is needed.
    func removal(of track: TrackID, in zone: ZoneIntent) -> Timestamp? {
        let layers = Int64(cases.map(\.intent.cacheLayers).max() ?? 2)
        let hold = zone.policy.propagationDelay + layers * (Int64(zone.policy.maximumTTL.rawValue) + 1) + 60
        return zoneStates[zone.name]?.unneededSince[track]?.advanced(by: hold + 1)
    }

    /// Compares what the state says of a certificate's servers with the live files.
    mutating func agree(withCase index: Int) {
        let certificate = cases[index]
        let name = certificate.intent.name
        guard !certificate.isBlocked else { return }
        var state = certificateStates[name] ?? CertificateState(certificate: name)
        let chains = certificate.live.map { [chain(of: $0, certificate)] } ?? []
        let content: Content = chains.isEmpty ? .absent : .chains(chains)
        if state.events.isEmpty {
            let histories = histories.zones
            let isKnown = certificate.owners.contains { owner in
                (histories[owner.track] ?? []).contains { ($0.kind.content ?? .absent) != .absent }
            }
            if isKnown {
                state.events.append(
                    Event(at: now, track: certificate.presenter, kind: .historyLost(maximumTTL: TTL(0))))
                state.events.append(Event(at: now, track: certificate.presenter, kind: .found(content, ttl: TTL(0))))
            } else {
                // Before DANE, what was presented mattered to nobody: the live files have stood for long enough.
                let since = now.advanced(by: -certificate.intent.deployWindow - 1)
                state.events.append(Event(at: since, track: certificate.presenter, kind: .done(content, ttl: TTL(0))))
            }
        } else if state.deployment == nil, let latest = state.history.latest,
            let live = certificate.live, latest.content.presentedChains.map(\.label) != [live.label]
        {
            findings.append(
                .warning(
                    "deploy/changed-outside", at: SourceLocation(file: live.file),
                    "the live certificate of '\(name)' is not the one that danectl put there", .rfc(7671, "8.1"),
                    hint: "let the ACME client write to 'staged' and danectl put it live, or clients may fail meanwhile"
                ))
            state.events.append(Event(at: now, track: certificate.presenter, kind: .found(content, ttl: TTL(0))))
        }
        agree(withDocumentOf: certificate, &state)
        if let staged = certificate.staged, state.stagedSeen[staged.label] == nil {
            state.stagedSeen[staged.label] = StateTime(now)
        }
        certificateStates[name] = state
    }

    /// A chain as the calculus sees it.
    func chain(of credential: Credential, _ certificate: CertificateCase) -> Chain {
        certificate.chains[credential.label]
            ?? ChainDescription.chain(credential, parameters: certificate.parameters, now: now)
    }
}
