import DNSModel
import Diagnostics

/// A serial and what is to be said about it.
struct SerialChoice {
    /// The serial of the zone to be published.
    var serial: Serial
    /// What a policy could not have, or what secondaries will not notice.
    var findings: [Diagnostic]

    /// Chooses the serial of a zone that differs from what was published.
    ///
    /// - Parameters:
    ///   - source: The serial in the operator's zone.
    ///   - previous: The serial that was published last, if any.
    static func choose(
        _ policy: SerialPolicy, source: Serial, previous: Serial?, now: Timestamp
    ) -> SerialChoice {
        switch policy {
        case .keep: keep(source, previous: previous)
        case .increment: increment(source, previous: previous)
        case .unixtime: advance(to: Serial(rawValue: now.serial), policy, from: previous ?? source)
        case .date: advance(to: Serial(rawValue: firstOfDay(now)), policy, from: previous ?? source)
        }
    }

    private static func keep(_ source: Serial, previous: Serial?) -> SerialChoice {
        guard let previous, source.isNewer(than: previous) != true else {
            return SerialChoice(serial: source, findings: [])
        }
        let message =
            source == previous
            ? "the zone has changed, its SOA serial \(source) has not: secondaries will not fetch it"
            : "SOA serial \(source) is not newer than \(previous), which was published: secondaries will not fetch it"
        return SerialChoice(
            serial: source,
            findings: [
                .warning(.serial, message, .rfc(1982, "3.2"), hint: "raise the serial, or choose another serial policy")
            ])
    }

    private static func increment(_ source: Serial, previous: Serial?) -> SerialChoice {
        // An operator may have raised the serial beyond what was published.
        let last = previous.map { source.isNewer(than: $0) == true ? source : $0 } ?? source
        return SerialChoice(serial: last.successor, findings: [])
    }

    /// The wanted serial, or the successor of the last one where the wanted one is not newer.
    private static func advance(to wanted: Serial, _ policy: SerialPolicy, from last: Serial) -> SerialChoice {
        if wanted.isNewer(than: last) == true { return SerialChoice(serial: wanted, findings: []) }
        let next = last.successor
        // Several changes within a second or a day are ordinary.
        let isOrdinary = policy == .date ? last.rawValue &- wanted.rawValue < 99 : last == wanted
        guard !isOrdinary else { return SerialChoice(serial: next, findings: []) }
        return SerialChoice(
            serial: next,
            findings: [
                .warning(
                    .serial,
                    "policy \(policy.rawValue) asks for SOA serial \(wanted), which is not newer than \(last): using \(next)",
                    .rfc(1982, "3.2"),
                    hint: "move secondaries to the policy's serials in two steps of less than 2^31 (RFC 1912 §3.1)")
            ])
    }

    /// YYYYMMDD00 of a day in UTC.
    private static func firstOfDay(_ now: Timestamp) -> UInt32 {
        // Days to a civil date, years beginning in March.
        let days = (now.rawValue >= 0 ? now.rawValue : now.rawValue - 86_399) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return UInt32(truncatingIfNeeded: ((year * 100 + month) * 100 + day) * 100)
    }
}
