public import DNSModel
import Diagnostics
public import OpenSSLBridge

/// Does this chain satisfy this TLSA RRset? (RFC 6698 §2.1, RFC 7671 §4, §5, §9.)
public enum TLSAMatcher {
    /// Judges a chain by an RRset.
    ///
    /// - Parameters:
    ///   - chain: The certificates as the server sends them; the first is its own.
    ///   - records: The RRset.
    ///   - context: What else the client knows.
    public static func judge(
        chain: [Certificate], records: [RData.TLSA], context: MatchingContext
    ) -> TLSAVerdict {
        let faults = records.map { RecordUsability.fault(of: $0, context) }
        let usable = zip(records, faults).filter { $0.1 == nil }.map(\.0)
        let judgements = zip(records, faults).map { record, fault in
            if let (reason, reference) = fault {
                return TLSAJudgement(record: record, outcome: .unusable, reason: reason, references: [reference])
            }
            if let stronger = RecordUsability.strongerDigest(than: record, among: usable) {
                return TLSAJudgement(
                    record: record, outcome: .passedOver,
                    reason: "a client that knows \(stronger) looks only at the \(stronger) records beside it",
                    references: [.rfc(7671, "9")])
            }
            return judge(record, chain, context)
        }
        return TLSAVerdict(status: status(judgements), judgements: judgements)
    }

    private static func status(_ judgements: [TLSAJudgement]) -> TLSAVerdict.Status {
        if judgements.isEmpty { return .noRecords }
        for (index, judgement) in judgements.enumerated() {
            if case .match(let depth) = judgement.outcome { return .authenticated(index: index, depth: depth) }
        }
        return judgements.allSatisfy { $0.outcome == .unusable } ? .noUsableRecords : .refused
    }

    /// Whether a certificate has the content that a record's selector, matching type and data say.
    public static func matches(_ record: RData.TLSA, _ certificate: Certificate) -> Bool {
        matches(record, content: record.selector == .cert ? certificate.der : certificate.publicKey.der)
    }

    static func matches(_ record: RData.TLSA, content: [UInt8]) -> Bool {
        switch record.matchingType {
        case .full: record.associationData == content
        case .sha2_256: record.associationData == DigestContext.digest(.sha256, of: content)
        case .sha2_512: record.associationData == DigestContext.digest(.sha512, of: content)
        default: false
        }
    }

    private static func judge(
        _ record: RData.TLSA, _ chain: [Certificate], _ context: MatchingContext
    ) -> TLSAJudgement {
        guard let leaf = chain.first else {
            return TLSAJudgement(
                record: record, outcome: .mismatch, reason: "the server sends no certificate", references: [])
        }
        switch record.usage {
        case .daneEE: return judgeEndEntity(record, leaf, chain)
        case .daneTA: return TrustAnchorMatching.judge(record, leaf, chain, context)
        default: return judgePKIX(record, leaf, chain, context)
        }
    }

    /// Usage 3: the server's certificate and nothing else; no names, no dates (RFC 7671 §5.1).
    private static func judgeEndEntity(
        _ record: RData.TLSA, _ leaf: Certificate, _ chain: [Certificate]
    ) -> TLSAJudgement {
        if matches(record, leaf) {
            return TLSAJudgement(
                record: record, outcome: .match(depth: 0),
                reason: "it is the \(subject(of: record)) of '\(leaf.label)'; names and dates do not count",
                references: [.rfc(7671, "5.1")])
        }
        return mismatch(record, chain, "it is not the \(subject(of: record)) of '\(leaf.label)'", [.rfc(6698, "2.1.1")])
    }

    /// Usages 0 and 1: the record and PKIX validation must both hold.
    private static func judgePKIX(
        _ record: RData.TLSA, _ leaf: Certificate, _ chain: [Certificate], _ context: MatchingContext
    ) -> TLSAJudgement {
        let path: [Certificate]
        var obstacle: String?
        switch context.pkix {
        case .valid(let validated): path = validated
        case .invalid(let reason):
            path = chain
            obstacle = "PKIX validation fails: \(reason)"
        case .notEvaluated:
            path = chain
            obstacle = "it needs PKIX validation too, which was not done"
        }
        let position = path.indices.first { index in
            (record.usage == .pkixEE) == (index == 0) && matches(record, path[index])
        }
        guard let position else {
            let wanted = record.usage == .pkixEE ? "'\(leaf.label)'" : "an authority in the validated path"
            return mismatch(record, chain, "it is not the \(subject(of: record)) of \(wanted)", [.rfc(6698, "2.1.1")])
        }
        if let obstacle {
            return TLSAJudgement(
                record: record, outcome: .mismatch,
                reason: "it is the \(subject(of: record)) of '\(path[position].label)', but \(obstacle)",
                references: [.rfc(6698, "2.1.1")])
        }
        return TLSAJudgement(
            record: record, outcome: .match(depth: position),
            reason: "it is the \(subject(of: record)) of '\(path[position].label)', and PKIX validation holds",
            references: [.rfc(6698, "2.1.1")])
    }

    /// `certificate` or `key`.
    static func subject(of record: RData.TLSA) -> String { record.selector == .cert ? "certificate" : "key" }

    /// A mismatch, with what the data is instead if that can be told.
    static func mismatch(
        _ record: RData.TLSA, _ chain: [Certificate], _ reason: String, _ references: [RFCReference]
    ) -> TLSAJudgement {
        var reason = reason
        if matches(record, content: []) {
            reason += "; it is the digest of nothing, as a failed key extraction gives"
        } else if let position = chain.firstIndex(where: { matches(record, $0) }) {
            reason +=
                "; it is that of certificate \(position), '\(chain[position].label)', which this usage does not look at"
        } else {
            var other = record
            other.selector = record.selector == .cert ? .spki : .cert
            if chain.contains(where: { matches(other, $0) }) {
                reason += "; it would match with selector \(other.selector.rawValue)"
            }
        }
        return TLSAJudgement(record: record, outcome: .mismatch, reason: reason, references: references)
    }
}
