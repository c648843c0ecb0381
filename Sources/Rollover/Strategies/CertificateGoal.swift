public import DNSModel

/// What one certificate's servers shall present, and what its TLSA RRsets shall say, when all is done.
public struct CertificateGoal: Sendable {
    /// The servers that present it.
    public var presenter: TrackID
    /// The TLSA RRsets of every service that uses it.
    public var owners: [TrackID]
    /// What they shall present: one chain, or an RSA and an ECDSA one.
    public var chains: [Chain]
    /// Keys that exist already and are to be published ahead of their use.
    public var spares: [Chain]
    /// The combinations to publish.
    public var parameters: [AssociationParameters]
    /// The TTL to publish with.
    public var ttl: TTL
    /// The TTL that an absence has: min(SOA minimum, SOA TTL) (RFC 2308 §5).
    public var negativeTTL: TTL
    /// What documents among ``owners`` give as `expires` (RFC 7711 §6); they name whole certificates, whatever
    /// ``parameters`` say.
    public var documentTTL = TTL(0)
    /// What the other certificates at the same RRsets want published there besides what their servers present.
    public var companions: [TrackID: [Chain]] = [:]

    /// Creates a goal.
    public init(
        presenter: TrackID, owners: [TrackID], chains: [Chain], spares: [Chain], parameters: [AssociationParameters],
        ttl: TTL, negativeTTL: TTL
    ) {
        self.presenter = presenter
        self.owners = owners
        self.chains = chains.sorted { $0.label < $1.label }
        self.spares = spares
        self.parameters = Set(parameters).sorted()
        self.ttl = ttl
        self.negativeTTL = negativeTTL
    }

    /// What must hold: every TLSA RRset matches every chain.
    public func pairings(fallback: Relation.Fallback) -> [Pairing] {
        owners.map { Pairing($0, presenter, .association(fallback: fallback)) }
    }

    /// The way back: the chains that the servers presented before those of this goal, by the facts.
    ///
    /// The spares are given up. `nil` when nothing else was ever presented.
    public func aborted(in situation: Situation) -> CertificateGoal? {
        let facts = situation[presenter]?.changes.filter { !$0.isPlanned } ?? []
        let before = facts.last { change in
            change.finished != nil && !change.content.presentedChains.isEmpty
                && change.content != .chains(chains)
        }
        guard let before else { return nil }
        var goal = self
        goal.chains = before.content.presentedChains
        goal.spares = []
        return goal
    }
}
