import DNSModel
import DNSSEC
import Diagnostics
import OpenSSLBridge
import Testing

@Suite("The keys of a zone")
struct KeySetTests {
    static func apex() throws -> DomainName { try DomainName("example.com."[...]) }

    static func select(_ keys: [ZoneKey], at now: Int64 = 25) throws -> Diagnosed<KeySet> {
        KeySet.select(keys, apex: try apex(), at: Timestamp(now))
    }

    @Test("a KSK signs the keys and a ZSK the zone")
    func kskAndZSK() throws {
        let ksk = try KeyFileTests.key(.ed25519, .ksk)
        let zsk = try KeyFileTests.key(.ed25519, .zsk)
        let selected = try Self.select([zsk, ksk])
        #expect(selected.diagnostics.isEmpty)
        let set = try selected.get()
        #expect(set.published.map(\.keyTag) == [ksk.keyTag, zsk.keyTag])
        #expect(set.keySigners.map(\.keyTag) == [ksk.keyTag])
        #expect(set.zoneSigners.map(\.keyTag) == [zsk.keyTag])
        #expect(set.algorithms == [.ed25519])
    }

    @Test("a CSK, or a KSK alone, signs everything; so does a ZSK alone, with a warning")
    func alone() throws {
        for role in KeyRole.allCases {
            let key = try KeyFileTests.key(.ed25519, role)
            let selected = try Self.select([key])
            let set = try selected.get()
            #expect(set.keySigners.map(\.keyTag) == [key.keyTag])
            #expect(set.zoneSigners.map(\.keyTag) == [key.keyTag])
            #expect(selected.diagnostics.map(\.rule) == (role == .zsk ? [KeyRules.noSecureEntryPoint] : []))
        }
    }

    @Test("published keys do not sign, retired keys stay, removed keys go")
    func states() throws {
        let ksk = try KeyFileTests.key(.ed25519, .ksk)
        let zsk = try KeyFileTests.key(.ed25519, .zsk, timing: KeyTimingTests.ordinary)
        let next = try KeyFileTests.key(.ed25519, .zsk)
        var later = KeyTimingTests.ordinary
        later.publish = Timestamp(20)
        later.activate = Timestamp(30)
        later.inactive = nil
        later.delete = nil
        let keys = [ksk, zsk, next.with(timing: later)]
        let before = try Self.select(keys, at: 25).get()
        #expect(before.published.count == 3)
        #expect(before.zoneSigners.map(\.keyTag) == [zsk.keyTag])
        let after = try Self.select(keys, at: 35).get()
        #expect(after.published.count == 3)
        #expect(after.zoneSigners.map(\.keyTag) == [next.keyTag])
        #expect(try Self.select(keys, at: 45).get().published.count == 2)
    }

    @Test("a revoked key is published with its flag and signs the keys only")
    func revoked() throws {
        var timing = KeyTimingTests.ordinary
        timing.revoke = Timestamp(22)
        let old = try KeyFileTests.key(.ed25519, .ksk, timing: timing)
        let new = try KeyFileTests.key(.ed25519, .csk)
        let set = try Self.select([old, new]).get()
        #expect(set.published.contains { $0.dnskey.isRevoked && $0.keyTag == old.revoked().keyTag })
        #expect(Set(set.keySigners.map(\.keyTag)) == [new.keyTag, old.revoked().keyTag])
        #expect(set.zoneSigners.map(\.keyTag) == [new.keyTag])
    }

    @Test("each reason not to sign has its rule")
    func refusals() throws {
        let ksk = try KeyFileTests.key(.ed25519, .ksk)
        let zsk = try KeyFileTests.key(.ed25519, .zsk, timing: KeyTimingTests.ordinary)
        let foreign = try KeyFileTests.key(.ed25519, .csk, owner: "example.net.")
        let publicOnly = ZoneKey(
            owner: ksk.owner, dnskey: ksk.dnskey, ttl: nil, timing: ksk.timing, role: .csk, privateKey: nil)
        let alone = zsk.with(role: .csk)
        func rules(_ keys: [ZoneKey], _ now: Int64 = 25) throws -> [RuleID] {
            let selected = try Self.select(keys, at: now)
            #expect(selected.value == nil)
            return selected.diagnostics.filter { $0.severity == .error }.map(\.rule)
        }
        #expect(try rules([]) == [KeyRules.noActiveKey])
        #expect(try rules([ksk, foreign]) == [KeyRules.otherZone])
        #expect(try rules([publicOnly]) == [KeyRules.missingPrivateHalf])
        #expect(try rules([alone], 5) == [KeyRules.noActiveKey])
        #expect(try rules([alone], 15) == [KeyRules.noActiveKey])
        #expect(try rules([alone], 35) == [KeyRules.expired])
        #expect(try rules([alone], 45) == [KeyRules.expired])
        #expect(try rules([ksk, zsk], 15) == [KeyRules.algorithmIncomplete])
        #expect(try rules([ksk, zsk], 35) == [KeyRules.expired])
        var unknown = ksk.dnskey
        unknown.algorithm = .eccGOST
        let gost = ZoneKey(
            owner: ksk.owner, dnskey: unknown, ttl: nil, timing: KeyTiming(), role: .csk, privateKey: nil)
        #expect(try rules([gost]) == [KeyRules.unsupportedAlgorithm])
    }

    @Test("an algorithm that is published but signs nothing is refused (RFC 4035 §2.2)")
    func algorithmCompleteness() throws {
        let complete = try KeyFileTests.key(.ed25519, .csk)
        let announced = try KeyFileTests.key(.ecdsap256sha256, .csk, timing: KeyTimingTests.ordinary)
        let selected = try Self.select([complete, announced], at: 15)
        #expect(selected.value == nil)
        #expect(Set(selected.diagnostics.map(\.rule)) == [KeyRules.algorithmIncomplete])
        let both = try Self.select([complete, announced], at: 25).get()
        #expect(both.zoneSigners.map(\.algorithm) == [.ecdsap256sha256, .ed25519])
    }

    @Test("a key given twice counts once")
    func duplicate() throws {
        let key = try KeyFileTests.key(.ed25519, .csk)
        let selected = try Self.select([key, key])
        #expect(selected.diagnostics.map(\.rule) == [KeyRules.duplicate])
        #expect(try selected.get().published.count == 1)
    }

    @Test("SHA-1 verifies and never signs; small RSA keys and RSASHA512 are warned about")
    func advice() throws {
        let numbers = try PrivateKey.generate(.rsaSHA256, bits: 1024).material()
        func key(_ algorithm: SecurityAlgorithm, _ scheme: SignatureAlgorithm) throws -> ZoneKey {
            let half = try PrivateKey(scheme, material: numbers)
            let dnskey = RData.DNSKEY(
                flags: 257, protocolField: 3, algorithm: algorithm, publicKey: half.publicKeyOctets)
            return ZoneKey(
                owner: try Self.apex(), dnskey: dnskey, ttl: nil, timing: KeyTiming(), role: .csk, privateKey: half)
        }
        for algorithm in [SecurityAlgorithm.rsasha1, .rsasha1NSEC3] {
            let selected = try Self.select([key(algorithm, .rsaSHA1)])
            #expect(selected.value == nil)
            #expect(selected.diagnostics.map(\.rule) == [KeyRules.unsupportedAlgorithm])
        }
        let sha512 = try Self.select([key(.rsasha512, .rsaSHA512)])
        #expect(sha512.diagnostics.map(\.rule) == [KeyRules.notRecommended])
    }

    @Test("generated keys avoid every tag that is taken, revoked forms included")
    func generationAvoidsTags() throws {
        // All tags but a sixteenth are taken: a careless generator would collide at once.
        let taken = Set((0...UInt16.max).filter { $0 & 0x0003 != 0 })
        for role in [KeyRole.ksk, .zsk] {
            let key = try ZoneKey.generate(
                KeyRequest(
                    owner: try Self.apex(), role: role, algorithm: .ed25519, bits: 0, ttl: nil, timing: KeyTiming()),
                avoiding: taken)
            #expect(key.occupiedKeyTags.isDisjoint(with: taken))
            #expect(key.dnskey.flags == role.flags)
        }
        #expect(throws: DiagnosedFailure.self) {
            _ = try ZoneKey.generate(
                KeyRequest(
                    owner: try Self.apex(), role: .ksk, algorithm: .ed25519, bits: 0, ttl: nil, timing: KeyTiming()),
                avoiding: Set(0...UInt16.max))
        }
    }

    @Test(
        "keys of a size or algorithm that cannot be are not made",
        arguments: [
            (SecurityAlgorithm.rsasha256, 1024), (.rsasha256, 8192), (.rsasha1, 2048), (.eccGOST, 0), (.delete, 0),
        ])
    func refusedRequests(algorithm: SecurityAlgorithm, bits: Int) {
        #expect(throws: DiagnosedFailure.self) {
            _ = try ZoneKey.generate(
                KeyRequest(
                    owner: try Self.apex(), role: .ksk, algorithm: algorithm, bits: bits, ttl: nil, timing: KeyTiming()),
                avoiding: [])
        }
    }

    @Test("two published keys of one algorithm and tag are refused")
    func collision() throws {
        // Swapping the two halves of an octet pair's sum keeps the tag: the octets at even places only add up.
        let one = try KeyFileTests.key(.ed25519, .csk)
        var octets = one.dnskey.publicKey
        octets.swapAt(0, 2)
        var dnskey = one.dnskey
        dnskey.publicKey = octets
        guard octets != one.dnskey.publicKey else { return }
        let other = ZoneKey(
            owner: one.owner, dnskey: dnskey, ttl: nil, timing: one.timing, role: .csk, privateKey: one.privateKey)
        #expect(other.keyTag == one.keyTag)
        let selected = try Self.select([one, other])
        #expect(selected.value == nil)
        #expect(selected.diagnostics.map(\.rule) == [KeyRules.tagCollision])
    }
}
