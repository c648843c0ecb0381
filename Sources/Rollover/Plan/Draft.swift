import DNSModel

/// A plan in the making: gives each action the first time at which it contradicts nothing that a client may still hold.
///
/// The waits are not computed by strategies; they follow from the intervals. A strategy only says what comes after what.
struct Draft {
    /// What the plan starts from.
    let start: Situation
    /// The situation with the steps so far.
    private(set) var situation: Situation
    /// The steps so far.
    private(set) var steps: [Step] = []
    /// No later step may be earlier than this.
    private var clock: Timestamp

    init(_ situation: Situation) {
        start = situation
        self.situation = situation
        clock = situation.now
    }

    /// Adds actions that may be done at one time, after all that came before.
    ///
    /// An action that brings about what stands already is left out.
    mutating func append(
        _ actions: [Step.Action], reason: String, reference: String, ifLate: String
    ) throws(PlanRefusal) {
        var time = clock
        var holdup: Constraint?
        let needed = actions.filter { !isDone($0) }
        for action in needed {
            let constraint = situation.earliest(for: action)
            if constraint.notBefore >= .never { throw refusal(action, constraint) }
            if constraint.notBefore > time {
                time = constraint.notBefore
                holdup = constraint
            }
        }
        let explanation = holdup?.explanation(in: situation)
        for action in needed {
            steps.append(
                Step(
                    action: action, earliest: time, reason: reason, waitsFor: explanation,
                    reference: reference, ifLate: ifLate))
            situation.apply(action, at: time)
        }
        if !needed.isEmpty { clock = time }
    }

    /// The proved plan.
    func finish(title: String, notes: [String] = []) throws(PlanRefusal) -> Plan {
        switch Coverage.check(situation) {
        case .safe(let assurance):
            return Plan(title: title, steps: steps, situation: start, assurance: assurance, notes: notes)
        case .unsafe(let example):
            throw .unsafe(example)
        }
    }

    /// Whether the action's outcome stands already, finished, and nothing else can be met any more but what is cached.
    private func isDone(_ action: Step.Action) -> Bool {
        guard let track = situation[action.track] else { return true }
        if case .await = action { return track.drainedAt < clock }
        guard let latest = track.latest else { return action.content == .absent }
        if case .publish(_, .absent, _) = action { return latest.content == .absent && latest.finished != nil }
        if case .publish(_, _, let ttl) = action, ttl != latest.ttl { return false }
        return latest.content == action.content && latest.finished != nil
    }

    private func refusal(_ action: Step.Action, _ constraint: Constraint) -> PlanRefusal {
        var attempt = situation
        attempt.apply(action, at: clock)
        if case .unsafe(let example) = Coverage.check(attempt) { return .unsafe(example) }
        return .neverReady(action.track, constraint.explanation(in: situation) ?? "")
    }
}

/// What holds an action back.
struct Constraint {
    /// The first time at which it contradicts nothing.
    var notBefore: Timestamp
    /// The version that may be held or met until then: its track's and its own index.
    var culprit: (track: Int, version: Int)?

    /// The reason for the wait in words.
    func explanation(in situation: Situation) -> String? {
        guard let culprit else { return nil }
        let track = situation.tracks[culprit.track]
        let change = track.changes[culprit.version]
        let last = track.span(culprit.version).last
        let end = last >= .never ? "for ever, as things stand" : "until \(last)"
        return track.timing.caches == nil
            ? "\(change.content) may be presented by a server of \(track.id) \(end)"
            : "\(track.id) with \(change.content), TTL \(change.ttl), may be held \(end)"
    }
}

extension Situation {
    /// The first time at which an action contradicts nothing that can still be held or met.
    func earliest(for action: Step.Action) -> Constraint {
        var result = Constraint(notBefore: now, culprit: nil)
        guard let (place, pairings) = place(of: action.track) else { return result }
        func wait(for version: Int, of track: Int) {
            let next = tracks[track].span(version).last.later(by: 1)
            if next > result.notBefore { result = Constraint(notBefore: next, culprit: (track, version)) }
        }
        guard let content = action.content else {
            let changes = tracks[place].changes
            for index in changes.indices.dropLast() where changes[index].content != changes.last?.content {
                wait(for: index, of: place)
            }
            return result
        }
        for index in pairings {
            let relation = self.pairings[index].relation
            let isPublishedSide = sides[index].published == place
            let other = isPublishedSide ? sides[index].presented : sides[index].published
            for (version, change) in tracks[other].changes.enumerated() {
                let isMatch =
                    isPublishedSide
                    ? relation.accepts(content, change.content) : relation.accepts(change.content, content)
                if !isMatch { wait(for: version, of: other) }
            }
        }
        return result
    }
}

/// Why there is no plan.
public enum PlanRefusal: Error, Sendable {
    /// Every way that the strategy knows fails somebody; this is how.
    case unsafe(CounterExample)
    /// What must run out first never does.
    case neverReady(TrackID, String)
    /// No combination of parameters fits the chains in use and those wanted.
    case noCommonParameters(TrackID, String)
    /// The goal itself names records under which it could not be met.
    case incompleteGoal(TrackID, String)
}
