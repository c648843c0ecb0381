import DNSModel
import Rollover
import Testing

/// The timelines of RFC 7583, with its own assumptions: one cache, no rounding, no delay to the handshake.
///
/// Ends of intervals belong to them here, so each wait is the RFC's and one second.
@Suite("Key rollovers keep the timelines of RFC 7583")
struct KeyRolloverTests {
    private static let dprp: Int64 = 3_600
    private static let ttlKey: Int64 = 7_200
    private static let ttlSig: Int64 = 86_400
    private static let ttlDS: Int64 = 172_800
    private static let dsgn: Int64 = 1_800
    private static let dreg: Int64 = 43_200
    private static let dprpParent: Int64 = 900

    private let ksk = KeyIdentity(algorithm: 8, keyTag: 100, fingerprint: "a")
    private let zsk = KeyIdentity(algorithm: 8, keyTag: 200, fingerprint: "b")
    private let newKSK = KeyIdentity(algorithm: 8, keyTag: 101, fingerprint: "c")
    private let newZSK = KeyIdentity(algorithm: 8, keyTag: 201, fingerprint: "d")
    private let zone = ZoneKeyTracks(
        apex: Fixture.name("example."), dnskeyTTL: TTL(UInt32(ttlKey)), dsTTL: TTL(UInt32(ttlDS)),
        maximumTTL: TTL(UInt32(ttlSig)))

    private func situation(isSigned: Bool = true) -> Situation {
        let caches = Timing.Caches(layers: 1, rounding: 0, useDelay: 0)
        func track(_ id: TrackID, _ content: Content, _ ttl: TTL, window: Int64, propagation: Int64) -> Track {
            Track(
                id: id,
                timing: Timing(
                    window: window, propagation: propagation, stuckUntilExpire: nil, caches: caches, clockSkew: 0),
                prior: .absent(negativeTTL: ttl),
                events: isSigned ? [Event(at: Timestamp(0), track: id, kind: .done(content, ttl: ttl))] : [])
        }
        return Situation(
            now: Fixture.noon,
            tracks: [
                track(
                    zone.dnskey, .keys([ksk, zsk], signedBy: [ksk]), zone.dnskeyTTL, window: 0,
                    propagation: Self.dprp),
                track(zone.signatures, .signatures([zsk]), zone.maximumTTL, window: Self.dsgn, propagation: Self.dprp),
                track(zone.ds, .delegation([ksk]), zone.dsTTL, window: Self.dreg, propagation: Self.dprpParent),
            ], pairings: zone.pairings)
    }

    private func offsets(_ plan: Plan) -> [Int64] {
        plan.steps.map { plan.situation.now.distance(to: $0.earliest) }
    }

    @Test("ZSK by pre-publication: Ipub = Dprp + TTLkey, Iret = Dsgn + Dprp + TTLsig (§3.2.1)")
    func prePublication() throws {
        let plan = try KeyRollover.zsk(situation(), zone, from: zsk, to: newZSK)
        let ipub = Self.dprp + Self.ttlKey
        let iret = Self.dsgn + Self.dprp + Self.ttlSig
        #expect(offsets(plan) == [0, ipub + 1, ipub + 1 + iret + 1])
    }

    @Test("KSK by Double-KSK: IpubC = DprpC + TTLkey, Iret = DprpP + TTLds after registration (§3.3.1)")
    func doubleKSK() throws {
        let plan = try KeyRollover.ksk(situation(), zone, from: ksk, to: newKSK)
        let ipubC = Self.dprp + Self.ttlKey
        let iret = Self.dprpParent + Self.ttlDS
        #expect(offsets(plan) == [0, ipubC + 1, ipubC + 1 + Self.dreg + iret + 1])
        let state = plan.completion[zone.ds]?.state(of: ksk, at: Fixture.noon)
        #expect(state == .omnipresent)
    }

    @Test("The parent that publishes early lets the old key go early")
    func observedRegistration() throws {
        let plan = try KeyRollover.ksk(situation(), zone, from: ksk, to: newKSK)
        var moment = situation()
        moment.record(
            Event(
                at: Fixture.noon, track: zone.dnskey,
                kind: .done(.keys([ksk, newKSK, zsk], signedBy: [ksk, newKSK]), ttl: zone.dnskeyTTL)))
        let submitted = plan.steps[1].earliest
        moment.record(Event(at: submitted, track: zone.ds, kind: .began(.delegation([newKSK]), ttl: zone.dsTTL)))
        let seen = submitted.advanced(by: 60)
        moment.record(Event(at: seen, track: zone.ds, kind: .seenEverywhere))
        moment.now = seen
        let rest = try KeyRollover.ksk(moment, zone, from: ksk, to: newKSK)
        #expect(offsets(rest) == [Self.ttlDS + 1])
    }

    @Test("CSK: DS and signatures change together, the old key waits for both")
    func combined() throws {
        var moment = situation()
        moment.record(
            Event(
                at: Timestamp(1), track: zone.dnskey, kind: .done(.keys([ksk], signedBy: [ksk]), ttl: zone.dnskeyTTL)))
        moment.record(
            Event(at: Timestamp(1), track: zone.signatures, kind: .done(.signatures([ksk]), ttl: zone.maximumTTL)))
        let plan = try KeyRollover.csk(moment, zone, from: ksk, to: newKSK)
        let ipub = Self.dprp + Self.ttlKey + 1
        #expect(offsets(plan) == [0, ipub, ipub, ipub + Self.dreg + Self.dprpParent + Self.ttlDS + 1])
    }

    @Test("A new algorithm: signatures, keys, DS, and out again (RFC 6781 §4.1.4)")
    func algorithm() throws {
        let strong = KeyIdentity(algorithm: 13, keyTag: 300, fingerprint: "e")
        let strongZSK = KeyIdentity(algorithm: 13, keyTag: 301, fingerprint: "f")
        let plan = try KeyRollover.algorithm(situation(), zone, toKSK: strong, zsk: strongZSK)
        let signed = Self.dsgn + Self.dprp + Self.ttlSig + 1
        let keys = signed + Self.dprp + Self.ttlKey + 1
        let ds = keys + Self.dreg + Self.dprpParent + Self.ttlDS + 1
        #expect(offsets(plan) == [0, signed, keys, ds, ds + Self.dprp + Self.ttlKey + 1])
        for index in 1..<plan.steps.count {
            var hasty = plan.steps
            hasty[index].earliest = hasty[index].earliest.advanced(by: -1)
            #expect(!Coverage.check(plan.situation.applying(hasty)).isSafe, "step \(index) a second early")
        }
    }

    @Test("An unsigned zone gets its DS last, and loses it first")
    func secureAndBack() throws {
        let plan = try KeyRollover.goSecure(situation(isSigned: false), zone, ksk: ksk, zsk: zsk)
        #expect(plan.steps.map(\.action.track) == [zone.signatures, zone.dnskey, zone.ds])
        let back = try KeyRollover.goInsecure(situation(), zone)
        #expect(back.steps.map(\.action.track) == [zone.ds, zone.dnskey, zone.signatures])
    }

    @Test("Signing with a key that caches do not know yet is refused", arguments: [0, 3_600, 10_800])
    func signedTooEarly(seconds: Int64) throws {
        var plan = try KeyRollover.zsk(situation(), zone, from: zsk, to: newZSK)
        plan.steps[1].earliest = Fixture.noon.advanced(by: seconds)
        let example = try #require(Coverage.check(plan.completion).counterExample)
        #expect(example.reason == "so that the signature cannot be verified")
    }

    @Test("Taking the old DNSKEY out with the DS is refused: the DS lives on at the parent")
    func keyRemovedWithDS() throws {
        var plan = try KeyRollover.ksk(situation(), zone, from: ksk, to: newKSK)
        plan.steps[2].earliest = plan.steps[1].earliest.advanced(by: Self.dreg)
        let example = try #require(Coverage.check(plan.completion).counterExample)
        #expect(example.held.content == .delegation([ksk]))
    }
}
