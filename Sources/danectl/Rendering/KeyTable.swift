import DNSModel
import DNSSEC

/// Keys as a table.
enum KeyTable {
    static func text(_ keys: [ZoneKey], now: Timestamp) -> String {
        var table = Table("ZONE", "ROLE", "TAG", "ALGORITHM", "STATE", "NEXT", "PRIVATE")
        for key in keys {
            let next = key.timing.changes(after: now).first.map {
                "\($0.state.rawValue) \(RelativeTime.text($0.time, now: now))"
            }
            table.add(
                key.owner.presentationFormat, key.role.rawValue.uppercased(), String(key.keyTag),
                "\(key.algorithm) (\(key.algorithm.rawValue))", key.state(at: now).rawValue, next ?? "-",
                key.privateKey == nil ? "not here" : "here")
        }
        return table.isEmpty ? "no keys" : table.text
    }
}

/// Keys as JSON.
struct KeyListJSON: Encodable {
    private let keys: [Key]

    private struct Key: Encodable {
        let zone: String
        let role: String
        let tag: UInt16
        let algorithm: UInt8
        let algorithmMnemonic: String
        let flags: UInt16
        let state: String
        let hasPrivateKey: Bool
        let next: [Change]
    }

    private struct Change: Encodable {
        let time: String
        let state: String
    }

    init(_ keys: [ZoneKey], now: Timestamp) {
        self.keys = keys.map { key in
            Key(
                zone: key.owner.presentationFormat, role: key.role.rawValue, tag: key.keyTag,
                algorithm: key.algorithm.rawValue, algorithmMnemonic: "\(key.algorithm)", flags: key.dnskey.flags,
                state: key.state(at: now).rawValue, hasPrivateKey: key.privateKey != nil,
                next: key.timing.changes(after: now).map { Change(time: $0.time.description, state: $0.state.rawValue) }
            )
        }
    }
}
