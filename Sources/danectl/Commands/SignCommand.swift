import ArgumentParser
import DNSModel
import DNSSEC
import Diagnostics
import Workspace

/// `danectl sign`: signs what the manifest names, or one zone file.
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign zones: those of the manifest, or one zone file.",
        discussion: """
            With a manifest, signs the zones named, or all of them. A zone whose records have not changed and whose \
            signatures are not due is left alone, serial included. Keys that the policy asks for are made when a zone is \
            signed for the first time.

            Without a manifest:

              danectl keygen example.org --keys keys
              danectl sign --zone-file example.org.zone --origin example.org --keys keys

            The output is verified before it replaces the previous one, and replaced as a whole: whatever fails, the \
            previous output stays as it was.
            """)

    @Argument(help: "Zones of the manifest (default: all).")
    var zones: [NameArgument] = []

    @OptionGroup(title: "Without a manifest") var file: ZoneFileSigningOptions
    @OptionGroup var threads: ThreadOptions

    @Flag(name: .long, help: "Do not verify before the output is replaced.")
    var noVerify = false

    @Flag(name: .long, help: "Verify every signature, however large the zone.")
    var verifyAll = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func validate() throws {
        if file.zoneFile != nil, !zones.isEmpty {
            throw ValidationError("'--zone-file' signs one file without a manifest; name no zones beside it")
        }
        if file.zoneFile == nil, let option = file.firstGiven {
            throw ValidationError("'\(option)' goes with '--zone-file'; with a manifest, the policy says it")
        }
        if noVerify, verifyAll { throw ValidationError("'--no-verify' and '--verify-all' exclude each other") }
    }

    func run() throws {
        let verification: SigningJob.Verification = noVerify ? .none : verifyAll ? .full : .automatic
        try finishing(global) {
            if let zoneFile = file.zoneFile {
                let job = try file.job(
                    zoneFile, now: global.time, verification: verification, workers: threads.workers, global)
                report(try job.run(progress: Progress(global.talk).say))
                return
            }
            let workspace = try ManifestWorkspace.open(global)
            var worst: Failure.Kind?
            for zone in try workspace.zones(named: zones.map(\.name)) {
                do throws(Failure) {
                    report(
                        try workspace.sign(
                            zone, now: global.time, verification: verification, workers: threads.workers,
                            progress: Progress(global.talk).say))
                } catch {
                    // One zone's trouble does not keep the others from being signed.
                    global.talk.report(error.diagnostics)
                    worst = worst ?? error.kind
                }
            }
            if let worst { throw ExitCode(worst.rawValue) }
        }
    }

    private func report(_ result: Diagnosed<SigningResult>) {
        global.talk.report(result.diagnostics)
        if let value = result.value, !global.quiet { global.talk.say(SigningText.summary(value, now: global.time)) }
    }
}
