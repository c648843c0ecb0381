public import DNSModel
public import Diagnostics

/// What came of signing a zone.
public struct SigningOutcome: Sendable {
    /// The signed zone: only its apex when a receiver was given the text. When nothing has changed it is the previous one,
    /// serial and all.
    public var zone: Zone
    /// The cuts of ``zone``, where they are known.
    package var cuts: ZoneCuts?
    /// How many signatures were verified while the zone was being signed, its structure being sound; `nil` when it was not
    /// judged, or there is something to find.
    package var verifiedSignatures: Int?
    /// Whether anything must be written.
    public var change: Change
    /// Whether a receiver was given the text of the whole zone.
    public var isReceived = false
    /// What was done.
    public var statistics: Statistics
    /// What was found on the way; no errors.
    public var diagnostics: [Diagnostic]
    /// What to remember of the signed zone, where it does not depend on anything but the records and the parameters.
    package var summary: SigningSummary?

    /// Whether a signed zone differs from the previous one.
    public enum Change: Sendable, Hashable {
        /// Not a record has changed and no signature was due.
        case unchanged
        /// There is something to publish.
        case changed
    }

    /// What was done, in numbers.
    public struct Statistics: Sendable, Hashable {
        /// Signatures made.
        public var signaturesMade = 0
        /// Signatures taken over from the previous zone.
        public var signaturesKept = 0
        /// RRsets that are signed.
        public var signedRRsets = 0
        /// NSEC or NSEC3 records.
        public var denialRecords = 0
        /// The serial of the signed zone.
        public var serial = Serial(rawValue: 0)
        /// When the first signature ends.
        public var firstExpiration: Timestamp?

        /// All signatures of the zone.
        public var signatureCount: Int { signaturesMade + signaturesKept }
    }
}
