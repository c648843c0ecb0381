import DNSModel
import FoundationEssentials
import Rollover

/// The layout `danectl.zone-state/2`: each history once, with the RRsets that have it.
extension ZoneState {
    /// The state as its file has it: the same text for the same state.
    var json: [UInt8] {
        var json = JSONText()
        json.append("{\n  \"format\": \"\(Self.format)\",\n  \"zone\": ")
        json.append(string: zone)
        json.append(",\n  \"publications\": [")
        json.append(publications, indent: "    ") { json, publication in
            json.append("{\"at\": \"\(publication.at)\", \"serial\": \(publication.serial)}")
        }
        json.append("],\n  \"histories\": [")
        json.append(sharedHistories, indent: "    ") { json, shared in
            if shared.history.count == 1, shared.names.count == 1 {
                json.append("{\"events\": [")
                Self.append(shared.history[0], to: &json)
                json.append("], \"of\": [")
                json.append(string: shared.names[0])
                json.append("]}")
                return
            }
            json.append("{\n      \"events\": [")
            json.append(shared.history, indent: "        ") { json, fact in Self.append(fact, to: &json) }
            json.append("],\n      \"of\": [")
            json.append(shared.names, indent: "        ") { json, name in json.append(string: name) }
            json.append("]\n    }")
        }
        json.append("],\n  \"records\": {")
        json.append(Self.sorted(records), indent: "    ") { json, entry in
            json.append(string: entry.name)
            json.append(": {\"ttl\": \(entry.value.ttl), \"records\": [")
            json.append(inline: entry.value.records) { json, record in json.append(string: record) }
            json.append("]}")
        }
        json.append("},\n  \"unneededSince\": {")
        json.append(Self.sorted(unneededSince), indent: "    ") { json, entry in
            json.append(string: entry.name)
            json.append(": \"\(entry.value)\"")
        }
        json.append("}\n}\n")
        return json.octets
    }

    /// Each history with the names of those that have it, in the order of the first.
    private var sharedHistories: [(history: History, names: [[UInt8]])] {
        var names: [History: [[UInt8]]] = [:]
        for (track, history) in histories { names[history, default: []].append(track.octets) }
        return names.map { (history: $0.key, names: $0.value.sorted { $0.lexicographicallyPrecedes($1) }) }
            .sorted { $0.names[0].lexicographicallyPrecedes($1.names[0]) }
    }

    /// What tracks have, in the order of their names.
    private static func sorted<Value>(_ values: [TrackID: Value]) -> [(name: [UInt8], value: Value)] {
        values.map { (name: $0.key.octets, value: $0.value) }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// `{"at": "2026-03-01T12:00:00Z", "event": "done", "content": {…}, "ttl": 3600}`.
    private static func append(_ fact: Fact, to json: inout JSONText) {
        json.append("{\"at\": \"\(fact.at)\", \"event\": \"")
        func append(_ name: String, _ content: Content, _ ttl: TTL) {
            json.append("\(name)\", \"content\": ")
            Self.append(content, to: &json)
            json.append(", \"ttl\": \(ttl.rawValue)}")
        }
        switch fact.kind {
        case .began(let content, let ttl): append("began", content, ttl)
        case .done(let content, let ttl): append("done", content, ttl)
        case .found(let content, let ttl): append("found", content, ttl)
        case .finished: json.append("finished\"}")
        case .signed(let expiration): json.append("signed\", \"expiration\": \"\(expiration)\"}")
        case .seenEverywhere: json.append("seen-everywhere\"}")
        case .seenLagging(let server, let expire):
            json.append("seen-lagging\", \"server\": ")
            json.append(string: server)
            json.append(", \"expire\": \(expire)}")
        case .historyLost(let maximumTTL): json.append("history-lost\", \"ttl\": \(maximumTTL.rawValue)}")
        }
    }

    /// An object with one member that names the kind, as ``Content`` encodes itself.
    private static func append(_ content: Content, to json: inout JSONText) {
        switch content {
        case .unknown: json.append("{\"unknown\": true}")
        case .absent: json.append("{\"absent\": true}")
        case .associations(let records):
            json.append("{\"tlsa\": [")
            json.append(inline: records) { json, record in json.append(string: record.description) }
            json.append("]}")
        case .targets(let names):
            json.append("{\"targets\": [")
            json.append(inline: names) { json, name in json.append(string: name.presentationOctets) }
            json.append("]}")
        case .present(let text):
            json.append("{\"present\": ")
            json.append(string: text)
            json.append("}")
        case .chains, .keys, .signatures, .delegation:
            // None of these is about ten thousand RRsets.
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            json.append((try? encoder.encode(content)).map(Array.init) ?? Array("{\"unknown\": true}".utf8))
        }
    }
}
