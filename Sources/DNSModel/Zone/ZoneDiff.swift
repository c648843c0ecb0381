/// What changed between two zones: records added and removed, TTLs, the serial.
public struct ZoneDiff: Sendable {
    /// What happened to a record.
    public enum Kind: Sendable, Hashable {
        /// It is in the old zone only.
        case removed
        /// It is in the new zone only.
        case added
        /// It is in both, with another TTL before.
        case ttlChanged(from: TTL)
    }

    /// One record that changed.
    public struct Change: Sendable, Hashable {
        /// What happened.
        public let kind: Kind
        /// The owner, as it is written in the zone that the record is in; the new one when it is in both.
        public let owner: DomainName
        /// The TTL, the new one where it changed.
        public let ttl: TTL
        /// The type.
        public let type: RRType
        /// The RDATA in wire format.
        public let rdata: [UInt8]
    }

    /// The types that signing makes, which are left out when only an operator's own data is compared.
    public static let dnssecTypes: Set<RRType> = [
        .rrsig, .nsec, .nsec3, .nsec3param, .dnskey, .cds, .cdnskey, .zonemd,
    ]

    /// What changed, in canonical order of owner, type and RDATA.
    public let changes: [Change]
    /// The serials of the two zones, `nil` where there is no SOA record.
    public let serials: (old: Serial?, new: Serial?)

    /// Whether no record changed.
    public var isEmpty: Bool { changes.isEmpty }

    /// Compares two zones.
    ///
    /// Names and RDATA are compared in canonical form, so case does not matter where DNSSEC ignores it.
    ///
    /// - Parameter ignoringDNSSEC: Whether records of ``dnssecTypes`` are left out, and a SOA record that differs in its
    ///   serial alone counts as unchanged.
    /// - Complexity: O(number of records of both).
    public init(from old: Zone, to new: Zone, ignoringDNSSEC: Bool = false) {
        serials = (Self.serial(of: old), Self.serial(of: new))
        var comparison = ZoneComparison(old, new, ignoring: ignoringDNSSEC ? Self.dnssecTypes : [])
        comparison.ignoresSerial = ignoringDNSSEC
        changes = comparison.changes()
    }

    private static func serial(of zone: Zone) -> Serial? {
        guard let rdata = zone.rrset(zone.apex, .soa)?.rdata.first else { return nil }
        return (try? RData.SOA(wireFormat: rdata))?.serial
    }
}

extension ZoneDiff.Change: CustomStringConvertible {
    /// The record as a zone file has it, after `-`, `+`, or `~` with the old TTL.
    public var description: String {
        var text = TextBuffer()
        rdata.withUnsafeBufferPointer { RDataPrinter.append(type, $0, to: &text) }
        let record = "\(type) \(text.string)"
        switch kind {
        case .removed: return "- \(owner) \(ttl) \(record)"
        case .added: return "+ \(owner) \(ttl) \(record)"
        case .ttlChanged(let old): return "~ \(owner) \(old) -> \(ttl) \(record)"
        }
    }
}

/// The walk behind ``ZoneDiff``: both zones side by side, in canonical order.
private struct ZoneComparison {
    private let old: Zone
    private let new: Zone
    private let ignored: Set<RRType>
    var ignoresSerial = false
    private var found: [ZoneDiff.Change] = []

    init(_ old: Zone, _ new: Zone, ignoring ignored: Set<RRType>) {
        self.old = old
        self.new = new
        self.ignored = ignored
    }

    mutating func changes() -> [ZoneDiff.Change] {
        var left = 0
        var right = 0
        while left < old.ownerCount || right < new.ownerCount {
            let order = compareOwners(left, right)
            let leftRange = order <= 0 ? old.recordRange(of: OwnerIndex(left)) : 0..<0
            let rightRange = order >= 0 ? new.recordRange(of: OwnerIndex(right)) : 0..<0
            compareRecords(leftRange, rightRange)
            if order <= 0 { left += 1 }
            if order >= 0 { right += 1 }
        }
        return found
    }

    private func compareOwners(_ left: Int, _ right: Int) -> Int {
        guard left < old.ownerCount else { return 1 }
        guard right < new.ownerCount else { return -1 }
        return CanonicalNameOrder.compare(
            old.nameOctets(of: OwnerIndex(left)), new.nameOctets(of: OwnerIndex(right)))
    }

    private mutating func compareRecords(_ leftRange: Range<Int>, _ rightRange: Range<Int>) {
        var left = leftRange.lowerBound
        var right = rightRange.lowerBound
        while left < leftRange.upperBound || right < rightRange.upperBound {
            let order: Int
            if left == leftRange.upperBound {
                order = 1
            } else if right == rightRange.upperBound {
                order = -1
            } else {
                order = compare(old.records[left], new.records[right])
            }
            if order < 0 { note(.removed, old.records[left], in: old) }
            if order > 0 { note(.added, new.records[right], in: new) }
            if order == 0, old.records[left].ttl != new.records[right].ttl {
                note(.ttlChanged(from: old.records[left].ttl), new.records[right], in: new)
            }
            if order <= 0 { left += 1 }
            if order >= 0 { right += 1 }
        }
    }

    private func compare(_ left: RecordEntry, _ right: RecordEntry) -> Int {
        if left.type != right.type { return left.type < right.type ? -1 : 1 }
        if ignoresSerial, left.type == .soa, isEqualButForSerial(left, right) { return 0 }
        return CanonicalRDataOrder.compare(left, in: old.store, right, in: new.store)
    }

    private func isEqualButForSerial(_ left: RecordEntry, _ right: RecordEntry) -> Bool {
        guard var leftSOA = try? RData.SOA(wireFormat: old.rdata(of: left)),
            let rightSOA = try? RData.SOA(wireFormat: new.rdata(of: right))
        else { return false }
        leftSOA.serial = rightSOA.serial
        return leftSOA == rightSOA
    }

    private mutating func note(_ kind: ZoneDiff.Kind, _ record: RecordEntry, in zone: Zone) {
        if ignored.contains(record.type) { return }
        found.append(
            ZoneDiff.Change(
                kind: kind, owner: zone.name(of: record.owner), ttl: record.ttl, type: record.type,
                rdata: zone.rdata(of: record)))
    }
}
