import Glibc

/// Says what is being done when it takes longer than a second, on a terminal.
struct Progress {
    private let isShown: Bool
    private let start: timespec

    init(_ talk: Talk) {
        isShown = !talk.isQuiet && isatty(STDERR_FILENO) == 1
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        start = now
    }

    /// Says what begins now.
    func say(_ step: String) {
        guard isShown else { return }
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        if now.tv_sec - start.tv_sec >= 1 { Talk.emit("  \(step)…") }
    }
}
