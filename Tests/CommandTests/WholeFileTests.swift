import Foundation
import Testing

/// Whatever stops a run, the published zone is the old one or the new one, whole.
@Suite("Replacing the signed zone")
struct WholeFileTests {
    static let zone = """
        $TTL 300
        @ SOA ns1 hostmaster 7 7200 3600 604800 300
        @ NS ns1
        ns1 A 192.0.2.1
        """

    /// The present of these tests, for keys and signatures alike.
    static let now = "2026-11-21T12:00:00Z"

    /// The saboteur, compiled once for all tests of this suite.
    static let saboteur: Result<String, any Error> = Result {
        let library = NSTemporaryDirectory() + "danectl-saboteur-\(ProcessInfo.processInfo.processIdentifier).so"
        let source = "\(Shell.repository)/Tests/Fixtures/saboteur.c"
        let result = try Shell.run(
            "clang", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], in: "/")
        try #require(result.status == 0, "\(result.errors)")
        return library
    }

    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(Self.zone, to: "zone")
        let made = try Shell.danectl("keygen", "example", "--keys", "keys", "-q", "--now", Self.now, in: folder)
        #expect(made.status == 0, "\(made.errors)")
        return folder
    }

    private func sign(
        _ folder: TemporaryFolder, environment: [String: String] = [:]
    ) throws -> CommandResult {
        try Shell.danectl(
            "sign", "--zone-file", "zone", "--origin", "example", "--keys", "keys", "--output", "signed",
            "--now", Self.now, in: folder, environment: environment)
    }

    /// What the folder holds beside what it should.
    private func leftovers(_ folder: TemporaryFolder) throws -> [String] {
        try folder.files().filter { !["keys", "signed", "zone"].contains($0) }
    }

    @Test("A process killed at any step of writing leaves the old file or the new one", arguments: ["kill", "half"])
    func killed(mode: String) throws {
        let folder = try prepare()
        #expect(try sign(folder).status == 0)
        let old = try folder.read("signed")
        try folder.write(Self.zone + "\nnew A 192.0.2.2\n", to: "zone")
        let library = try Self.saboteur.get()
        var steps = 0
        var sawOld = 0
        for step in 1...100 {
            steps = step
            let result = try sign(
                folder,
                environment: ["LD_PRELOAD": library, "SABOTEUR_STEP": "\(step)", "SABOTEUR_MODE": mode])
            if result.status == 0 { break }
            #expect(result.status == 128 + SIGKILL, "step \(step): \(result.errors)")
            let now = try folder.read("signed")
            if now == old {
                sawOld += 1
            } else {
                let verified = try Shell.danectl("verify", "signed", "--at", "2026-11-21T12:00:00Z", in: folder)
                #expect(verified.status == 0, "step \(step): \(verified.errors)")
                #expect(now.contains("new.example."))
                // Begin again from the old file.
                try folder.write(old, to: "signed")
            }
        }
        #expect(steps > 4 && steps < 100 && sawOld > 3)
        #expect(try leftovers(folder) == [])
        #expect(try folder.read("signed").contains("new.example."))
    }

    @Test("A disk that fills at any step is a clear error, and the old file stays")
    func full() throws {
        let folder = try prepare()
        #expect(try sign(folder).status == 0)
        let old = try folder.read("signed")
        try folder.write(Self.zone + "\nnew A 192.0.2.2\n", to: "zone")
        let library = try Self.saboteur.get()
        for step in 1...100 {
            let result = try sign(
                folder,
                environment: ["LD_PRELOAD": library, "SABOTEUR_STEP": "\(step)", "SABOTEUR_MODE": "full"])
            if result.status == 0 { break }
            #expect(result.status == 73, "step \(step): \(result.errors)")
            #expect(result.errors.contains("no space left on device"))
            #expect(try folder.read("signed") == old)
            #expect(step < 100)
        }
    }

    @Test("Two runs at once: one signs, the other says so and leaves everything alone")
    func twoAtOnce() throws {
        let folder = try prepare()
        // A lock held by another process: this one, for a moment.
        let descriptor = open("\(folder.path)/.signed.lock", O_RDWR | O_CREAT, 0o600)
        #expect(flock(descriptor, LOCK_EX) == 0)
        let refused = try sign(folder)
        #expect(refused.status == 75)
        #expect(refused.errors.contains("[file/locked]"))
        #expect(!folder.exists("signed"))
        close(descriptor)
        // The lock file that is left behind by a killed process locks nobody out.
        #expect(try sign(folder).status == 0)
    }

    @Test("Nothing changed and nothing due: nothing is written and the serial stays")
    func unchanged() throws {
        let folder = try prepare()
        #expect(try sign(folder).status == 0)
        let path = "\(folder.path)/signed"
        let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
        let text = try folder.read("signed")
        #expect(try sign(folder).status == 0)
        #expect(try folder.read("signed") == text)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
    }
}
