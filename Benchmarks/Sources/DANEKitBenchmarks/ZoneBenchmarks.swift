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
        print("\(cuts.count(of: .insecureDelegation)) insecure delegations, \(cuts.emptyNonTerminals.count) ENTs")
    }
}
