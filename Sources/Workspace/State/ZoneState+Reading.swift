import DNSModel
import FoundationEssentials
import Rollover

extension ZoneState {
    /// Reads the layout `danectl.zone-state/2`.
    init(scanning octets: [UInt8]) throws(JSONScanner.Fault) {
        var reader = ZoneStateReader(octets)
        self = try reader.read()
    }
}

/// Reads a zone's state, straight from the text.
private struct ZoneStateReader {
    private var scanner: JSONScanner
    private var state = ZoneState(zone: "")
    /// The time read last, which mostly comes again.
    private var latestTime: (text: ArraySlice<UInt8>, time: Timestamp)?

    init(_ octets: [UInt8]) { scanner = JSONScanner(octets) }

    mutating func read() throws(JSONScanner.Fault) -> ZoneState {
        var members = try scanner.object()
        var hasZone = false
        while let name = try scanner.member(&members) {
            switch String(decoding: name, as: UTF8.self) {
            case "zone":
                state.zone = try scanner.text()
                hasZone = true
            case "publications": try readPublications()
            case "histories": try readHistories()
            case "records": try readRecords()
            case "unneededSince":
                var entries = try scanner.object()
                while let name = try scanner.member(&entries) { state.unneededSince[try track(name)] = try time() }
            default: try scanner.skipValue()
            }
        }
        try scanner.end()
        guard hasZone else { throw scanner.fault("it does not say of which zone") }
        return state
    }

    private mutating func readPublications() throws(JSONScanner.Fault) {
        var items = try scanner.array()
        while try scanner.element(&items) {
            var at: Timestamp?
            var serial: UInt32?
            var members = try scanner.object()
            while let name = try scanner.member(&members) {
                switch String(decoding: name, as: UTF8.self) {
                case "at": at = try time()
                case "serial": serial = try scanner.number()
                default: try scanner.skipValue()
                }
            }
            guard let at, let serial else { throw scanner.fault("a publication has 'at' and 'serial'") }
            state.publications.append(ZoneState.Publication(at: at, serial: serial))
        }
    }

    private mutating func readRecords() throws(JSONScanner.Fault) {
        var entries = try scanner.object()
        while let name = try scanner.member(&entries) {
            let track = try track(name)
            var ttl: UInt32?
            var records: [String]?
            var members = try scanner.object()
            while let name = try scanner.member(&members) {
                switch String(decoding: name, as: UTF8.self) {
                case "ttl": ttl = try scanner.number()
                case "records":
                    var items = try scanner.array()
                    var texts: [String] = []
                    while try scanner.element(&items) { texts.append(try scanner.text()) }
                    records = texts
                default: try scanner.skipValue()
                }
            }
            guard let ttl, let records else { throw scanner.fault("an RRset has 'ttl' and 'records'") }
            state.records[track] = StoredRRset(ttl: ttl, records: records)
        }
    }

    // MARK: Histories

    private mutating func readHistories() throws(JSONScanner.Fault) {
        var items = try scanner.array()
        while try scanner.element(&items) {
            var history: History?
            var tracks: [TrackID] = []
            var members = try scanner.object()
            while let name = try scanner.member(&members) {
                switch String(decoding: name, as: UTF8.self) {
                case "events":
                    var events = try scanner.array()
                    var facts: History = []
                    while try scanner.element(&events) { facts.append(try fact()) }
                    history = facts
                case "of":
                    var names = try scanner.array()
                    while try scanner.element(&names) { tracks.append(try track(scanner.string())) }
                default: try scanner.skipValue()
                }
            }
            guard let history else { throw scanner.fault("a history has 'events'") }
            for track in tracks where state.histories.updateValue(history, forKey: track) != nil {
                throw scanner.fault("\(track) has two histories")
            }
        }
    }

    private mutating func fact() throws(JSONScanner.Fault) -> Fact {
        var fields = FactFields()
        var members = try scanner.object()
        while let name = try scanner.member(&members) {
            switch String(decoding: name, as: UTF8.self) {
            case "at": fields.at = try time()
            case "event": fields.event = try scanner.text()
            case "content": fields.content = try content()
            case "ttl": fields.ttl = TTL(try scanner.number())
            case "expiration": fields.expiration = try time()
            case "server": fields.server = try scanner.text()
            case "expire": fields.expire = try scanner.number()
            default: try scanner.skipValue()
            }
        }
        guard let fact = fields.fact else {
            throw scanner.fault("'\(fields.event ?? "")' is no event with all that belongs to it")
        }
        return fact
    }

    /// What an event may say.
    private struct FactFields {
        var at: Timestamp?
        var event: String?
        var content: Content?
        var ttl: TTL?
        var expiration: Timestamp?
        var server: String?
        var expire: Int64?

        /// The fact, when nothing is missing.
        var fact: Fact? {
            guard let at, let event else { return nil }
            let version = content.flatMap { content in ttl.map { (content, $0) } }
            let kind: Event.Kind? =
                switch event {
                case "began": version.map { .began($0.0, ttl: $0.1) }
                case "done": version.map { .done($0.0, ttl: $0.1) }
                case "found": version.map { .found($0.0, ttl: $0.1) }
                case "finished": .finished
                case "signed": expiration.map { .signed(expiration: $0) }
                case "seen-everywhere": .seenEverywhere
                case "seen-lagging": server.flatMap { name in expire.map { .seenLagging(server: name, expire: $0) } }
                case "history-lost": ttl.map { .historyLost(maximumTTL: $0) }
                default: nil
                }
            return kind.map { Fact(at: at, $0) }
        }
    }

    private mutating func content() throws(JSONScanner.Fault) -> Content {
        scanner.skipBlanks()
        let start = scanner.position
        var members = try scanner.object()
        let kind = try scanner.member(&members)
        var content: Content?
        switch kind.map({ String(decoding: $0, as: UTF8.self) }) {
        case "absent":
            try scanner.skipValue()
            content = .absent
        case "tlsa":
            var items = try scanner.array()
            var records: [Association] = []
            while try scanner.element(&items) {
                guard let record = Association(try scanner.text()) else {
                    throw scanner.fault("no TLSA RDATA: usage, selector, matching type, hex")
                }
                records.append(record)
            }
            content = .tlsa(records)
        case "targets":
            var items = try scanner.array()
            var names: [DomainName] = []
            while try scanner.element(&items) { names.append(try name(scanner.string())) }
            content = .targets(names)
        case "present": content = .present(try scanner.text())
        default: break
        }
        if let content, try scanner.member(&members) == nil { return content }
        // What is rare is read as it says itself that it is read.
        scanner.position = start
        try scanner.skipValue()
        do {
            return try JSONDecoder().decode(Content.self, from: Data(scanner.octets[start..<scanner.position]))
        } catch {
            throw scanner.fault("no content that is known: \(error)")
        }
    }

    // MARK: Words

    private func track(_ octets: ArraySlice<UInt8>) throws(JSONScanner.Fault) -> TrackID {
        guard let track = TrackID(octets: octets) else {
            throw scanner.fault("'\(String(decoding: octets, as: UTF8.self))' names no RRset")
        }
        return track
    }

    private func name(_ octets: ArraySlice<UInt8>) throws(JSONScanner.Fault) -> DomainName {
        do throws(DomainName.ParseError) {
            return try DomainName(presentation: octets)
        } catch {
            throw scanner.fault("'\(String(decoding: octets, as: UTF8.self))' is no domain name")
        }
    }

    private mutating func time() throws(JSONScanner.Fault) -> Timestamp {
        let octets = try scanner.string()
        if let latestTime, latestTime.text == octets { return latestTime.time }
        let text = String(decoding: octets, as: UTF8.self)
        // RFC 3339 has years of four digits.
        guard let time = Timestamp(text: text), (-62_167_219_200...253_402_300_799).contains(time.rawValue) else {
            throw scanner.fault("'\(text)' is no time; expected RFC 3339")
        }
        latestTime = (octets, time)
        return time
    }
}
