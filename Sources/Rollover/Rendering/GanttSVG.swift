import DNSModel

/// ``Gantt`` charts as a self-contained SVG document: light and dark by the viewer's preference, no scripts, no fonts of its own.
public enum GanttSVG {
    private static let labelHeight = 20
    private static let barHeight = 18
    private static let barGap = 6
    private static let left = 16

    /// Draws one chart `width` pixels wide.
    public static func render(_ gantt: Gantt, width: Int) -> String { render([("", gantt)], width: width) }

    /// Draws charts one below the other, each under its title and on a time axis of its own, `width` pixels wide.
    public static func render(_ charts: [(title: String, gantt: Gantt)], width: Int) -> String {
        let inner = max(320, width)
        var body = ""
        var height = 0
        for (title, gantt) in charts {
            if !title.isEmpty {
                height += 24
                body += "<text class=\"title\" x=\"\(left)\" y=\"\(height)\">\(escaped(title))</text>\n"
            }
            let chart = chart(gantt, width: inner)
            body += "<g transform=\"translate(0 \(height))\">\n\(chart.body)</g>\n"
            height += chart.height
        }
        let start = charts.map(\.gantt.start).min().map { ", from \($0)" } ?? ""
        let end = charts.map(\.gantt.end).max().map { " to \($0)" } ?? ""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(inner)" height="\(max(1, height))" \
            viewBox="0 0 \(inner) \(max(1, height))" role="img">
            <title>Which version may be met when\(start)\(end)</title>
            <style>
            text { font: 12px system-ui, sans-serif; fill: #1d2733; }
            .title { font-size: 14px; font-weight: 700; }
            .row { font-weight: 600; } .time { fill: #5a6673; font-size: 11px; }
            .bar text { font-family: ui-monospace, monospace; font-size: 11px; }
            .dns { fill: #9cc4ee; } .tls { fill: #a5d8ae; } .cache { fill-opacity: .4; }
            .planned { stroke: #33475b; stroke-dasharray: 3 2; }
            .mark { stroke: #5a6673; stroke-dasharray: 2 3; }
            @media (prefers-color-scheme: dark) { text { fill: #e6ebf0; } .time { fill: #9aa7b4; }
            .dns { fill: #285e94; } .tls { fill: #2c6b3a; } .planned { stroke: #b8c4d0; } }
            </style>
            \(body)</svg>

            """
    }

    /// One chart from its own upper edge down, and its height.
    private static func chart(_ gantt: Gantt, width: Int) -> (body: String, height: Int) {
        let inner = Double(width - 2 * left)
        func x(_ time: Timestamp) -> Double { Double(left) + gantt.position(time) * inner }
        var body = ""
        var y = 28
        for row in gantt.rows {
            body += "<text class=\"row\" x=\"\(left)\" y=\"\(y + 13)\">\(escaped(row.label))</text>\n"
            y += labelHeight
            for bar in row.bars {
                body += drawing(bar, isPresented: row.isPresented, y: y, x: x)
                y += barHeight + barGap
            }
            y += barGap
        }
        var grid = ""
        for (number, mark) in gantt.marks.enumerated() {
            let place = decimal(x(mark))
            grid += "<line class=\"mark\" x1=\"\(place)\" y1=\"22\" x2=\"\(place)\" y2=\"\(y)\"/>\n"
            grid += "<text class=\"time\" x=\"\(place)\" y=\"16\" text-anchor=\"middle\">\(number + 1)</text>\n"
        }
        for (number, mark) in gantt.marks.enumerated() {
            y += 16
            let relative = Gantt.relative(gantt.now.distance(to: mark))
            body += "<text class=\"time\" x=\"\(left)\" y=\"\(y)\">\(number + 1): \(mark) (\(relative))</text>\n"
        }
        return (grid + body, y + 16)
    }

    private static func drawing(
        _ bar: Gantt.Bar, isPresented: Bool, y: Int, x: (Timestamp) -> Double
    ) -> String {
        let from = x(bar.from)
        let served = max(from + 2, x(bar.servedUntil))
        let until = max(served, x(bar.until))
        let kind = isPresented ? "tls" : "dns"
        let planned = bar.isPlanned ? " planned" : ""
        var text = "<g class=\"bar\">"
        text += rectangle("\(kind)\(planned)", from, served, y)
        if until > served { text += rectangle("\(kind) cache\(planned)", served, until, y) }
        let label = escaped(bar.label)
        let isLate = from > x(.never) / 2
        text += "<text x=\"\(decimal(isLate ? from - 4 : from + 4))\" y=\"\(y + 13)\""
        text += isLate ? " text-anchor=\"end\">" : ">"
        return text + "\(label)</text><title>\(label), \(spoken(bar.from)) – \(spoken(bar.until))</title></g>\n"
    }

    private static func rectangle(_ kind: String, _ from: Double, _ to: Double, _ y: Int) -> String {
        "<rect class=\"\(kind)\" x=\"\(decimal(from))\" y=\"\(y)\" width=\"\(decimal(to - from))\" "
            + "height=\"\(barHeight)\" rx=\"3\"/>"
    }

    /// A time, or words for one without beginning or end.
    private static func spoken(_ time: Timestamp) -> String {
        time <= .always ? "long ago" : time >= .never ? "further notice" : time.description
    }

    /// One decimal place.
    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
