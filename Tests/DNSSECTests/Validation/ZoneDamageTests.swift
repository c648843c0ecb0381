// swift-format-ignore-file: NeverForceUnwrap, NeverUseForceTry

// A fixture that cannot be made is a fault of the test.
import DNSModel
import DNSSEC
import Diagnostics
import Testing

/// A way to damage the fixture, and what must be said about it.
struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let denial: SignedFixture.Denial
    let rule: RuleID
    /// The owner that some finding of the rule must name.
    let owner: DomainName
    let edit: @Sendable (inout SignedFixture) -> Void

    init(
        _ text: String, _ denial: SignedFixture.Denial, _ rule: RuleID, at owner: DomainName,
        _ edit: @escaping @Sendable (inout SignedFixture) -> Void
    ) {
        testDescription = text
        self.denial = denial
        self.rule = rule
        self.owner = owner
        self.edit = edit
    }

    init(
        _ text: String, _ rule: RuleID, at owner: DomainName, _ edit: @escaping @Sendable (inout SignedFixture) -> Void
    ) {
        self.init(text, .nsec, rule, at: owner, edit)
    }
}

extension SignedFixture {
    /// Changes the RDATA of the records of one RRset.
    mutating func change(_ owner: DomainName, _ type: RRType, _ edit: (inout [UInt8]) -> Void) {
        for index in records.indices where records[index].owner == owner && records[index].type == type {
            edit(&records[index].rdata)
        }
    }

    /// Changes the fields of the signatures of one RRset, leaving the signature as it is.
    mutating func changeSignature(_ owner: DomainName, _ type: RRType, _ edit: (inout RData.RRSIG) -> Void) {
        for index in records.indices where records[index].owner == owner && records[index].type == .rrsig {
            var rrsig = try! RData.RRSIG(wireFormat: records[index].rdata)
            guard rrsig.typeCovered == type else { continue }
            edit(&rrsig)
            records[index].rdata = rrsig.wireFormat
        }
    }

    mutating func remove(_ owner: DomainName, _ type: RRType, covering: RRType? = nil) {
        let start = covering.map { Self.octets($0) } ?? []
        records.removeAll { $0.owner == owner && $0.type == type && $0.rdata.starts(with: start) }
    }

    mutating func setTTL(_ owner: DomainName, _ type: RRType, _ ttl: UInt32) {
        for index in records.indices where records[index].owner == owner && records[index].type == type {
            records[index].ttl = ttl
        }
    }

    mutating func changeNSEC(_ owner: DomainName, _ edit: (inout RData.NSEC) -> Void) {
        change(owner, .nsec) { rdata in
            var nsec = try! RData.NSEC(wireFormat: rdata)
            edit(&nsec)
            rdata = nsec.wireFormat
        }
        resign(owner, .nsec)
    }

    mutating func changeNSEC3(of name: DomainName, _ edit: (inout RData.NSEC3) -> Void) {
        let owner = nsec3Owner(of: name)
        change(owner, .nsec3) { rdata in
            var nsec3 = try! RData.NSEC3(wireFormat: rdata)
            edit(&nsec3)
            rdata = nsec3.wireFormat
        }
        resign(owner, .nsec3)
    }
}

private let nsec3 = SignedFixture.Denial.nsec3(optOut: false, iterations: 0, salt: [])
private let optOut = SignedFixture.Denial.nsec3(optOut: true, iterations: 0, salt: [])

private let signatureDamages: [Damage] = [
    Damage("a record changed", "verify/signature-invalid", at: "www.example.") {
        $0.change("www.example.", .a) { $0[2] ^= 1 }
    },
    Damage("a record removed from an RRset", "verify/signature-invalid", at: "example.") { zone in
        zone.records.removeAll { $0.type == .ns && $0.owner == "example." && $0.rdata.count == 13 && $0.rdata[1] == 78 }
    },
    Damage("a record added to an RRset", "verify/signature-invalid", at: "www.example.") {
        $0.records.append(.init(owner: "www.example.", type: .a, rdata: [192, 0, 2, 99]))
    },
    Damage("a signature changed", "verify/signature-invalid", at: "www.example.") {
        $0.changeSignature("www.example.", .aaaa) { $0.signature[5] ^= 0x10 }
    },
    Damage("a signature cut short", "verify/signature-invalid", at: "www.example.") {
        $0.changeSignature("www.example.", .aaaa) { $0.signature.removeLast() }
    },
    Damage("a signature emptied", "verify/signature-invalid", at: "www.example.") {
        $0.changeSignature("www.example.", .aaaa) { $0.signature = [] }
    },
    Damage("signatures removed", "verify/signature-missing", at: "www.example.") {
        $0.remove("www.example.", .rrsig, covering: .aaaa)
    },
    Damage("expired", "verify/signature-expired", at: "mail.example.") {
        $0.resign("mail.example.", .mx) { $0.expiration = SignedFixture.now.serial - 1 }
    },
    Damage("not valid yet", "verify/signature-not-yet-valid", at: "mail.example.") {
        $0.resign("mail.example.", .mx) { $0.inception = SignedFixture.now.serial + 1 }
    },
    Damage("expiration before inception", "verify/signature-times", at: "mail.example.") {
        $0.resign("mail.example.", .mx) { $0.expiration = $0.inception - 1 }
    },
    Damage("another signer", "verify/signer-name", at: "mail.example.") {
        $0.resign("mail.example.", .mx) { $0.signerName = "example.com." }
    },
    Damage("too many labels", "verify/labels", at: "mail.example.") {
        $0.resign("mail.example.", .mx) { $0.labels += 1 }
    },
    Damage("too few labels", "verify/labels", at: "mail.example.") {
        $0.resign("mail.example.", .mx) { $0.labels -= 1 }
    },
    Damage("a wildcard's labels counted with its asterisk", "verify/labels", at: "*.wild.example.") {
        $0.resign("*.wild.example.", .txt) { $0.labels += 1 }
    },
    Damage("another original TTL", "verify/original-ttl", at: "mail.example.") {
        $0.resign("mail.example.", .mx) { $0.originalTTL = TTL(7200) }
    },
    Damage("the TTL of an RRset raised", "verify/original-ttl", at: "mail.example.") {
        $0.setTTL("mail.example.", .mx, 7200)
    },
    Damage("the TTL of an RRset lowered", "verify/original-ttl", at: "mail.example.") {
        $0.setTTL("mail.example.", .mx, 60)
    },
    Damage("the TTL of a signature changed", "verify/signature-ttl", at: "mail.example.") {
        $0.setTTL("mail.example.", .rrsig, 60)
    },
    Damage("two TTLs in an RRset", "verify/rrset-ttl", at: "www.example.") { zone in
        let index = zone.records.firstIndex { $0.owner == "www.example." && $0.type == .a }!
        zone.records[index].ttl = 60
    },
    Damage("another key tag", "verify/key-unknown", at: "mail.example.") {
        $0.changeSignature("mail.example.", .mx) { $0.keyTag ^= 1 }
    },
    Damage("signed by a key that is not in the zone", "verify/key-unknown", at: "mail.example.") {
        $0.remove("mail.example.", .rrsig, covering: .mx)
        $0.sign("mail.example.", .mx, with: .stranger)
    },
    Damage("signed only by an algorithm that has no key", "verify/signature-missing", at: "mail.example.") {
        $0.remove("mail.example.", .rrsig, covering: .mx)
        $0.sign("mail.example.", .mx, with: .csk)
    },
    Damage("another type covered", "verify/signature-over-nothing", at: "mail.example.") {
        $0.changeSignature("mail.example.", .mx) { $0.typeCovered = .txt }
    },
    Damage("a signature over RRSIG", "verify/signature-over-nothing", at: "mail.example.") {
        $0.sign("mail.example.", .rrsig, with: .zsk)
    },
    Damage("an RRset removed, its signature left", "verify/signature-over-nothing", at: "www.example.") {
        $0.remove("www.example.", .aaaa)
    },
    Damage("the NS RRset of a delegation signed", "verify/signed-delegation", at: "secure.example.") {
        $0.sign("secure.example.", .ns, with: .zsk)
    },
    Damage("glue signed", "verify/signed-glue", at: "ns.secure.example.") {
        $0.sign("ns.secure.example.", .a, with: .zsk)
    },
    Damage("an address at a zone cut signed", "verify/signed-delegation", at: "secure.example.") {
        $0.records.append(.init(owner: "secure.example.", type: .a, rdata: [192, 0, 2, 9]))
        $0.sign("secure.example.", .a, with: .zsk)
    },
    Damage("data below a DNAME signed", "verify/signed-glue", at: "x.old.example.") {
        $0.records.append(.init(owner: "x.old.example.", type: .a, rdata: [192, 0, 2, 9]))
        $0.sign("x.old.example.", .a, with: .zsk)
    },
    Damage("a name outside of the zone signed", "verify/outside-zone", at: "www.example.com.") {
        $0.records.append(.init(owner: "www.example.com.", type: .a, rdata: [192, 0, 2, 9]))
        $0.sign("www.example.com.", .a, with: .zsk)
    },
    Damage("an RRSIG cut off in its signer's name", "verify/signature-malformed", at: "mail.example.") { zone in
        let index = zone.records.firstIndex { $0.owner == "mail.example." && $0.type == .rrsig && $0.rdata[1] == 15 }!
        zone.records[index].rdata = Array(zone.records[index].rdata.prefix(20))
    },
    Damage("a DS changed", "verify/signature-invalid", at: "secure.example.") {
        $0.change("secure.example.", .ds) { $0[9] ^= 1 }
    },
    Damage("a DS unsigned", "verify/signature-missing", at: "secure.example.") {
        $0.remove("secure.example.", .rrsig, covering: .ds)
    },
    Damage("the serial changed", "verify/signature-invalid", at: "example.") {
        $0.change("example.", .soa) { $0[$0.count - 20] ^= 1 }
    },
    Damage("DNSKEY RRset not signed", "verify/signature-missing", at: "example.") {
        $0.remove("example.", .rrsig, covering: .dnskey)
    },
    Damage("DNSKEY RRset signed by the ZSK alone", "verify/anchor-mismatch", at: "example.") {
        $0.remove("example.", .rrsig, covering: .dnskey)
        $0.sign("example.", .dnskey, with: .zsk)
    },
    Damage("the KSK removed", "verify/anchor-mismatch", at: "example.") { zone in
        zone.records.removeAll { $0.type == .dnskey && $0.rdata == FixtureKey.ksk.dnskey.wireFormat }
        zone.resign("example.", .dnskey)
    },
    Damage("a key's protocol changed", "verify/dnskey-protocol", at: "example.") {
        $0.change("example.", .dnskey) { $0[2] = 4 }
        $0.resign("example.", .dnskey)
    },
    Damage("an unsigned second algorithm announced", "verify/algorithm-incomplete", at: "www.example.") {
        $0.records.append(.init(owner: "example.", type: .dnskey, rdata: FixtureKey.csk.dnskey.wireFormat))
        $0.resign("example.", .dnskey)
    },
    Damage("a key that cannot be read", "verify/dnskey-malformed", at: "example.") {
        $0.records.append(.init(owner: "example.", type: .dnskey, rdata: [1, 0, 3, 13, 1, 2, 3]))
        $0.resign("example.", .dnskey)
    },
    Damage("a DS where there is no delegation", "verify/ds-misplaced", at: "www.example.") {
        $0.records.append(
            .init(owner: "www.example.", type: .ds, rdata: FixtureKey.ksk.ds(of: "www.example.").wireFormat))
        $0.resign("www.example.", .ds)
    },
]

private let denialDamages: [Damage] = [
    Damage("an NSEC removed", "verify/nsec-missing", at: "mail.example.") {
        $0.remove("mail.example.", .nsec)
        $0.remove("mail.example.", .rrsig, covering: .nsec)
    },
    Damage("the apex NSEC removed", "verify/nsec-missing", at: "example.") {
        $0.remove("example.", .nsec)
        $0.remove("example.", .rrsig, covering: .nsec)
    },
    Damage("the NSEC of a delegation removed", "verify/nsec-missing", at: "insecure.example.") {
        $0.remove("insecure.example.", .nsec)
        $0.remove("insecure.example.", .rrsig, covering: .nsec)
    },
    Damage("an NSEC unsigned", "verify/signature-missing", at: "mail.example.") {
        $0.remove("mail.example.", .rrsig, covering: .nsec)
    },
    Damage("an NSEC that skips a name", "verify/nsec-next", at: "insecure.example.") {
        $0.changeNSEC("insecure.example.") { $0.nextDomainName = "ns1.example." }
    },
    Damage("an NSEC that points to itself", "verify/nsec-next", at: "mail.example.") {
        $0.changeNSEC("mail.example.") { $0.nextDomainName = "mail.example." }
    },
    Damage("the last NSEC not pointing to the apex", "verify/nsec-next", at: "x.y.example.") {
        $0.changeNSEC("x.y.example.") { $0.nextDomainName = "zz.example." }
    },
    Damage("an NSEC pointing to glue", "verify/nsec-next", at: "insecure.example.") {
        $0.changeNSEC("insecure.example.") { $0.nextDomainName = "ns.insecure.example." }
    },
    Damage("a type missing in a bitmap", "verify/nsec-bitmap", at: "www.example.") {
        $0.changeNSEC("www.example.") { $0.types = TypeBitmap([.a, .rrsig, .nsec]) }
    },
    Damage("a type too many in a bitmap", "verify/nsec-bitmap", at: "mail.example.") {
        $0.changeNSEC("mail.example.") { $0.types = TypeBitmap([.a, .mx, .rrsig, .nsec]) }
    },
    Damage("glue in the bitmap of a delegation", "verify/nsec-bitmap", at: "secure.example.") {
        $0.changeNSEC("secure.example.") { $0.types = TypeBitmap([.a, .ns, .ds, .rrsig, .nsec]) }
    },
    Damage("RRSIG missing in a bitmap", "verify/nsec-bitmap", at: "mail.example.") {
        $0.changeNSEC("mail.example.") { $0.types = TypeBitmap([.mx, .nsec]) }
    },
    Damage("a bitmap with a trailing zero octet", "verify/bitmap-encoding", at: "mail.example.") { zone in
        zone.change("mail.example.", .nsec) { rdata in
            rdata[rdata.count - 7] += 1
            rdata.append(0)
        }
        zone.resign("mail.example.", .nsec)
    },
    Damage("a second NSEC", "verify/nsec-duplicate", at: "mail.example.") {
        let nsec = RData.NSEC(nextDomainName: "zzz.example.", types: TypeBitmap([.mx]))
        $0.records.append(.init(owner: "mail.example.", type: .nsec, rdata: nsec.wireFormat))
        $0.resign("mail.example.", .nsec)
    },
    Damage("an NSEC at an empty non-terminal", "verify/nsec-alone", at: "c.example.") {
        let nsec = RData.NSEC(nextDomainName: "a.b.c.example.", types: TypeBitmap([.rrsig, .nsec]))
        $0.records.append(.init(owner: "c.example.", type: .nsec, rdata: nsec.wireFormat))
        $0.resign("c.example.", .nsec)
    },
    Damage("an NSEC at glue", "verify/denial-misplaced", at: "ns.secure.example.") {
        let nsec = RData.NSEC(nextDomainName: "www.example.", types: TypeBitmap([.a, .rrsig, .nsec]))
        $0.records.append(.init(owner: "ns.secure.example.", type: .nsec, rdata: nsec.wireFormat))
    },
    Damage("the TTL of an NSEC raised", "verify/denial-ttl", at: "mail.example.") {
        $0.setTTL("mail.example.", .nsec, 86_400)
        $0.resign("mail.example.", .nsec)
    },
    Damage("an NSEC cut off", "verify/denial-malformed", at: "mail.example.") {
        $0.change("mail.example.", .nsec) { $0 = [4, 109, 97] }
    },
    Damage("all NSEC removed", "verify/denial-missing", at: "example.") { zone in
        zone.records.removeAll { $0.type == .nsec }
        zone.resign()
    },
    Damage("a name added without NSEC", "verify/nsec-missing", at: "new.example.") {
        $0.records.append(.init(owner: "new.example.", type: .a, rdata: [192, 0, 2, 7]))
        $0.resign("new.example.", .a)
    },
    Damage("an NSEC3 in an NSEC zone", "verify/denial-misplaced", at: "mail.example.") {
        let param = RData.NSEC3PARAM(hashAlgorithm: 1, flags: 0, iterations: 0, salt: [])
        $0.records.append(.init(owner: "mail.example.", type: .nsec3param, rdata: param.wireFormat))
    },
]

private let hashedDamages: [Damage] = [
    Damage("an NSEC3 removed", nsec3, "verify/nsec3-missing", at: "mail.example.") {
        let owner = $0.nsec3Owner(of: "mail.example.")
        $0.records.removeAll { $0.owner == owner }
    },
    Damage("the NSEC3 of an empty non-terminal removed", nsec3, "verify/nsec3-missing", at: "b.c.example.") {
        let owner = $0.nsec3Owner(of: "b.c.example.")
        $0.records.removeAll { $0.owner == owner }
    },
    Damage("the NSEC3 above a wildcard removed", nsec3, "verify/nsec3-missing", at: "wild.example.") {
        let owner = $0.nsec3Owner(of: "wild.example.")
        $0.records.removeAll { $0.owner == owner }
    },
    Damage("the NSEC3 of an unsigned delegation removed", nsec3, "verify/nsec3-missing", at: "insecure.example.") {
        let owner = $0.nsec3Owner(of: "insecure.example.")
        $0.records.removeAll { $0.owner == owner }
    },
    Damage(
        "the NSEC3 of a signed delegation removed under opt-out", optOut, "verify/nsec3-missing", at: "secure.example."
    ) {
        let owner = $0.nsec3Owner(of: "secure.example.")
        $0.records.removeAll { $0.owner == owner }
    },
    Damage("the opt-out flag cleared everywhere", optOut, "verify/nsec3-missing", at: "insecure.example.") { zone in
        for index in zone.records.indices where zone.records[index].type == .nsec3 { zone.records[index].rdata[1] = 0 }
        zone.resign()
    },
    Damage(
        "the opt-out flag cleared on the span over a delegation", optOut, "verify/nsec3-opt-out",
        at: "insecure.example."
    ) { zone in
        let hash = zone.nsec3Owner(of: "insecure.example.")
        let owners = zone.records.filter { $0.type == .nsec3 }.map(\.owner).sorted()
        let covering = owners.last { $0 < hash } ?? owners.last!
        zone.change(covering, .nsec3) { $0[1] = 0 }
        zone.resign(covering, .nsec3)
    },
    Damage("NSEC3PARAM removed", nsec3, "verify/nsec3param-missing", at: "example.") {
        $0.remove("example.", .nsec3param)
        $0.remove("example.", .rrsig, covering: .nsec3param)
    },
    Damage("NSEC3PARAM with flags", nsec3, "verify/nsec3param-flags", at: "example.") {
        $0.change("example.", .nsec3param) { $0[1] = 1 }
        $0.resign("example.", .nsec3param)
    },
    Damage("NSEC3PARAM with another salt", nsec3, "verify/nsec3param-unused", at: "example.") {
        $0.change("example.", .nsec3param) { $0 = [1, 0, 0, 0, 1, 0xAB] }
        $0.resign("example.", .nsec3param)
    },
    Damage("one NSEC3 with another salt", nsec3, "verify/nsec3-parameters", at: "www.example.") {
        $0.changeNSEC3(of: "www.example.") { $0.salt = [1] }
    },
    Damage("one NSEC3 with other iterations", nsec3, "verify/nsec3-missing", at: "www.example.") {
        $0.changeNSEC3(of: "www.example.") { $0.iterations = 3 }
    },
    Damage("one NSEC3 of another hash algorithm", nsec3, "verify/nsec3-missing", at: "www.example.") {
        $0.changeNSEC3(of: "www.example.") { $0.hashAlgorithm = 2 }
    },
    Damage("unknown flags", nsec3, "verify/nsec3-flags", at: "www.example.") {
        $0.changeNSEC3(of: "www.example.") { $0.flags = 2 }
    },
    Damage("a wrong next hash", nsec3, "verify/nsec3-next", at: "www.example.") {
        $0.changeNSEC3(of: "www.example.") { $0.nextHashedOwner[2] ^= 1 }
    },
    Damage("a next hash of the wrong length", nsec3, "verify/denial-malformed", at: "www.example.") {
        $0.changeNSEC3(of: "www.example.") { $0.nextHashedOwner.removeLast() }
    },
    Damage("a type missing in a bitmap", nsec3, "verify/nsec3-bitmap", at: "www.example.") {
        $0.changeNSEC3(of: "www.example.") { $0.types = TypeBitmap([.a, .rrsig]) }
    },
    Damage("a type at an empty non-terminal", nsec3, "verify/nsec3-bitmap", at: "example.") { zone in
        // Any owner will do: the finding names the hash.
        zone.changeNSEC3(of: "b.c.example.") { $0.types = TypeBitmap([.a]) }
        zone.changeNSEC3(of: "example.") { $0.types = TypeBitmap([.a]) }
    },
    Damage("RRSIG in the bitmap of an unsigned delegation", nsec3, "verify/nsec3-bitmap", at: "insecure.example.") {
        $0.changeNSEC3(of: "insecure.example.") { $0.types = TypeBitmap([.ns, .rrsig]) }
    },
    Damage("an NSEC3 for a name that is not there", nsec3, "verify/nsec3-surplus", at: "ghost.example.") { zone in
        let nsec3 = RData.NSEC3(
            hashAlgorithm: 1, flags: 0, iterations: 0, salt: [], nextHashedOwner: Array(repeating: 0, count: 20),
            types: TypeBitmap([.a, .rrsig]))
        let owner = zone.nsec3Owner(of: "ghost.example.")
        zone.records.append(.init(owner: owner, type: .nsec3, rdata: nsec3.wireFormat))
        zone.resign(owner, .nsec3)
    },
    Damage("two NSEC3 at one hash", nsec3, "verify/nsec3-duplicate", at: "www.example.") { zone in
        let owner = zone.nsec3Owner(of: "www.example.")
        var copy = zone.records.first { $0.owner == owner && $0.type == .nsec3 }!
        copy.rdata[10] ^= 1
        zone.records.append(copy)
        zone.resign(owner, .nsec3)
    },
    Damage("an NSEC3 at a name that is no hash", nsec3, "verify/nsec3-owner", at: "mail.example.") { zone in
        let owner = zone.nsec3Owner(of: "mail.example.")
        for index in zone.records.indices where zone.records[index].owner == owner {
            zone.records[index].owner = "mail.example."
        }
        zone.resign()
    },
    Damage("an NSEC in an NSEC3 zone", nsec3, "verify/denial-mixed", at: "mail.example.") {
        let nsec = RData.NSEC(nextDomainName: "ns1.example.", types: TypeBitmap([.mx, .rrsig, .nsec]))
        $0.records.append(.init(owner: "mail.example.", type: .nsec, rdata: nsec.wireFormat))
        $0.resign("mail.example.", .nsec)
    },
    Damage("an NSEC3 unsigned", nsec3, "verify/signature-missing", at: "www.example.") {
        let owner = $0.nsec3Owner(of: "www.example.")
        $0.remove(owner, .rrsig)
    },
    Damage("the TTL of an NSEC3 raised", nsec3, "verify/denial-ttl", at: "www.example.") {
        let owner = $0.nsec3Owner(of: "www.example.")
        $0.setTTL(owner, .nsec3, 86_400)
        $0.resign(owner, .nsec3)
    },
    Damage("a name removed, its NSEC3 left", nsec3, "verify/nsec3-surplus", at: "mail.example.") { zone in
        zone.records.removeAll { $0.owner == "mail.example." }
    },
]

extension Damage {
    static let all = signatureDamages + denialDamages + hashedDamages
}

@Suite("A damaged zone")
struct ZoneDamageTests {
    @Test("is refused, and the finding names the record", arguments: Damage.all)
    func namesTheRecord(_ damage: Damage) {
        var fixture = SignedFixture(damage.denial)
        damage.edit(&fixture)
        let findings = fixture.validate().findings.filter { $0.diagnostic.rule == damage.rule }
        // NSEC3 findings may name the hash of the owner in its place.
        let owners = [damage.owner, fixture.nsec3Owner(of: damage.owner)]
        #expect(findings.contains { $0.owner.map(owners.contains) ?? false }, "\(fixture.validate().diagnostics)")
    }

    @Test(
        "takes for a hash what 32 characters of base32hex in any case are, and nothing else",
        arguments: [
            0, 0x0F, 0x10, 0x19, 0x1F, 0x20, 0x2F, 0x30, 0x39, 0x3A, 0x3F, 0x40, 0x41, 0x56, 0x57, 0x5A, 0x5B, 0x60,
            0x61,
            0x76, 0x77, 0x7A, 0x7F, 0x80, 0x90, 0xB0, 0xB9, 0xC1, 0xD6, 0xE1, 0xF6, 0xFF,
        ] as [UInt8])
    func hashCharacters(_ character: UInt8) {
        var fixture = SignedFixture(nsec3)
        let owner = fixture.nsec3Owner(of: "mail.example.")
        var octets = owner.wireFormat
        octets[17] = character
        let other = DomainName(uncheckedWireFormat: octets)
        for index in fixture.records.indices where fixture.records[index].owner == owner {
            fixture.records[index].owner = other
        }
        let isDigit = "0123456789abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUV".utf8.contains(character)
        let found = fixture.validate().findings.contains { $0.diagnostic.rule == "verify/nsec3-owner" }
        #expect(found == !isDigit)
    }
}
