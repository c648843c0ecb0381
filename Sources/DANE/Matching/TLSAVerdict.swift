public import DNSModel
public import Diagnostics

/// What one TLSA record says of a chain.
public struct TLSAJudgement: Sendable, Hashable {
    /// The outcome for one record.
    public enum Outcome: Sendable, Hashable {
        /// The record authenticates the chain by the certificate at `depth`, 0 being the server's own.
        case match(depth: Int)
        /// The record is understood, and the chain is not what it says.
        case mismatch
        /// The record counts as if it were not there (RFC 7671 §4.1).
        case unusable
        /// A stronger digest stands beside it, so that this one is not looked at (RFC 7671 §9).
        case passedOver
    }

    /// The record.
    public let record: RData.TLSA
    /// What came of it.
    public let outcome: Outcome
    /// Why, in words: lower case, no final period.
    public let reason: String
    /// The sections that say so.
    public let references: [RFCReference]
}

/// What a TLSA RRset says of a chain: every record is judged, whether or not an earlier one matches.
public struct TLSAVerdict: Sendable, Hashable {
    /// The outcome for the RRset.
    public enum Status: Sendable, Hashable {
        /// The record at `index` matches by the certificate at `depth`.
        case authenticated(index: Int, depth: Int)
        /// There are usable records, and none matches: the client must not go on.
        case refused
        /// There are records, none usable: the client goes on as without DANE, and mail servers without authentication
        /// (RFC 7671 §4.1, RFC 7672 §2.2).
        case noUsableRecords
        /// The RRset is empty.
        case noRecords
    }

    /// The outcome.
    public let status: Status
    /// One judgement for each record, in the order of the records.
    public let judgements: [TLSAJudgement]

    /// Whether a record matches.
    public var isAuthenticated: Bool { if case .authenticated = status { true } else { false } }

    /// The judgement of the record that matches, or `nil`.
    public var match: TLSAJudgement? {
        if case .authenticated(let index, _) = status { judgements[index] } else { nil }
    }
}

extension TLSAJudgement: CustomStringConvertible {
    /// `3 1 1 8cb0fc6c…: matches: …`.
    public var description: String {
        let digits = Hex.encode(record.associationData.prefix(8)).lowercased()
        let ellipsis = record.associationData.count > 8 ? "…" : ""
        let word =
            switch outcome {
            case .match: "matches"
            case .mismatch: "does not match"
            case .unusable: "unusable"
            case .passedOver: "passed over"
            }
        return "\(TLSAParameters(record)) \(digits)\(ellipsis): \(word): \(reason)"
    }
}
