/// A certificate chain, or a key whose certificate does not exist yet, as TLSA records see it.
///
/// The calculus knows no certificates: it knows which associations a chain would satisfy. Whoever reads the
/// certificates lists them, for every usage, selector and matching type that may occur.
public struct Chain: Sendable, Hashable, Codable {
    /// What people call it: `key 8cb0fc6c`, `xmpp-2026-03`.
    public let label: String
    /// Every association that a handshake with this chain satisfies, sorted.
    public let satisfies: [Association]
    /// The associations to publish for it, sorted: of the anchors in the chain only the chosen one (RFC 7671 §5.2).
    public let publishes: [Association]
    /// Whether a client that finds no TLSA record would accept it: issued by a CA of the public trust stores.
    public let isPubliclyTrusted: Bool

    /// Creates a chain.
    ///
    /// - Parameters:
    ///   - label: What people call it.
    ///   - satisfies: Everything it satisfies; what `publishes` names is added.
    ///   - publishes: What to publish for it, over all parameters that may be asked for.
    ///   - isPubliclyTrusted: Whether it does without DANE.
    public init(label: String, satisfies: [Association], publishes: [Association], isPubliclyTrusted: Bool) {
        self.label = label
        self.satisfies = Set(satisfies).union(publishes).sorted()
        self.publishes = Set(publishes).sorted()
        self.isPubliclyTrusted = isPubliclyTrusted
    }

    /// Whether a client that uses `association` accepts this chain.
    ///
    /// Usages 0 and 1 ask for a path to a public trust anchor as well (RFC 6698 §2.1.1).
    public func matches(_ association: Association) -> Bool {
        (!association.parameters.needsPublicTrust || isPubliclyTrusted) && satisfies.contains(association)
    }

    /// What to publish for this chain under `parameters`.
    public func associations(for parameters: some Collection<AssociationParameters>) -> [Association] {
        publishes.filter { parameters.contains($0.parameters) }
    }

    /// Whether something can be published for it under each of `parameters`.
    public func offers(_ parameters: some Collection<AssociationParameters>) -> Bool {
        parameters.allSatisfy { wanted in
            publishes.contains { $0.parameters == wanted && matches($0) }
        }
    }
}
