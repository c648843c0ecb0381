import Glibc

/// Prints how long each piece of work takes, and at what rate.
struct Measurement {
    /// How often a piece of work is done; the fastest counts.
    var repetitions: Int

    /// Does a piece of work several times and prints a line about the fastest.
    ///
    /// - Parameters:
    ///   - amount: How much is done, in `unit`s.
    ///   - unit: What the rate counts.
    @discardableResult
    func time<Result>(
        _ what: String, _ amount: Int, _ unit: String, _ work: () throws -> Result
    ) rethrows -> Result {
        let clock = ContinuousClock()
        var fastest = Duration.seconds(1_000_000)
        var leastCPU = Double.infinity
        var result: Result
        var count = 0
        repeat {
            let start = clock.now
            let cpu = Self.processorSeconds()
            result = try work()
            fastest = min(fastest, clock.now - start)
            leastCPU = min(leastCPU, Self.processorSeconds() - cpu)
            count += 1
        } while count < repetitions
        let seconds = Double(fastest.components.seconds) + Double(fastest.components.attoseconds) / 1e18
        let milliseconds = Int((seconds * 1000).rounded())
        let rate = seconds > 0 ? Int(Double(amount) / seconds / 1000) : 0
        let cpu = Int((leastCPU * 1000).rounded())
        print(
            "\(padded(what, 40)) \(padded("\(milliseconds) ms", 9)) \(padded("cpu \(cpu) ms", 13)) \(rate) k \(unit)/s")
        return result
    }

    /// The processor time of all threads so far, which other processes on the machine disturb less than time itself.
    private static func processorSeconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
