import DNSModel
import Rollover
import Workspace

/// How things stand, as text, as a line for Nagios, as metrics for Prometheus.
enum StatusText {
    static func text(_ status: ServiceStatus) -> String {
        var text = ""
        for entry in status.certificates {
            text += "certificate \(entry.name): \(name(entry.level))\n"
            let expiry = entry.notAfter.map { ", expires \(RelativeTime.text($0, now: status.now))" } ?? ""
            text += "  live: \(entry.live ?? "nothing")\(expiry)\n"
            if let staged = entry.staged { text += "  staged: \(staged)\n" }
            for record in entry.records {
                text += "  \(record.owner) \(record.association.abbreviated) \(record.state.rawValue)\n"
            }
            if let next = entry.next {
                let time = next.time <= status.now ? "due" : RelativeTime.text(next.time, now: status.now)
                text += "  next: \(time): \(next.action)\n"
            }
            for problem in entry.problems { text += "  problem: \(problem)\n" }
        }
        for move in status.moves {
            text += "move of \(move.services.joined(separator: ", ")): \(name(move.level))\n"
            for service in move.held { text += "  held as published: \(service)\n" }
            if let next = move.next {
                let time = next.time <= status.now ? "due" : RelativeTime.text(next.time, now: status.now)
                text += "  next: \(time): \(next.action)\n"
            }
            for problem in move.problems { text += "  problem: \(problem)\n" }
        }
        for zone in status.zones {
            let expiry = zone.firstExpiration.map {
                ", first signature expires \(RelativeTime.text($0, now: status.now))"
            }
            text += "zone \(zone.name): \(name(zone.level))\(expiry ?? "")\n"
            for problem in zone.problems { text += "  problem: \(problem)\n" }
        }
        return text
    }

    static func nagios(_ status: ServiceStatus) -> String {
        let problems =
            status.certificates.flatMap { entry in entry.problems.map { "\(entry.name): \($0)" } }
            + status.zones.flatMap { zone in zone.problems.map { "\(zone.name): \($0)" } }
            + status.moves.flatMap(\.problems)
        let first = (status.certificates.map(\.next) + status.moves.map(\.next)).compactMap { $0?.time }.min()
        let next = first.map {
            $0 <= status.now ? "a step is due" : "next step \(RelativeTime.text($0, now: status.now))"
        }
        let summary =
            problems.isEmpty
            ? "\(status.certificates.count) certificates, \(status.zones.count) zones, \(next ?? "nothing to do")"
            : problems.joined(separator: "; ")
        return "DANE \(name(status.level).uppercased()) - \(oneLine(summary))"
    }

    static func prometheus(_ status: ServiceStatus) -> String {
        var text = "# HELP danectl_level 0 ok, 1 warning, 2 critical.\n# TYPE danectl_level gauge\n"
        for entry in status.certificates {
            text += "danectl_level{certificate=\"\(escaped(entry.name))\"} \(entry.level.rawValue)\n"
        }
        for zone in status.zones {
            text += "danectl_level{zone=\"\(escaped(zone.name.description))\"} \(zone.level.rawValue)\n"
        }
        text += "# HELP danectl_certificate_expiry_seconds When the live certificate expires, since 1970.\n"
        text += "# TYPE danectl_certificate_expiry_seconds gauge\n"
        for entry in status.certificates {
            guard let end = entry.notAfter else { continue }
            text += "danectl_certificate_expiry_seconds{certificate=\"\(escaped(entry.name))\"} \(end.rawValue)\n"
        }
        text += "# HELP danectl_signature_expiry_seconds When the zone's first signature expires, since 1970.\n"
        text += "# TYPE danectl_signature_expiry_seconds gauge\n"
        for zone in status.zones {
            guard let end = zone.firstExpiration else { continue }
            text += "danectl_signature_expiry_seconds{zone=\"\(escaped(zone.name.description))\"} \(end.rawValue)\n"
        }
        text += "# HELP danectl_next_step_seconds When the next step of a rollover may be taken, since 1970.\n"
        text += "# TYPE danectl_next_step_seconds gauge\n"
        for entry in status.certificates {
            guard let next = entry.next else { continue }
            text += "danectl_next_step_seconds{certificate=\"\(escaped(entry.name))\"} \(next.time.rawValue)\n"
        }
        return text
    }

    static func name(_ level: ServiceStatus.Level) -> String {
        switch level {
        case .ok: "ok"
        case .warning: "warning"
        case .critical: "critical"
        case .unknown: "unknown"
        }
    }

    /// Nagios takes what stands behind a bar for numbers, and only the first line.
    private static func oneLine(_ text: String) -> String {
        String(text.map { $0 == "|" ? "/" : $0.isNewline ? " " : $0 })
    }

    private static func escaped(_ text: String) -> String {
        text.flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.reduce(into: "") { $0.append($1) }
    }
}
