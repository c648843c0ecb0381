import DNSModel
import DNSSEC
import Glibc

/// Rates of the whole machine, one line each, `name figure`, for compare.sh and thresholds.sh to hold against others.
struct Rates {
    let workers: Workers

    /// Reads a zone file: `read` and `read-ordered` in seconds from text in memory.
    func reading(_ path: String) throws {
        let source = ZoneFileSource(try octets(of: path), name: path)
        let options = ZoneFileOptions(workers: workers)
        print("read", best { _ = ZoneFileReader.readRecords(source, options: options) })
        print("read-ordered", best { _ = ZoneFileReader.read(source, options: options) })
    }

    /// Writes what is in a zone file to another: `write` in octets a second.
    func writing(_ path: String, to target: String) throws {
        let source = ZoneFileSource(try octets(of: path), name: path)
        guard let zone = ZoneFileReader.read(source, options: ZoneFileOptions(workers: workers)).value else {
            throw BenchmarkFault("\(path) is no zone file")
        }
        var count = 0
        let written = best(preparing: { unlink(target) }) {
            count = 0
            let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            ZoneFileWriter.write(zone, workers: workers) { count += Glibc.write(descriptor, $0.baseAddress, $0.count) }
            close(descriptor)
        }
        unlink(target)
        print("write", Double(count) / written)
    }

    /// NSEC3 hashes a second, over some seconds: `hash`. The names are those of raw.c.
    func hashing(seconds: Int) {
        let names = (0..<10_000).compactMap {
            GeneratedZone.apex.prepending("host\($0 &* 7_919 % 1_000_000)")?.wireFormat
        }
        // One after the other, as a zone holds them.
        let octets = names.flatMap(\.self)
        let ends = names.reduce(into: [0]) { ends, name in ends.append((ends.last ?? 0) + name.count) }
        let clock = ContinuousClock()
        let start = clock.now
        let end = start.advanced(by: .seconds(seconds))
        let counts = workers.map(chunks: workers.count) { _ in
            var hasher = NSEC3Hasher(iterations: 0, salt: [])
            var count = 0
            var check: UInt8 = 0
            while clock.now < end {
                for index in names.indices {
                    let name = octets.span.extracting(ends[index]..<ends[index + 1])
                    check ^= hasher.hash(ofWireFormat: name)[0]
                }
                count += names.count
            }
            return (count, check)
        }
        print("hash", Double(counts.reduce(0) { $0 + $1.0 }) / Self.seconds(start.duration(to: clock.now)))
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
    private func best(preparing: () -> Void = {}, _ work: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        var best = Double.infinity
        for _ in 0..<3 {
            preparing()
            best = min(best, Self.seconds(try clock.measure(work)))
        }
        return best
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
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
