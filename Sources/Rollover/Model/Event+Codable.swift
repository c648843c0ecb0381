import DNSModel

/// State files keep an event as one flat object:
/// `{"at": "2026-03-01T12:00:00Z", "track": "_25._tcp.mx.example. TLSA", "event": "done", "content": {…}, "ttl": 3600}`.
extension Event: Codable {
    private enum Field: String, CodingKey {
        case at, track, event, content, ttl, expiration, server, expire
    }

    private enum Name: String, Codable {
        case began, finished, done, found, signed
        case seenEverywhere = "seen-everywhere"
        case seenLagging = "seen-lagging"
        case historyLost = "history-lost"
    }

    /// Reads the flat form.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        func time(_ field: Field) throws -> Timestamp {
            let text = try fields.decode(String.self, forKey: field)
            guard let time = Timestamp(text: text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: field, in: fields, debugDescription: "'\(text)' is no time; expected RFC 3339")
            }
            return time
        }
        func ttl() throws -> TTL { TTL(try fields.decode(UInt32.self, forKey: .ttl)) }
        func content() throws -> Content { try fields.decode(Content.self, forKey: .content) }
        let kind: Kind =
            switch try fields.decode(Name.self, forKey: .event) {
            case .began: .began(try content(), ttl: try ttl())
            case .finished: .finished
            case .done: .done(try content(), ttl: try ttl())
            case .found: .found(try content(), ttl: try ttl())
            case .signed: .signed(expiration: try time(.expiration))
            case .seenEverywhere: .seenEverywhere
            case .seenLagging:
                .seenLagging(
                    server: try fields.decode(String.self, forKey: .server),
                    expire: try fields.decode(Int64.self, forKey: .expire))
            case .historyLost: .historyLost(maximumTTL: try ttl())
            }
        self.init(at: try time(.at), track: try fields.decode(TrackID.self, forKey: .track), kind: kind)
    }

    /// Writes the flat form.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(at.description, forKey: .at)
        try fields.encode(track, forKey: .track)
        switch kind {
        case .began(let content, let ttl):
            try fields.encode(Name.began, forKey: .event)
            try fields.encode(content, forKey: .content)
            try fields.encode(ttl.rawValue, forKey: .ttl)
        case .finished:
            try fields.encode(Name.finished, forKey: .event)
        case .done(let content, let ttl):
            try fields.encode(Name.done, forKey: .event)
            try fields.encode(content, forKey: .content)
            try fields.encode(ttl.rawValue, forKey: .ttl)
        case .found(let content, let ttl):
            try fields.encode(Name.found, forKey: .event)
            try fields.encode(content, forKey: .content)
            try fields.encode(ttl.rawValue, forKey: .ttl)
        case .signed(let expiration):
            try fields.encode(Name.signed, forKey: .event)
            try fields.encode(expiration.description, forKey: .expiration)
        case .seenEverywhere:
            try fields.encode(Name.seenEverywhere, forKey: .event)
        case .seenLagging(let server, let expire):
            try fields.encode(Name.seenLagging, forKey: .event)
            try fields.encode(server, forKey: .server)
            try fields.encode(expire, forKey: .expire)
        case .historyLost(let maximumTTL):
            try fields.encode(Name.historyLost, forKey: .event)
            try fields.encode(maximumTTL.rawValue, forKey: .ttl)
        }
    }
}
