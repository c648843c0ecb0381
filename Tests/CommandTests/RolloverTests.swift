import Foundation
import Testing

/// A manifest with one zone and one certificate, driven through the command line.
final class RolloverFolder {
    let folder: TemporaryFolder
    static let start = "2026-11-21T12:00:00Z"

    private let live: String

    /// - Parameter live: What the manifest says of the live files; the certificate is in `live.pem`, or where `arrange`
    ///   puts it.
    init(
        reload: String = "", live: String = "live.pem", prepared: Bool = true,
        arrange: (RolloverFolder) throws -> Void = { _ in }
    ) throws {
        folder = try TemporaryFolder()
        self.live = live
        try folder.write(
            """
            $TTL 300
            @ SOA ns1 hostmaster 7 7200 3600 604800 300
            @ NS ns1
            ns1 A 192.0.2.1
            xmpp A 192.0.2.2
            _xmpp-server._tcp SRV 5 0 5269 xmpp
            """, to: "example.zone")
        try manifest(reload: reload)
        try selfSign("live", key: "live.key")
        try join("live")
        try arrange(self)
        guard prepared else { return }
        let first = try danectl("apply", "--now", Self.start)
        try #require(first.status == 0, "\(first.errors)")
    }

    func manifest(reload: String) throws {
        try folder.write(
            """
            version: 1
            zones:
              example: { source: example.zone, output: signed/example.zone }
            certificates:
              main:
                live: \(live)
                staged: { chain: staged.crt, key: staged.key }
                tlsa: 3 1 1
                rollover: two-phase
                reload-timeout: 1s
            \(reload)
            services:
              - { xmpp: example, certificate: main }
            """, to: "danectl.yaml")
    }

    func danectl(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandResult {
        try Shell.run(Shell.danectl, arguments, in: folder.path, environment: environment)
    }

    func selfSign(_ name: String, key: String, names: [String] = ["example", "xmpp.example"], validity: String = "90d")
        throws
    {
        let result = try Shell.run(
            Shell.danectl,
            ["cert", "self-sign", "--key", key, "-o", "\(name).crt", "--validity", validity, "--now", Self.start]
                + names.flatMap { ["--dns", $0] }, in: folder.path)
        try #require(result.status == 0, "\(result.errors)")
    }

    /// Chain and key in one file, as the live one is.
    func join(_ name: String) throws {
        try folder.write(try folder.read("\(name).crt") + folder.read("\(name).key"), to: "\(name).pem")
    }

    /// The TLSA records of the signed zone.
    func records() throws -> [String] {
        try folder.read("signed/example.zone").split(separator: "\n").map(String.init)
            .filter { $0.contains("\tTLSA\t") }.sorted()
    }

    /// A copy of everything, to come back to.
    func snapshot() throws -> String {
        let copy = folder.path + ".copy"
        _ = try Shell.run("rm", ["-rf", copy], in: "/")
        #expect(try Shell.run("cp", ["-a", folder.path, copy], in: "/").status == 0)
        return copy
    }

    func restore(_ copy: String) throws {
        #expect(
            try Shell.run("sh", ["-c", "rm -rf \"$1\" && cp -a \"$0\" \"$1\"", copy, folder.path], in: "/").status == 0)
    }

    /// Runs `apply` from the same beginning again and again: killed at its first step, at its second, and so on until it
    /// comes to its end. `body` looks at what each run has left.
    func applyKilledAtEachStep(at time: String, mode: String = "kill", _ body: (_ step: String) throws -> Void) throws {
        let library = try WholeFileTests.saboteur.get()
        let before = try snapshot()
        var step = 0
        var status: Int32 = -1
        while status != 0, step < 300 {
            if step > 0 { try restore(before) }
            step += 1
            status = try danectl(
                "apply", "--now", time,
                environment: ["LD_PRELOAD": library, "SABOTEUR_STEP": "\(step)", "SABOTEUR_MODE": mode]
            ).status
            #expect(status == 0 || status == 128 + SIGKILL)
            try body("step \(step)")
        }
        #expect(step > 10 && step < 300)
    }
}

@Suite("Certificates that go from key to key, through the command line")
struct RolloverTests {
    private static let library = WholeFileTests.saboteur
    private static let renewal = "2026-11-22T12:00:00Z"
    private static let deployment = "2026-11-22T18:00:00Z"

    @Test("Two phases: published, held back with the time to come back, deployed, tidied up")
    func twoPhases() throws {
        let work = try RolloverFolder()
        try work.selfSign("staged", key: "staged.key")
        let early = try work.danectl("deploy", "main", "--now", Self.renewal)
        #expect(early.status == 75 && early.output.hasPrefix("2026-11-22T1"), "\(early.errors)")
        #expect(try work.records().count == 2)
        #expect(try work.danectl("gate", "main", "--now", Self.renewal).status == 75)
        #expect(try work.danectl("gate", "main", "--now", Self.deployment).status == 0)
        #expect(try work.danectl("plan", "--exit-code", "--now", Self.deployment).status == 2)
        #expect(try work.danectl("apply", "--now", Self.deployment).status == 0)
        #expect(try work.folder.read("live.pem").contains(try work.folder.read("staged.crt")))
        #expect(try work.danectl("apply", "--now", "2026-11-22T19:00:00Z").status == 0)
        #expect(try work.records().count == 1)
        #expect(try work.danectl("plan", "--exit-code", "--now", "2026-11-22T19:00:01Z").status == 0)
        #expect(try work.danectl("status", "--format", "nagios", "--now", "2026-11-22T19:00:01Z").status == 0)
        let verified = try work.danectl("verify", "signed/example.zone", "--at", "2026-11-22T19:00:01Z")
        #expect(verified.status == 0)
    }

    @Test("A run killed at any step is finished by the next", arguments: ["kill", "half"])
    func killed(mode: String) throws {
        let work = try RolloverFolder()
        try work.selfSign("staged", key: "staged.key")
        for time in [Self.renewal, Self.deployment] {
            let old = try work.folder.read("live.pem")
            try work.applyKilledAtEachStep(at: time, mode: mode) { step in
                // Whatever is live is whole, and DNS still names its key.
                let live = try work.folder.read("live.pem")
                let staged = try work.folder.read("staged.crt")
                #expect(live == old || live.contains(staged), "\(step)")
                let resumed = try work.danectl("apply", "--now", time)
                #expect(resumed.status == 0, "\(step): \(resumed.errors)")
                #expect(try work.records().count == 2, "\(step)")
                #expect(try work.danectl("verify", "signed/example.zone", "--at", time).status == 0)
                if time == Self.deployment {
                    #expect(try work.folder.read("live.pem").contains(staged), "\(step)")
                }
            }
        }
    }

    @Test("A run that is killed while a POSH document changes is finished by the next, and the document names both")
    func killedWithDocument() throws {
        let work = try RolloverFolder(reload: "    posh: { document: posh.json, expires: 6h }")
        try work.selfSign("staged", key: "staged.key")
        let old = try work.folder.read("posh.json")
        try work.applyKilledAtEachStep(at: Self.renewal) { step in
            let text = try work.folder.read("posh.json")
            #expect(text == old || text.components(separatedBy: "sha-256").count == 3, "\(step): \(text)")
            #expect(try work.danectl("apply", "--now", Self.renewal).status == 0, "\(step)")
            #expect(try work.folder.read("posh.json").components(separatedBy: "sha-256").count == 3, "\(step)")
            // Whatever happened, nobody goes on sooner than clients forget.
            let gate = try work.danectl("gate", "main", "--now", "2026-11-22T17:59:59Z")
            #expect(gate.status == 75, "\(step)")
            #expect(try work.danectl("gate", "main", "--now", "2026-11-22T18:01:02Z").status == 0, "\(step)")
        }
    }

    @Test("A disk that fills at any step: a clear error, nothing lost, and the next run carries on")
    func full() throws {
        let library = try Self.library.get()
        let work = try RolloverFolder()
        try work.selfSign("staged", key: "staged.key")
        for time in [Self.renewal, Self.deployment] {
            let before = try work.snapshot()
            let old = try work.folder.read("live.pem")
            var step = 0
            // Some steps, such as bringing a folder to the disk, may fail unharmed: the end is where many in a row do.
            var successes = 0
            while successes < 8, step < 300 {
                if step > 0 { try work.restore(before) }
                step += 1
                let result = try work.danectl(
                    "apply", "--now", time,
                    environment: ["LD_PRELOAD": library, "SABOTEUR_STEP": "\(step)", "SABOTEUR_MODE": "full"])
                let status = result.status
                successes = status == 0 ? successes + 1 : 0
                let isClear = result.errors.lowercased().contains("no space left")
                #expect(status == 0 || (status == 73 && isClear), "step \(step): \(result)")
                let live = try work.folder.read("live.pem")
                let staged = try work.folder.read("staged.crt")
                #expect(live == old || live.contains(staged), "step \(step)")
                let resumed = try work.danectl("apply", "--now", time)
                #expect(resumed.status == 0, "step \(step): \(resumed.errors)")
                #expect(try work.records().count == 2, "step \(step)")
            }
            #expect(step > 10 && step < 300)
        }
    }

    @Test("Bad certificates are named, and nothing is published or lost", arguments: BadCertificate.allCases)
    fileprivate func badCertificate(_ kind: BadCertificate) throws {
        let work = try RolloverFolder()
        let zone = try work.folder.read("signed/example.zone")
        let live = try work.folder.read("live.pem")
        try kind.stage(in: work)
        for command in ["apply", "deploy"] {
            let result = try Shell.run(
                Shell.danectl, [command] + (command == "deploy" ? ["main"] : []) + ["--now", Self.renewal],
                in: work.folder.path)
            #expect(result.status == 65, "\(result.errors)")
            #expect(result.errors.contains("[\(kind.rule)]") && result.errors.contains("staged."), "\(result.errors)")
        }
        #expect(try work.danectl("gate", "main", "--now", Self.renewal).status == 1)
        #expect(try work.folder.read("signed/example.zone") == zone)
        #expect(try work.folder.read("live.pem") == live)
        try work.selfSign("staged", key: "good.key")
        try work.folder.write(try work.folder.read("good.key"), to: "staged.key")
        #expect(try work.danectl("apply", "--now", Self.renewal).status == 0)
        #expect(try work.records().count == 2)
    }

    @Test(
        "A reload that fails or hangs: the old certificate is put back, and DNS names both keys",
        arguments: ["['false']", "[sleep, '60']"])
    func failingReload(command: String) throws {
        let work = try RolloverFolder(reload: "    reload: \(command)")
        let old = try work.folder.read("live.pem")
        try work.selfSign("staged", key: "staged.key")
        #expect(try work.danectl("apply", "--now", Self.renewal).status == 0)
        for time in [Self.deployment, "2026-11-22T20:00:00Z", "2026-11-23T20:00:00Z"] {
            let result = try work.danectl("apply", "--now", time)
            #expect(result.status == 1 && result.errors.contains("[hook/failed]"), "\(result.errors)")
            #expect(try work.folder.read("live.pem") == old)
            #expect(try work.records().count == 2)
        }
        try work.manifest(reload: "    reload: ['true']")
        #expect(try work.danectl("apply", "--now", "2026-11-23T22:00:00Z").status == 0)
        #expect(try work.folder.read("live.pem") != old)
    }

    @Test(
        "Hooks for every client are scripts that the shell understands",
        arguments: ["certbot", "lego", "acme.sh", "dehydrated"])
    func hooks(client: String) throws {
        let work = try RolloverFolder(prepared: false)
        let hook = try work.danectl("hooks", client)
        #expect(hook.status == 0)
        #expect(try Shell.run("sh", ["-n"], in: work.folder.path, input: hook.output).status == 0)
    }

    @Test("Records from a chain in PEM, DER, a key and a request are the same")
    func tlsaInputs() throws {
        let work = try RolloverFolder(prepared: false)
        _ = try Shell.run(
            "openssl", ["x509", "-in", "live.crt", "-outform", "DER", "-out", "live.der"], in: work.folder.path)
        _ = try Shell.run(
            "openssl",
            [
                "pkcs12", "-export", "-in", "live.crt", "-inkey", "live.key", "-out", "live.p12", "-passout",
                "pass:secret",
            ],
            in: work.folder.path)
        try work.folder.write("secret\n", to: "passphrase")
        let request = try work.danectl("cert", "request", "--key", "live.key", "--dns", "example")
        try work.folder.write(request.output, to: "live.csr")
        let service = ["--for", "_5269._tcp.xmpp.example"]
        let wanted = try Shell.run(Shell.danectl, ["tlsa", "live.crt"] + service, in: work.folder.path).output
        #expect(wanted.hasPrefix("_5269._tcp.xmpp.example. IN TLSA 3 1 1 "))
        for file in ["live.der", "live.key", "live.csr", "live.pem"] {
            #expect(
                try Shell.run(Shell.danectl, ["tlsa", file] + service, in: work.folder.path).output == wanted, "\(file)"
            )
        }
        let opened = try Shell.run(
            Shell.danectl, ["tlsa", "live.p12", "--passphrase-file", "passphrase"] + service, in: work.folder.path)
        #expect(opened.output == wanted, "\(opened.errors)")
        #expect(try Shell.run(Shell.danectl, ["tlsa", "live.p12"] + service, in: work.folder.path).status == 65)
    }
}

/// Ways in which a staged certificate is no good.
private enum BadCertificate: String, CaseIterable, Sendable {
    case anotherKey, expired, anotherName, wrongOrder, brokenKey, noKey

    /// The rule that says so.
    var rule: String {
        switch self {
        case .anotherKey: "cert/key-mismatch"
        case .expired: "cert/expired"
        case .anotherName: "cert/missing-dns-id"
        case .wrongOrder: "cert/chain-order"
        case .brokenKey: "cert/unreadable"
        case .noKey: "cert/no-key"
        }
    }

    func stage(in work: RolloverFolder) throws {
        switch self {
        case .anotherKey:
            try work.selfSign("staged", key: "one.key")
            try work.selfSign("two", key: "staged.key")
        case .expired: try work.selfSign("staged", key: "staged.key", validity: "2h")
        case .anotherName: try work.selfSign("staged", key: "staged.key", names: ["elsewhere.test"])
        case .wrongOrder:
            let commands = [
                [
                    "cert", "self-sign", "--authority", "--key", "ca.key", "--common-name", "CA", "-o", "ca.crt",
                    "--now", RolloverFolder.start,
                ],
                [
                    "cert", "issue", "staged.csr", "--ca", "ca.crt", "--ca-key", "ca.key", "-o", "good.crt", "--now",
                    RolloverFolder.start,
                ],
            ]
            try work.selfSign("any", key: "staged.key")
            let request = try work.danectl(
                "cert", "request", "--key", "staged.key", "--dns", "example", "--dns", "xmpp.example")
            try work.folder.write(request.output, to: "staged.csr")
            for command in commands {
                let result = try Shell.run(Shell.danectl, command, in: work.folder.path)
                try #require(result.status == 0, "\(result.errors)")
            }
            let good = try work.folder.read("good.crt")
            let authority = try work.folder.read("ca.crt")
            try work.folder.write(authority + good.replacingOccurrences(of: authority, with: ""), to: "staged.crt")
        case .brokenKey:
            try work.selfSign("staged", key: "staged.key")
            try work.folder.write("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", to: "staged.key")
        case .noKey: try work.selfSign("staged", key: "other.key")
        }
    }
}
