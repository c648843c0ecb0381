import DNSModel
import Rollover
import Workspace

/// How things stand, as JSON.
struct StatusJSON: Encodable {
    let now: String
    let level: String
    let certificates: [Entry]
    let zones: [ZoneEntry]
    let moves: [MoveEntry]

    init(_ status: ServiceStatus) {
        now = status.now.description
        level = StatusText.name(status.level)
        certificates = status.certificates.map { entry in
            Entry(
                name: entry.name, level: StatusText.name(entry.level), live: entry.live,
                notAfter: entry.notAfter?.description, staged: entry.staged,
                records: entry.records.map {
                    RecordEntry(
                        owner: $0.owner.description, tlsa: $0.association.description, state: $0.state.rawValue)
                },
                nextTime: entry.next?.time.description, nextAction: entry.next?.action, problems: entry.problems)
        }
        moves = status.moves.map {
            MoveEntry(
                services: $0.services, level: StatusText.name($0.level), held: $0.held,
                nextTime: $0.next?.time.description, nextAction: $0.next?.action, problems: $0.problems)
        }
        zones = status.zones.map {
            ZoneEntry(
                name: $0.name.description, level: StatusText.name($0.level),
                firstExpiration: $0.firstExpiration?.description, problems: $0.problems)
        }
    }

    struct Entry: Encodable {
        let name: String
        let level: String
        let live: String?
        let notAfter: String?
        let staged: String?
        let records: [RecordEntry]
        let nextTime: String?
        let nextAction: String?
        let problems: [String]
    }

    struct RecordEntry: Encodable {
        let owner: String
        /// The RDATA in full.
        let tlsa: String
        let state: String
    }

    struct MoveEntry: Encodable {
        let services: [String]
        let level: String
        let held: [String]
        let nextTime: String?
        let nextAction: String?
        let problems: [String]
    }

    struct ZoneEntry: Encodable {
        let name: String
        let level: String
        let firstExpiration: String?
        let problems: [String]
    }
}
