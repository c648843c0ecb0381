import DNSModel
import DNSSEC
import Glibc

/// Rates of the whole machine, one line each, `name figure`, for compare.sh and thresholds.sh to hold against others.
struct Rates {
    let workers: Workers

    /// Reads and writes a zone file: `read` and `read-ordered` in seconds from text in memory, `write` in octets a second.
    func file(_ path: String, writingTo target: String) throws {
        let source = ZoneFileSource(try octets(of: path), name: path)
        let options = ZoneFileOptions(workers: workers)
        print("read", best { _ = ZoneFileReader.readRecords(source, options: options) })
        var zone: Zone?
        let seconds = best {
            zone = nil
            zone = ZoneFileReader.read(source, options: options).value
        }
        print("read-ordered", seconds)
        guard let zone else { throw BenchmarkFault("\(path) is no zone file") }
        var count = 0
        let written = best {
            count = 0
            unlink(target)
            let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            ZoneFileWriter.write(zone, workers: workers) { count += Glibc.write(descriptor, $0.baseAddress, $0.count) }
            close(descriptor)
        }
        unlink(target)
        print("write", Double(count) / written)
    }

    /// NSEC3 hashes a second: `hash`.
    func hashing() {
        let names = (0..<10_000).compactMap {
            GeneratedZone.apex.prepending("host\($0 &* 7_919 % 1_000_000)")?.wireFormat
        }
        let rounds = 40
        let seconds = best {
            workers.forEach(chunks: workers.count) { _ in
                var hasher = NSEC3Hasher(iterations: 0, salt: [])
                for _ in 0..<rounds { for name in names { _ = hasher.hash(ofWireFormat: name.span) } }
            }
        }
        print("hash", Double(names.count * rounds * workers.count) / seconds)
    }

    /// Signatures a second: `sign`.
    func signing() throws {
        let zone = try GeneratedZone.records(.host, count: 20_000, isSorted: false, prefix: "").makeZone(
            apex: GeneratedZone.apex, workers: workers)
        let signing = try SigningCase(zone.apex)
        var made = 0
        let seconds = try best {
            made = try ZoneSigner.sign(
                zone, keys: signing.keys, parameters: signing.parameters, workers: workers
            ).statistics.signaturesMade
        }
        print("sign", Double(made) / seconds)
    }

    /// Seconds of the fastest of three runs.
    private func best(_ work: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        var best = Double.infinity
        for _ in 0..<3 {
            let elapsed = try clock.measure(work).components
            best = min(best, Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
        }
        return best
    }

    private func octets(of path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw BenchmarkFault("cannot read \(path)") }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { room, count in
            while count < room.count {
                let some = Glibc.read(descriptor, room.baseAddress.map { $0 + count }, room.count - count)
                if some <= 0 { break }
                count += some
            }
        }
    }
}

/// Why a benchmark cannot go on.
struct BenchmarkFault: Error {
    let description: String
    init(_ description: String) { self.description = description }
}
