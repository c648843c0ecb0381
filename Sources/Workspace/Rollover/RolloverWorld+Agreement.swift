import DNSModel
import DNSSEC
import Diagnostics
import Manifest
import Rollover

/// What the states say, brought into agreement with what is published and presented.
extension RolloverWorld {
    /// Compares what the state says of a zone with what is published; where they differ, the past counts as unknown.
    mutating func agree(with zone: ZoneIntent) {
        var owners: Set<CertificateCase.TLSAOwner> = []
        for certificate in cases {
            owners.formUnion(certificate.owners.filter { $0.apex == zone.name && !$0.isRetired })
        }
        guard !owners.isEmpty || zoneStates[zone.name] != nil else { return }
        let output = workspace.path(zone.output.value)
        let published = publishedZones[zone.name]
        let wasLost = lostZones.contains(zone.name) && published != nil
        var state = zoneStates.removeValue(forKey: zone.name) ?? ZoneState(zone: zone.name)
        let histories = EventLog.byTrack(state.events)
        let maximum = zone.policy.maximumTTL
        let negative = survey.negativeTTL(of: zone.name)
        var tracks = Set(owners.map(\.track))
        tracks.formUnion(histories.keys)
        if wasLost, let source = survey.sources[zone.name] {
            // Records whose services are not known any more: they stay, and go as others do that nobody needs.
            for rrset in published?.tlsaRRsets ?? [] where source.rrset(rrset.owner, .tlsa) == nil {
                tracks.insert(.tlsa(rrset.owner))
            }
        }
        for track in tracks.byName {
            guard case .rrset(let owner, .tlsa) = track else { continue }
            let rrset = published?.rrset(owner, .tlsa)
            let found = Content.tlsa(
                (rrset?.rdata ?? []).compactMap { try? RData.TLSA(wireFormat: $0) }.map { Association($0) })
            let ttl = rrset?.ttl ?? negative
            guard let history = histories[track], let latest = history.latest else {
                if wasLost {
                    state.events.append(Event(at: now, track: track, kind: .historyLost(maximumTTL: maximum)))
                    state.events.append(Event(at: now, track: track, kind: .found(found, ttl: ttl)))
                } else if found != .absent {
                    state.events.append(Event(at: now, track: track, kind: .found(found, ttl: ttl)))
                } else {
                    state.events.append(Event(at: now, track: track, kind: .done(.absent, ttl: ttl)))
                }
                continue
            }
            guard published != nil else { continue }
            if found != latest.content, !history.isUnfinished {
                findings.append(
                    .warning(
                        "state/disagrees", at: SourceLocation(file: output),
                        "\(track) says \(found), the state says \(latest.content): what was published in the past is unknown",
                        hint: "danectl waits for the policy's largest TTL, as if every cache held the worst"))
                state.events.append(Event(at: now, track: track, kind: .historyLost(maximumTTL: maximum)))
                state.events.append(Event(at: now, track: track, kind: .found(found, ttl: ttl)))
            } else if let expiration = published?.signatureExpiration(owner, .tlsa, near: now) {
                noteSignature(expiration, of: track, history, &state)
            }
        }
        if wasLost, !histories.isEmpty || !owners.isEmpty {
            findings.append(
                .note(
                    "state/rebuilt", at: SourceLocation(file: workspace.stateFile(of: zone.name)),
                    "no state of \(zone.name): begun from what is published, as if caches held anything"))
        }
        noteNeeds(of: owners, in: &state)
        zoneStates[zone.name] = state
    }

    /// Notes since when records are needed by no service; not while services are in doubt.
    private func noteNeeds(of owners: Set<CertificateCase.TLSAOwner>, in state: inout ZoneState) {
        let needed = Set(owners.map { $0.track.description })
        state.unneededSince = state.unneededSince.filter { !needed.contains($0.key) }
        guard survey.isComplete, !survey.diagnostics.hasErrors else { return }
        for (track, history) in EventLog.byTrack(state.events) where !needed.contains(track.description) {
            guard case .rrset(_, .tlsa) = track else { continue }
            if let latest = history.latest, latest.content != .absent {
                state.unneededSince[track.description] = state.unneededSince[track.description] ?? now
            } else {
                state.unneededSince[track.description] = nil
            }
        }
    }

    /// The RRsets that no service has needed for as long as any SRV or MX record may have been cached.
    func forgotten(in zone: ZoneIntent) -> [TrackID] {
        guard survey.isComplete, !survey.diagnostics.hasErrors else { return [] }
        return (zoneStates[zone.name]?.unneededSince ?? [:]).keys.compactMap { TrackID($0) }
            .filter { track in removal(of: track, in: zone).map { $0 <= now } ?? false }
            .byName
    }

    /// When an RRset that no service needs may go, or `nil` when it is needed.
    func removal(of track: TrackID, in zone: ZoneIntent) -> Timestamp? {
        let layers = Int64(cases.map(\.intent.cacheLayers).max() ?? 2)
        let hold = zone.policy.propagationDelay + layers * (Int64(zone.policy.maximumTTL.rawValue) + 1) + 60
        return zoneStates[zone.name]?.unneededSince[track.description]?.advanced(by: hold + 1)
    }

    /// Signatures that live longer than was recorded: the zone was signed since.
    private func noteSignature(_ expiration: Timestamp, of track: TrackID, _ history: [Event], _ state: inout ZoneState)
    {
        var known: Timestamp?
        for event in history { if case .signed(let time) = event.kind { known = max(time, known ?? time) } }
        if let known, known < expiration {
            EventLog.addSigned(&state.events, track, at: now, expiration: expiration)
        }
    }

    /// Compares what the state says of a certificate's servers with the live files.
    mutating func agree(withCase index: Int, everPublished: Set<TrackID>) {
        let certificate = cases[index]
        let name = certificate.intent.name
        guard !certificate.isBlocked else { return }
        var state = certificateStates[name] ?? CertificateState(certificate: name)
        let chains = certificate.live.map { [chain(of: $0, certificate)] } ?? []
        let content: Content = chains.isEmpty ? .absent : .chains(chains)
        if state.events.isEmpty {
            let isKnown = certificate.owners.contains { everPublished.contains($0.track) }
            if isKnown {
                state.events.append(
                    Event(at: now, track: certificate.presenter, kind: .historyLost(maximumTTL: TTL(0))))
                state.events.append(Event(at: now, track: certificate.presenter, kind: .found(content, ttl: TTL(0))))
            } else {
                // Before DANE, what was presented mattered to nobody: the live files have stood for long enough.
                let since = now.advanced(by: -certificate.intent.deployWindow - 1)
                state.events.append(Event(at: since, track: certificate.presenter, kind: .done(content, ttl: TTL(0))))
            }
        } else if state.deployment == nil, let latest = state.events.latest,
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

extension Zone {
    /// The latest expiration of a signature over an RRset, or `nil` when there is none.
    func signatureExpiration(_ owner: DomainName, _ type: RRType, near now: Timestamp) -> Timestamp? {
        rrset(owner, .rrsig)?.rdata.compactMap { try? RData.RRSIG(wireFormat: $0) }
            .filter { $0.typeCovered == type }.map { Timestamp(serial: $0.expiration, near: now) }.max()
    }
}
