public import DNSModel

/// What must hold between something that a client may have fetched and something that it may meet.
///
/// A value, not a function: it can be stored, compared and printed, and the same proof runs over all of them.
public enum Relation: Sendable, Hashable {
    /// TLSA RRset and handshake: every combination of parameters present matches every chain (RFC 7671 §8).
    ///
    /// That serves each client, whatever subset of the parameters it supports, and those that choose the strongest
    /// digest (§9), for such a client looks at one combination at a time.
    case association(fallback: Fallback)
    /// DNSKEY RRset and RRSIGs: for each algorithm in the DNSKEY RRset, some signature's key is in it.
    case zoneSignature
    /// DS and DNSKEY RRset: for each algorithm in the DS RRset, some named key is in the DNSKEY RRset and signs it.
    case chainOfTrust
    /// DS RRset and RRSIGs: a zone with a DS is signed.
    case signedBelowDelegation
    /// SRV, MX or CNAME RRset and anything at one target: while it names the target, that thing exists.
    case target(DomainName)

    /// What a client does that finds no usable TLSA record.
    public enum Fallback: String, Sendable, Hashable, Codable {
        /// It goes on without authentication, as mail servers do (RFC 7672 §2.2): absence fails nobody.
        case unauthenticated
        /// It asks for a chain to a public trust anchor: absence fails where there is none.
        case publicTrust
    }
}

// MARK: - Judging

extension Relation {
    /// Whether a client that holds `published` succeeds when it meets `presented`.
    public func accepts(_ published: Content, _ presented: Content) -> Bool {
        if case .unknown = published { return false }
        if case .unknown = presented { return false }
        switch self {
        case .association(let fallback):
            return Self.authenticates(published, presented, fallback: fallback)
        case .zoneSignature:
            guard case .keys(let keys, _) = published else { return true }
            guard case .signatures(let signers) = presented else { return false }
            return Self.coversEachAlgorithm(of: keys) { signers.contains($0) }
        case .chainOfTrust:
            guard case .delegation(let named) = published, !named.isEmpty else { return true }
            guard case .keys(let keys, let signers) = presented else { return false }
            return Self.coversEachAlgorithm(of: named) { keys.contains($0) && signers.contains($0) }
        case .signedBelowDelegation:
            guard case .delegation(let named) = published, !named.isEmpty else { return true }
            guard case .signatures(let signers) = presented else { return false }
            return !signers.isEmpty
        case .target(let target):
            guard case .targets(let targets) = published, targets.contains(target) else { return true }
            return presented != .absent
        }
    }

    /// RFC 7671 §8, for each chain that may be presented.
    private static func authenticates(_ published: Content, _ presented: Content, fallback: Fallback) -> Bool {
        guard case .chains(let chains) = presented, !chains.isEmpty else { return true }
        let usable = published.tlsaRecords.filter(\.parameters.isUsable)
        if usable.isEmpty {
            return fallback == .unauthenticated || chains.allSatisfy(\.isPubliclyTrusted)
        }
        return chains.allSatisfy { chain in
            unmatchedParameters(of: usable, by: chain) == nil
        }
    }

    /// The first combination of which no record matches the chain.
    ///
    /// - Parameter records: Sorted, so that a combination's records stand together.
    private static func unmatchedParameters(of records: [Association], by chain: Chain) -> AssociationParameters? {
        var index = 0
        while index < records.count {
            let parameters = records[index].parameters
            var isMatched = false
            while index < records.count, records[index].parameters == parameters {
                isMatched = isMatched || chain.matches(records[index])
                index += 1
            }
            if !isMatched { return parameters }
        }
        return nil
    }

    /// Whether for each algorithm among `keys` some key of that algorithm is good.
    ///
    /// Stricter than RFC 6840 §5.11 asks of validators, for some demand every algorithm.
    private static func coversEachAlgorithm(of keys: [KeyIdentity], isGood: (KeyIdentity) -> Bool) -> Bool {
        keys.allSatisfy { key in
            keys.contains { $0.algorithm == key.algorithm && isGood($0) }
        }
    }
}

// MARK: - Explaining

extension Relation {
    /// Why the two do not match, as the end of a sentence about a client; empty when they do.
    public func mismatch(_ published: Content, _ presented: Content) -> String {
        if accepts(published, presented) { return "" }
        if published == .unknown || presented == .unknown { return "and nobody knows whether they match" }
        switch self {
        case .association:
            let usable = published.tlsaRecords.filter(\.parameters.isUsable)
            if usable.isEmpty { return "and without TLSA no public trust anchor vouches for the certificate" }
            for chain in presented.presentedChains {
                if let parameters = Self.unmatchedParameters(of: usable, by: chain) {
                    return usable.contains { chain.matches($0) }
                        ? "of which no \(parameters) record matches, though another combination does"
                        : "of which no record matches"
                }
            }
            return "which do not match"
        case .zoneSignature: return "so that the signature cannot be verified"
        case .chainOfTrust: return "so that the DS leads to no key that signs the DNSKEY RRset"
        case .signedBelowDelegation: return "so that the zone is bogus"
        case .target(let target): return "though the client is sent to \(Content.host(target))"
        }
    }

    /// The section that this rests on.
    public var reference: String {
        switch self {
        case .association: "RFC 7671 §8"
        case .zoneSignature: "RFC 7583 §3.2"
        case .chainOfTrust: "RFC 7583 §3.3"
        case .signedBelowDelegation: "RFC 4035 §5"
        case .target: "RFC 7673 §3"
        }
    }
}
