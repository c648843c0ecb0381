public import DNSModel

/// A compromised key: what an attacker can do with it, until when, and the ways out.
public struct EmergencyReport: Sendable {
    /// The fastest way on which no client fails.
    public var plan: Plan
    /// Until when a client that asks honest servers may still accept the compromised key, if the plan is kept to.
    public var acceptedUntil: Timestamp
    /// Until when an attacker can replay an old answer with its signatures; `nil` when no expiration is known.
    ///
    /// Nothing that is published shortens this: the signatures exist (RFC 4035 §5.3.1). A new key for the zone would.
    public var replayableUntil: Timestamp?
    /// What deploying at once, against the plan, would do; `nil` when that harms nobody.
    public var haste: CounterExample?
}

/// Plans for the day on which a private key is known to others.
public enum EmergencyPlanner {
    /// The TTL of what is published in an emergency, so that the next change spreads fast.
    public static let shortTTL = TTL(60)

    /// The way out.
    ///
    /// - Parameters:
    ///   - situation: The facts.
    ///   - goal: Chains and spares without the compromised key.
    ///   - compromised: The chain whose key is known to others.
    /// - Throws: ``PlanRefusal`` when no safe way is known.
    public static func report(
        _ situation: Situation, to goal: CertificateGoal, compromised: Chain
    ) throws(PlanRefusal) -> EmergencyReport {
        var hasty = goal
        hasty.ttl = min(goal.ttl, shortTTL)
        var plan = try CertificatePlanner.plan(situation, to: hasty)
        plan.title = "emergency: \(plan.title)"
        let isNamed: (Content) -> Bool = { content in content.tlsaRecords.contains { compromised.matches($0) } }
        var accepted = Timestamp.always
        var replayable: Timestamp?
        let completion = plan.completion
        for owner in goal.owners {
            guard let track = completion[owner] else { continue }
            for (change, span) in zip(track.changes, track.spans) where isNamed(change.content) {
                accepted = max(accepted, span.last)
                if let expiration = change.signatureExpiration {
                    let end = expiration.later(by: track.timing.clockSkew)
                    replayable = max(end, replayable ?? end)
                }
            }
        }
        let names = compromised.label
        plan.notes.append("whoever has \(names) can pose as the server for a client that holds an answer naming it")
        plan.notes.append(
            replayable.map { "old answers naming \(names) can be replayed until \($0), when their signatures expire" }
                ?? "old answers naming \(names) can be replayed until their signatures expire")
        if plan.steps.contains(where: { step in step.action.content.map(isNamed) ?? false }) {
            plan.notes.append(
                "the plan signs \(names) once more: let those signatures expire soon after \(accepted)")
        }
        var haste: CounterExample?
        switch situation.gate(goal.presenter, chains: goal.chains) {
        case .now: haste = nil
        case .notBefore(_, let example), .never(let example): haste = example
        }
        return EmergencyReport(plan: plan, acceptedUntil: accepted, replayableUntil: replayable, haste: haste)
    }
}
