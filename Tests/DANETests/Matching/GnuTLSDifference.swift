import DANE
import DNSModel
import OpenSSLBridge

/// Where libdane of GnuTLS 3.7 is known to judge a single record in another way than the RFCs, and what it says then.
///
/// Each case is narrow: it is for one record and one chain, it foretells the answer, and the test fails when the answer
/// is another one, or when no chain of the matrix shows the difference any more.
enum GnuTLSDifference: CaseIterable {
    /// RFC 6698 §4.1: "If the comparison data for a certificate is malformed, the certificate association MUST be
    /// considered unusable", and so must one with an unknown matching type. Libdane knows unusable records by their usage
    /// and selector only; other ones are looked at, and match nothing: the client refuses where it should go on.
    case malformedIsMismatch
    /// RFC 6698 §4.1: a usable record that does not match ends the handshake. Where the server sends one certificate only,
    /// libdane takes records of usages 0 and 2 for ones that it does not understand, so that the client goes on.
    case nothingToCompare
    /// RFC 6698 §2.1.1: with usages 0 and 1 "the target certificate MUST pass PKIX certification path validation".
    /// Libdane knows no trust store and no names: it judges usage 1 as usage 3, and usage 0 as usage 2; validation is left
    /// to whoever calls it, and danetool does none.
    case pathIsNotValidated
    /// RFC 7671 §5.2: "the server certificates will need to have names that match one of the client's reference
    /// identifiers". Libdane knows no names.
    case namesDoNotCount
    /// RFC 7671 §5.2.2: with `2 0 0` "the client MUST be able to verify the server's certificate chain even if the TA
    /// certificate appears only in DNS", and §5.2.3 recommends the like for `2 1 0`; with usage 0 a path may end with a
    /// trust anchor of the client's own (RFC 6698 §2.1.1). Libdane compares with what was sent, and nothing else.
    case anchorMustBeSent
    /// RFC 5280 §6.1: a path is validated below the trust anchor, whose own dates are no part of it. Libdane looks at them.
    case anchorMustBeInDate

    /// The difference that a record and a chain come under, if any, and what libdane answers then.
    static func between(
        _ record: RData.TLSA, _ judgement: TLSAJudgement, _ chain: [Certificate], at now: Timestamp
    ) -> (GnuTLSDifference, answer: GnuTLSJudge.Answer)? {
        let isAuthority = record.usage == .pkixTA || record.usage == .daneTA
        guard record.usage <= .daneEE, record.selector <= .spki else { return nil }
        if isAuthority, chain.count < 2 {
            switch judgement.outcome {
            case .unusable: return nil
            case .match: return (.anchorMustBeSent, .unchecked)
            default: return (.nothingToCompare, .unchecked)
            }
        }
        let sent = isAuthority ? chain[1...] : chain[..<1]
        let anchor = sent.first { TLSAMatcher.matches(record, $0) }
        switch judgement.outcome {
        case .unusable:
            return (.malformedIsMismatch, .refused)
        case .match where anchor == nil:
            return (.anchorMustBeSent, .refused)
        case .match where isAuthority && anchor?.isValid(at: now.rawValue) == false:
            return (.anchorMustBeInDate, .refused)
        case .mismatch:
            guard let anchor, !isAuthority || leads(chain, to: anchor, at: now) else { return nil }
            return (record.usage == .daneTA ? .namesDoNotCount : .pathIsNotValidated, .accepted)
        default: return nil
        }
    }

    /// Whether there is a path from the leaf to an authority that was sent, all of it, the authority included, in date.
    private static func leads(_ chain: [Certificate], to anchor: Certificate, at now: Timestamp) -> Bool {
        let outcome = try? PathVerifier.verify(
            leaf: chain[0], intermediates: Array(chain.dropFirst()), anchors: [anchor], allowsPartialChain: true,
            at: nil)
        guard case .valid(let path) = outcome else { return false }
        return path.contains(anchor) && path.allSatisfy { $0.isValid(at: now.rawValue) }
    }
}
