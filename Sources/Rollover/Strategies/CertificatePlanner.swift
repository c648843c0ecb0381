import DNSModel

/// Plans for certificates: spare key, two-phase, same key, roll of a CA, change of parameters, first publication, abort.
///
/// They are one plan. Publish what matches both what is presented and what is wanted, unless that stands already; deploy;
/// publish what is wanted. Which of the strategies it amounts to depends on what stands when it is asked for: with a
/// spare published in time the first part is empty and the swap is safe at once; with the same key there is nothing to
/// publish at all.
public enum CertificatePlanner {
    /// The plan from the facts to the goal.
    ///
    /// - Throws: ``PlanRefusal`` with a counter-example when no safe way is known.
    public static func plan(_ situation: Situation, to goal: CertificateGoal) throws(PlanRefusal) -> Plan {
        try refuseIncomplete(goal)
        var draft = Draft(situation)
        var notes: [String] = []
        let standing = situation.standingChains(of: goal.presenter)
        let needsDeployment = !situation.presents(goal.chains, at: goal.presenter)
        if needsDeployment {
            let unprepared = goal.owners.filter { !situation.isReady($0, for: goal) }
            if unprepared.isEmpty {
                notes.append("what is published matches the new certificate: nothing to wait for but caches")
            } else {
                try appendPreparation(
                    of: unprepared, from: standing, to: goal, situation, into: &draft, notes: &notes)
            }
            try draft.append(
                [.deploy(goal.presenter, goal.chains)],
                reason: "every answer that can be in a cache matches the new certificate", reference: "RFC 7671 §8.1",
                ifLate: "the servers go on with the old certificate, which every answer matches until it expires")
        } else {
            try appendRepair(to: goal, situation, into: &draft)
        }
        try draft.append(
            goal.owners.map { .publish($0, goal.finalContent(of: $0, in: situation), ttl: goal.ttl) },
            reason: goal.finalReason(situation), reference: "RFC 7671 §8.4",
            ifLate: "a key that is no longer used stays trusted, and the next key is published later")
        let isPublishing = draft.steps.contains { if case .publish = $0.action { true } else { false } }
        if needsDeployment, !isPublishing {
            notes.append("the records stay the same: no DNS change is needed (RFC 7671 §5.1, §5.2)")
        }
        return try draft.finish(title: title(goal, needsDeployment), notes: notes)
    }

    /// The transitional RRsets, or, where no combination fits both sides, their removal.
    private static func appendPreparation(
        of owners: [TrackID], from standing: [Chain], to goal: CertificateGoal, _ situation: Situation,
        into draft: inout Draft, notes: inout [String]
    ) throws(PlanRefusal) {
        var actions: [Step.Action] = []
        var isFirst: [Step.Action] = []
        for owner in owners {
            if let content = goal.transition(of: owner, from: standing, in: situation) {
                actions.append(.publish(owner, content, ttl: goal.ttl))
                if situation.latestContent(of: owner) == .absent { isFirst.append(.await(owner)) }
            } else if goal.canDoWithoutDANE(owner, standing, situation) {
                actions.append(.publish(owner, .absent, ttl: goal.negativeTTL))
                notes.append("no combination of parameters fits both certificates: \(owner) is empty for a while")
            } else {
                throw .noCommonParameters(
                    owner,
                    "no usage, selector and matching type fits both \(list(standing)) and \(list(goal.chains))")
            }
        }
        try draft.append(
            actions, reason: "the new key must be in every cache before a server uses it; the present one stays",
            reference: "RFC 7671 §8.1",
            ifLate: "the new certificate waits as much longer; nothing fails")
        try draft.append(
            isFirst, reason: "resolvers may remember that there was no such record", reference: "RFC 2308 §5",
            ifLate: "nothing fails")
    }

    /// What servers present and no record matches, because somebody put it live without DNS: its records are added at
    /// once. Nothing is taken out as long as a server may still present what was there before.
    private static func appendRepair(
        to goal: CertificateGoal, _ situation: Situation, into draft: inout Draft
    ) throws(PlanRefusal) {
        let lingering = situation.lingeringChains(of: goal.presenter)
        let actions = goal.owners.filter { situation.isBroken($0, for: goal) }.compactMap { owner in
            goal.transition(of: owner, from: lingering, in: situation).map {
                Step.Action.publish(owner, $0, ttl: goal.ttl)
            }
        }
        try draft.append(
            actions, reason: "servers present a certificate that no record matches: who asks from now on finds one",
            reference: "RFC 7671 §8.1", ifLate: "clients go on failing")
    }

    /// Taking DANE out of service: the records go, and when no cache has them any more, keys are free to change.
    ///
    /// - Throws: ``PlanRefusal/unsafe(_:)`` when clients without TLSA would refuse the certificate.
    public static func withdraw(_ situation: Situation, _ goal: CertificateGoal) throws(PlanRefusal) -> Plan {
        var draft = Draft(situation)
        try draft.append(
            goal.owners.map { .publish($0, .absent, ttl: goal.negativeTTL) },
            reason: "the service is to do without DANE", reference: "RFC 7671 §8.4",
            ifLate: "clients go on authenticating by DANE; nothing fails")
        try draft.append(
            goal.owners.map { .await($0) }, reason: "the key must not change while an answer that names it may live",
            reference: "RFC 7671 §8.1", ifLate: "nothing fails")
        return try draft.finish(title: "withdraw DANE from \(goal.presenter)")
    }

    private static func refuseIncomplete(_ goal: CertificateGoal) throws(PlanRefusal) {
        for chain in goal.chains + goal.spares where !chain.offers(goal.parameters) {
            let wanted = goal.parameters.map(\.description).joined(separator: ", ")
            throw .incompleteGoal(goal.presenter, "\(chain.label) offers no record for each of \(wanted)")
        }
    }

    private static func title(_ goal: CertificateGoal, _ needsDeployment: Bool) -> String {
        needsDeployment
            ? "bring \(list(goal.chains)) into service as \(goal.presenter)"
            : "keep the records of \(goal.presenter) as they should be"
    }

    private static func list(_ chains: [Chain]) -> String {
        chains.isEmpty ? "nothing" : chains.map(\.label).joined(separator: " + ")
    }
}
