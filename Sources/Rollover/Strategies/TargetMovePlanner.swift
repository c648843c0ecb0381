public import DNSModel

/// A move of services to other SRV or MX targets.
public struct TargetMove: Sendable {
    /// The SRV, MX or CNAME RRsets, and what they shall name.
    public var services: [Service]
    /// What the targets need, old and new: their addresses, TLSA RRsets and servers.
    public var endpoints: [Endpoint]
    /// What a client without TLSA does, where an endpoint does not say.
    public var fallback: Relation.Fallback

    /// Creates a move of several services together.
    public init(services: [Service], endpoints: [Endpoint], fallback: Relation.Fallback) {
        self.services = services
        self.endpoints = endpoints
        self.fallback = fallback
    }

    /// Creates a move of one service.
    public init(
        service: TrackID, targets: [DomainName], ttl: TTL, endpoints: [Endpoint], fallback: Relation.Fallback
    ) {
        self.init(
            services: [Service(track: service, targets: targets, ttl: ttl)], endpoints: endpoints, fallback: fallback)
    }

    /// One RRset that names targets.
    public struct Service: Sendable {
        /// The RRset.
        public var track: TrackID
        /// The targets it shall name.
        public var targets: [DomainName]
        /// The TTL to publish it with.
        public var ttl: TTL

        /// Creates a service.
        public init(track: TrackID, targets: [DomainName], ttl: TTL) {
            self.track = track
            self.targets = targets
            self.ttl = ttl
        }

        /// What the RRset shall say; ``Content/absent`` when it shall name nothing.
        var content: Content { targets.isEmpty ? .absent : .targets(targets.sorted()) }
    }

    /// One target and what is published and presented there.
    public struct Endpoint: Sendable {
        /// The target's name; where ports matter, that of its TLSA RRset.
        public var target: DomainName
        /// Its address RRsets, with what they shall say and their TTLs (negative TTL where that is ``Content/absent``).
        public var addresses: [(track: TrackID, content: Content, ttl: TTL)]
        /// Its TLSA RRset, likewise; `nil` for a target without DANE.
        public var tlsa: (track: TrackID, content: Content, ttl: TTL)?
        /// Its servers.
        public var presenters: [TrackID]
        /// What servers shall present that change with the move, no chains to switch them off; `nil` to leave them alone.
        public var deployment: (track: TrackID, chains: [Chain])?
        /// What a client without TLSA does; `nil` for what the move says.
        public var fallback: Relation.Fallback?

        /// Creates an endpoint whose servers are left alone.
        public init(
            target: DomainName, addresses: [(track: TrackID, content: Content, ttl: TTL)],
            tlsa: (track: TrackID, content: Content, ttl: TTL)?, presenters: [TrackID], fallback: Relation.Fallback?
        ) {
            self.target = target
            self.addresses = addresses
            self.tlsa = tlsa
            self.presenters = presenters
            self.fallback = fallback
        }

        /// Creates an endpoint whose servers change with the move.
        public init(
            target: DomainName, addresses: [(track: TrackID, content: Content, ttl: TTL)],
            tlsa: (track: TrackID, content: Content, ttl: TTL)?, presenter: (track: TrackID, chains: [Chain])
        ) {
            self.init(
                target: target, addresses: addresses, tlsa: tlsa, presenters: [presenter.track], fallback: nil)
            deployment = presenter
        }
    }

    /// Whether some service shall name an endpoint.
    func keeps(_ endpoint: Endpoint) -> Bool { services.contains { $0.targets.contains(endpoint.target) } }

    /// What must hold: each target that a cache can name has its address, TLSA and server, and TLSA matches the server.
    ///
    /// Where only the records of a target go and its servers stay, nobody is sent to them any more by then: that a client
    /// would miss the records is no matter.
    public var pairings: [Pairing] {
        endpoints.flatMap { endpoint in
            let records = endpoint.addresses.map(\.track) + (endpoint.tlsa.map { [$0.track] } ?? [])
            var pairings: [Pairing] = services.flatMap { service in
                (records + endpoint.presenters).map { Pairing(service.track, $0, .target(endpoint.target)) }
            }
            if let tlsa = endpoint.tlsa, tlsa.content != .absent || endpoint.deployment != nil {
                pairings += endpoint.presenters.map {
                    Pairing(tlsa.track, $0, .association(fallback: endpoint.fallback ?? fallback))
                }
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
        let arriving = move.endpoints.filter(move.keeps)
        let leaving = move.endpoints.filter { !move.keeps($0) }
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
            arriving.compactMap(\.deployment).map { .deploy($0.track, $0.chains) },
            reason: "the new target's server must answer before anybody is sent there", reference: "RFC 7673 §3.1",
            ifLate: late)
        try draft.append(
            move.services.map { .publish($0.track, $0.content, ttl: $0.ttl) },
            reason: "no resolver can remember any more that the new target's records were missing",
            reference: "RFC 2308 §5", ifLate: late)
        let stale = "the old target goes on answering; nothing fails"
        let drained = "no cache can name the old target any more"
        try draft.append(
            leaving.compactMap(\.deployment).filter(\.chains.isEmpty).map { .deploy($0.track, []) },
            reason: drained, reference: "RFC 7673 §3.1", ifLate: stale)
        let records = leaving.flatMap { endpoint in
            endpoint.addresses + (endpoint.tlsa.map { [$0] } ?? [])
        }
        try draft.append(
            records.filter { $0.content == .absent }.map { .publish($0.track, $0.content, ttl: $0.ttl) },
            reason: drained, reference: "RFC 7673 §3.1", ifLate: stale)
        let moves = move.services.map { "\($0.track) to \($0.targets.isEmpty ? "nothing" : $0.content.description)" }
        return try draft.finish(title: "move \(moves.joined(separator: ", "))")
    }
}
