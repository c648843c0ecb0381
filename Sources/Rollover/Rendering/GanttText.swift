import DNSModel

/// A ``Gantt`` in characters: `█` served or presented, `░` only in caches, `│` a step's time.
public enum GanttText {
    /// Draws it.
    ///
    /// - Parameters:
    ///   - gantt: What to draw.
    ///   - columns: The width to fit into, labels included; at least 60.
    /// - Returns: Lines that end in newlines.
    public static func render(_ gantt: Gantt, columns: Int) -> String {
        let width = max(24, max(60, columns) - 4)
        var text = ""
        for row in gantt.rows {
            text += row.label + "\n"
            for bar in row.bars {
                text += "  " + line(bar, gantt, width) + "\n"
                text += "  " + caption(bar, gantt, width) + "\n"
            }
        }
        text += "  " + axis(gantt, width) + "\n"
        for (number, mark) in gantt.marks.enumerated() {
            text += "  \(number + 1)  \(mark)  \(Gantt.relative(gantt.now.distance(to: mark)))\n"
        }
        return text
    }

    private static func column(_ time: Timestamp, _ gantt: Gantt, _ width: Int) -> Int {
        min(width - 1, Int(gantt.position(time) * Double(width - 1)))
    }

    private static func line(_ bar: Gantt.Bar, _ gantt: Gantt, _ width: Int) -> String {
        let from = column(bar.from, gantt, width)
        let served = column(bar.servedUntil, gantt, width)
        let until = column(bar.until, gantt, width)
        let marks = Set(gantt.marks.map { column($0, gantt, width) })
        var cells: [Character] = []
        for index in 0..<width {
            let cell: Character =
                index >= from && index <= served ? "█" : index > served && index <= until ? "░" : " "
            cells.append(cell == " " && marks.contains(index) ? "│" : cell)
        }
        return String(cells)
    }

    /// The bar's label under its beginning, or as far left as it must be to fit.
    private static func caption(_ bar: Gantt.Bar, _ gantt: Gantt, _ width: Int) -> String {
        let label = bar.label.count > width ? String(bar.label.prefix(width - 1)) + "…" : bar.label
        let indent = max(0, min(column(bar.from, gantt, width), width - label.count))
        return String(repeating: " ", count: indent) + label
    }

    private static func axis(_ gantt: Gantt, _ width: Int) -> String {
        var cells = Array(repeating: Character("─"), count: width)
        for (number, mark) in gantt.marks.enumerated() {
            cells[column(mark, gantt, width)] = Character(number < 9 ? String(number + 1) : "+")
        }
        return String(cells)
    }
}
