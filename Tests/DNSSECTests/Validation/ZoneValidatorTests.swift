// swift-format-ignore-file: NeverForceUnwrap

import DNSModel
import DNSSEC
import Diagnostics
import OpenSSLBridge
import Testing

private let denials: [SignedFixture.Denial] = [
    .nsec, .nsec3(optOut: false, iterations: 0, salt: []), .nsec3(optOut: true, iterations: 0, salt: []),
    .nsec3(optOut: false, iterations: 7, salt: [0xAA, 0xBB]),
]

@Suite("Zone validator")
struct ZoneValidatorTests {
    @Test("accepts a well signed zone, and calls it secure with an anchor", arguments: denials)
    func acceptsGoodZones(_ denial: SignedFixture.Denial) {
        let fixture = SignedFixture(denial)
        let report = fixture.validate()
        #expect(report.isValid, "\(report.diagnostics)")
        #expect(report.status == .secure)
        #expect(report.daysUntilFirstExpiration == 10)
        #expect(report.statistics.secureDelegations == 1)
        #expect(report.statistics.insecureDelegations == 2)
        #expect(report.statistics.signatures == report.statistics.verifiedSignatures)
        #expect(report.statistics.rrsets == report.statistics.signatures)
        #expect(fixture.validate(anchors: []).status == .indeterminate)
    }

    @Test("warns of NSEC3 iterations, and calls a zone with too many insecure")
    func judgesIterations() {
        let some = SignedFixture(.nsec3(optOut: false, iterations: 7, salt: [])).validate()
        #expect(some.findings.map(\.diagnostic.severity).contains(.warning))
        #expect(some.status == .secure)
        let many = SignedFixture(.nsec3(optOut: false, iterations: 330, salt: [])).validate()
        #expect(many.status == .insecure)
        #expect(!many.isValid)
    }

    @Test("takes the years 2038 and 2106 as ordinary", arguments: [2_147_483_648, 4_294_967_296, 4_294_967_000])
    func passesTheEndOfTime(_ seconds: Int64) {
        var fixture = SignedFixture()
        let now = Timestamp(seconds)
        fixture.inception = now.advanced(by: -1000).serial
        fixture.expiration = now.advanced(by: 1_000_000).serial
        fixture.resign()
        let report = fixture.validate(at: now)
        #expect(report.isValid, "\(report.diagnostics)")
        #expect(report.firstExpiration?.time == now.advanced(by: 1_000_000))
        #expect(!fixture.validate(at: now.advanced(by: 1_000_001)).isValid)
        #expect(!fixture.validate(at: now.advanced(by: -1001)).isValid)
    }

    @Test("finds the same, in the same words, with any number of workers")
    func ignoresWorkers() {
        let extra = (0..<1100).map { number in
            SignedFixture.Record(
                owner: SignedFixture.apex.prepending("host\(number)")!, type: .a,
                rdata: [10, 0, UInt8(number >> 8), UInt8(number & 255)])
        }
        var fixture = SignedFixture(.nsec3(optOut: false, iterations: 0, salt: []), extra: extra)
        for index in fixture.records.indices where fixture.records[index].type == .a && index % 3 == 0 {
            fixture.records[index].rdata[0] ^= 1
        }
        let one = fixture.validate(workers: .single)
        let four = fixture.validate(workers: Workers(4))
        #expect(!one.isValid)
        #expect(one.findings == four.findings)
        #expect(one.statistics == four.statistics)
        let told = one.findings.filter { $0.diagnostic.rule == "verify/signature-invalid" }
        #expect(told.count == ValidationOptions.standard.findingsPerRule + 1)
        #expect(told.last?.diagnostic.severity == .note)
    }

    @Test("verifies a sample of the signatures, but the whole structure")
    func samples() {
        let extra = (0..<500).map { number in
            SignedFixture.Record(
                owner: SignedFixture.apex.prepending("host\(number)")!, type: .a,
                rdata: [10, 0, UInt8(number >> 8), UInt8(number & 255)])
        }
        var fixture = SignedFixture(.nsec, extra: extra)
        let sound = fixture.validate(options: .quick(interval: 50, seed: 1))
        #expect(sound.isValid)
        #expect(sound.statistics.verifiedSignatures < sound.statistics.signatures / 4)
        for index in fixture.records.indices where fixture.records[index].type == .a {
            fixture.records[index].rdata[0] ^= 1
        }
        let some = fixture.validate(options: .quick(interval: 50, seed: 1))
        #expect(!some.isValid)
        #expect(some.findings == fixture.validate(options: .quick(interval: 50, seed: 1)).findings)
        fixture.remove("mail.example.", .nsec)
        #expect(
            fixture.validate(options: .quick(interval: 1000, seed: 2)).findings.contains {
                $0.diagnostic.rule == "verify/nsec-missing"
            })
    }

    @Test("accepts signatures that come before the key of their algorithm")
    func acceptsSignaturesFirst() {
        var early = FixtureKey.csk
        early.isPublished = false
        early.signsKeys = false
        let report = SignedFixture(keys: FixtureKey.pair + [early]).validate()
        #expect(report.isValid, "\(report.diagnostics)")
        #expect(report.status == .secure)
        #expect(report.findings.map(\.diagnostic.rule).contains("verify/key-unpublished"))
    }

    @Test("demands each algorithm of the DNSKEY RRset, unless told otherwise")
    func demandsEachAlgorithm() {
        var fixture = SignedFixture(keys: FixtureKey.pair + [.csk])
        #expect(fixture.validate().isValid)
        fixture.records.removeAll {
            $0.type == .rrsig && $0.owner == "mail.example." && $0.rdata[2] == SecurityAlgorithm.ed25519.rawValue
        }
        let strict = fixture.validate().findings.first { $0.diagnostic.severity == .error }
        #expect(strict?.diagnostic.rule == "verify/algorithm-incomplete")
        #expect(strict?.owner == "mail.example.")
        var lenient = ValidationOptions.standard
        lenient.algorithms = .anyAlgorithm
        #expect(fixture.validate(options: lenient).isValid)
    }

    @Test("warns of a faulty signature beside a good one of the same algorithm")
    func forgivesSpareSignatures() {
        var fixture = SignedFixture()
        fixture.sign("mail.example.", .mx, with: .zsk) { $0.expiration = SignedFixture.now.serial - 5 }
        let report = fixture.validate()
        #expect(report.isValid)
        #expect(
            report.findings.contains { $0.diagnostic.rule == "verify/signature-expired" && $0.owner == "mail.example." }
        )
    }

    @Test("is content with RRsets that a supported algorithm signed beside an unsupported one")
    func skipsUnsupportedAlgorithms() {
        let gost = FixtureKey(.ed25519, flags: 257, number: 12, signsKeys: true, signsData: true)
        let report = SignedFixture(keys: FixtureKey.pair + [gost]).validate()
        #expect(report.isValid, "\(report.diagnostics)")
        #expect(
            report.findings.contains {
                $0.diagnostic.rule == "verify/algorithm-unsupported" && $0.keyTag == gost.dnskey.keyTag
            })
        let alone = SignedFixture(keys: [gost]).validate(anchors: [])
        #expect(alone.findings.contains { $0.diagnostic.rule == "verify/signature-unsupported" })
        #expect(SignedFixture(keys: [gost]).validate().status == .insecure)
    }

    @Test("does not count signatures of a revoked key")
    func ignoresRevokedKeys() {
        let revoked = FixtureKey(.ecdsaP256SHA256, flags: 257 | 128, signsKeys: true, signsData: false)
        let good = SignedFixture(keys: FixtureKey.pair + [revoked]).validate()
        #expect(good.isValid, "\(good.diagnostics)")
        #expect(good.findings.contains { $0.diagnostic.rule == "verify/key-revoked" })
        var fixture = SignedFixture(keys: FixtureKey.pair + [revoked])
        fixture.remove("mail.example.", .rrsig, covering: .mx)
        fixture.sign("mail.example.", .mx, with: revoked)
        #expect(fixture.validate().findings.contains { $0.diagnostic.rule == "verify/revoked-signer" })
        #expect(fixture.validate(anchors: [.ds(revoked.ds(of: "example."), of: "example.")]).status == .bogus)
    }

    @Test("follows anchors: another key, another zone, another digest, several")
    func followsAnchors() {
        let fixture = SignedFixture()
        let right = fixture.anchor
        let wrong = TrustAnchor.ds(FixtureKey.stranger.ds(of: "example."), of: "example.")
        #expect(fixture.validate(anchors: [wrong]).status == .bogus)
        #expect(fixture.validate(anchors: [wrong, right]).status == .secure)
        #expect(
            fixture.validate(anchors: [.ds(FixtureKey.ksk.ds(of: "example.com."), of: "example.com.")]).status == .bogus
        )
        #expect(fixture.validate(anchors: [.dnskey(FixtureKey.ksk.dnskey, of: "EXAMPLE.")]).status == .secure)
        #expect(fixture.validate(anchors: [.ds(FixtureKey.zsk.ds(of: "example."), of: "example.")]).status == .bogus)
        var flipped = FixtureKey.ksk.ds(of: "example.")
        flipped.digest[4] ^= 1
        #expect(fixture.validate(anchors: [.ds(flipped, of: "example.")]).status == .bogus)
        var gost = FixtureKey.ksk.ds(of: "example.")
        gost.digestType = .gost
        #expect(fixture.validate(anchors: [.ds(gost, of: "example.")]).status == .insecure)
        #expect(fixture.validate(anchors: [.ds(gost, of: "example."), right]).status == .secure)
        var weak = FixtureKey.ksk.ds(of: "example.")
        weak.digestType = .sha1
        weak.digest = DigestContext.digest(
            .sha1, of: DomainName("example.").wireFormat + FixtureKey.ksk.dnskey.wireFormat)
        let report = fixture.validate(anchors: [.ds(weak, of: "example.")])
        #expect(report.status == .secure)
        #expect(report.findings.contains { $0.diagnostic.rule == "verify/anchor-digest-weak" })
    }

    @Test("calls a zone without keys unsigned")
    func knowsUnsignedZones() {
        var fixture = SignedFixture()
        fixture.records.removeAll { [.dnskey, .rrsig, .nsec].contains($0.type) }
        let report = fixture.validate(anchors: [])
        #expect(report.status == .insecure)
        #expect(report.findings.map(\.diagnostic.rule) == ["verify/unsigned-zone"])
        #expect(fixture.validate().status == .bogus)
        fixture.records.removeAll { $0.type == .soa }
        #expect(fixture.validate().findings.map(\.diagnostic.rule) == ["verify/no-soa"])
    }

    @Test("checks what CDS and CDNSKEY tell the parent")
    func checksChildSignals() {
        typealias Record = SignedFixture.Record
        let ksk = FixtureKey.ksk
        let cds = Record(owner: "example.", type: .cds, rdata: ksk.ds(of: "example.").wireFormat)
        let cdnskey = Record(owner: "example.", type: .cdnskey, rdata: ksk.dnskey.wireFormat)
        let stranger = Record(owner: "example.", type: .cds, rdata: FixtureKey.stranger.ds(of: "example.").wireFormat)
        let delete = Record(owner: "example.", type: .cds, rdata: [0, 0, 0, 0, 0])
        func rules(_ extra: [Record]) -> Set<RuleID> {
            Set(SignedFixture(extra: extra).validate().findings.map(\.diagnostic.rule))
        }
        #expect(rules([cds, cdnskey]).isEmpty)
        #expect(rules([delete]).isEmpty)
        #expect(rules([cds, stranger]) == ["verify/cds-mismatch"])
        #expect(rules([stranger]) == ["verify/cds-mismatch", "verify/cds-breaks-delegation"])
        #expect(rules([stranger, cdnskey]).contains("verify/cds-cdnskey-differ"))
        #expect(rules([cds, delete]).contains("verify/cds-deletion"))
        var byZSK = SignedFixture(extra: [cds])
        byZSK.remove("example.", .rrsig, covering: .cds)
        byZSK.sign("example.", .cds, with: .zsk)
        #expect(byZSK.validate().findings.map(\.diagnostic.rule) == ["verify/cds-signer"])
    }

    @Test("compares the zone with its ZONEMD, glue included")
    func checksZoneDigest() {
        func digestRecord(_ digest: [UInt8], serial: UInt32 = 2_026_060_101, hash: UInt8 = 1) -> SignedFixture.Record {
            let data = RData.ZONEMD(serial: Serial(rawValue: serial), scheme: 1, hashAlgorithm: hash, digest: digest)
            return .init(owner: "example.", type: .zonemd, rdata: data.wireFormat)
        }
        let placeholder = [UInt8](repeating: 0, count: 48)
        var fixture = SignedFixture(extra: [digestRecord(placeholder)])
        let digest = ZoneDigest.compute(fixture.zone, algorithms: [.sha384])[0]
        fixture.change("example.", .zonemd) { $0 = digestRecord(digest).rdata }
        fixture.resign("example.", .zonemd)
        #expect(fixture.validate().isValid, "\(fixture.validate().diagnostics)")
        var damaged = fixture
        damaged.change("ns.secure.example.", .a) { $0[0] ^= 1 }
        #expect(damaged.validate().findings.map(\.diagnostic.rule) == ["verify/zonemd-mismatch"])
        var options = ValidationOptions.standard
        options.verifiesZoneDigest = false
        #expect(damaged.validate(options: options).isValid)
        #expect(
            SignedFixture(extra: [digestRecord(digest, serial: 5)]).validate().findings.map(\.diagnostic.rule) == [
                "verify/zonemd-serial"
            ])
        #expect(
            SignedFixture(extra: [digestRecord(digest, hash: 250)]).validate().findings.map(\.diagnostic.rule) == [
                "verify/zonemd-unsupported"
            ])
    }

    @Test("tries only a few of many keys with one tag")
    func limitsAttempts() {
        var fixture = SignedFixture()
        let key = FixtureKey.zsk.dnskey
        // Exchanging octets at even distance keeps the key tag.
        for shift in 1..<30 {
            var twin = key
            twin.publicKey.swapAt(0, shift * 2)
            if twin.publicKey != key.publicKey {
                fixture.records.append(.init(owner: "example.", type: .dnskey, rdata: twin.wireFormat))
            }
        }
        fixture.resign("example.", .dnskey)
        #expect(fixture.validate().findings.contains { $0.diagnostic.rule == "verify/key-tag-collision" })
    }

    @Test("warns when the first signature expires soon")
    func warnsOfExpiration() {
        var options = ValidationOptions.standard
        options.expirationWarning = 11 * 86_400
        #expect(SignedFixture().validate(options: options).findings.map(\.diagnostic.rule) == ["verify/expires-soon"])
        options.expirationWarning = 9 * 86_400
        #expect(SignedFixture().validate(options: options).findings.isEmpty)
    }

    @Test("explains each rule once, with a story and a reference")
    func explainsRules() {
        let explanations = RuleCatalog.validation.explanations
        #expect(Set(explanations.map(\.rule)).count == explanations.count)
        for explanation in explanations {
            #expect(explanation.rule.name.hasPrefix("verify/"))
            #expect(!explanation.references.isEmpty)
            #expect(explanation.story.count > 30)
        }
    }
}
