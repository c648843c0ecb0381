import DNSModel
import DNSSEC
import Diagnostics
import Testing

@Suite("Reuse of signatures")
struct SignatureReuseTests {
    private static let digests: [[ZoneDigest.Algorithm]] = [[], [.sha384], [.sha512, .sha384]]

    @Test(
        "nothing changed and nothing due: unchanged, and the zone is the previous one", arguments: digests,
        [true, false])
    func unchanged(_ digests: [ZoneDigest.Algorithm], isTrusted: Bool) throws {
        var (zone, key, parameters) = try start()
        parameters.zoneDigests = digests
        let first = try ZoneSigner.sign(zone, keys: [key], parameters: parameters)
        parameters.now = parameters.now.advanced(by: 86_400)
        parameters.previousIsTrusted = isTrusted
        let second = try ZoneSigner.sign(zone, keys: [key], parameters: parameters, previous: first.zone)
        #expect(second.change == .unchanged)
        #expect(second.statistics.signaturesMade == 0)
        #expect(second.statistics.serial == first.statistics.serial)
        #expect(second.zone.dump == first.zone.dump)
    }

    @Test(
        "one changed record: its signature, SOA's and the digest's are new, the serial is the next", arguments: digests)
    func oneChange(_ digests: [ZoneDigest.Algorithm]) throws {
        var (zone, key, parameters) = try start()
        parameters.zoneDigests = digests
        parameters.previousIsTrusted = true
        let first = try ZoneSigner.sign(zone, keys: [key], parameters: parameters)
        zone = try SigningFixtures.zone(
            "example.", SigningFixtures.sample.replacing("192.0.2.1", with: "192.0.2.99", maxReplacements: 1))
        parameters.now = parameters.now.advanced(by: 60)
        let second = try ZoneSigner.sign(zone, keys: [key], parameters: parameters, previous: first.zone)
        #expect(second.change == .changed)
        #expect(second.statistics.signaturesMade == (digests.isEmpty ? 2 : 3))
        #expect(second.statistics.serial == first.statistics.serial.successor)
        #expect(try ReferenceCheck.faults(second.zone, parameters.denial, [key]) == [])
        #expect(digests.isEmpty || ZoneDigest.verify(second.zone) != .absent)
        if case .failed(let failures) = ZoneDigest.verify(second.zone) { Issue.record("\(failures)") }
        let before = Set(first.zone.dump)
        #expect(second.zone.dump.count { !before.contains($0) } == (digests.isEmpty ? 4 : 5 + digests.count))
    }

    @Test("a change of glue alone is a change, though no signature but SOA's is made")
    func glue() throws {
        var (zone, key, parameters) = try start()
        parameters.previousIsTrusted = true
        let first = try ZoneSigner.sign(zone, keys: [key], parameters: parameters)
        zone = try SigningFixtures.zone("example.", SigningFixtures.sample.replacing("192.0.2.4", with: "192.0.2.44"))
        let second = try ZoneSigner.sign(zone, keys: [key], parameters: parameters, previous: first.zone)
        #expect(second.change == .changed)
        #expect(second.statistics.signaturesMade == 1)
        #expect(second.statistics.serial == first.statistics.serial.successor)
    }

    @Test("signatures that are due are made anew, and with them those that soon would be; the others stay")
    func refresh() throws {
        var (zone, key, parameters) = try start()
        let start = parameters.now
        parameters.times.jitter = 6 * 86_400
        let first = try ZoneSigner.sign(zone, keys: [key], parameters: parameters)
        parameters.now = start.advanced(by: 2 * 86_400)
        let second = try ZoneSigner.sign(zone, keys: [key], parameters: parameters, previous: first.zone)
        #expect(second.statistics.signaturesMade > 2 && second.statistics.signaturesKept > 2)
        #expect(try ReferenceCheck.faults(second.zone, parameters.denial, [key]) == [])
        // What stays is not due for half of the time from signing to being due, three days and a half; what is new not
        // before the jitter brings it.
        let firstEnd = try #require(second.statistics.firstExpiration)
        let left = parameters.now.distance(to: firstEnd) - parameters.times.refresh
        let least = parameters.times.validity - parameters.times.refresh - parameters.times.jitter
        #expect(left >= least && parameters.times.bundling == 7 * 43_200)
        for record in second.zone.records where record.type == .rrsig {
            let rdata = second.zone.rdata(of: record)
            if first.zone.records.contains(where: { first.zone.rdata(of: $0) == rdata }) {
                let end = try RData.RRSIG(wireFormat: rdata).expiration
                let left = parameters.now.distance(to: Timestamp(serial: end, near: start)) - parameters.times.refresh
                #expect(left > parameters.times.bundling)
            }
        }
        parameters.now = start.advanced(by: 7 * 86_400)
        let third = try ZoneSigner.sign(zone, keys: [key], parameters: parameters, previous: first.zone)
        #expect(third.statistics.signaturesKept == 0)
    }

    @Test("a key tag alone is not enough: another algorithm's signature is never taken for this one's")
    func keyTagOfAnotherAlgorithm() throws {
        var (zone, old, parameters) = try start()
        let new = try SigningFixtures.key("example.", .csk, .ecdsap256sha256)
        let first = try ZoneSigner.sign(zone, keys: [old, new], parameters: parameters)
        // As if the old key had the new one's tag, and the new one had not signed.
        var builder = ZoneRecordsBuilder()
        for record in first.zone.records {
            var rdata = first.zone.rdata(of: record)
            if record.type == .rrsig {
                if rdata[2] == new.algorithm.rawValue { continue }
                rdata[16] = UInt8(new.keyTag >> 8)
                rdata[17] = UInt8(new.keyTag & 255)
            }
            try builder.add(owner: first.zone.name(of: record.owner), type: record.type, ttl: record.ttl, rdata: rdata)
        }
        parameters.previousIsTrusted = true
        let second = try ZoneSigner.sign(
            zone, keys: [new], parameters: parameters, previous: builder.makeZone(apex: zone.apex))
        #expect(second.statistics.signaturesKept == 0)
        #expect(try ReferenceCheck.faults(second.zone, parameters.denial, [new]) == [])
    }

    @Test("a damaged signature of an untrusted zone is made anew")
    func damaged() throws {
        var (zone, key, parameters) = try start()
        let first = try ZoneSigner.sign(zone, keys: [key], parameters: parameters)
        var builder = ZoneRecordsBuilder()
        for (index, record) in first.zone.records.enumerated() {
            var rdata = first.zone.rdata(of: record)
            if record.type == .rrsig, index % 3 == 0 { rdata[rdata.count - 5] ^= 1 }
            try builder.add(
                owner: first.zone.name(of: record.owner), type: record.type, ttl: record.ttl, rdata: rdata)
        }
        let previous = builder.makeZone(apex: zone.apex)
        parameters.now = parameters.now.advanced(by: 1)
        let second = try ZoneSigner.sign(zone, keys: [key], parameters: parameters, previous: previous)
        #expect(second.statistics.signaturesMade > 0 && second.statistics.signaturesKept > 0)
        #expect(try ReferenceCheck.faults(second.zone, parameters.denial, [key]) == [])
    }

    @Test("a change of key, TTL or denial leaves nothing that does not fit")
    func otherCircumstances() throws {
        let (zone, key, parameters) = try start()
        let first = try ZoneSigner.sign(zone, keys: [key], parameters: parameters)
        let other = try SigningFixtures.key()
        let rolled = try ZoneSigner.sign(zone, keys: [other], parameters: parameters, previous: first.zone)
        #expect(rolled.statistics.signaturesKept == 0)
        var shorter = parameters
        shorter.maximumTTL = TTL(200)
        let cut = try ZoneSigner.sign(zone, keys: [key], parameters: shorter, previous: first.zone)
        #expect(try ReferenceCheck.faults(cut.zone, parameters.denial, [key]) == [])
        var nsec = parameters
        nsec.denial = .nsec
        let switched = try ZoneSigner.sign(zone, keys: [key], parameters: nsec, previous: first.zone)
        #expect(try ReferenceCheck.faults(switched.zone, .nsec, [key]) == [])
        #expect(switched.zone.records.allSatisfy { $0.type != .nsec3 && $0.type != .nsec3param })
    }

    private func start() throws -> (Zone, ZoneKey, SigningParameters) {
        var parameters = SigningFixtures.parameters()
        parameters.times.jitter = 0
        return (
            try SigningFixtures.zone("example.", SigningFixtures.sample), try SigningFixtures.key(), parameters
        )
    }
}
