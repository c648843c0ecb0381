import DANE
import DNSModel
import Manifest
import OpenSSLBridge
import Rollover

/// What the calculus needs to know of certificates and keys.
enum ChainDescription {
    /// A chain: every association that a handshake with it satisfies.
    ///
    /// - Parameters:
    ///   - credential: The certificates.
    ///   - parameters: The combinations that are wanted or published; full matching is worked out for these alone.
    ///   - now: The present, for the path to a public trust anchor.
    static func chain(
        _ credential: Credential, parameters: Set<AssociationParameters>, now: Timestamp
    ) -> Chain {
        var satisfied: [Association] = []
        var published: [Association] = []
        let path = credential.arranged.path
        let authorities = path.dropFirst().filter(\.isCA)
        for parameters in combinations(parameters) {
            if let record = try? TLSAGenerator.record(parameters.dane, chain: credential.arranged) {
                published.append(Association(record))
            }
            guard parameters.usage == 0 || parameters.usage == 2 else { continue }
            for authority in authorities {
                if let record = try? TLSAGenerator.record(parameters.dane, certificate: authority) {
                    satisfied.append(Association(record))
                }
            }
        }
        return Chain(
            label: credential.label, satisfies: satisfied, publishes: published,
            isPubliclyTrusted: PublicTrust.trusts(path, at: now))
    }

    /// A key without certificate: what can be published before there is one (RFC 7671 §8.1).
    static func spare(_ key: SubjectPublicKeyInfo, parameters: Set<AssociationParameters>) -> Chain {
        let published = combinations(parameters).filter(\.isDeterminedByKey).compactMap {
            (try? TLSAGenerator.record($0.dane, publicKey: key)).map { Association($0) }
        }
        return Chain(
            label: "spare \(KeyLabel.text(key))", satisfies: [], publishes: published, isPubliclyTrusted: true)
    }

    /// Every combination of digests, and what was asked for.
    private static func combinations(_ wanted: Set<AssociationParameters>) -> [AssociationParameters] {
        var result = wanted
        for usage in UInt8(0)...3 {
            for selector in UInt8(0)...1 {
                for matching in UInt8(1)...2 { result.insert(AssociationParameters(usage, selector, matching)) }
            }
        }
        return result.sorted()
    }
}

extension AssociationParameters {
    /// The same triple as the generator takes it.
    var dane: DANE.TLSAParameters {
        DANE.TLSAParameters(
            usage: CertificateUsage(rawValue: usage), selector: Selector(rawValue: selector),
            matchingType: MatchingType(rawValue: matchingType))
    }
}

extension CertificateIntent {
    /// The combinations that the manifest asks for.
    var associationParameters: [AssociationParameters] {
        tlsa.map { AssociationParameters($0.value.usage, $0.value.selector, $0.value.matchingType) }
    }
}
