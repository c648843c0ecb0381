import DNSModel
import DNSSEC
import Diagnostics
import Testing

@Suite("Signing again by way of the published text")
struct ResigningTests {
    /// A zone and what becomes of it: records that go, come and change, names in other case.
    private static func change(_ zone: Zone, _ share: Int, using random: inout SeededRandom) throws -> Zone {
        var builder = ZoneRecordsBuilder()
        let target = try DomainName("Elsewhere", origin: zone.apex)
        for owner in 0..<OwnerIndex(zone.ownerCount) {
            for range in zone.rrsetRanges(of: owner) {
                var rrset = zone.rrset(at: range)
                if rrset.owner != zone.apex, Int.random(in: 0..<share, using: &random) == 0 {
                    switch Int.random(in: 0..<6, using: &random) {
                    case 0: continue
                    case 1: rrset.ttl = TTL(UInt32.random(in: 0..<5000, using: &random))
                    case 2: rrset.owner = rrset.owner.lowercased
                    case 3: try builder.add(owner: rrset.owner, type: .ns, ttl: rrset.ttl, rdata: target.wireFormat)
                    case 4:
                        let name = rrset.owner.prepending("new") ?? rrset.owner
                        try builder.add(owner: name, type: .txt, ttl: rrset.ttl, rdata: [1, 120])
                    default: if [.a, .txt].contains(rrset.type) { rrset.rdata.append([3, 1, 2, 3]) }
                    }
                }
                try builder.add(rrset)
            }
        }
        return builder.makeZone(apex: zone.apex)
    }

    private static let denials: [DenialOfExistence] = [
        .nsec, .recommendedNSEC3, .nsec3(NSEC3Parameters(iterations: 2, salt: [0xAB], optOut: true)),
    ]

    /// Signs with `previous` as zone and as text; the texts and all that is told must be the same.
    ///
    /// - Returns: The text, or `nil` when too much has changed.
    private static func signBothWays(
        _ zone: Zone, _ keys: [ZoneKey], _ parameters: SigningParameters, _ previous: Zone
    ) throws -> (change: SigningOutcome.Change, text: [UInt8])? {
        let text = ZoneFileWriter.text(of: previous)
        // A comment at the end is none of the records.
        let published = try #require(PublishedText(ZoneFileOctets(text + Array("; end\n".utf8)), count: text.count))
        let whole = try ZoneSigner.sign(zone, keys: keys, parameters: parameters, previous: previous)
        for workers in [1, 3] {
            let resigned = try ZoneSigner.resign(
                zone, cuts: nil, keys: keys, parameters: parameters, published: published, workers: Workers(workers))
            guard let resigned else { return nil }
            var written: [UInt8] = []
            for piece in resigned.pieces {
                switch piece {
                case .kept(let range): written += published.octets(range)
                case .fresh(let range): written += resigned.fresh[range]
                }
            }
            let expected = ZoneFileWriter.text(of: whole.zone)
            #expect(written == expected, "\(firstDifference(written, expected))")
            #expect(resigned.outcome.change == whole.change)
            #expect(resigned.outcome.statistics == whole.statistics)
            #expect(resigned.outcome.diagnostics == whole.diagnostics)
            let report = resigned.verifySignatures(at: parameters.now, limit: 1 << 20, workers: .single)
            #expect(report.diagnostics == [])
            #expect((report.value ?? 0) > 0)
        }
        return (whole.change, ZoneFileWriter.text(of: whole.zone))
    }

    private static func firstDifference(_ one: [UInt8], _ other: [UInt8]) -> String {
        let (left, right) = (one.split(separator: 10), other.split(separator: 10))
        let index = zip(left, right).prefix { $0 == $1 }.count
        return [left, right].map { index < $0.count ? String(decoding: $0[index], as: UTF8.self) : "the end" }
            .joined(separator: "\n")
    }

    @Test("Whatever has changed, the text is that of the long way, octet for octet", arguments: denials, 1...6)
    func changes(_ denial: DenialOfExistence, seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let keys = [
            try SigningFixtures.key("example.", seed % 2 == 0 ? .csk : .zsk, .ed25519),
            try SigningFixtures.key("example.", seed % 2 == 0 ? .csk : .ksk, seed % 3 == 0 ? .ed448 : .ed25519),
        ]
        var parameters = SigningFixtures.parameters(denial)
        parameters.times = .standard
        let zone = try RandomZone.make(apex: "example.", owners: 160, using: &random)
        guard let first = try? ZoneSigner.sign(zone, keys: keys, parameters: parameters) else { return }
        parameters.previousIsTrusted = true
        for (share, age) in [(60, 60), (10_000, 3600), (30, 7 * 86_400 - 40_000), (20, -60)] as [(Int, Int64)] {
            parameters.now = SigningFixtures.now.advanced(by: age)
            let other = try Self.change(zone, share, using: &random)
            guard (try? ZoneSigner.sign(other, keys: keys, parameters: parameters, previous: first.zone)) != nil else {
                continue
            }
            let result = try Self.signBothWays(other, keys, parameters, first.zone)
            #expect(result != nil || age != 60)
        }
    }

    @Test("Nothing changed and nothing due: unchanged, and the text is the published one", arguments: denials)
    func unchanged(_ denial: DenialOfExistence) throws {
        var parameters = SigningFixtures.parameters(denial)
        let keys = [try SigningFixtures.key()]
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let first = try ZoneSigner.sign(zone, keys: keys, parameters: parameters)
        parameters.previousIsTrusted = true
        parameters.now = parameters.now.advanced(by: 60)
        let result = try #require(try Self.signBothWays(zone, keys, parameters, first.zone))
        #expect(result.change == .unchanged)
        #expect(result.text == ZoneFileWriter.text(of: first.zone))
    }

    @Test("A zone so large that threads share it is as one thread makes it", arguments: denials)
    func shared(_ denial: DenialOfExistence) throws {
        var parameters = SigningFixtures.parameters(denial)
        let keys = [try SigningFixtures.key()]
        let hosts = (0..<2_000).map { "h\($0) 3600 A 192.0.2.\($0 % 256)\n" }.joined()
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample + "\n" + hosts)
        let others = hosts.replacing("h1999 3600 A 192.0.2.207", with: "h1999 3600 A 192.0.2.9")
        let changed = try SigningFixtures.zone("example.", SigningFixtures.sample + "\n" + others)
        #expect(zone.ownerCount > 2_000)
        let first = try ZoneSigner.sign(zone, keys: keys, parameters: parameters)
        parameters.previousIsTrusted = true
        parameters.now = parameters.now.advanced(by: 60)
        let result = try #require(try Self.signBothWays(changed, keys, parameters, first.zone))
        #expect(result.change == .changed)
        #expect(result.text != ZoneFileWriter.text(of: first.zone))
    }

    @Test("Another key, another kind of denial, another serial: as the long way has it")
    func otherParameters() throws {
        var parameters = SigningFixtures.parameters(.recommendedNSEC3)
        let keys = [try SigningFixtures.key(), try SigningFixtures.key()]
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let first = try ZoneSigner.sign(zone, keys: [keys[0]], parameters: parameters)
        parameters.previousIsTrusted = true
        for changed in [[keys[1]], keys, [keys[0]]] {
            for denial in Self.denials {
                for policy in [SerialPolicy.increment, .keep, .unixtime] {
                    parameters.denial = denial
                    parameters.serialPolicy = policy
                    #expect(try Self.signBothWays(zone, changed, parameters, first.zone) != nil)
                }
            }
        }
    }

    @Test("A text whose owners are out of order, or that lacks some, is used as far as it goes")
    func disorder() throws {
        var parameters = SigningFixtures.parameters(.nsec)
        let keys = [try SigningFixtures.key()]
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let first = try ZoneSigner.sign(zone, keys: keys, parameters: parameters)
        parameters.previousIsTrusted = true
        let lines = ZoneFileWriter.text(of: first.zone).split(separator: 10).map { Array($0) + [10] }
        let expected = try ZoneSigner.sign(zone, keys: keys, parameters: parameters, previous: first.zone).zone
        var random = SeededRandom(seed: 7)
        for _ in 0..<200 {
            // The apex comes first in any case: without it nothing is known of the zone.
            let apex = lines.prefix { $0.starts(with: Array("example.".utf8)) }
            var others = Array(lines[apex.count...])
            others.swapAt(
                Int.random(in: 0..<others.count, using: &random), Int.random(in: 0..<others.count, using: &random))
            let lacksOne = Bool.random(using: &random)
            if lacksOne { others.remove(at: Int.random(in: 0..<others.count, using: &random)) }
            let text = Array((apex + others).joined())
            let published = try #require(PublishedText(ZoneFileOctets(text), count: text.count))
            let resigned = try ZoneSigner.resign(
                zone, cuts: nil, keys: keys, parameters: parameters, published: published, workers: .single)
            guard let resigned else { continue }
            var written: [UInt8] = []
            for piece in resigned.pieces {
                switch piece {
                case .kept(let range): written += published.octets(range)
                case .fresh(let range): written += resigned.fresh[range]
                }
            }
            // Ed25519 signs alike each time, so that but for the serial all is as it was.
            #expect(resigned.outcome.change == .changed || !lacksOne)
            if resigned.outcome.change == .unchanged { continue }
            let old = ZoneFileWriter.text(of: expected).split(separator: 10).filter { !Self.isVersion($0) }
            #expect(written.split(separator: 10).filter { !Self.isVersion($0) }.elementsEqual(old))
        }
    }

    private static func isVersion(_ line: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        return text.contains("\tSOA\t") || text.contains("\tRRSIG\tSOA ")
    }

    @Test("What is no text of records, or has no apex, is not used")
    func unusable() throws {
        var parameters = SigningFixtures.parameters(.nsec)
        parameters.previousIsTrusted = true
        let keys = [try SigningFixtures.key()]
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        #expect(PublishedText(ZoneFileOctets([]), count: 0) == nil)
        #expect(PublishedText(ZoneFileOctets(Array("no line end".utf8)), count: 11) == nil)
        for text in ["\n", "\n\n\n", "a\nb\n", "other. 60 IN SOA a. b. 1 2 3 4 5\nother. 60 IN NS a.\n", "\t\t\n\t\n"] {
            let published = try #require(PublishedText(ZoneFileOctets(Array(text.utf8)), count: text.utf8.count))
            #expect(
                try ZoneSigner.resign(
                    zone, cuts: nil, keys: keys, parameters: parameters, published: published, workers: .single) == nil)
        }
    }
}
