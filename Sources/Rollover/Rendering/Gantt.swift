public import DNSModel

/// A picture of a situation or plan as values: rows of bars over a time axis. Text and SVG draw the same one.
public struct Gantt: Sendable {
    /// A version of something, over the time in which it may be met.
    public struct Bar: Sendable {
        /// What it says.
        public var label: String
        /// From when on it may be met.
        public var from: Timestamp
        /// The last moment at which a server has it.
        public var servedUntil: Timestamp
        /// The last moment at which anybody can hold it.
        public var until: Timestamp
        /// Whether it is a step of the plan, not yet a fact.
        public var isPlanned: Bool
    }

    /// One RRset or presenter and its versions, earliest first.
    public struct Row: Sendable {
        /// What the row is about.
        public var label: String
        /// Whether it is what servers present, not what DNS says.
        public var isPresented: Bool
        /// The versions.
        public var bars: [Bar]
    }

    /// The rows, published before presented.
    public var rows: [Row]
    /// The present.
    public var now: Timestamp
    /// Where the axis begins.
    public var start: Timestamp
    /// Where the axis ends.
    public var end: Timestamp
    /// The times of the steps, ascending, without duplicates.
    public var marks: [Timestamp]

    /// The picture of a plan, from now to a little after the last old answer is gone.
    ///
    /// Versions that nobody can meet any more are left out, as are rows without any version.
    public init(_ plan: Plan) {
        self.init(plan.completion, marks: plan.steps.map(\.earliest))
    }

    /// The picture of a situation.
    public init(_ situation: Situation, marks: [Timestamp]) {
        now = situation.now
        var horizon = situation.now.later(by: 60)
        var rows: [Row] = []
        for track in situation.tracks {
            let bars = track.spans.filter { $0.last >= situation.now }.map { span in
                Bar(
                    label: span.content.description, from: max(span.first, .always), servedUntil: span.lastServed,
                    until: span.last, isPlanned: span.isPlanned)
            }
            for time in bars.flatMap({ [$0.from, $0.until] }) where time < .never { horizon = max(horizon, time) }
            if !bars.isEmpty {
                rows.append(Row(label: track.id.description, isPresented: !track.id.isPublished, bars: bars))
            }
        }
        for mark in marks where mark < .never { horizon = max(horizon, mark) }
        self.rows = rows.filter { !$0.isPresented } + rows.filter(\.isPresented)
        start = situation.now
        end = horizon.later(by: max(60, situation.now.distance(to: horizon) / 12))
        self.marks = Set(marks).sorted()
    }

    /// Where a time lies on the axis, from 0 to 1.
    func position(_ time: Timestamp) -> Double {
        let length = Double(max(1, start.distance(to: end)))
        if time >= end { return 1 }
        return max(0, Double(start.distance(to: time)) / length)
    }

    /// A time since the present, as people say it: `+1 h 5 min`.
    static func relative(_ seconds: Int64) -> String {
        let size = abs(seconds)
        let sign = seconds < 0 ? "−" : "+"
        let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { size >= $0.0 }) else { return "now" }
        var text = "\(sign)\(size / units[first].0) \(units[first].1)"
        let rest = size % units[first].0
        if first + 1 < units.count, rest >= units[first + 1].0 {
            text += " \(rest / units[first + 1].0) \(units[first + 1].1)"
        }
        return text
    }
}
