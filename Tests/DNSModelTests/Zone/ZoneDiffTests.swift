import DNSModel
import Testing

@Suite("Zone differences")
struct ZoneDiffTests {
    private func lines(_ old: String, _ new: String, ignoringDNSSEC: Bool = false) -> [String] {
        ZoneDiff(from: zoneOfLines(old), to: zoneOfLines(new), ignoringDNSSEC: ignoringDNSSEC).changes.map(
            \.description)
    }

    @Test("a zone does not differ from itself, however it is spelled")
    func same() {
        #expect(lines(soaAndNS + "a 60 MX 1 B", soaAndNS + "A.EXAMPLE. 60 MX 1 b") == [])
    }

    @Test("records added, removed and with another TTL come in canonical order")
    func changes() {
        let old = soaAndNS + "z 60 TXT x\na 60 TXT x\na 60 TXT z\nb 60 A 192.0.2.1"
        let new = soaAndNS + "z 61 TXT x\na 60 TXT y\na 60 TXT z\nc.b 60 A 192.0.2.1"
        #expect(
            lines(old, new) == [
                "- a.example. 60 TXT \"x\"", "+ a.example. 60 TXT \"y\"", "- b.example. 60 A 192.0.2.1",
                "+ c.b.example. 60 A 192.0.2.1", "~ z.example. 60 -> 61 TXT \"x\"",
            ])
    }

    @Test("without DNSSEC, signing changes nothing but the serial, which is told apart")
    func ignoringDNSSEC() {
        let old = "@ 60 SOA ns h 1 2 3 4 5\na 60 A 192.0.2.1"
        let new = "@ 60 SOA ns h 9 2 3 4 5\na 60 A 192.0.2.1\na 60 NSEC @ A NSEC\n@ 60 DNSKEY 256 3 13 AAAA"
        #expect(lines(old, new, ignoringDNSSEC: true) == [])
        #expect(lines(old, new).count == 4)
        let diff = ZoneDiff(from: zoneOfLines(old), to: zoneOfLines(new), ignoringDNSSEC: true)
        #expect(diff.serials.old == Serial(rawValue: 1) && diff.serials.new == Serial(rawValue: 9) && diff.isEmpty)
        #expect(lines(old, "@ 61 SOA ns h 9 2 3 4 5\na 60 A 192.0.2.1", ignoringDNSSEC: true).count == 1)
        #expect(lines(old, "@ 60 SOA ns h 9 2 3 4 6\na 60 A 192.0.2.1", ignoringDNSSEC: true).count == 2)
    }

    @Test("what is told takes one random zone to another", arguments: 0..<40)
    func appliedChanges(seed: Int) {
        let first = RandomZone(seed: UInt64(seed))
        let old = testZone(apex: first.apex.description, first.records)
        let new = testZone(
            apex: first.apex.description,
            first.records.filter { $0.owner.wireFormat.count % 3 != seed % 3 }
                + RandomZone(seed: UInt64(seed + 1)).records)
        var records = Set(old.records.map { Record(old, $0) })
        for change in ZoneDiff(from: old, to: new).changes {
            let record = Record(owner: change.owner, type: change.type, ttl: change.ttl, rdata: change.rdata)
            switch change.kind {
            case .removed: #expect(records.remove(record) != nil)
            case .added: #expect(records.insert(record).inserted)
            case .ttlChanged(let old):
                var before = record
                before.ttl = old
                #expect(records.remove(before) != nil)
                records.insert(record)
            }
        }
        #expect(records == Set(new.records.map { Record(new, $0) }))
    }

    private struct Record: Hashable {
        var owner: DomainName
        var type: RRType
        var ttl: TTL
        var rdata: [UInt8]

        init(owner: DomainName, type: RRType, ttl: TTL, rdata: [UInt8]) {
            self.owner = owner
            self.type = type
            self.ttl = ttl
            self.rdata = rdata
        }

        init(_ zone: Zone, _ record: RecordEntry) {
            self.init(
                owner: zone.name(of: record.owner), type: record.type, ttl: record.ttl, rdata: zone.rdata(of: record))
        }
    }
}
