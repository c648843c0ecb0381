import DNSModel

/// The proof: whenever a version can be held while something else can be met, the two match.
///
/// Intervals and pairs, no simulation: it speaks about every cache and every client at once.
public enum Coverage {
    /// Judges a situation together with the planned changes in it.
    ///
    /// Two facts that do not match are nobody's plan: they are reported as inherited. What lies wholly before the present
    /// is left alone.
    ///
    /// - Returns: An assurance, or the counter-example that happens first; of several, the one with the shortest story.
    public static func check(_ situation: Situation) -> Proof {
        var worst: CounterExample?
        var assurance = Assurance(
            pairsThatMeet: 0, pairsKeptApart: 0, from: situation.now, horizon: situation.now, tightestMargin: nil,
            inherited: [])
        var spansOfTrack: [[Span]] = []
        spansOfTrack.reserveCapacity(situation.tracks.count)
        var latest: Track?
        for track in situation.tracks {
            if let latest, let spans = spansOfTrack.last, latest.hasSameVersions(as: track) {
                spansOfTrack.append(spans)
                continue
            }
            let spans = track.spans.filter { $0.last >= situation.now }
            for span in spans where !span.isOpen { assurance.horizon = max(assurance.horizon, span.last) }
            spansOfTrack.append(spans)
            latest = track
        }
        for (index, sides) in situation.sides.enumerated() {
            for held in spansOfTrack[sides.published] {
                for met in spansOfTrack[sides.presented] {
                    judge(held, met, situation.pairings[index], worst: &worst, assurance: &assurance)
                }
            }
        }
        if let worst { return .unsafe(worst) }
        assurance.inherited.sort { $0.at < $1.at }
        return .safe(assurance)
    }

    /// Judges one pair.
    private static func judge(
        _ held: Span, _ met: Span, _ pairing: Pairing, worst: inout CounterExample?, assurance: inout Assurance
    ) {
        let isFact = !held.isPlanned && !met.isPlanned
        let isMatch = pairing.relation.accepts(held.content, met.content)
        guard held.overlaps(met) else {
            if !isMatch, !isFact {
                let distance = max(held.first, met.first).rawValue - min(held.last, met.last).rawValue
                assurance.pairsKeptApart += 1
                assurance.tightestMargin = min(distance, assurance.tightestMargin ?? distance)
            }
            return
        }
        assurance.pairsThatMeet += 1
        if isMatch { return }
        if isFact {
            let isLost = held.content == .unknown || met.content == .unknown
            if !isLost { assurance.inherited.append(CounterExample(pairing: pairing, held: held, met: met)) }
            return
        }
        let example = CounterExample(pairing: pairing, held: held, met: met)
        if worst.map({ isSimpler(example, than: $0) }) ?? true { worst = example }
    }

    /// Earlier first; then the one that needs no cache; then the one about younger versions.
    private static func isSimpler(_ left: CounterExample, than right: CounterExample) -> Bool {
        if left.at != right.at { return left.at < right.at }
        let leftIsCached = left.fetchedAt < left.at
        let rightIsCached = right.fetchedAt < right.at
        if leftIsCached != rightIsCached { return !leftIsCached }
        return (left.held.index, left.met.index) > (right.held.index, right.met.index)
    }
}
