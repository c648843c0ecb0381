import DNSModel
import DNSSEC
import Diagnostics
import Manifest
import Rollover

extension Application {
    /// Publishes versions of TLSA RRsets: records the intent, signs the zone, has it loaded, records the end.
    ///
    /// - Returns: Whether they are published.
    mutating func publish(_ contents: [TrackID: (content: Content, ttl: TTL)], in zone: ZoneIntent) -> Bool {
        guard world.zoneStates[zone.name] != nil else { return false }
        let expiration = now.advanced(by: zone.policy.signatures.validity)
        let sources = Dictionary(
            world.services(in: zone.name).map { ($0.track, $0.source) }, uniquingKeysWith: { first, _ in first })
        world.change(zone.name) { [now] state in
            for (track, version) in contents {
                let ttl = min(version.ttl, zone.policy.maximumTTL)
                state.record(.began(version.content, ttl: ttl), of: track, at: now)
                if version.content == .absent { state.unneededSince[track] = nil }
                state.record(.signed(expiration: expiration), of: track, at: now)
                if track.isService, let source = sources[track] ?? nil {
                    state.records[track] = StoredRRset(source, ttl: ttl)
                }
            }
        }
        do throws(Failure) {
            try saveState(of: zone.name)
        } catch {
            fail(error)
            world.zoneStates[zone.name] = world.storedZones[zone.name]
            return false
        }
        guard sign(zone, isPending: true) else { return false }
        for track in contents.keys.byName {
            guard let version = contents[track] else { continue }
            report.done.append(
                version.content == .absent ? "removed \(track)" : "published \(track): \(version.content)")
        }
        return true
    }

    /// Signs a zone and has it loaded.
    ///
    /// - Parameter isPending: Whether a change of it was begun: then the server is told even when the file stands already.
    /// - Returns: Whether the server has it.
    mutating func sign(_ zone: ZoneIntent, isPending: Bool) -> Bool {
        signedZones.insert(zone.name)
        do throws(Failure) {
            let result = try workspace.sign(
                zone, now: now, verification: request.verification, workers: request.workers, progress: progress)
            report.findings += result.diagnostics
            var isLoaded = !result.hasErrors
            if let value = result.value {
                if value.change == .changed {
                    report.signed.append(value)
                    world.zoneStates[zone.name]?.published(serial: value.statistics.serial, at: now)
                } else if isPending {
                    let findings = workspace.reload(zone)
                    report.findings += findings
                    isLoaded = !findings.hasErrors
                }
            }
            if isLoaded {
                finishEvents(of: zone.name)
                noteServices(in: zone)
            } else {
                note(.findings)
            }
            try saveState(of: zone.name)
            return isLoaded
        } catch {
            fail(error)
            return false
        }
    }

    /// Records that what was begun in a zone is done.
    private mutating func finishEvents(of zone: DomainName) {
        guard let state = world.zoneStates[zone], state.isUnfinished else { return }
        world.change(zone) { [now] fresh in
            for (track, history) in state.histories where history.isUnfinished {
                fresh.record(.finished, of: track, at: now)
            }
        }
    }

    /// Finishes what an earlier run began.
    mutating func resume() {
        for zone in workspace.manifest.zones where hasFailed(zone.name) {
            if sign(zone, isPending: true) {
                report.done.append("finished publishing \(zone.name), which an earlier run began")
            }
        }
        resumeDocuments()
        resumeDeployments()
    }

    /// Signs the zones that no step has touched: signatures are renewed when they are due, changes of the source go out.
    mutating func signRest() {
        for zone in workspace.manifest.zones where !signedZones.contains(zone.name) {
            if request.certificate != nil { continue }
            _ = sign(zone, isPending: false)
        }
    }
}
