import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import OpenSSLBridge
import Testing

@Suite("Zones of other signers")
struct ForeignZoneTests {
    /// Judges go by the real clock, and so must we beside them.
    private var now: Timestamp { Timestamp(Int64(Date().timeIntervalSince1970)) }

    private func read(_ text: String) -> Diagnosed<ZoneFileRecords> {
        ZoneFileReader.readRecords(
            ZoneFileSource(text, name: "signed"),
            options: ZoneFileOptions(origin: try? DomainName(ForeignSigner.origin)))
    }

    private func zone(_ text: String) -> Diagnosed<Zone> {
        ZoneFileReader.read(
            ZoneFileSource(text, name: "signed"),
            options: ZoneFileOptions(origin: try? DomainName(ForeignSigner.origin)))
    }

    @Test("are accepted", arguments: ForeignSigner.allCases)
    func accepts(_ signer: ForeignSigner) throws {
        let folder = try ScratchFolder()
        let reading = zone(try signer.sign(in: folder))
        let zone = try #require(reading.value, "\(reading.diagnostics)")
        let keys = try #require(zone.rrset(zone.apex, .dnskey)).rdata.map { try RData.DNSKEY(wireFormat: $0) }
        let anchors = keys.filter(\.isSEP).map { TrustAnchor.dnskey($0, of: zone.apex) }
        let report = ZoneValidator.validate(zone, at: now, anchors: anchors)
        #expect(report.status == .secure, "\(report.diagnostics)")
        #expect(report.isValid)
    }

    @Test(
        "are refused when damaged, whenever any judge refuses them, and the finding names the record",
        arguments: [ForeignSigner.bindNSEC, .bindOptOut, .ldnsNSEC3])
    func findsDamage(_ signer: ForeignSigner) throws {
        let folder = try ScratchFolder()
        let reading = read(try signer.sign(in: folder))
        let signed = try #require(reading.value, "\(reading.diagnostics)").values
            .map { MutableRecord(owner: $0.owner, type: $0.type, ttl: $0.ttl, rdata: $0.rdata) }
        let apex = try DomainName(ForeignSigner.origin)
        let sound = Mutation(name: "nothing", owner: apex, records: signed)
        try folder.write(sound.text, to: "sound")
        for judge in Judge.verifiers {
            let outcome = try judge.judge(
                SignedZoneFile(name: "sound", origin: ForeignSigner.origin), in: folder.url)
            #expect(outcome.isContent, "\(judge): \(outcome.output)")
        }
        let mutations = MutationMaker(signed, apex: apex, now: now.serial).mutations
        #expect(mutations.count >= 100)
        var refusals = 0
        for mutation in mutations {
            let text = mutation.text
            let verdict = examine(text, mutation.owner)
            try folder.write(text, to: "damaged")
            let file = SignedZoneFile(name: "damaged", origin: ForeignSigner.origin)
            let judge = try Judge.verifiers.first { try !$0.judge(file, in: folder.url).isContent }
            guard let judge else { continue }
            refusals += 1
            #expect(verdict.isRefused, "\(judge.rawValue) refuses \(mutation.name)")
            #expect(!verdict.isRefused || verdict.namesRecord, "\(mutation.name): \(verdict.words)")
        }
        #expect(refusals > mutations.count / 2)
    }

    /// What we say of a zone, and whether we name an owner; errors of the reader have their line.
    private func examine(_ text: String, _ owner: DomainName) -> (isRefused: Bool, namesRecord: Bool, words: String) {
        let reading = zone(text)
        guard let zone = reading.value else { return (true, true, "\(reading.diagnostics)") }
        let report = ZoneValidator.validate(zone, at: now, anchors: [])
        let words = [owner.description, hash(of: owner, in: zone)].compactMap { $0 }
        let named = report.findings.contains { finding in
            finding.owner == owner || words.contains { finding.diagnostic.message.lowercased().contains($0) }
        }
        return (!report.isValid, named, "\(report.diagnostics.prefix(5))")
    }

    /// The hash of a name in the zone's NSEC3 chain, which is how a finding names what is gone.
    private func hash(of owner: DomainName, in zone: Zone) -> String? {
        guard let rdata = zone.rrset(zone.apex, .nsec3param)?.rdata.first,
            let param = try? RData.NSEC3PARAM(wireFormat: rdata)
        else { return nil }
        var hash = DigestContext.digest(.sha1, of: owner.lowercased.wireFormat + param.salt)
        for _ in 0..<param.iterations { hash = DigestContext.digest(.sha1, of: hash + param.salt) }
        return Base32Hex.encode(hash)
    }
}
