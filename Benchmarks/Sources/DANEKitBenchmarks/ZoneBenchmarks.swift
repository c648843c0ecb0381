import DNSModel

/// Sorting, classifying and writing, each apart.
struct ZoneBenchmarks {
    var measurement: Measurement
    var workers: Workers

    init(_ measurement: Measurement, _ workers: Workers) {
        self.measurement = measurement
        self.workers = workers
    }

    func run(_ records: consuming ZoneRecordsBuilder) throws {
        let zone = measurement.time("assemble (sort, join, \(workers.count) workers)", records.recordCount, "records") {
            records.makeZone(apex: GeneratedZone.apex, workers: workers)
        }
        print("\(zone.records.count) records, \(zone.ownerCount) owners")
        let cuts = measurement.time("classify owners (1 worker)", zone.ownerCount, "owners") { ZoneCuts(zone) }
        for count in Set([1, workers.count]).sorted() {
            var octets = 0
            measurement.time("write (\(count) workers)", zone.records.count, "records") {
                octets = 0
                ZoneFileWriter.write(zone, workers: Workers(count)) { octets += $0.count }
            }
            print("\(octets) octets of text")
        }
        let findings = measurement.time("survey (\(workers.count) workers)", zone.records.count, "records") {
            ZoneCheck.findings(in: zone, workers: workers)
        }
        print("\(findings.count) findings")
        let changes = measurement.time("compare with itself (1 worker)", zone.records.count, "records") {
            ZoneDiff(from: zone, to: zone).changes
        }
        print("\(changes.count) changes")
        print("\(cuts.count(of: .insecureDelegation)) insecure delegations, \(cuts.emptyNonTerminals.count) ENTs")
    }
}
