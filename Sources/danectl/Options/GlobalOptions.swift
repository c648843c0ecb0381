import ArgumentParser
import DANE
import DNSModel
import Glibc

/// What every subcommand understands.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The manifest (default: $DANECTL_MANIFEST, else ./danectl.yaml).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var manifest: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Act as if it were this time: RFC 3339, seconds since 1970, or YYYYMMDDHHMMSS.", valueName: "time"))
    var now: TimeArgument?

    @Option(name: .long, help: "When to use colors.")
    var color: ColorChoice = .auto

    @Flag(name: [.customShort("q"), .long], help: "Say only what is an error.")
    var quiet = false

    @Flag(name: [.customShort("v"), .long], help: "Say more: every finding's rule and the notes.")
    var verbose = false

    /// What was given.
    var settings: GlobalSettings {
        GlobalSettings(manifest: manifest, now: now?.time, color: color, isQuiet: quiet, isVerbose: verbose)
    }

    /// The time to act at: `--now`, or the clock's.
    var time: Timestamp { settings.time }

    /// Where talk goes.
    var talk: Talk { settings.talk }
}

/// When to use colors.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// A time on the command line.
struct TimeArgument: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        guard let time = Timestamp(text: argument) else { return nil }
        self.time = time
    }
}

/// A domain name on the command line; the final dot may be left out.
struct NameArgument: ExpressibleByArgument {
    let name: DomainName

    init?(argument: String) {
        let text = argument.utf8.allSatisfy { $0 < 0x80 } ? argument : IDNA.asciiForm(argument)
        guard let name = try? DomainName(text) else { return nil }
        self.name = name
    }
}

/// The worker threads of one run.
struct ThreadOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Worker threads (default: one per processor).", valueName: "n"))
    var threads: Int?

    func validate() throws { try Workers.validate(threads: threads) }

    /// The workers to use.
    var workers: Workers { Workers(threads: threads) }
}

extension Workers {
    /// Refuses a number of threads that makes no sense.
    static func validate(threads: Int?) throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads takes a number from 1 to 1024")
        }
    }

    /// So many threads, or one per processor.
    init(threads: Int?) { self.init(threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
