public import DNSModel
public import Diagnostics
import Rollover

/// The answer to `danectl gate`: may what is staged go live now?
public enum DeploymentGate: Sendable {
    /// Nothing is staged that is not live already.
    case nothingStaged
    /// Every answer that a cache can hold matches it.
    case now(chain: String)
    /// Not before a time; `reason` says what holds it back.
    case notBefore(Timestamp, chain: String, reason: String)
    /// Never, as things stand.
    case never([Diagnostic])

    /// Asks for one certificate.
    public static func ask(
        _ workspace: ManifestWorkspace, certificate: String, now: Timestamp, workers: Workers
    ) throws(Failure) -> DeploymentGate {
        let plans = try RolloverPlans(workspace, now: now, only: certificate, workers: workers)
        guard let entry = plans.plans.first else { return .nothingStaged }
        let errors = plans.allFindings.filter { $0.severity == .error }
        guard errors.isEmpty, let plan = entry.plan else { return .never(errors) }
        guard let step = entry.deployment else { return .nothingStaged }
        let chain = entry.goal.chains.map(\.label).joined(separator: " + ")
        if case .deploy? = plan.steps.first?.action, step.earliest <= now { return .now(chain: chain) }
        let isUnpublished = plan.steps.first.map { $0.action.track != step.action.track && $0.earliest <= now } ?? false
        let reason = step.waitsFor ?? step.reason
        return .notBefore(
            step.earliest, chain: chain,
            reason: isUnpublished ? "its records are not published yet: run 'danectl apply' now; \(reason)" : reason)
    }
}
