import DNSModel
import DNSSEC
import Diagnostics
import Testing

@Suite("Zone signer")
struct ZoneSignerTests {
    static let denials: [DenialOfExistence] = [
        .nsec, .recommendedNSEC3, .nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: true)),
        .nsec3(NSEC3Parameters(iterations: 3, salt: [0xAA, 0xBB], optOut: false)),
    ]

    @Test("a zone with cuts, empty non-terminals, wildcards and DNAME is signed as the RFCs say", arguments: denials)
    func sample(_ denial: DenialOfExistence) throws {
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let keys = [try SigningFixtures.key("example.", .ksk), try SigningFixtures.key("example.", .zsk)]
        let outcome = try ZoneSigner.sign(zone, keys: keys, parameters: SigningFixtures.parameters(denial))
        #expect(try ReferenceCheck.faults(outcome.zone, denial, keys) == [])
        #expect(outcome.change == .changed)
        #expect(outcome.statistics.serial == Serial(rawValue: 8))
    }

    @Test("names keep their case in the output and are lower-cased in what is signed")
    func nameCase() throws {
        let key = try SigningFixtures.key("EXAMPLE.")
        let zone = try SigningFixtures.zone("EXAMPLE.", SigningFixtures.sample)
        let outcome = try ZoneSigner.sign(zone, keys: [key], parameters: SigningFixtures.parameters(.nsec))
        #expect(try ReferenceCheck.faults(outcome.zone, .nsec, [key]) == [])
        let owner = try #require(outcome.zone.owner(named: DomainName("mail.example.")))
        #expect(outcome.zone.name(of: owner).presentationFormat == "Mail.EXAMPLE.")
        let exchange = try #require(outcome.zone.rrset(DomainName("example."), .mx)).rdata[0]
        #expect(try RData.MX(wireFormat: exchange).exchange.presentationFormat == "Mail.EXAMPLE.")
        #expect(try outcome.zone.signatures("example.", .mx)[0].signerName.presentationFormat == "example.")
    }

    @Test("only the DS RRset of a delegation is signed, and nothing at or below the cut else")
    func delegation() throws {
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let key = try SigningFixtures.key()
        let signed = try ZoneSigner.sign(zone, keys: [key], parameters: SigningFixtures.parameters(.nsec)).zone
        #expect(try signed.signatures("secure.example.", .ns).isEmpty)
        #expect(try signed.signatures("secure.example.", .txt).isEmpty)
        #expect(try signed.signatures("secure.example.", .ds).count == 1)
        #expect(try signed.types("ns.secure.example.") == [.a])
        #expect(try signed.types("under.gone.example.") == [.a])
        let nsec = try RData.NSEC(wireFormat: try #require(signed.rrset(DomainName("secure.example."), .nsec)).rdata[0])
        #expect(nsec.types.types == [.ns, .ds, .rrsig, .nsec])
    }

    @Test("denial records have the lesser of SOA minimum and SOA TTL", arguments: [(3600, 300, 300), (120, 300, 120)])
    func denialTTL(soaTTL: Int, minimum: Int, expected: Int) throws {
        let zone = try SigningFixtures.zone(
            "example.", "@ \(soaTTL) SOA ns1 h 1 2 3 4 \(minimum)\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1")
        for denial in [DenialOfExistence.nsec, .recommendedNSEC3] {
            let signed = try ZoneSigner.sign(
                zone, keys: [try SigningFixtures.key()], parameters: SigningFixtures.parameters(denial)
            ).zone
            let ttls = signed.records.filter { $0.type == .nsec || $0.type == .nsec3 }.map(\.ttl)
            #expect(!ttls.isEmpty && ttls.allSatisfy { $0 == TTL(UInt32(expected)) })
        }
    }

    @Test("a wildcard's label does not count in its signature")
    func wildcardLabels() throws {
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let signed = try ZoneSigner.sign(
            zone, keys: [try SigningFixtures.key()], parameters: SigningFixtures.parameters()
        ).zone
        #expect(try signed.signatures("*.wild.example.", .txt).map(\.labels) == [2])
    }

    @Test("NSEC3PARAM stands at the apex with flags and TTL zero, opt-out or not")
    func nsec3param() throws {
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let denial = DenialOfExistence.nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: true))
        let signed = try ZoneSigner.sign(
            zone, keys: [try SigningFixtures.key()], parameters: SigningFixtures.parameters(denial)
        ).zone
        let set = try #require(signed.rrset(DomainName("example."), .nsec3param))
        #expect(set.rdata == [[1, 0, 0, 0, 0]])
        #expect(set.ttl == TTL(0))
    }

    @Test("the outcome is the same, octet for octet, for any number of workers", arguments: denials)
    func workers(_ denial: DenialOfExistence) throws {
        let key = try SigningFixtures.key()
        var random = SeededRandom(seed: 42)
        let zone = try RandomZone.make(apex: "example.", owners: 1500, using: &random)
        let one = try ZoneSigner.sign(zone, keys: [key], parameters: SigningFixtures.parameters(denial))
        for count in [2, 3, 8] {
            let more = try ZoneSigner.sign(
                zone, keys: [key], parameters: SigningFixtures.parameters(denial), workers: Workers(count))
            #expect(more.zone.dump == one.zone.dump)
            #expect(more.statistics == one.statistics)
            #expect(more.diagnostics == one.diagnostics)
        }
    }

    @Test(
        "a zone of so many names that each worker has a library context of its own is signed well",
        arguments: [SecurityAlgorithm.ecdsap256sha256, .ed25519, .rsasha256])
    func libraryContexts(algorithm: SecurityAlgorithm) throws {
        var lines = SigningFixtures.sample
        for number in 0..<17_000 { lines += "\nd\(number) 3600 \(number % 500 == 0 ? "A 192.0.2.9" : "NS ns1")" }
        let denial = DenialOfExistence.nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: true))
        let signed = try ZoneSigner.sign(
            SigningFixtures.zone("example.", lines), keys: [SigningFixtures.key("example.", .csk, algorithm)],
            parameters: SigningFixtures.parameters(denial), workers: Workers(3)
        )
        let report = ZoneValidator.validate(signed.zone, at: SigningFixtures.now, anchors: [], options: .standard)
        #expect(report.isValid, "\(report.diagnostics)")
        #expect(report.statistics.verifiedSignatures == signed.statistics.signaturesMade)
        #expect(signed.statistics.signaturesMade > 80)
    }

    @Test("random zones are signed as the slow reference says", arguments: 0..<24)
    func randomZones(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let apex = ["example.", "A.Long.Sub.Domain.Example.", "."][seed % 3]
        let zone = try RandomZone.make(apex: apex, owners: 20 + seed * 17, using: &random)
        let denial = Self.denials[seed % Self.denials.count]
        let keys =
            seed % 2 == 0
            ? [try SigningFixtures.key(apex)]
            : [
                try SigningFixtures.key(apex, .ksk), try SigningFixtures.key(apex, .zsk, .ecdsap256sha256),
                try SigningFixtures.key(apex, .zsk), try SigningFixtures.key(apex, .ksk, .ecdsap256sha256),
            ]
        let outcome = try ZoneSigner.sign(
            zone, keys: keys, parameters: SigningFixtures.parameters(denial), workers: Workers(2))
        #expect(try ReferenceCheck.faults(outcome.zone, denial, keys) == [])
        #expect(try isCanonical(outcome.zone))
    }

    /// Whether owners, records and indices stand as a zone's must.
    private func isCanonical(_ zone: Zone) throws -> Bool {
        let names = (0..<OwnerIndex(zone.ownerCount)).map { zone.name(of: $0) }
        guard zip(names, names.dropFirst()).allSatisfy({ $0 < $1 }) else { return false }
        for owner in 0..<OwnerIndex(zone.ownerCount) {
            let range = zone.recordRange(of: owner)
            guard !range.isEmpty, range.allSatisfy({ zone.records[$0].owner == owner }) else { return false }
            let keys = range.map { index -> [UInt8] in
                let record = zone.records[index]
                return [UInt8(record.type.rawValue >> 8), UInt8(record.type.rawValue & 255)]
                    + CanonicalRData.lowercasingNames(zone.rdata(of: record), type: record.type)
            }
            guard zip(keys, keys.dropFirst()).allSatisfy({ $0.lexicographicallyPrecedes($1) }) else { return false }
        }
        return true
    }
}
