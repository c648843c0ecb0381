// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel
import Testing

@Suite("Zone editing")
struct ZoneEditingTests {
    private func lines(_ zone: Zone) -> [String] {
        String(decoding: ZoneFileWriter.text(of: zone), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("removing records leaves the others in order, and no owner without records")
    func removing() {
        let zone = zoneOfLines(soaAndNS + "a 60 TXT x\na 60 A 192.0.2.1\nb 60 TXT y\nc 60 A 192.0.2.2")
        let rest = zone.removing { $0.type == .txt }
        #expect(lines(rest) == lines(zone).filter { !$0.contains("TXT") })
        #expect(rest.ownerCount == 3 && rest.owner(named: testName("b.example.")) == nil)
        #expect(rest.owner(named: testName("c.example.")) == 2)
    }

    @Test("merging adds records at old and new owners, and keeps what is there already", arguments: 0..<30)
    func merging(seed: Int) {
        let random = RandomZone(seed: UInt64(seed))
        let split = random.records.count / 2
        let zone = testZone(apex: random.apex.description, Array(random.records[..<split]))
        var builder = ZoneRecordsBuilder(store: zone.store)
        for record in random.records[split...] {
            try! builder.add(owner: record.owner, type: record.type, ttl: record.ttl, rdata: record.rdata)
        }
        let merged = zone.merging([builder.batch], workers: Workers(2))
        let whole = testZone(apex: random.apex.description, random.records)
        #expect(
            ZoneDiff(from: merged, to: whole).changes.allSatisfy {
                if case .ttlChanged = $0.kind { true } else { false }
            })
        #expect(merged.records.count == whole.records.count)
    }
}
