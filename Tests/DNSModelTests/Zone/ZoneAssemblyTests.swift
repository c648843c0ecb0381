// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel
import Testing

@Suite("Zone assembly")
struct ZoneAssemblyTests {
    /// A zone as a list of lines, with all that assembling decides.
    private func lines(_ zone: Zone) -> [String] {
        zone.records.map { "\(zone.name(of: $0.owner)) \($0.ttl) \($0.type.rawValue) \(zone.rdata(of: $0))" }
    }

    /// What assembling means: a stable sort by name, type and RDATA; equal records once; the first spelling of a name.
    private func expected(_ records: [RecordFixture]) -> [String] {
        var spelling: [DomainName: DomainName] = [:]
        for record in records where spelling[record.owner] == nil { spelling[record.owner] = record.owner }
        let sorted = records.enumerated().sorted { left, right in
            if left.element.owner != right.element.owner { return left.element.owner < right.element.owner }
            if left.element.type != right.element.type { return left.element.type < right.element.type }
            if left.element.rdata != right.element.rdata {
                return left.element.rdata.lexicographicallyPrecedes(right.element.rdata)
            }
            return left.offset < right.offset
        }.map(\.element)
        var result: [RecordFixture] = []
        for record in sorted {
            if let last = result.last, last.owner == record.owner, last.type == record.type, last.rdata == record.rdata
            {
                continue
            }
            result.append(record)
        }
        return result.map { "\(spelling[$0.owner]!) \($0.ttl) \($0.type.rawValue) \($0.rdata)" }
    }

    @Test("records come out by owner, type and RDATA, each once", arguments: 0..<100)
    func againstStableSorting(seed: Int) {
        let random = RandomZone(seed: UInt64(seed), names: 80)
        let zone = testZone(apex: random.apex.description, random.records)
        #expect(lines(zone) == expected(random.records))
        #expect(zone.droppedDuplicates.count == random.records.count - zone.records.count)
        for owner in 0..<zone.ownerCount {
            #expect(zone.owner(named: zone.name(of: OwnerIndex(owner))) == OwnerIndex(owner))
            #expect(zone.recordRange(of: OwnerIndex(owner)).allSatisfy { zone.records[$0].owner == OwnerIndex(owner) })
        }
    }

    @Test("batches in any division and any number of workers give the same zone", arguments: [1, 2, 3, 7])
    func divisions(workers: Int) {
        let random = RandomZone(seed: 11, names: 300)
        let store = WireStore()
        var batches: [RecordBatch] = []
        for start in stride(from: 0, to: random.records.count, by: 1 + workers * 5) {
            var builder = ZoneRecordsBuilder(store: store)
            for record in random.records[start..<min(start + 1 + workers * 5, random.records.count)] {
                try! builder.add(owner: record.owner, type: record.type, ttl: record.ttl, rdata: record.rdata)
            }
            batches.append(builder.batch)
            if start % 2 == 0 { batches.append(RecordBatch()) }
        }
        let zone = Zone(apex: random.apex, batches: batches, store: store, workers: Workers(workers))
        #expect(lines(zone) == expected(random.records))
    }

    /// Enough names that they are cut into buckets, with long common beginnings in canonical order.
    private func manyRecords(prefix: String, count: Int, seed: UInt64) -> [RecordFixture] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let number = Int(random.next() % UInt64(count))
            return RecordFixture("h\(number % 7).\(prefix)\(number).example.", .a, [UInt8(number % 3)])
        }
    }

    @Test(
        "many names sort alike whatever they have in common",
        arguments: [
            "", "customer-", "customers-of-the-hosting-department-", "CUSTOMERS-of-the-\\000-department-",
            "a.label-of-thirteen.B.c.d.e.f.g.h.",
        ])
    func manyNames(prefix: String) {
        let records = manyRecords(prefix: prefix, count: 20000, seed: 3)
        let zone = testZone(records, workers: Workers(3))
        let wanted = expected(records)
        #expect(lines(zone) == wanted)
        // What is in order already takes another path.
        let again = testZone(zone.records.map { RecordFixture(zone.name(of: $0.owner), $0.type, zone.rdata(of: $0)) })
        #expect(lines(again) == wanted)
    }

    /// How names stand in a text: behind a name they are below, or not quite.
    enum Grouping: CaseIterable {
        /// Delegations, each with glue in any order right behind it, and some of them once more after that.
        case delegations
        /// The same, but glue of some stands elsewhere, and some delegations below others.
        case mingled
        /// Glue stands after all delegations.
        case apart
        /// All names are below the first one.
        case oneGroup
    }

    private func groupedRecords(_ grouping: Grouping, count: Int, seed: UInt64) -> [RecordFixture] {
        var random = SeededGenerator(seed: seed)
        let apex = "example."
        var records = [RecordFixture(apex, .soa), RecordFixture(apex, .ns)]
        var later: [RecordFixture] = []
        for _ in 0..<count {
            let number = random.next() % UInt64(count * 8)
            var head =
                "d\(number)\(number % 3 == 0 ? "-with-a-long-label" : "").\(grouping == .oneGroup ? "sub." : "")\(apex)"
            if grouping == .mingled, number % 11 == 0 { head = "x.\(head)" }
            records.append(RecordFixture(head, .ns, [1, 97, 0]))
            for _ in 0..<random.next() % 4 {
                let glue = RecordFixture("NS\(random.next() % 4).\(head)", .a, [UInt8(number % 5)])
                let isApart = grouping == .apart || grouping == .mingled && number % 13 == 0
                if isApart { later.append(glue) } else { records.append(glue) }
            }
            if number % 10 == 0 { records.append(RecordFixture(head.uppercased(), .ds, [UInt8(number % 7)])) }
            if number % 5_000 == 0 { records.append(RecordFixture(apex, .txt, [1, UInt8(number % 251)])) }
        }
        if grouping == .oneGroup { records.insert(RecordFixture("sub.\(apex)", .ns, [1, 97, 0]), at: 2) }
        return records + later
    }

    @Test("names that stand in groups sort like all others", arguments: Grouping.allCases)
    func groups(grouping: Grouping) {
        // More than what a worker takes at once.
        let records = groupedRecords(grouping, count: 14_000, seed: 3)
        let zone = testZone(records, workers: Workers(3))
        let owners = (0..<zone.ownerCount).map { zone.name(of: OwnerIndex($0)) }
        #expect(zip(owners, owners.dropFirst()).allSatisfy { $0 < $1 })
        #expect(Set(owners) == Set(records.map(\.owner)))
        #expect(zone.records.count + zone.droppedDuplicates.count == records.count)
    }

    @Test("few names that stand in groups sort like all others", arguments: 0..<60)
    func fewGroups(seed: Int) {
        for grouping in Grouping.allCases {
            let records = groupedRecords(grouping, count: 1 + seed % 40, seed: UInt64(seed))
            #expect(lines(testZone(records)) == expected(records))
        }
    }

    @Test("names outside the zone stand before or after it")
    func outsideNames() {
        let zone = testZone([
            RecordFixture("z.other.", .a), RecordFixture("www.example.", .a), RecordFixture("a.", .a),
            RecordFixture("example.", .soa), RecordFixture(".", .ns), RecordFixture("www.examplex.", .a),
            RecordFixture("Z.OTHER.", .aaaa), RecordFixture("b.other.", .a),
        ])
        #expect(
            (0..<zone.ownerCount).map { zone.name(of: OwnerIndex($0)).description } == [
                ".", "a.", "example.", "www.example.", "www.examplex.", "b.other.", "z.other.",
            ])
        #expect(zone.ownersInZone == 2..<4)
    }

    @Test("a batch whose records are not in order of its names loses nothing")
    func recordsInAnyOrder() {
        let store = WireStore()
        var writer = WireWriter(store)
        var batch = RecordBatch()
        batch.names = ["b.example.", "unused.example.", "example."].map { try! writer.append(testName($0).wireFormat) }
        for (owner, type) in [(2, RRType.soa), (0, .txt), (2, .ns), (0, .a)] {
            batch.records.append(
                RecordEntry(
                    owner: OwnerIndex(owner), type: type, ttl: TTL(1), rdataOffset: 0, rdataLength: 0,
                    lowercases: false))
        }
        let zone = Zone(apex: testName("example."), batches: [batch], store: store)
        #expect(lines(zone) == ["example. 1 2 []", "example. 1 6 []", "b.example. 1 1 []", "b.example. 1 16 []"])
    }

    @Test("a big RRset is sorted and loses its duplicates")
    func bigRRset() {
        var random = SeededGenerator(seed: 1)
        let records = (0..<3000).map { _ in
            let value = random.next() % 1000
            return RecordFixture("example.", .txt, [2, UInt8(value / 256), UInt8(value % 256)])
        }
        #expect(lines(testZone(records)) == expected(records))
    }

    @Test("nothing gives an empty zone")
    func empty() {
        let zone = testZone([])
        #expect(zone.ownerCount == 0 && zone.records.isEmpty && zone.recordRangeCount == 0)
    }
}

extension Zone {
    /// The number of records that the owners' ranges cover.
    fileprivate var recordRangeCount: Int { (0..<ownerCount).reduce(0) { $0 + recordRange(of: OwnerIndex($1)).count } }
}
