import DNSModel
import DNSSEC
import Diagnostics
import Testing

@Suite("Signing again by a part of the zone")
struct ChangedPartTests {
    private static let denials: [DenialOfExistence] = [
        .nsec, .recommendedNSEC3, .nsec3(NSEC3Parameters(iterations: 2, salt: [0xAB], optOut: true)),
    ]

    /// A zone whose records have changed here and there, but not their owners, types and numbers; and the part of it with the
    /// apex, what has changed, and some of what has not.
    private static func change(
        _ zone: Zone, _ share: Int, using random: inout SeededRandom
    ) throws -> (whole: Zone, part: Zone) {
        var whole = ZoneRecordsBuilder()
        var part = ZoneRecordsBuilder()
        let elsewhere = DomainName("else.where.").wireFormat
        for owner in 0..<OwnerIndex(zone.ownerCount) {
            let isApex = zone.name(of: owner) == zone.apex
            for range in zone.rrsetRanges(of: owner) {
                var rrset = zone.rrset(at: range)
                var isInPart = isApex || Int.random(in: 0..<4, using: &random) == 0
                if Int.random(in: 0..<share, using: &random) == 0, rrset.type != .soa {
                    isInPart = true
                    let place = Int.random(in: 0..<rrset.rdata.count, using: &random)
                    switch rrset.type {
                    case .a: rrset.rdata[place] = [198, 51, 100, UInt8.random(in: 0...255, using: &random)]
                    case .txt: rrset.rdata[place] = [2, 120, UInt8.random(in: 0...255, using: &random)]
                    case .ds: rrset.rdata[place][0] ^= 1
                    case .ns: rrset.rdata[place] = elsewhere
                    // Their targets in the zone have no addresses, which is to be told of when they change.
                    case .mx: break
                    case .cname, .dname: rrset.rdata[place] = try DomainName("Other", origin: zone.apex).wireFormat
                    default: rrset.ttl = TTL(UInt32.random(in: 1..<5000, using: &random))
                    }
                }
                try whole.add(rrset)
                if isInPart { try part.add(rrset) }
            }
        }
        return (whole.makeZone(apex: zone.apex), part.makeZone(apex: zone.apex))
    }

    private static func text(_ resigned: ResignedZone, _ published: PublishedText) -> [UInt8] {
        resigned.pieces.reduce(into: []) { text, piece in
            switch piece {
            case .kept(let range): text += published.octets(range)
            case .fresh(let range): text += resigned.fresh[range]
            }
        }
    }

    /// All records of a type at an owner have one TTL, as in a zone in which there is nothing to find.
    private static func levelled(_ zone: Zone) throws -> Zone {
        var builder = ZoneRecordsBuilder()
        for owner in 0..<OwnerIndex(zone.ownerCount) {
            for range in zone.rrsetRanges(of: owner) { try builder.add(zone.rrset(at: range)) }
        }
        return builder.makeZone(apex: zone.apex)
    }

    @Test("The text is that of a look at the whole zone, octet for octet", arguments: denials, 1...12)
    func part(_ denial: DenialOfExistence, seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let keys = [
            try SigningFixtures.key("example.", .zsk, .ed25519),
            try SigningFixtures.key("example.", .ksk, seed % 3 == 0 ? .ed448 : .ed25519),
        ]
        var parameters = SigningFixtures.parameters(denial)
        parameters.times.jitter = seed % 2 == 0 ? 0 : 43_200
        let zone = try Self.levelled(RandomZone.make(apex: "example.", owners: 160, using: &random))
        guard let first = try? ZoneSigner.sign(zone, keys: keys, parameters: parameters) else { return }
        let summary = try #require(first.summary)
        let octets = ZoneFileWriter.text(of: first.zone)
        let published = try #require(PublishedText(ZoneFileOctets(octets), count: octets.count))
        parameters.previousIsTrusted = true
        parameters.now = SigningFixtures.now.advanced(by: 60)
        var used = 0
        for share in [1_000_000, 100, 100, 100, 100, 50, 20] {
            let (whole, part) = try Self.change(zone, share, using: &random)
            let expected = try ZoneSigner.resign(
                whole, cuts: nil, keys: keys, parameters: parameters, published: published, workers: .single)
            let found = ZoneSigner.resign(
                changes: part, since: summary, keys: keys, parameters: parameters, published: published,
                workers: Workers(2))
            guard let found, let expected else { continue }
            used += 1
            #expect(Self.text(found, published) == Self.text(expected, published))
            #expect(found.outcome.change == expected.outcome.change)
            #expect(found.outcome.diagnostics == expected.outcome.diagnostics)
            #expect(found.outcome.statistics.signaturesMade == expected.outcome.statistics.signaturesMade)
            #expect(found.outcome.statistics.signaturesKept == expected.outcome.statistics.signaturesKept)
            #expect(found.outcome.statistics.signedRRsets == expected.outcome.statistics.signedRRsets)
            #expect(found.outcome.statistics.denialRecords == expected.outcome.statistics.denialRecords)
            #expect(found.outcome.statistics.serial == expected.outcome.statistics.serial)
            #expect(found.outcome.summary?.conditions == expected.outcome.summary?.conditions)
            let report = found.verifySignatures(at: parameters.now, limit: 1 << 20, workers: .single)
            #expect(report.diagnostics == [])
        }
        #expect(used > 2, "\(used)")
    }

    @Test("What the whole zone is needed for is left to who has it")
    func refused() throws {
        let keys = [try SigningFixtures.key()]
        var parameters = SigningFixtures.parameters(.recommendedNSEC3)
        let head = "example. 3600 SOA ns1 host 1 7200 3600 604800 300\nexample. 3600 NS ns1\nns1 3600 A 192.0.2.1\n"
        let rest = "alias 3600 CNAME ns1\nmx 3600 MX 10 ns1\ntwo 3600 A 192.0.2.2\ntwo 3600 A 192.0.2.3\n"
        let first = try ZoneSigner.sign(
            SigningFixtures.zone("example.", head + rest), keys: keys, parameters: parameters)
        let octets = ZoneFileWriter.text(of: first.zone)
        let published = try #require(PublishedText(ZoneFileOctets(octets), count: octets.count))
        let summary = try #require(first.summary)
        parameters.previousIsTrusted = true
        func isRefused(_ text: String) throws -> Bool {
            ZoneSigner.resign(
                changes: try SigningFixtures.zone("example.", text), since: summary, keys: keys, parameters: parameters,
                published: published, workers: .single) == nil
        }
        #expect(try !isRefused(head))
        #expect(try !isRefused(head + "ns1 60 A 192.0.2.7\n".replacing("ns1", with: "two") + "two 60 A 192.0.2.8\n"))
        #expect(try !isRefused(head + "mx 3600 MX 20 two\n"))
        #expect(try !isRefused(head + "mx 3600 MX 20 elsewhere.test.\n"))
        // A name or a type that was not published; one record of two; another spelling.
        for line in ["new 3600 A 192.0.2.1", "two 3600 TXT x", "two 3600 A 192.0.2.9", "Two 3600 A 192.0.2.2"] {
            #expect(try isRefused(head + line + "\n"), "\(line)")
        }
        // A target without address, or an alias; two TTLs, or none.
        for line in ["mx 3600 MX 20 alias", "mx 3600 MX 20 nowhere", "mx 0 MX 10 ns1"] {
            #expect(try isRefused(head + line + "\n"), "\(line)")
        }
        #expect(try isRefused(head + "two 3600 A 192.0.2.2\ntwo 60 A 192.0.2.4\n"))
        // At the apex: other times or TTL of the SOA record, another type, a bad target.
        for (old, new) in [
            ("604800", "604801"), ("3600 SOA", "60 SOA"), ("example. 3600 NS ns1", "example. 3600 NS nowhere"),
            ("ns1 3600 A", "example. 3600 TXT x\nns1 3600 A"),
        ] {
            #expect(try isRefused(head.replacing(old, with: new)), "\(new)")
        }
        #expect(try !isRefused(head.replacing("example. 3600 NS ns1", with: "example. 3600 NS two")))
        #expect(try !isRefused(head.replacing("host 1 ", with: "other 77 ")))
    }
}
