import DNSModel
import DNSSEC
import Diagnostics
import Testing

/// The example zones of the RFCs, signed with the RFCs' parameters, have the RFCs' chains.
@Suite("Chains of the RFCs' example zones")
struct RFCChainTests {
    private static func zone(_ file: String) throws -> Zone {
        let reading = ZoneFileReader.read(
            ZoneFileSource(try ValidationVectors.text("a-rfc-vectors/" + file), name: file),
            options: ZoneFileOptions(origin: "example."))
        return try #require(reading.value, "\(reading.diagnostics)")
    }

    /// The records of a type, each as owner, TTL and data.
    private static func chain(_ type: RRType, of zone: Zone) -> [String] {
        zone.records.filter { $0.type == type }.map { record in
            "\(zone.name(of: record.owner).lowercased) \(record.ttl) \(Hex.encode(zone.rdata(of: record)))"
        }
    }

    @Test("RFC 5155 Appendix A: hashes, next hashes, bitmaps and opt-out; its 12 iterations are warned of")
    func nsec3() throws {
        guard ValidationVectors.folder != nil else { return }
        let denial = DenialOfExistence.nsec3(
            NSEC3Parameters(iterations: 12, salt: [0xAA, 0xBB, 0xCC, 0xDD], optOut: true))
        let outcome = try ZoneSigner.sign(
            try Self.zone("unsigned/example.rfc5155"), keys: [SigningFixtures.key()],
            parameters: SigningFixtures.parameters(denial))
        let expected = Self.chain(.nsec3, of: try Self.zone("rfc5155-appA.signed.zone"))
        #expect(expected.count == 12)
        #expect(Self.chain(.nsec3, of: outcome.zone) == expected)
        #expect(outcome.diagnostics.contains { $0.severity == .warning && $0.message.contains("12") })
        #expect(!outcome.diagnostics.hasErrors)
    }

    @Test("RFC 4035 Appendix A: names, next names and bitmaps")
    func nsec() throws {
        guard ValidationVectors.folder != nil else { return }
        let outcome = try ZoneSigner.sign(
            try Self.zone("unsigned/example.rfc4035"), keys: [SigningFixtures.key()],
            parameters: SigningFixtures.parameters(.nsec))
        let expected = Self.chain(.nsec, of: try Self.zone("rfc4035-appA.signed.zone"))
        #expect(expected.count == 10)
        #expect(Self.chain(.nsec, of: outcome.zone) == expected)
    }

    @Test("CDS and CDNSKEY of the source are signed by the key-signing key (RFC 7344 §4.1)")
    func parentSignal() throws {
        guard ValidationVectors.folder != nil else { return }
        let ksk = try SigningFixtures.key("example.", .ksk)
        let zsk = try SigningFixtures.key("example.", .zsk)
        let signed = try ZoneSigner.sign(
            try Self.zone("unsigned/example.CDS+CDNSKEY"), keys: [ksk, zsk],
            parameters: SigningFixtures.parameters(.nsec)
        ).zone
        for type in [RRType.cds, .cdnskey] {
            #expect(try signed.types("example.").contains(type))
            #expect(try signed.signatures("example.", type).map(\.keyTag) == [ksk.keyTag])
        }
    }
}
