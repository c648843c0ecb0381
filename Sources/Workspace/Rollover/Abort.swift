public import DNSModel
import Diagnostics
import Manifest
import OpenSSLBridge
import Rollover

extension Application {
    /// What `danectl abort` will come to.
    public enum Abortion: Sendable {
        /// There is nothing under way.
        case nothing
        /// The staged chain is given up; the live one stays.
        case stagedGivenUp(String)
        /// The chain that was live before shall come back.
        case returning(String)
    }

    /// Gives up the change of a certificate: what is staged, or, when that is live already, the change itself.
    ///
    /// Only the wish is recorded; the next apply plans and proves the way back as any other.
    public static func abort(
        _ workspace: ManifestWorkspace, certificate name: String, now: Timestamp, workers: Workers
    ) throws(Failure) -> Abortion {
        let lock = try FileLock.taking(for: workspace.state.path + "/apply")
        defer { _ = lock }
        let world = try RolloverWorld(workspace, now: now, workers: workers)
        guard let certificate = world.cases.first(where: { $0.intent.name == name }),
            var state = world.certificateStates[name]
        else { return .nothing }
        try refuseCompromised(certificate, state, LiveFiles(certificate.intent, in: workspace), workspace)
        let result: Abortion
        if let returning = state.returningTo {
            // An abort of an abort: forward again.
            state.returningTo = nil
            state.aborted = [:]
            result = .stagedGivenUp(returning)
        } else if let staged = certificate.staged {
            state.aborted[staged.label] = StateTime(now)
            result = .stagedGivenUp(staged.label)
        } else if let files = LiveFiles(certificate.intent, in: workspace).previous, let live = certificate.live,
            let before = try Credential.read(files, in: workspace, needsKey: true), before.label != live.label
        {
            state.aborted[live.label] = StateTime(now)
            state.returningTo = before.label
            result = .returning(before.label)
        } else {
            return .nothing
        }
        try workspace.state.write(state, to: workspace.stateFile(ofCertificate: name))
        return result
    }

    /// Refuses an abort that would keep or bring back a key that is known to others.
    private static func refuseCompromised(
        _ certificate: CertificateCase, _ state: CertificateState, _ files: LiveFiles, _ workspace: ManifestWorkspace
    ) throws(Failure) {
        let name = certificate.intent.name
        let refusal: String
        if state.returningTo == nil, certificate.staged != nil, let live = certificate.live, state.isCompromised(live) {
            refusal = "'\(name)' would keep \(KeyLabel.text(live.leaf.publicKey)), which is known to others"
        } else if state.returningTo == nil, certificate.staged == nil, let previous = files.previous,
            let before = try Credential.read(previous, in: workspace, needsKey: false), state.isCompromised(before)
        {
            refusal =
                "'\(name)' would go back to \(KeyLabel.text(before.leaf.publicKey)), which is known to others"
        } else {
            return
        }
        throw Failure(
            .findings,
            .error(
                "rollover/compromised-key", at: certificate.intent.location, "there is no way back: \(refusal)",
                hint: "go forward: stage another certificate, or 'danectl rollover tlsa \(name)' makes the next key"))
    }
}
