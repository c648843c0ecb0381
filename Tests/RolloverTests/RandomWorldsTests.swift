import Rollover
import Testing

@Suite("In random worlds no client ever fails under a proved plan")
struct RandomWorldsTests {
    #if DEBUG
        private static let worlds = 500
    #else
        private static let worlds = 50_000
    #endif

    @Test("Renewals, aborts, TTL edits, lost state, missed timers and crashes, interleaved", arguments: 0..<2)
    func worlds(part: Int) {
        var total = SimulatedWorld.Tally()
        var verdicts = Verdicts()
        for number in 0..<Self.worlds {
            let seed = UInt64(part) << 32 | UInt64(number)
            var world = SimulatedWorld(seed: seed)
            var clock = SplitMix(seed: ~seed)
            for _ in 0..<(4 + clock.upTo(10)) {
                if clock.chance(2) { world.interfere() }
                let next = world.apply()
                switch clock.upTo(4) {
                case 0, 1, 2: world.now = max(world.now, next ?? world.now + 3_600)
                case 3: world.now = max(world.now, next ?? world.now) + clock.upTo(20_000)
                default: world.now += clock.upTo(4_000)
                }
            }
            world.connect(&verdicts)
            #expect(world.tally.failures.isEmpty, "world \(seed): \(world.tally.failures)")
            if !world.tally.failures.isEmpty { return }
            total.worlds += 1
            total.plans += world.tally.plans
            total.steps += world.tally.steps
            total.refusals += world.tally.refusals
            total.crashes += world.tally.crashes
            total.handshakes += world.tally.handshakes
        }
        print(
            "random worlds, part \(part): \(total.worlds) worlds, \(total.plans) plans, \(total.steps) steps, "
                + "\(total.crashes) crashes, \(total.refusals) refusals, \(total.handshakes) handshakes, no failure")
        #expect(total.steps > total.worlds)
    }

    @Test("The laboratory can show failures: impatient operators break clients")
    func impatience() {
        var verdicts = Verdicts()
        var broken = 0
        for seed in UInt64(0)..<300 {
            var world = SimulatedWorld(seed: seed)
            for _ in 0..<4 {
                world.swapAtOnce()
                world.now += 100_000
            }
            world.connect(&verdicts)
            if !world.tally.failures.isEmpty { broken += 1 }
        }
        print("impatient operators: \(broken) of 300 worlds broken")
        #expect(broken > 200)
    }

    @Test("The laboratory notices one second: steps taken that much too early break clients")
    func haste() {
        var verdicts = Verdicts()
        var broken = 0
        for seed in UInt64(0)..<1_000 {
            var world = SimulatedWorld(seed: seed)
            for _ in 0..<6 {
                world.interfere()
                while let next = world.apply(), next > world.now {
                    world.now = next
                    if world.hurry() { break }
                }
                world.now += 50_000
            }
            world.connect(&verdicts)
            if !world.tally.failures.isEmpty { broken += 1 }
        }
        print("hasty by one second: \(broken) of 1000 worlds broken")
        #expect(broken > 20)
    }
}
