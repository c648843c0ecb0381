import DANE
import DNSModel
import Diagnostics
import OpenSSLBridge
import Rollover

extension CertificateCase {
    /// Why what shall be live cannot be published under the combinations that are asked for: a finding for each.
    func unmetParameters(now: Timestamp) -> [Diagnostic] {
        guard let wanted else { return [] }
        let chain =
            chains[wanted.label] ?? ChainDescription.chain(wanted, parameters: parameters, now: now)
        let location = SourceLocation(file: wanted.file)
        return parameters.sorted().filter { !chain.offers([$0]) }.map { parameters in
            do throws(TLSAGenerator.Failure) {
                _ = try TLSAGenerator.record(parameters.dane, chain: wanted.arranged)
            } catch {
                return .error(
                    RuleID(error.rule), at: location, "no \(parameters) can be published: \(error.description)",
                    .rfc(7671, "5.2.2"),
                    hint: "let the file have the authority's certificate after the server's own, or ask for 3 1 1")
            }
            return .error(
                "rollover/incomplete-goal", at: location,
                "no \(parameters) can be published: clients want a path to a public trust anchor too, and there is none for"
                    + " '\(wanted.leaf.label)' in this system's trust store",
                .rfc(6698, "2.1.1"), hint: "3 1 1 needs none")
        }
    }
}
