import DNSModel
import Rollover

/// What was published in one zone: facts, never conclusions.
struct ZoneState: StateFile {
    static let format = "danectl.zone-state/1"

    var format = Self.format
    /// The zone.
    var zone: String
    /// What was published, begun, signed and found, earliest first.
    var events: [Event] = []
    /// The serials under which it was published, latest last.
    var publications: [Publication] = []
    /// The SRV and MX RRsets of services, and the addresses of their targets, as they were published last.
    var records: [String: StoredRRset] = [:]
    /// Since when an owner that has records is needed by no service any more.
    var unneededSince: [String: Timestamp] = [:]

    /// One publication.
    struct Publication: Codable, Sendable, Hashable {
        var at: Timestamp
        var serial: UInt32
    }

    init(zone: DomainName) { self.zone = zone.presentationFormat }

    private enum CodingKeys: String, CodingKey { case format, zone, events, publications, records, unneededSince }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        zone = try fields.decode(String.self, forKey: .zone)
        events = try fields.decode([Event].self, forKey: .events)
        publications = try fields.decodeIfPresent([Publication].self, forKey: .publications) ?? []
        records = try fields.decodeIfPresent([String: StoredRRset].self, forKey: .records) ?? [:]
        unneededSince =
            try fields.decodeIfPresent([String: StateTime].self, forKey: .unneededSince)?.mapValues(\.time) ?? [:]
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(format, forKey: .format)
        try fields.encode(zone, forKey: .zone)
        try fields.encode(events, forKey: .events)
        try fields.encode(publications, forKey: .publications)
        if !records.isEmpty { try fields.encode(records, forKey: .records) }
        try fields.encode(unneededSince.mapValues(StateTime.init), forKey: .unneededSince)
    }

    /// Notes the serial of a publication; the last hundred are kept.
    mutating func published(serial: Serial, at time: Timestamp) {
        publications.append(Publication(at: time, serial: serial.rawValue))
        if publications.count > 100 { publications.removeFirst(publications.count - 100) }
    }
}

/// A time as state files write it: RFC 3339.
struct StateTime: Codable, Sendable, Hashable {
    var time: Timestamp

    init(_ time: Timestamp) { self.time = time }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = Timestamp(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no time")
        }
        self.time = time
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(time.description)
    }
}

extension ZoneState.Publication {
    private enum CodingKeys: String, CodingKey { case at, serial }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        at = try fields.decode(StateTime.self, forKey: .at).time
        serial = try fields.decode(UInt32.self, forKey: .serial)
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(StateTime(at), forKey: .at)
        try fields.encode(serial, forKey: .serial)
    }
}
