public import DNSModel

/// A move of a service to other SRV or MX targets.
public struct TargetMove: Sendable {
    /// The SRV, MX or CNAME RRset.
    public var service: TrackID
    /// The targets it shall name.
    public var targets: [DomainName]
    /// The TTL to publish it with.
    public var ttl: TTL
    /// What the targets need, old and new: their addresses, TLSA RRsets and servers.
    public var endpoints: [Endpoint]
    /// What a client without TLSA does.
    public var fallback: Relation.Fallback

    /// Creates a move.
    public init(
        service: TrackID, targets: [DomainName], ttl: TTL, endpoints: [Endpoint], fallback: Relation.Fallback
    ) {
        self.service = service
        self.targets = targets
        self.ttl = ttl
        self.endpoints = endpoints
        self.fallback = fallback
    }

    /// One target and what is published and presented there.
    public struct Endpoint: Sendable {
        /// The target's name.
        public var target: DomainName
        /// Its address RRsets, with what they shall say and their TTLs (negative TTL where that is ``Content/absent``).
        public var addresses: [(track: TrackID, content: Content, ttl: TTL)]
        /// Its TLSA RRset, likewise; `nil` for a target without DANE.
        public var tlsa: (track: TrackID, content: Content, ttl: TTL)?
        /// Its servers and what they shall present; no chains to switch them off.
        public var presenter: (track: TrackID, chains: [Chain])

        /// Creates an endpoint.
        public init(
            target: DomainName, addresses: [(track: TrackID, content: Content, ttl: TTL)],
            tlsa: (track: TrackID, content: Content, ttl: TTL)?, presenter: (track: TrackID, chains: [Chain])
        ) {
            self.target = target
            self.addresses = addresses
            self.tlsa = tlsa
            self.presenter = presenter
        }
    }

    /// What must hold: each target that a cache can name has its address, TLSA and server, and TLSA matches the server.
    public var pairings: [Pairing] {
        endpoints.flatMap { endpoint in
            let records = endpoint.addresses.map(\.track) + (endpoint.tlsa.map { [$0.track] } ?? [])
            var pairings = (records + [endpoint.presenter.track]).map {
                Pairing(service, $0, .target(endpoint.target))
            }
            if let tlsa = endpoint.tlsa {
                pairings.append(Pairing(tlsa.track, endpoint.presenter.track, .association(fallback: fallback)))
            }
            return pairings
        }
    }
}

/// Plans for moves: set the new target up, let caches forget that it was not there, move, drain, clear the old one away.
public enum TargetMovePlanner {
    /// The plan. The situation must hold the move's ``TargetMove/pairings``.
    ///
    /// - Throws: ``PlanRefusal`` with a counter-example when no safe way is known.
    public static func plan(_ situation: Situation, _ move: TargetMove) throws(PlanRefusal) -> Plan {
        var draft = Draft(situation)
        let arriving = move.endpoints.filter { move.targets.contains($0.target) }
        let leaving = move.endpoints.filter { !move.targets.contains($0.target) }
        let late = "the service stays where it is; nothing fails"
        try draft.append(
            arriving.flatMap { endpoint in
                (endpoint.addresses + (endpoint.tlsa.map { [$0] } ?? [])).map {
                    .publish($0.track, $0.content, ttl: $0.ttl)
                }
            },
            reason: "the new target's addresses and TLSA come first: one target without them spoils the service",
            reference: "RFC 7673 §3", ifLate: late)
        try draft.append(
            arriving.map { .deploy($0.presenter.track, $0.presenter.chains) },
            reason: "the new target's server must answer before anybody is sent there", reference: "RFC 7673 §4",
            ifLate: late)
        try draft.append(
            [.publish(move.service, .targets(move.targets.sorted()), ttl: move.ttl)],
            reason: "no resolver can remember any more that the new target's records were missing",
            reference: "RFC 2308 §5", ifLate: late)
        let stale = "the old target goes on answering; nothing fails"
        let drained = "no cache can name the old target any more"
        try draft.append(
            leaving.filter(\.presenter.chains.isEmpty).map { .deploy($0.presenter.track, []) },
            reason: drained, reference: "RFC 7583 §2", ifLate: stale)
        let records = leaving.flatMap { endpoint in
            endpoint.addresses + (endpoint.tlsa.map { [$0] } ?? [])
        }
        try draft.append(
            records.filter { $0.content == .absent }.map { .publish($0.track, $0.content, ttl: $0.ttl) },
            reason: drained, reference: "RFC 7583 §2", ifLate: stale)
        let names = move.targets.map(\.description).joined(separator: ", ")
        return try draft.finish(title: "move \(move.service) to \(names)")
    }
}
