import DNSModel
import DNSSEC
import Diagnostics

/// Reading, hashing, signing and verifying, each apart.
struct SigningBenchmarks {
    var measurement: Measurement
    var workers: Workers

    init(_ measurement: Measurement, _ workers: Workers) {
        self.measurement = measurement
        self.workers = workers
    }

    func run(_ zone: Zone, optOut: Bool) throws {
        let source = ZoneFileSource(zone.text, name: "benchmark")
        measurement.time("read (\(workers.count) workers)", zone.records.count, "records") {
            _ = ZoneFileReader.readRecords(source, options: ZoneFileOptions(workers: workers))
        }
        measurement.time("read and assemble (\(workers.count) workers)", zone.records.count, "records") {
            _ = ZoneFileReader.read(source, options: ZoneFileOptions(workers: workers))
        }
        let names = (0..<min(zone.ownerCount, 200_000)).map { zone.name(of: OwnerIndex($0)) }
        measurement.time("hash names for NSEC3 (1 worker)", names.count, "names") {
            var hasher = NSEC3Hasher(iterations: 0, salt: [])
            for name in names { _ = hasher.hash(of: name) }
        }
        let signing = try SigningCase(zone.apex, optOut: optOut)
        let once = Measurement(repetitions: 1)
        let outcome = try once.time("sign (\(workers.count) workers)", zone.records.count, "records") {
            try ZoneSigner.sign(zone, keys: signing.keys, parameters: signing.parameters, workers: workers)
        }
        print("\(outcome.statistics.signaturesMade) signatures, \(outcome.statistics.denialRecords) denial records")
        let report = once.time(
            "verify (\(workers.count) workers)", outcome.statistics.signaturesMade, "signatures"
        ) {
            ZoneValidator.validate(outcome.zone, at: SigningCase.now, anchors: [], options: .standard, workers: workers)
        }
        print(report.isValid ? "valid" : "NOT VALID: \(report.diagnostics.prefix(3))")
    }
}
