import ArgumentParser
import DNSModel
import DNSSEC
import Diagnostics
import Workspace

/// What `danectl sign` was asked for, and doing it.
struct SignRequest {
    /// Zones of the manifest; all when empty.
    let zones: [DomainName]
    let file: ZoneFileSigning
    let threads: Int?
    let noVerify: Bool
    let verifyAll: Bool
    let global: GlobalSettings

    /// Refuses what excludes each other.
    func validate() throws {
        try file.validate()
        if file.zoneFile != nil, !zones.isEmpty {
            throw ValidationError("'--zone-file' signs one file without a manifest; name no zones beside it")
        }
        if file.zoneFile == nil, let option = file.firstGiven {
            throw ValidationError("'\(option)' goes with '--zone-file'; with a manifest, the policy says it")
        }
        if noVerify, verifyAll { throw ValidationError("'--no-verify' and '--verify-all' exclude each other") }
    }

    func run() throws {
        let workers = Workers(threads: threads)
        let verification: SigningJob.Verification = noVerify ? .none : verifyAll ? .full : .automatic
        try global.finishing {
            if let zoneFile = file.zoneFile {
                let job = try file.job(
                    zoneFile, now: global.time, verification: verification, workers: workers, global.talk)
                report(try job.run(progress: Progress(global.talk).say))
                return
            }
            let workspace = try ManifestWorkspace.open(global)
            var worst: Failure.Kind?
            for zone in try workspace.zones(named: zones) {
                do throws(Failure) {
                    report(
                        try workspace.sign(
                            zone, now: global.time, verification: verification, workers: workers,
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
        if let value = result.value, !global.isQuiet { global.talk.say(SigningText.summary(value, now: global.time)) }
    }
}
