/// A seeded generator: the same worlds on every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &self) == 0 }

    mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &self)] }

    /// A number from 0 to `most`, its ends being likely.
    mutating func upTo(_ most: Int) -> Int {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: 0
        case 1: most
        default: most <= 0 ? 0 : Int.random(in: 0...most, using: &self)
        }
    }
}
