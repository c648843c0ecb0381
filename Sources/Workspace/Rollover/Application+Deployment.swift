import DNSModel
import Diagnostics
import Manifest
import Rollover

extension Application {
    /// Puts the wanted chain live: keeps old and new aside, records the intent, swaps the files, has servers load them.
    ///
    /// When they cannot, the old files are put back and loaded again, and nothing is taken out of DNS.
    /// - Returns: Whether it is live.
    mutating func deploy(_ plan: CertificatePlan) -> Bool {
        guard let index = world.cases.firstIndex(where: { $0.intent.name == plan.certificate }),
            var state = world.certificateStates[plan.certificate]
        else { return false }
        let certificate = world.cases[index]
        guard let staged = certificate.staged, let key = staged.key else { return reloadLive(certificate) }
        let files = LiveFiles(certificate.intent, in: workspace)
        do throws(Failure) {
            try files.prepare(new: staged, key: key)
            state.deployment = CertificateState.Deployment(began: StateTime(now), chain: staged.label)
            state.events.append(
                Event(at: now, track: certificate.presenter, kind: .began(.chains(plan.goal.chains), ttl: TTL(0))))
            world.certificateStates[plan.certificate] = state
            try saveState(ofCertificate: plan.certificate)
        } catch {
            fail(error)
            world.certificateStates[plan.certificate] = world.storedCertificates[plan.certificate]
            return false
        }
        return finishDeployment(of: certificate)
    }

    /// Swaps the files that are kept aside and has the servers load them.
    private mutating func finishDeployment(of certificate: CertificateCase) -> Bool {
        let name = certificate.intent.name
        let files = LiveFiles(certificate.intent, in: workspace)
        guard var state = world.certificateStates[name], let deployment = state.deployment else { return false }
        var isLive = false
        do throws(Failure) {
            try files.install(.new)
            let findings = reload(certificate.intent)
            report.findings += findings
            isLive = !findings.hasErrors
            if isLive {
                state.events.append(Event(at: now, track: certificate.presenter, kind: .finished))
                if state.returningTo == deployment.chain { state.returningTo = nil }
                if state.compromised != deployment.chain { state.compromised = nil }
                report.done.append("deployed \(deployment.chain) as '\(name)'")
            } else {
                note(.findings)
                try files.install(.old)
                let before = state.events.last { event in
                    event.kind.content.map { $0.presentedChains.map(\.label) != [deployment.chain] } ?? false
                }
                let content = before?.kind.content ?? .absent
                // Some servers may have the new one, and some may be down: they get the old one again. When they do not take
                // that either, nobody knows which they present, and the change back has no end.
                let findings = reload(certificate.intent, with: "the old certificate")
                report.findings += findings
                let isBack = !findings.hasErrors
                let kind: Event.Kind = isBack ? .done(content, ttl: TTL(0)) : .began(content, ttl: TTL(0))
                state.events.append(Event(at: now, track: certificate.presenter, kind: kind))
                report.findings.append(
                    .error(
                        "deploy/put-back", at: SourceLocation(file: files.chainPath),
                        "the servers of '\(name)' did not load the new certificate: the old one is back in its place"
                            + (isBack ? ", and they have loaded it" : "; they did not load that either"),
                        hint: "what DNS says matches both; the next apply tries again"))
            }
            state.deployment = nil
            world.certificateStates[name] = state
            try saveState(ofCertificate: name)
            files.discard(keepsOld: isLive)
        } catch {
            fail(error)
            isLive = false
        }
        world.readCertificates()
        return isLive
    }

    /// Carries on deployments that an earlier run began.
    mutating func resumeDeployments() {
        for certificate in world.cases {
            guard world.certificateStates[certificate.intent.name]?.deployment != nil else { continue }
            _ = finishDeployment(of: certificate)
        }
    }

    /// Has the servers load what is live and shall stay, when an earlier run failed to have it loaded again.
    private mutating func reloadLive(_ certificate: CertificateCase) -> Bool {
        let name = certificate.intent.name
        guard certificate.live != nil, certificate.staged == nil, var state = world.certificateStates[name],
            state.deployment == nil, state.history.isUnfinished
        else { return false }
        let findings = reload(certificate.intent)
        report.findings += findings
        guard !findings.hasErrors else {
            note(.findings)
            return false
        }
        state.events.append(Event(at: now, track: certificate.presenter, kind: .finished))
        world.certificateStates[name] = state
        attempt { (self) throws(Failure) in try self.saveState(ofCertificate: name) }
        report.done.append("had the live certificate of '\(name)' loaded again")
        return true
    }

    /// Has the servers load the live files.
    private func reload(_ intent: CertificateIntent, with what: String? = nil) -> [Diagnostic] {
        progress("reloading '\(intent.name)'")
        let purpose = "reload of '\(intent.name)'" + (what.map { " with \($0)" } ?? "")
        return Hook.run(
            intent.reload, in: workspace.folder, timeout: intent.reloadTimeout, purpose: purpose,
            environment: ["DANECTL_CERTIFICATE": intent.name])
    }
}
