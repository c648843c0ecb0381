import DNSModel
import DNSSEC
import Manifest
import Workspace

/// What a run of `danectl sign` did, in a line.
enum SigningText {
    static func summary(_ result: SigningResult, now: Timestamp) -> String {
        let statistics = result.statistics
        let expiry =
            statistics.firstExpiration.map { "; first signature expires \(RelativeTime.text($0, now: now))" } ?? ""
        guard result.change == .changed else {
            return "\(result.apex) unchanged, serial \(statistics.serial)\(expiry)"
        }
        var text = "\(result.apex) signed, serial \(statistics.serial): \(statistics.signaturesMade) signatures made"
        if statistics.signaturesKept > 0 { text += ", \(statistics.signaturesKept) kept" }
        if result.verifiedSignatures > 0 { text += ", \(result.verifiedSignatures) verified" }
        return text + " -> \(result.output)\(expiry)"
    }
}

/// Times as people read them: absolute, and how far away.
enum RelativeTime {
    /// `2026-03-01T00:00:00Z (in 6d)`.
    static func text(_ time: Timestamp, now: Timestamp) -> String { "\(time) (\(distance(time, now: now)))" }

    /// `in 6d`, `2h ago`, `now`: the largest two units.
    static func distance(_ time: Timestamp, now: Timestamp) -> String {
        let seconds = now.distance(to: time)
        if seconds == 0 { return "now" }
        let magnitude = Int64(clamping: seconds.magnitude)
        let rounded =
            magnitude >= 86_400 * 2 ? magnitude / 3_600 * 3_600 : magnitude >= 7_200 ? magnitude / 60 * 60 : magnitude
        let text = DurationText.text(rounded)
        return seconds > 0 ? "in \(text)" : "\(text) ago"
    }
}
