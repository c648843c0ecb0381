import DNSModel

/// What the goals of all certificates that share one TLSA RRset come to there.
struct GoalsAtOwner {
    /// The RRset.
    let owner: TrackID
    /// The goals, at least one.
    let goals: [CertificateGoal]

    /// What goals come to at each of their RRsets, in the order in which they name them.
    static func all(of goals: [CertificateGoal]) -> [GoalsAtOwner] {
        // One certificate may have ten thousand RRsets: no list is searched for each.
        if goals.count == 1 { return goals[0].owners.map { GoalsAtOwner(owner: $0, goals: goals) } }
        var order: [TrackID] = []
        var byOwner: [TrackID: [CertificateGoal]] = [:]
        for goal in goals {
            for owner in goal.owners {
                if byOwner[owner] == nil { order.append(owner) }
                byOwner[owner, default: []].append(goal)
            }
        }
        return order.map { GoalsAtOwner(owner: $0, goals: byOwner[$0] ?? []) }
    }

    /// What servers shall present.
    private var chains: [Chain] { goals.flatMap(\.chains) }
    /// Keys to publish ahead of their use.
    private var spares: [Chain] { goals.flatMap(\.spares) }
    /// What other certificates want published here besides what their servers present.
    private var companions: [Chain] { goals.flatMap { $0.companions[owner] ?? [] } }
    /// The combinations to publish.
    private var parameters: [AssociationParameters] {
        isDocument ? [.fingerprint] : Set(goals.flatMap(\.parameters)).sorted()
    }
    /// Whether it is a document and no RRset.
    private var isDocument: Bool { if case .document = owner { true } else { false } }

    /// The TTL to publish with.
    var ttl: TTL { goals.map { isDocument ? $0.documentTTL : $0.ttl }.min() ?? TTL(0) }
    /// The TTL that an absence has.
    var negativeTTL: TTL { isDocument ? TTL(0) : goals.map(\.negativeTTL).max() ?? TTL(0) }

    /// The RRsets when all is done, for the places that goals come to.
    static func finalContents(at places: [GoalsAtOwner], in situation: Situation) -> [Content] {
        // Where the same goals come together with the same others, the same is published.
        var latest: (here: GoalsAtOwner, beside: [Chain], content: Content)?
        return places.map { here in
            let beside = here.others(in: situation) + here.companions
            if let latest, latest.beside == beside, latest.here.hasSameGoals(as: here) { return latest.content }
            let chains = here.chains + here.spares + beside
            let content = Content.tlsa(chains.flatMap { $0.associations(for: here.parameters) })
            latest = (here, beside, content)
            return content
        }
    }

    private func hasSameGoals(as other: GoalsAtOwner) -> Bool {
        isDocument == other.isDocument && goals.elementsEqual(other.goals) { $0.presenter == $1.presenter }
    }

    /// The RRset that matches both what is presented and what is wanted, in every combination that it has.
    ///
    /// Preferably with the parameters that are wanted, else with those that stand, else with those that fit both
    /// (RFC 7671 §8.2 and §8.3: one change at a time). `nil` when there are none.
    func transition(in situation: Situation) -> Content? {
        let all = standing(in: situation) + chains + others(in: situation)
        let present = situation.latestContent(of: owner).parameters
        var choice = parameters
        if !all.allSatisfy({ $0.offers(choice) }) { choice = present }
        if choice.isEmpty || !all.allSatisfy({ $0.offers(choice) }) { choice = Self.commonParameters(of: all) }
        if choice.isEmpty { return nil }
        let prepared = (spares + companions).filter { $0.offers(choice) }
        return .tlsa((all + prepared).flatMap { $0.associations(for: choice) })
    }

    /// Whether clients without TLSA accept both what is presented and what is wanted.
    func canDoWithoutDANE(_ situation: Situation) -> Bool {
        situation.pairings(of: owner).allSatisfy { pairing in
            pairing.relation.accepts(.absent, .chains(standing(in: situation) + chains))
        }
    }

    /// What the servers of these certificates may be presenting, or do until their window is over.
    private func standing(in situation: Situation) -> [Chain] {
        goals.flatMap { goal in
            situation.presents(goal.chains, at: goal.presenter)
                ? situation.lingeringChains(of: goal.presenter) : situation.standingChains(of: goal.presenter)
        }
    }

    /// What other certificates' servers present under the same RRset.
    private func others(in situation: Situation) -> [Chain] {
        situation.pairings(of: owner).filter { pairing in
            pairing.published == owner && !goals.contains { $0.presenter == pairing.presented }
        }.flatMap { situation.standingChains(of: $0.presented) }
    }

    /// The combinations that each chain has something to publish for.
    private static func commonParameters(of chains: [Chain]) -> [AssociationParameters] {
        Set(chains.flatMap { $0.publishes.map(\.parameters) }).sorted().filter { one in
            one.isUsable && chains.allSatisfy { $0.offers([one]) }
        }
    }
}

extension Situation {
    /// The chains that servers may be presenting, with no end in sight.
    func standingChains(of presenter: TrackID) -> [Chain] {
        var chains: [Chain] = []
        for change in self[presenter]?.standing ?? [] {
            for chain in change.content.presentedChains where !chains.contains(chain) { chains.append(chain) }
        }
        return chains
    }

    /// The chains that some server may present now: those that stand, and those before them until their window is over.
    func lingeringChains(of presenter: TrackID) -> [Chain] {
        guard let track = self[presenter] else { return [] }
        var chains: [Chain] = []
        for (change, span) in zip(track.changes, track.spans) where span.first <= now && now <= span.last {
            for chain in change.content.presentedChains where !chains.contains(chain) { chains.append(chain) }
        }
        return chains
    }

    /// Whether clients fail at `owner` already: something is published, and it does not match what servers present.
    func isBroken(_ owner: TrackID, for goal: CertificateGoal) -> Bool {
        latestContent(of: owner) != .absent && !isReady(owner, for: goal)
    }

    /// Whether every server presents exactly these chains.
    func presents(_ chains: [Chain], at presenter: TrackID) -> Bool {
        guard let latest = self[presenter]?.latest, latest.finished != nil else { return chains.isEmpty }
        return latest.content.presentedChains == chains
    }

    /// Whether what stands at `owner` matches the goal's chains, so that nothing needs to be added.
    func isReady(_ owner: TrackID, for goal: CertificateGoal) -> Bool {
        guard let (place, ofTrack) = place(of: owner) else { return true }
        let track = tracks[place]
        if track.latest?.content ?? .absent == .absent && !goal.parameters.isEmpty { return false }
        return track.changes[track.standingRange].allSatisfy { change in
            ofTrack.lazy.map { pairings[$0] }.allSatisfy { pairing in
                pairing.presented != goal.presenter
                    || pairing.relation.accepts(change.content, .chains(goal.chains))
            }
        }
    }
}
