public import DNSModel
public import OpenSSLBridge

/// What a client knows beside the chain and the TLSA records.
public struct MatchingContext: Sendable {
    /// The protocol that speaks over TLS, as far as it changes what records are usable.
    public enum Application: Sendable, Hashable {
        /// Every usage is usable: XMPP (RFC 7673), web.
        case general
        /// Mail between servers: PKIX usages are unusable (RFC 7672 §3.1.3).
        case smtp
    }

    /// The result of ordinary certification path validation, which usages 0 and 1 need beside the record.
    public enum PKIXStatus: Sendable, Hashable {
        /// Nobody validated.
        case notEvaluated
        /// There is a path from the leaf to a public trust anchor, both included, and the names fit.
        case valid(path: [Certificate])
        /// There is none, and why.
        case invalid(reason: String)
    }

    /// The present: dates count for usage 2 (RFC 7671 §5.2), not for usage 3 (§5.1).
    public var now: Timestamp
    /// The names of which the certificate must have one under usage 2: of the source domain and of the target.
    public var referenceIdentities: [ReferenceIdentity]
    /// What speaks over TLS.
    public var application: Application
    /// What PKIX says.
    public var pkix: PKIXStatus
    /// The matching types that the client can compute; full content is always understood.
    public var supportedDigests: Set<MatchingType>

    /// Creates a context.
    public init(
        now: Timestamp, referenceIdentities: [ReferenceIdentity], application: Application, pkix: PKIXStatus,
        supportedDigests: Set<MatchingType>
    ) {
        self.now = now
        self.referenceIdentities = referenceIdentities
        self.application = application
        self.pkix = pkix
        self.supportedDigests = supportedDigests
    }

    /// A client of today: both digests, no PKIX result.
    public static func client(
        at now: Timestamp, referenceIdentities: [ReferenceIdentity], application: Application = .general,
        pkix: PKIXStatus = .notEvaluated
    ) -> Self {
        Self(
            now: now, referenceIdentities: referenceIdentities, application: application, pkix: pkix,
            supportedDigests: [.sha2_256, .sha2_512])
    }
}

extension MatchingContext.PKIXStatus {
    /// Validates a chain against trust anchors, with names and dates (RFC 5280 §6, RFC 9525).
    ///
    /// - Parameters:
    ///   - chain: The certificates as sent, leaf first.
    ///   - anchors: The trust anchors.
    ///   - identities: The names of which the leaf must have one.
    ///   - records: TLSA records: a whole CA certificate among them helps to build the path when the server does not
    ///     send it.
    ///   - now: The present.
    public static func evaluate(
        _ chain: [Certificate], anchors: [Certificate], identities: [ReferenceIdentity], records: [RData.TLSA] = [],
        at now: Timestamp
    ) -> Self {
        guard let leaf = chain.first else { return .invalid(reason: "the server sends no certificate") }
        let published = records.filter {
            TLSAParameters($0).namesAuthority && $0.selector == .cert && $0.matchingType == .full
        }.compactMap { try? Certificate(der: $0.associationData) }
        do {
            let outcome = try PathVerifier.verify(
                leaf: leaf, intermediates: chain.dropFirst() + published, anchors: anchors, allowsPartialChain: false,
                at: now.rawValue)
            switch outcome {
            case .invalid(_, let reason, let depth): return .invalid(reason: "\(reason) at depth \(depth)")
            case .valid(let path):
                guard identities.contains(where: { $0.match(in: leaf) != nil }) else {
                    return .invalid(reason: "the certificate has none of the names that the client looks for")
                }
                return .valid(path: path)
            }
        } catch {
            return .invalid(reason: error.description)
        }
    }
}
