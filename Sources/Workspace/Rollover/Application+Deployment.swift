import DNSModel
import Diagnostics
import Manifest
import Rollover

extension Application {
    /// Puts the wanted chain live: keeps old and new aside, records the intent, swaps the files, has servers load them.
    ///
    /// When they cannot, the old files are put back, and nothing is taken out of DNS.
    /// - Returns: Whether it is live.
    mutating func deploy(_ plan: CertificatePlan) -> Bool {
        guard let index = world.cases.firstIndex(where: { $0.intent.name == plan.certificate }),
            let staged = world.cases[index].staged, let key = staged.key,
            var state = world.certificateStates[plan.certificate]
        else { return false }
        let certificate = world.cases[index]
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
                    event.content.map { $0.presentedChains.map(\.label) != [deployment.chain] } ?? false
                }
                state.events.append(
                    Event(at: now, track: certificate.presenter, kind: .done(before?.content ?? .absent, ttl: TTL(0))))
                report.findings.append(
                    .error(
                        "deploy/put-back", at: SourceLocation(file: files.chainPath),
                        "the servers of '\(name)' did not load the new certificate: the old one is back in its place",
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

    /// Has the servers load the live files.
    private func reload(_ intent: CertificateIntent) -> [Diagnostic] {
        progress("reloading '\(intent.name)'")
        return Hook.run(
            intent.reload, in: workspace.folder, timeout: intent.reloadTimeout, purpose: "reload of '\(intent.name)'",
            environment: ["DANECTL_CERTIFICATE": intent.name])
    }
}
