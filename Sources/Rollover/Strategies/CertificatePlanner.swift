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
        try plan(situation, to: [goal])
    }

    /// The plan from the facts to the goals of several certificates that share TLSA RRsets, such as an RSA and an ECDSA
    /// one: what is published in between matches all of them at once, and the proof is over what all servers present.
    ///
    /// - Throws: ``PlanRefusal`` with a counter-example when no safe way is known.
    public static func plan(_ situation: Situation, to goals: [CertificateGoal]) throws(PlanRefusal) -> Plan {
        for goal in goals { try refuseIncomplete(goal) }
        var draft = Draft(situation)
        var notes: [String] = []
        let places = GoalsAtOwner.all(of: goals)
        let moving = goals.filter { !situation.presents($0.chains, at: $0.presenter) }
        let movers = Set(moving.map(\.presenter))
        try appendRepair(
            at: places.filter { place in
                place.goals.contains {
                    !movers.contains($0.presenter) && situation.isBroken(place.owner, for: $0)
                }
            }, situation, into: &draft)
        if !moving.isEmpty {
            let unprepared = places.filter { place in
                place.goals.contains {
                    movers.contains($0.presenter) && !situation.isReady(place.owner, for: $0)
                }
            }
            if unprepared.isEmpty {
                notes.append("what is published matches the new certificate: nothing to wait for but caches")
            } else {
                try appendPreparation(at: unprepared, situation, into: &draft, notes: &notes)
            }
            for goal in moving {
                try draft.append(
                    [.deploy(goal.presenter, goal.chains)],
                    reason: "every answer that can be in a cache matches the new certificate",
                    reference: "RFC 7671 §8.1",
                    ifLate:
                        "the servers go on with the old certificate, which every answer matches until it expires")
            }
        }
        let finals = zip(places, GoalsAtOwner.finalContents(at: places, in: situation)).map { here, content in
            Step.Action.publish(here.owner, content, ttl: here.ttl)
        }
        try draft.append(
            finals, reason: reason(for: finals, situation), reference: "RFC 7671 §8.4",
            ifLate: "a key that is no longer used stays trusted, and the next key is published later")
        let isPublishing = draft.steps.contains { if case .publish = $0.action { true } else { false } }
        if !moving.isEmpty, !isPublishing {
            notes.append("the records stay the same: no DNS change is needed (RFC 7671 §5.1, §5.2)")
        }
        return try draft.finish(title: title(goals, moving), notes: notes)
    }

    /// The transitional RRsets, or, where no combination fits both sides, their removal.
    private static func appendPreparation(
        at places: [GoalsAtOwner], _ situation: Situation, into draft: inout Draft, notes: inout [String]
    ) throws(PlanRefusal) {
        var actions: [Step.Action] = []
        var isFirst: [Step.Action] = []
        for here in places {
            let owner = here.owner
            if let content = here.transition(in: situation) {
                actions.append(.publish(owner, content, ttl: here.ttl))
                if situation.latestContent(of: owner) == .absent { isFirst.append(.await(owner)) }
            } else if here.canDoWithoutDANE(situation) {
                actions.append(.publish(owner, .absent, ttl: here.negativeTTL))
                notes.append("no combination of parameters fits both certificates: \(owner) is empty for a while")
            } else {
                let standing = here.goals.flatMap { situation.standingChains(of: $0.presenter) }
                throw .noCommonParameters(
                    owner,
                    "no usage, selector and matching type fits both \(list(standing)) and "
                        + list(here.goals.flatMap(\.chains)))
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
        at places: [GoalsAtOwner], _ situation: Situation, into draft: inout Draft
    ) throws(PlanRefusal) {
        let actions = places.compactMap { here -> Step.Action? in
            here.transition(in: situation).map { .publish(here.owner, $0, ttl: here.ttl) }
        }
        try draft.append(
            actions, reason: "servers present a certificate that no record matches: who asks from now on finds one",
            reference: "RFC 7671 §8.1", ifLate: "clients go on failing")
    }

    /// Why the final RRsets are published.
    private static func reason(for finals: [Step.Action], _ situation: Situation) -> String {
        var removes = false
        var adds = false
        for action in finals where !(removes && adds) && situation.latestContent(of: action.track) != action.content {
            let present = Set(situation.latestContent(of: action.track).tlsaRecords)
            let wanted = Set(action.content?.tlsaRecords ?? [])
            removes = removes || !present.isSubset(of: wanted)
            adds = adds || !wanted.isSubset(of: present)
        }
        if removes { return "no server presents the old certificate any more: its record goes" }
        if adds { return "publish what clients shall authenticate by, spare keys included, long before it is needed" }
        return "the records shall be these"
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

    private static func title(_ goals: [CertificateGoal], _ moving: [CertificateGoal]) -> String {
        moving.isEmpty
            ? "keep the records of \(goals.map(\.presenter.description).joined(separator: " and ")) as they should be"
            : "bring \(moving.map { "\(list($0.chains)) into service as \($0.presenter)" }.joined(separator: ", "))"
    }

    private static func list(_ chains: [Chain]) -> String {
        chains.isEmpty ? "nothing" : chains.map(\.label).joined(separator: " + ")
    }
}
