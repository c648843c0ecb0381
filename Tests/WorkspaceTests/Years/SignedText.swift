import DNSModel
import Foundation

/// A signed zone as its text shows it: read apart from everything that danectl itself reads zones with.
struct SignedText {
    /// The SOA's serial.
    private(set) var serial: UInt32 = 0
    /// For how long an absence may be kept: the smaller of SOA TTL and minimum.
    private(set) var negativeTTL: Int64 = 0
    /// The first end of a signature.
    private(set) var firstExpiration = Int64.max
    /// The number of signatures.
    private(set) var signatures = 0
    /// The records that signing does not make: what the zone says.
    private(set) var content: Set<Substring> = []
    /// The records of each type and owner, without owner, class and type, with their TTL.
    private(set) var records: [String: [(ttl: Int64, fields: [Substring])]] = [:]

    private static let madeBySigning: Set<Substring> = ["SOA", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "ZONEMD"]

    init(_ text: String) throws {
        for line in text.split(separator: "\n") where !line.hasPrefix(";") {
            let fields = line.split { $0 == " " || $0 == "\t" }
            guard fields.count > 4, let ttl = Int64(fields[1]) else { throw Fault(line: String(line)) }
            let (owner, type, data) = (fields[0], fields[3], Array(fields[4...]))
            switch type {
            case "SOA":
                guard data.count == 7, let serial = UInt32(data[2]), let minimum = Int64(data[6]) else {
                    throw Fault(line: String(line))
                }
                self.serial = serial
                negativeTTL = min(ttl, minimum)
            case "RRSIG":
                guard data.count > 5, let end = Self.time(data[4]) else { throw Fault(line: String(line)) }
                firstExpiration = min(firstExpiration, end)
                signatures += 1
            default: break
            }
            if !Self.madeBySigning.contains(type) { content.insert(line) }
            records["\(type) \(owner.lowercased())", default: []].append((ttl, data))
        }
    }

    /// The records of a type at a name with a final dot.
    func records(_ type: String, _ owner: String) -> [(ttl: Int64, fields: [Substring])] {
        records["\(type) \(owner.lowercased())"] ?? []
    }

    struct Fault: Error { let line: String }

    /// `20260101000000`, in UTC, as seconds since 1970: counted in days from 1 March, where leap days come last.
    private static func time(_ text: Substring) -> Int64? {
        guard text.utf8.count == 14, let number = Int64(text) else { return nil }
        let (date, clock) = (number / 1_000_000, number % 1_000_000)
        let month = (date / 100) % 100
        let year = date / 10_000 - (month <= 2 ? 1 : 0)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date % 100 - 1
        let days = year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
        return days * 86_400 + clock / 10_000 * 3_600 + clock / 100 % 100 * 60 + clock % 100
    }
}
