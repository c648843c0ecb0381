public import Diagnostics

extension RuleCatalog {
    /// The rules of rollovers.
    public static let rollover = RuleCatalog([
        RuleExplanation(
            "rollover/unsafe", "the change would make some client fail",
            """
            What is published stays in caches for the TTL that it was published with, at every layer, after the last \
            server has stopped serving it. A certificate that such an answer does not match is refused by clients that \
            hold it. danectl compares the intervals in which each version can be held with those in which each \
            certificate can be presented, and refuses a plan in which two overlap that do not match. The message tells \
            the first case. Let danectl plan the change, or wait until the time it names.
            """, .rfc(7671, "8"), .rfc(7583, "3")),
        RuleExplanation(
            "rollover/never-ready", "something that must run out does not",
            """
            A step must wait until an older version is gone, but that version stands without an end: a deployment was \
            begun and never finished, say. Finish or undo it first.
            """, .rfc(7671, "8.1")),
        RuleExplanation(
            "rollover/no-common-parameters", "no TLSA parameters fit both the old and the new certificate",
            """
            While a certificate is replaced, each combination of usage, selector and matching type in the RRset must \
            match the old chain and the new one, for there are clients that support only one of them. Here is no such \
            combination, and the certificates are not publicly trusted, so DANE cannot be suspended meanwhile. Publish \
            3 1 1 for both, change the certificate, then change the parameters.
            """, .rfc(7671, "8.2")),
        RuleExplanation(
            "rollover/incomplete-goal", "a certificate or spare key cannot be published as asked",
            """
            A spare key has no certificate yet, so only its public key can be published: 3 1 1 or 3 1 2. And every \
            certificate of a service needs a record in each combination that is published.
            """, .rfc(7671, "8")),
    ])
}

extension PlanRefusal {
    /// The refusal as a finding.
    public var diagnostic: Diagnostic {
        switch self {
        case .unsafe(let example):
            .error(
                "rollover/unsafe", example.sentence, .rfc(7671, "8"),
                hint: example.isTemporary
                    ? "wait until \(example.until), then plan again" : "publish records that match first")
        case .neverReady(let track, let explanation):
            .error(
                "rollover/never-ready", "\(track) cannot change: \(explanation)", .rfc(7671, "8.1"),
                hint: "finish or undo what was begun, then plan again")
        case .noCommonParameters(let track, let explanation):
            .error(
                "rollover/no-common-parameters", "\(track): \(explanation)", .rfc(7671, "8.2"),
                hint: "publish 3 1 1 for both, change the certificate, then the parameters")
        case .incompleteGoal(let track, let explanation):
            .error(
                "rollover/incomplete-goal", "\(track): \(explanation)", .rfc(7671, "8"),
                hint: "spare keys need selector SPKI (1) and usage DANE-EE (3)")
        }
    }
}
