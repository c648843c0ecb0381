import DNSModel
import DNSSEC
import Diagnostics
import Testing

/// Mistakes that other signers are known to make.
@Suite("Regressions of other signers")
struct SigningRegressionTests {
    @Test("records out of the zone are dropped with a warning, glue that sorts early is not signed")
    func outOfZone() throws {
        let text = SigningFixtures.sample + "\nstray.elsewhere. 300 A 192.0.2.9\naaa.insecure 300 A 192.0.2.10"
        for denial in ZoneSignerTests.denials {
            let outcome = try sign(text, denial)
            #expect(outcome.zone.owner(named: DomainName("stray.elsewhere.")) == nil)
            #expect(outcome.diagnostics.contains { $0.isAbout("sign/out-of-zone", .warning) })
            #expect(try outcome.zone.signatures("aaa.insecure.example.", .a).isEmpty)
        }
    }

    @Test("differing TTLs within an RRset: the lowest for all, said, and signed as such")
    func differingTTLs() throws {
        let outcome = try sign(SigningFixtures.sample + "\nns1 60 A 192.0.2.77", .nsec)
        #expect(outcome.diagnostics.contains { $0.isAbout("sign/differing-ttls", .warning) })
        #expect(outcome.zone.rrset(DomainName("ns1.example."), .a)?.ttl == TTL(60))
        #expect(try outcome.zone.signatures("ns1.example.", .a).map(\.originalTTL) == [TTL(60)])
    }

    @Test("an NSEC3 zone becomes an NSEC zone without any trace, and back")
    func switchOfDenial() throws {
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let key = try SigningFixtures.key()
        var parameters = SigningFixtures.parameters(.recommendedNSEC3)
        parameters.zoneDigests = [.sha384]
        let first = try ZoneSigner.sign(zone, keys: [key], parameters: parameters)
        parameters.zoneDigests = []
        parameters.denial = .nsec
        let second = try ZoneSigner.sign(first.zone, keys: [key], parameters: parameters)
        #expect(try ReferenceCheck.faults(second.zone, .nsec, [key]) == [])
        #expect(second.zone.records.allSatisfy { ![.nsec3, .nsec3param, .zonemd].contains($0.type) })
        parameters.denial = .recommendedNSEC3
        let third = try ZoneSigner.sign(second.zone, keys: [key], parameters: parameters)
        #expect(try ReferenceCheck.faults(third.zone, parameters.denial, [key]) == [])
        #expect(third.zone.records.allSatisfy { $0.type != .nsec })
    }

    @Test("a CNAME is signed, and its signature is not itself signed or denied")
    func alias() throws {
        let outcome = try sign(SigningFixtures.sample, .nsec)
        #expect(try outcome.zone.signatures("alias.example.", .cname).count == 1)
        #expect(try outcome.zone.signatures("alias.example.", .rrsig).isEmpty)
        let nsec = try #require(outcome.zone.rrset(DomainName("alias.example."), .nsec))
        #expect(try RData.NSEC(wireFormat: nsec.rdata[0]).types.types == [.cname, .rrsig, .nsec])
    }

    @Test("an owner that is another name's hash keeps its records and gets the NSEC3 record beside them")
    func hashAsOwner() throws {
        var hasher = NSEC3Hasher(iterations: 0, salt: [])
        let label = Base32Hex.encode(hasher.hash(of: DomainName("ns1.example."))).uppercased()
        let key = try SigningFixtures.key()
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample + "\n\(label) 300 A 192.0.2.127")
        let outcome = try ZoneSigner.sign(zone, keys: [key], parameters: SigningFixtures.parameters())
        #expect(try outcome.zone.types("\(label).example.") == [.a, .nsec3])
        #expect(try ReferenceCheck.faults(outcome.zone, .recommendedNSEC3, [key]) == [])
    }

    @Test("no key, no SOA, too many iterations and a key of another zone are refused")
    func refusals() throws {
        let zone = try SigningFixtures.zone("example.", SigningFixtures.sample)
        let key = try SigningFixtures.key()
        let parameters = SigningFixtures.parameters()
        #expect(rules(zone, [], parameters).contains("key/no-active-key"))
        #expect(rules(zone, [try SigningFixtures.key("other.")], parameters).contains("key/other-zone"))
        let headless = try SigningFixtures.zone("example.", "ns1 300 A 192.0.2.1")
        #expect(rules(headless, [key], parameters) == ["sign/soa"])
        let costly = DenialOfExistence.nsec3(NSEC3Parameters(iterations: 330, salt: [], optOut: false))
        #expect(rules(zone, [key], SigningFixtures.parameters(costly)) == ["sign/nsec3-iterations"])
    }

    /// The rules for which signing is refused.
    private func rules(_ zone: Zone, _ keys: [ZoneKey], _ parameters: SigningParameters) -> [RuleID] {
        do throws(DiagnosedFailure) {
            _ = try ZoneSigner.sign(zone, keys: keys, parameters: parameters)
            return []
        } catch {
            return error.diagnostics.filter { $0.severity == .error }.map(\.rule)
        }
    }

    private func sign(_ text: String, _ denial: DenialOfExistence) throws -> SigningOutcome {
        let zone = try SigningFixtures.zone("example.", text)
        let key = try SigningFixtures.key()
        let outcome = try ZoneSigner.sign(zone, keys: [key], parameters: SigningFixtures.parameters(denial))
        #expect(try ReferenceCheck.faults(outcome.zone, denial, [key]) == [])
        return outcome
    }
}
