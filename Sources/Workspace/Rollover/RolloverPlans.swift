public import DNSModel
public import Diagnostics
import OpenSSLBridge
import Rollover

/// What `danectl plan` shows: for each certificate what follows and when, and why nobody fails.
public struct RolloverPlans: Sendable {
    /// The plans, in the manifest's order.
    public let plans: [CertificatePlan]
    /// The plans of services that move to other targets; none when one certificate was asked for.
    public let moves: [MovePlan]
    /// What was found while looking.
    public let findings: [Diagnostic]
    /// The present.
    public let now: Timestamp

    /// Plans for a manifest; nothing is changed.
    public init(
        _ workspace: ManifestWorkspace, now: Timestamp, only certificate: String? = nil, workers: Workers
    ) throws(Failure) {
        let world = try RolloverWorld(workspace, now: now, workers: workers)
        self.init(world, only: certificate)
    }

    init(_ world: RolloverWorld, only certificate: String? = nil) {
        let plans = world.plans(only: certificate)
        self.init(world, plans, certificate == nil ? world.movePlans(beside: plans) : [])
    }

    /// Plans that were made for a world.
    init(_ world: RolloverWorld, _ plans: [CertificatePlan], _ moves: [MovePlan]) {
        self.plans = plans
        self.moves = moves
        findings = world.findings
        now = world.now
    }

    /// Everything that is wrong.
    public var allFindings: [Diagnostic] { findings + plans.flatMap(\.findings) + moves.flatMap(\.findings) }

    /// Whether anything is to be done, now or later.
    public var isEmpty: Bool {
        plans.allSatisfy { $0.plan?.isEmpty ?? true } && moves.allSatisfy { $0.plan?.isEmpty ?? true }
    }

    /// When the next step may be taken; `nil` when there is none.
    public var next: Timestamp? { (plans.map(\.plan) + moves.map(\.plan)).compactMap { $0?.nextEvent }.min() }

    /// A name for all plans together: the same while neither goals nor what stands have changed.
    public var hash: String {
        var text = plans.map { "\($0.certificate.utf8.count):\($0.certificate) \($0.plan?.hash ?? "none")\n" }.joined()
        text += moves.map { "move \($0.services.joined(separator: " ")) \($0.plan?.hash ?? "none")\n" }.joined()
        return Hex.encode(DigestContext.digest(.sha256, of: Array(text.utf8)).prefix(16)).lowercased()
    }
}
