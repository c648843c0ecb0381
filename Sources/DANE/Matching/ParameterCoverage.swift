public import DNSModel
public import OpenSSLBridge

/// RFC 7671 §8: clients may support only some parameters, so *each* combination that is published must match *each*
/// chain that a server may present.
public enum ParameterCoverage {
    /// A combination of parameters none of whose records is for a chain.
    public struct Gap: Sendable, Hashable {
        /// The combination.
        public let parameters: TLSAParameters
        /// The index of the chain.
        public let chain: Int
    }

    /// The combinations that fail some chain, by parameters, then by chain.
    ///
    /// Contents are compared, nothing else: dates and names are for ``TLSAMatcher``.
    public static func gaps(records: [RData.TLSA], chains: [[Certificate]]) -> [Gap] {
        let combinations = Set(records.map(TLSAParameters.init)).sorted()
        return combinations.flatMap { parameters in
            chains.indices.compactMap { index in
                let fits = records.contains { record in
                    TLSAParameters(record) == parameters && matches(record, chains[index])
                }
                return fits ? nil : Gap(parameters: parameters, chain: index)
            }
        }
    }

    private static func matches(_ record: RData.TLSA, _ chain: [Certificate]) -> Bool {
        guard let leaf = chain.first else { return false }
        guard TLSAParameters(record).namesAuthority else { return TLSAMatcher.matches(record, leaf) }
        return chain.dropFirst().contains { TLSAMatcher.matches(record, $0) }
            || record.matchingType == .full && record.selector == .spki
                && (try? SubjectPublicKeyInfo(der: record.associationData)).map { key in
                    chain.contains { $0.isSigned(by: key) }
                } ?? false
            || record.matchingType == .full && record.selector == .cert
                && (try? Certificate(der: record.associationData)).map { anchor in
                    chain.contains { $0.isIssued(by: anchor) }
                } ?? false
    }
}
