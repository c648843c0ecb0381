import DNSModel
import Rollover
import Testing

/// The same machine for keys, delegations and targets: every RRset's caches are explored on their own, and a client that
/// meets two of them at one tick is judged by rules written here.
@Suite("Key rollovers and target moves: calculus and exhaustive exploration agree")
struct ExhaustiveRelationsTests {
    #if DEBUG
        private static let worlds = 6
    #else
        private static let worlds = 150
    #endif

    private static let ksk = KeyIdentity(algorithm: 8, keyTag: 1, fingerprint: "a")
    private static let zsk = KeyIdentity(algorithm: 8, keyTag: 2, fingerprint: "b")
    private static let newKSK = KeyIdentity(algorithm: 8, keyTag: 3, fingerprint: "c")
    private static let newZSK = KeyIdentity(algorithm: 8, keyTag: 4, fingerprint: "d")
    private static let strongKSK = KeyIdentity(algorithm: 13, keyTag: 5, fingerprint: "e")
    private static let strongZSK = KeyIdentity(algorithm: 13, keyTag: 6, fingerprint: "f")

    @Test("ZSK, KSK and algorithm rolls, going secure and insecure, and their mutants")
    func keys() {
        var random = SplitMix(seed: 7_583)
        var tally = Tally()
        for number in 0..<Self.worlds {
            func ttl() -> TTL { TTL(UInt32(random.upTo(3))) }
            let zone = ZoneKeyTracks(
                apex: Fixture.name("example."), dnskeyTTL: ttl(), dsTTL: ttl(), maximumTTL: ttl())
            let kind = number % 5
            let situation = Self.zoneSituation(zone, isSigned: kind != 3, &random)
            let plan: Plan? =
                switch kind {
                case 0: try? KeyRollover.zsk(situation, zone, from: Self.zsk, to: Self.newZSK)
                case 1: try? KeyRollover.ksk(situation, zone, from: Self.ksk, to: Self.newKSK)
                case 2: try? KeyRollover.algorithm(situation, zone, toKSK: Self.strongKSK, zsk: Self.strongZSK)
                case 3: try? KeyRollover.goSecure(situation, zone, ksk: Self.ksk, zsk: Self.zsk)
                default: try? KeyRollover.goInsecure(situation, zone)
                }
            guard let plan else {
                Issue.record("world \(number): no plan")
                return
            }
            tally.plans += 1
            for (name, steps) in [("as planned", plan.steps)] + Mutation.all(of: plan.steps, now: situation.now) {
                let found = Self.firstFailure(situation, steps, &tally) { Self.isValid($0, zone) }
                let told = Coverage.check(situation.applying(steps)).counterExample.map { Int($0.at.rawValue) }
                #expect(found == told, "world \(number), \(name)")
                if name == "as planned" { #expect(found == nil) }
                if found != told { return }
            }
        }
        print(
            "exhaustive, keys: \(tally.plans) plans, \(tally.timelines) timelines, \(tally.failing) of them fail, "
                + "\(tally.states) states; no disagreement")
        #expect(tally.failing > 0)
    }

    struct Tally {
        var plans = 0
        var timelines = 0
        var failing = 0
        var states = 0
    }

    private static func zoneSituation(
        _ zone: ZoneKeyTracks, isSigned: Bool, _ random: inout SplitMix
    ) -> Situation {
        let caches = Timing.Caches(layers: 1, rounding: Int64(random.upTo(1)), useDelay: Int64(random.upTo(1)))
        let contents: [(TrackID, Content, TTL)] = [
            (zone.dnskey, .keys([ksk, zsk], signedBy: [ksk]), zone.dnskeyTTL),
            (zone.signatures, .signatures([zsk]), zone.maximumTTL), (zone.ds, .delegation([ksk]), zone.dsTTL),
        ]
        let tracks = contents.map { id, content, ttl in
            Track(
                id: id,
                timing: Timing(
                    window: Int64(random.upTo(2)), propagation: Int64(random.upTo(2)), stuckUntilExpire: nil,
                    caches: caches, clockSkew: 0),
                prior: .absent(negativeTTL: ttl),
                events: isSigned ? [Event(at: Timestamp(10), track: id, kind: .done(content, ttl: ttl))] : [])
        }
        return Situation(now: Timestamp(100), tracks: tracks, pairings: zone.pairings)
    }

    /// What a strict validator makes of two answers: every algorithm that is announced must work (and a zone without DS is
    /// not judged by it).
    private static func isValid(_ held: [TrackID: Content], _ zone: ZoneKeyTracks) -> Bool {
        if let ds = held[zone.ds], case .delegation(let named) = ds, let answer = held[zone.dnskey] {
            guard case .keys(let keys, let signers) = answer else { return false }
            for algorithm in Set(named.map(\.algorithm))
            where Set(named).intersection(keys).intersection(signers).allSatisfy({ $0.algorithm != algorithm }) {
                return false
            }
        }
        if let ds = held[zone.ds], case .delegation = ds, let signatures = held[zone.signatures] {
            if signatures == .absent { return false }
        }
        if let answer = held[zone.dnskey], case .keys(let keys, _) = answer, let signatures = held[zone.signatures] {
            guard case .signatures(let signers) = signatures else { return false }
            for algorithm in Set(keys.map(\.algorithm))
            where Set(keys).intersection(signers).allSatisfy({ $0.algorithm != algorithm }) {
                return false
            }
        }
        return true
    }

    /// The first tick at which a client can hold two answers that do not fit, one of them of the plan's making.
    private static func firstFailure(
        _ situation: Situation, _ steps: [Step], _ tally: inout Tally, isValid: ([TrackID: Content]) -> Bool
    ) -> Int? {
        let now = Int(situation.now.rawValue)
        let ticks = now...((steps.map { Int($0.earliest.rawValue) }.max() ?? now) + 20)
        var usable: [TrackID: (contents: [(Content, Bool)], held: [Int: UInt32])] = [:]
        for track in situation.tracks {
            let caches = track.timing.caches ?? .usual
            var versions = track.changes.map {
                Explorer.Version(
                    began: max(-1_000_000, Int($0.began.rawValue)),
                    finished: $0.finished.map { max(-1_000_000, Int($0.rawValue)) }, ttl: Int($0.ttl.rawValue),
                    expiration: nil)
            }
            var contents = track.changes.map { ($0.content, false) }
            for step in steps {
                guard case .publish(track.id, let content, let ttl) = step.action else { continue }
                let began = Int(step.earliest.rawValue)
                versions.append(
                    Explorer.Version(
                        began: began, finished: began + Int(track.timing.window), ttl: Int(ttl.rawValue),
                        expiration: nil))
                contents.append((content, true))
            }
            var explorer = Explorer(
                versions: versions, propagation: Int(track.timing.propagation), layers: Int(caches.layers),
                rounding: Int(caches.rounding), useDelay: Int(caches.useDelay), clockSkew: 0, isCached: true)
            usable[track.id] = (contents, explorer.usableVersions(in: ticks, from: 70))
            tally.states += explorer.stateCount
        }
        tally.timelines += 1
        let ids = situation.tracks.map(\.id)
        for tick in ticks {
            for first in ids.indices {
                for second in ids.indices where second > first {
                    guard let left = usable[ids[first]], let right = usable[ids[second]] else { continue }
                    for (i, (one, isPlanned)) in left.contents.enumerated()
                    where (left.held[tick] ?? 0) >> UInt32(i) & 1 == 1 {
                        for (j, (other, isAlsoPlanned)) in right.contents.enumerated()
                        where (right.held[tick] ?? 0) >> UInt32(j) & 1 == 1 && (isPlanned || isAlsoPlanned) {
                            if !isValid([ids[first]: one, ids[second]: other]) {
                                tally.failing += 1
                                return tick
                            }
                        }
                    }
                }
            }
        }
        return nil
    }
}
