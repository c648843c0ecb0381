import DNSModel
import Manifest
import Testing

/// Keeps account of a zone's publications: each must be needed, and nothing that is needed may wait.
///
/// Needed is a publication when the zone says something else, or when one of its signatures has no more left than the
/// policy's `refresh`. This is read off the published texts, not asked of danectl.
struct PublicationLedger {
    /// What the policy says of signatures, in seconds.
    let validity: Int64
    let refresh: Int64
    let jitter: Int64

    /// What is published now.
    private(set) var current: SignedText?
    /// The number of publications, the first included.
    private(set) var publications = 0
    /// Those of them that say something else than the one before.
    private(set) var changes = 0
    /// When signatures were last made because they were due.
    private var lastRenewal: Timestamp?
    /// Those publications for which a signature was due.
    private(set) var renewals = 0

    init(_ policy: SignaturePolicy) {
        validity = policy.validity
        refresh = policy.refresh
        jitter = policy.jitter
    }

    /// Looks at what is published after a run.
    ///
    /// - Returns: Whether it is new.
    @discardableResult
    mutating func see(_ text: SignedText, at now: Timestamp, zone: String) -> Bool {
        defer { current = text }
        guard let before = current else {
            publications = 1
            return true
        }
        let isChange = text.content != before.content
        let isDue = before.firstExpiration - now.rawValue <= refresh
        let isNew = text.serial != before.serial
        #expect(isNew == (isChange || isDue), "\(now): \(zone) changed: \(isChange), due: \(isDue), new: \(isNew)")
        if isNew {
            #expect(Int32(bitPattern: text.serial &- before.serial) > 0, "\(now): the serial of \(zone) does not rise")
            publications += 1
            if isChange { changes += 1 }
            if isDue {
                renewals += 1
                // What was due soon was signed along: the next time is at least half of the way from signing to refresh off.
                let least = min((validity - refresh) / 2, validity - refresh - jitter)
                if let lastRenewal { #expect(lastRenewal.distance(to: now) >= least, "\(now): \(zone)") }
                lastRenewal = now
            }
            #expect(text.firstExpiration - now.rawValue > refresh, "\(now): \(zone) has signatures that are due")
        }
        return isNew
    }

    /// How often signatures must be renewed in a time, at the least and at the most.
    ///
    /// One way round takes from signing to refresh, less the jitter, plus one step of the timer. A change that falls in
    /// between is signed for itself and may bring the renewal of the others forward once, by half the way.
    func expectedRenewals(in seconds: Int64, step: Int64) -> ClosedRange<Int> {
        let longest = validity - refresh + step
        let shortest = validity - refresh - jitter
        let early = Int64(changes) * (validity - refresh) / 2
        return Int(seconds / longest)...Int((seconds + early) / shortest + 1)
    }
}
