// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel
import Diagnostics
import Testing

/// What is written is read back as the same zone.
@Suite("Writing and reading back")
struct RoundTripTests {
    /// Random names with RDATA that fits the types.
    private func zone(seed: Int) -> Zone {
        let random = RandomZone(seed: UInt64(7000 + seed))
        var records = random.records.filter { $0.type != .nsec3 && $0.type != .rrsig }
        for index in records.indices {
            let last = records[index].rdata.last ?? 0
            switch records[index].type {
            case .soa: records[index].rdata = [1, UInt8(ascii: "m"), 0, 0] + Array(repeating: 1, count: 20)
            case .a: records[index].rdata = [192, 0, 2, last]
            case .ns, .dname: records[index].rdata = records[(index * 7) % records.count].owner.wireFormat
            case .ds: records[index].rdata = [0, last, 13, 2] + Array(repeating: last, count: 32)
            default: break
            }
        }
        return testZone(apex: random.apex.description, records)
    }

    private func check(_ zone: Zone, _ style: ZoneFileStyle) {
        let text = ZoneFileWriter.text(of: zone, style: style)
        let outcome = ZoneFileReader.read(
            ZoneFileSource(text, name: "random.zone"), options: ZoneFileOptions(origin: zone.apex))
        #expect(outcome.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
        guard let again = outcome.value else {
            Issue.record("nothing was read")
            return
        }
        #expect(again.apex == zone.apex)
        #expect(ZoneDiff(from: zone, to: again).changes.map(\.description) == [])
        // Case and escapes come back as they were, too.
        #expect(ZoneFileWriter.text(of: again, style: style) == text)
    }

    @Test("in presentation format", arguments: 0..<40)
    func presentation(seed: Int) { check(zone(seed: seed), .presentation) }

    @Test("in the generic format of RFC 3597", arguments: 0..<20)
    func generic(seed: Int) { check(zone(seed: seed), .generic) }
}
