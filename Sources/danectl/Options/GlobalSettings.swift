import DNSModel
import Glibc

/// What every subcommand goes by: the values of ``GlobalOptions``.
struct GlobalSettings {
    let manifest: String?
    let now: Timestamp?
    let color: ColorChoice
    let isQuiet: Bool
    let isVerbose: Bool

    /// The manifest's path.
    var manifestPath: String {
        manifest ?? getenv("DANECTL_MANIFEST").map { String(cString: $0) } ?? "danectl.yaml"
    }

    /// The time to act at: `--now`, or the clock's.
    var time: Timestamp { now ?? Self.clock }

    /// The clock's time.
    private static var clock: Timestamp {
        var value = timespec()
        clock_gettime(CLOCK_REALTIME, &value)
        return Timestamp(rawValue: Int64(value.tv_sec))
    }

    /// Where talk goes.
    var talk: Talk { Talk(color: color, isQuiet: isQuiet, isVerbose: isVerbose) }
}
