import Foundation
import Testing

@Suite("Live files and reload commands, through the command line")
struct DeploymentTests {
    private static let renewal = "2026-11-22T12:00:00Z"
    private static let deployment = "2026-11-22T18:00:00Z"

    /// A folder whose staged certificate may go live at ``deployment``.
    private func ready(
        reload: String = "", live: String = "live.pem", arrange: (RolloverFolder) throws -> Void = { _ in }
    ) throws -> RolloverFolder {
        let work = try RolloverFolder(reload: reload, live: live, arrange: arrange)
        try work.selfSign("staged", key: "staged.key")
        let published = try work.danectl("apply", "--now", Self.renewal)
        try #require(published.status == 0, "\(published.errors)")
        return work
    }

    // MARK: Reload commands

    @Test("A reload that ignores TERM is killed with all that it started")
    func stubborn() throws {
        let work = try ready(
            reload: "    reload: [sh, -c, \"trap '' TERM; sleep 50 & echo $! $$ > pids; wait; sleep 50\"]")
        let result = try work.danectl("apply", "--now", Self.deployment)
        #expect(result.status == 1 && result.errors.contains("was killed"), "\(result.errors)")
        let processes = try work.folder.read("pids").split { $0 == " " || $0 == "\n" }.compactMap { pid_t($0) }
        #expect(processes.count == 2)
        for process in processes {
            // Whoever adopted it may not have buried it yet.
            let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            #expect(state.isEmpty || state.contains(") Z "), "\(state)")
        }
    }

    @Test("A reload command gets no signals that danectl's parent ignores")
    func inheritedSignals() throws {
        let work = try ready(reload: "    reload: [sh, -c, 'kill -TERM $$; echo deaf > deaf']")
        let result = try Shell.run(
            "sh", ["-c", "trap '' TERM; exec \"$0\" apply --now \"$1\"", Shell.danectl, Self.deployment],
            in: work.folder.path)
        #expect(result.status == 1 && result.errors.contains("was ended by signal 15"), "\(result.errors)")
        #expect(!work.folder.exists("deaf"))
    }

    // MARK: Links

    /// As ACME clients lay their files out: what is live is a link into an archive.
    private func linked(_ work: RolloverFolder) throws {
        for command in [
            "mkdir archive", "mv live.pem archive/one.pem", "ln -s archive/one.pem live.pem",
        ] {
            #expect(try Shell.run("sh", ["-c", command], in: work.folder.path).status == 0)
        }
    }

    private func link(_ work: RolloverFolder) throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "\(work.folder.path)/live.pem")
    }

    @Test("A live file that is a link is led elsewhere; what it led to is left alone")
    func liveLink() throws {
        let work = try ready(arrange: linked)
        let archived = try work.folder.read("archive/one.pem")
        #expect(try work.danectl("apply", "--now", Self.deployment).status == 0)
        #expect(try work.folder.read("archive/one.pem") == archived)
        let first = try link(work)
        #expect(first.hasPrefix("live.pem.danectl-"))
        #expect(try work.folder.read("live.pem").contains(try work.folder.read("staged.crt")))
        // The next ones: no more than two files of ours stay.
        for day in 23...25 {
            try work.selfSign("staged", key: "staged\(day).key")
            try work.folder.write(try work.folder.read("staged\(day).key"), to: "staged.key")
            for hour in ["01", "08", "09"] {
                let result = try work.danectl("apply", "--now", "2026-11-\(day)T\(hour):00:00Z")
                #expect(result.status == 0, "\(result.errors)")
            }
            #expect(try work.folder.read("live.pem").contains(try work.folder.read("staged.crt")))
        }
        #expect(try work.folder.files().count { $0.hasPrefix("live.pem.danectl-") } == 2)
        #expect(try work.folder.files().allSatisfy { !$0.hasPrefix(".live") })
    }

    @Test("When the reload fails, the link leads where it led before")
    func linkPutBack() throws {
        let work = try ready(reload: "    reload: ['false']", arrange: linked)
        #expect(try work.danectl("apply", "--now", Self.deployment).status == 1)
        #expect(try link(work) == "archive/one.pem")
    }

    // MARK: Chain and key apart

    private static let apart = "{ chain: live.crt, key: live.key }"

    /// Whether the live chain is the staged one, and the live key the staged one.
    private func isNew(_ work: RolloverFolder) throws -> (chain: Bool, key: Bool) {
        (
            try work.folder.read("live.crt").contains(try work.folder.read("staged.crt")),
            try work.folder.read("live.key") == work.folder.read("staged.key")
        )
    }

    @Test("Killed between key and chain: the next run brings them together", arguments: ["kill", "half"])
    func killedBetween(mode: String) throws {
        let work = try ready(live: Self.apart)
        var mixtures = 0
        try work.applyKilledAtEachStep(at: Self.deployment, mode: mode) { step in
            let killed = try isNew(work)
            if killed.chain != killed.key { mixtures += 1 }
            let resumed = try work.danectl("apply", "--now", Self.deployment)
            #expect(resumed.status == 0, "\(step): \(resumed.errors)")
            #expect(try isNew(work) == (true, true), "\(step)")
            #expect(try work.folder.files().allSatisfy { !$0.contains(".danectl-") }, "\(step)")
        }
        // One rename stands between the two states, and nothing else.
        #expect(mixtures == 1)
    }

    @Test("A disk that fills between key and chain: both are the old ones")
    func fullBetween() throws {
        let library = try WholeFileTests.saboteur.get()
        let work = try ready(live: Self.apart)
        let before = try work.snapshot()
        var successes = 0
        var step = 0
        while successes < 8, step < 300 {
            step += 1
            let result = try work.danectl(
                "apply", "--now", Self.deployment,
                environment: ["LD_PRELOAD": library, "SABOTEUR_STEP": "\(step)", "SABOTEUR_MODE": "full"])
            successes = result.status == 0 ? successes + 1 : 0
            let files = try isNew(work)
            #expect(files.chain == files.key, "step \(step): \(result.errors)")
            #expect(try work.danectl("apply", "--now", Self.deployment).status == 0)
            #expect(try isNew(work) == (true, true), "step \(step)")
            try work.restore(before)
        }
        #expect(step > 10 && step < 300)
    }

    @Test("When the reload fails, chain and key are both put back")
    func bothPutBack() throws {
        let work = try ready(reload: "    reload: ['false']", live: Self.apart)
        #expect(try work.danectl("apply", "--now", Self.deployment).status == 1)
        #expect(try isNew(work) == (false, false))
    }

    @Test("When the reload fails, the old certificate is loaded again; failing that, the next run does it")
    func reloadsOld() throws {
        let work = try ready(
            reload: "    reload: [sh, -c, 'cksum < live.pem >> loads; test -e fine']")
        let failed = try work.danectl("apply", "--now", Self.deployment)
        #expect(failed.status == 1 && failed.errors.contains("did not load that either"), "\(failed.errors)")
        var loads = try work.folder.read("loads").split(separator: "\n")
        #expect(loads.count == 2 && loads[0] != loads[1])
        // The operator gives it up: servers are still owed the old one, and both records stay until they have it.
        #expect(try work.danectl("abort", "main", "--now", Self.deployment).status == 0)
        #expect(try work.danectl("apply", "--now", Self.deployment).status == 1)
        #expect(try work.records().count == 2)
        try work.folder.write("", to: "fine")
        let loaded = try work.danectl("apply", "--now", Self.deployment)
        #expect(loaded.status == 0 && loaded.errors.contains("loaded again"), "\(loaded.errors)")
        loads = try work.folder.read("loads").split(separator: "\n")
        #expect(loads.last == loads[1])
        #expect(try work.danectl("apply", "--now", "2026-11-23T18:00:00Z").status == 0)
        #expect(try work.records().count == 1)
    }

    @Test("When only the new certificate cannot be loaded, servers have the old one at the end of the run")
    func loadsOld() throws {
        let work = try ready(
            reload: "    reload: [sh, -c, 'cksum < live.pem >> loads; test $(wc -l < loads) -gt 1']")
        let failed = try work.danectl("apply", "--now", Self.deployment)
        #expect(failed.status == 1 && failed.errors.contains("and they have loaded it"), "\(failed.errors)")
        #expect(try work.folder.read("loads").split(separator: "\n").count == 2)
        #expect(try work.records().count == 2)
    }

    // MARK: Emergencies

    @Test("After an emergency no abort brings the compromised key back, nor does staging it again")
    func emergency() throws {
        let work = try ready()
        let old = try (chain: work.folder.read("live.crt"), key: work.folder.read("live.key"))
        let declared = try work.danectl("rollover", "tlsa", "main", "--emergency", "--now", Self.renewal)
        #expect(declared.status == 0, "\(declared.errors)")
        let held = try work.danectl("abort", "main", "--now", Self.renewal)
        #expect(held.status == 1 && held.errors.contains("[rollover/compromised-key]"), "\(held.errors)")
        #expect(try work.danectl("apply", "--now", Self.deployment).status == 0)
        #expect(try work.folder.read("live.pem").contains(try work.folder.read("staged.crt")))
        let refused = try work.danectl("abort", "main", "--now", Self.deployment)
        #expect(refused.status == 1 && refused.errors.contains("known to others"), "\(refused.errors)")
        try work.folder.write(old.chain, to: "staged.crt")
        try work.folder.write(old.key, to: "staged.key")
        let again = try work.danectl("apply", "--now", "2026-11-23T12:00:00Z")
        #expect(again.status == 65 && again.errors.contains("[rollover/compromised-key]"), "\(again.errors)")
        #expect(try !work.folder.read("live.pem").contains(old.chain))
        #expect(try work.records().count == 1)
    }

    // MARK: Check

    @Test("Check names the field and the file of a live certificate that is not there")
    func missingLive() throws {
        let work = try RolloverFolder(prepared: false)
        try FileManager.default.removeItem(atPath: "\(work.folder.path)/live.pem")
        let result = try work.danectl("check", "--now", RolloverFolder.start)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("danectl.yaml:6:11: warning: certificate 'main': 'live' names live.pem"))
        #expect(result.errors.contains("[cert/live-missing]"))
    }

    @Test("Check lints services and certificates, staged ones too")
    func checkedCertificates() throws {
        let work = try RolloverFolder()
        #expect(try work.danectl("check", "--now", RolloverFolder.start).status == 0)
        try work.selfSign("staged", key: "staged.key", names: ["elsewhere.test"])
        try work.folder.write(
            try work.folder.read("example.zone") + "\n_5269._tcp TLSA 3 1 1 \(String(repeating: "ab", count: 32))\n",
            to: "example.zone")
        let result = try work.danectl("check", "--now", "2027-06-01T00:00:00Z")
        #expect(result.status == 1)
        for rule in ["cert/missing-dns-id", "cert/expired", "dane/tlsa-at-service-domain"] {
            #expect(result.errors.contains("[\(rule)]"), "\(rule): \(result.errors)")
        }
        #expect(result.errors.contains("live.pem") && result.errors.contains("staged.crt"))
        // Looking changes nothing.
        #expect(try !work.folder.read("signed/example.zone").contains("ababab"))
    }
}
