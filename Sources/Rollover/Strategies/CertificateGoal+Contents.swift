import DNSModel

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
        guard let track = self[owner] else { return true }
        let content = latestContent(of: owner)
        if content == .absent && !goal.parameters.isEmpty { return false }
        return track.standing.allSatisfy { change in
            pairings(of: owner).allSatisfy { pairing in
                pairing.presented != goal.presenter
                    || pairing.relation.accepts(change.content, .chains(goal.chains))
            }
        }
    }

    /// What other certificates' servers present under the same TLSA RRset.
    func chainsOfOthers(at owner: TrackID, than presenter: TrackID) -> [Chain] {
        pairings(of: owner).filter { $0.presented != presenter && $0.published == owner }
            .flatMap { standingChains(of: $0.presented) }
    }
}

extension CertificateGoal {
    /// The RRset when all is done.
    func finalContent(of owner: TrackID, in situation: Situation) -> Content {
        let others = situation.chainsOfOthers(at: owner, than: presenter) + (companions[owner] ?? [])
        let all = chains + spares + others
        return .tlsa(all.flatMap { $0.associations(for: parameters) })
    }

    /// The RRset that matches both what is presented and what is wanted, in every combination that it has.
    ///
    /// Preferably with the parameters that are wanted, else with those that stand, else with those that fit both
    /// (RFC 7671 §8.2 and §8.3: one change at a time). `nil` when there are none.
    func transition(of owner: TrackID, from standing: [Chain], in situation: Situation) -> Content? {
        let all = standing + chains + situation.chainsOfOthers(at: owner, than: presenter)
        let present = situation.latestContent(of: owner).parameters
        var choice = parameters
        if !all.allSatisfy({ $0.offers(choice) }) { choice = present }
        if choice.isEmpty || !all.allSatisfy({ $0.offers(choice) }) { choice = commonParameters(of: all) }
        if choice.isEmpty { return nil }
        let prepared = (spares + (companions[owner] ?? [])).filter { $0.offers(choice) }
        return .tlsa((all + prepared).flatMap { $0.associations(for: choice) })
    }

    /// The combinations that each chain has something to publish for.
    private func commonParameters(of chains: [Chain]) -> [AssociationParameters] {
        Set(chains.flatMap { $0.publishes.map(\.parameters) }).sorted().filter { one in
            one.isUsable && chains.allSatisfy { $0.offers([one]) }
        }
    }

    /// Whether clients without TLSA accept both what is presented and what is wanted.
    func canDoWithoutDANE(_ owner: TrackID, _ standing: [Chain], _ situation: Situation) -> Bool {
        situation.pairings(of: owner).allSatisfy { pairing in
            pairing.relation.accepts(.absent, .chains(standing + chains))
        }
    }

    /// Why the final RRset is published.
    func finalReason(_ situation: Situation) -> String {
        let wanted = (chains + spares).flatMap { $0.associations(for: parameters) }
        var removes = false
        var adds = false
        for owner in owners where !(removes && adds) {
            let present = situation.latestContent(of: owner).tlsaRecords
            removes = removes || !present.allSatisfy(wanted.contains)
            adds = adds || !wanted.allSatisfy(present.contains)
        }
        if removes { return "no server presents the old certificate any more: its record goes" }
        if adds { return "publish what clients shall authenticate by, spare keys included, long before it is needed" }
        return "the records shall be these"
    }
}
