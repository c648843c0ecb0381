import DNSModel
import Diagnostics
import OpenSSLBridge

/// Usage 2: the record names a trust anchor, and the chain must lead to it (RFC 7671 §5.2).
enum TrustAnchorMatching {
    /// Judges one usable record.
    static func judge(
        _ record: RData.TLSA, _ leaf: Certificate, _ chain: [Certificate], _ context: MatchingContext
    ) -> TLSAJudgement {
        let candidates = anchors(record, chain)
        guard !candidates.isEmpty else {
            let hint =
                record.matchingType == .full
                ? "" : "; a trust anchor that is named by digest must be in the chain that the server sends"
            return TLSAMatcher.mismatch(
                record, chain,
                "it is not the \(TLSAMatcher.subject(of: record)) of any authority that the server sends\(hint)",
                [.rfc(7671, "5.2")])
        }
        var reasons: [String] = []
        for candidate in candidates {
            switch path(leaf, chain, candidate, context) {
            case .failure(let reason): reasons.append(reason.text)
            case .success(let depth):
                guard let identity = context.referenceIdentities.first(where: { $0.match(in: leaf) != nil }) else {
                    reasons.append("'\(leaf.label)' has none of the names \(names(context))")
                    continue
                }
                return TLSAJudgement(
                    record: record, outcome: .match(depth: depth),
                    reason: "the chain leads to '\(candidate.label)', and the certificate names \(identity)",
                    references: [.rfc(7671, "5.2")])
            }
        }
        return TLSAJudgement(
            record: record, outcome: .mismatch,
            reason: "it names '\(candidates[0].label)', but " + reasons.joined(separator: ", "),
            references: [.rfc(7671, "5.2")])
    }

    /// Something that a record makes a trust anchor.
    private struct Anchor {
        /// The certificate that ends the path.
        let certificate: Certificate
        /// Whether the anchor is the bare key that signed ``certificate``.
        let isBareKey: Bool
        /// For people.
        let label: String
    }

    /// "2 x 0" records may carry an anchor that the server does not send (RFC 7671 §5.2.2, §5.2.3).
    private static func anchors(_ record: RData.TLSA, _ chain: [Certificate]) -> [Anchor] {
        var result = chain.dropFirst().filter { TLSAMatcher.matches(record, $0) }
            .map { Anchor(certificate: $0, isBareKey: false, label: $0.label) }
        guard result.isEmpty, record.matchingType == .full else { return result }
        if record.selector == .cert {
            if let certificate = try? Certificate(der: record.associationData), certificate != chain.first {
                result.append(Anchor(certificate: certificate, isBareKey: false, label: certificate.label))
            }
        } else if let key = try? SubjectPublicKeyInfo(der: record.associationData) {
            for certificate in chain where certificate.isSigned(by: key) {
                result.append(
                    Anchor(certificate: certificate, isBareKey: true, label: "the key that signed \(certificate.label)")
                )
            }
        }
        return result
    }

    private struct Reason: Error {
        let text: String
    }

    /// The depth of the anchor in a valid path, or why there is none.
    ///
    /// Dates count for everything below the anchor. An anchor's own dates are not part of the path (RFC 5280 §6.1); but
    /// clients do look at those of a self-issued one, so they count here too.
    private static func path(
        _ leaf: Certificate, _ chain: [Certificate], _ anchor: Anchor, _ context: MatchingContext
    ) -> Result<Int, Reason> {
        let outcome: PathVerifier.Outcome
        do throws(X509Error) {
            outcome = try PathVerifier.verify(
                leaf: leaf, intermediates: Array(chain.dropFirst()), anchors: [anchor.certificate],
                allowsPartialChain: true, at: nil)
        } catch {
            return .failure(Reason(text: error.description))
        }
        switch outcome {
        case .invalid(_, let reason, let depth): return .failure(Reason(text: "\(reason) at depth \(depth)"))
        case .valid(let path):
            guard let depth = path.firstIndex(of: anchor.certificate), anchor.isBareKey || depth > 0 else {
                return .failure(Reason(text: "the path does not go through it"))
            }
            for (position, certificate) in path.enumerated() where !certificate.isValid(at: context.now.rawValue) {
                if position == depth, !anchor.isBareKey, !certificate.isSelfIssued { continue }
                let when =
                    context.now.rawValue > certificate.notAfter
                    ? "has expired on \(Timestamp(certificate.notAfter))"
                    : "is not valid before \(Timestamp(certificate.notBefore))"
                return .failure(Reason(text: "'\(certificate.label)' \(when)"))
            }
            return .success(depth)
        }
    }

    private static func names(_ context: MatchingContext) -> String {
        context.referenceIdentities.map { "'\($0)'" }.joined(separator: ", ")
    }
}
