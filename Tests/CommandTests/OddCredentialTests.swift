import Foundation
import Testing

/// Certificates and keys in the forms in which people have them, and what is none.
@Suite("Odd certificates and keys")
struct OddCredentialTests {
    private func tlsa(
        _ arguments: [String], for name: String = "_443._tcp.a.example", in folder: TemporaryFolder
    ) throws -> CommandResult {
        try Shell.run(Shell.danectl, ["tlsa", "--for", name] + arguments, in: folder.path)
    }

    /// A certificate and its key, `c.crt` and `c.key`.
    private func prepared() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let made = try Shell.danectl(
            "cert", "self-sign", "--key", "c.key", "-o", "c.crt", "--dns", "a.example", in: folder)
        try #require(made.status == 0, "\(made.errors)")
        return folder
    }

    @Test("PKCS #12 as OpenSSL makes it now and as others have made it for decades", arguments: [[], ["-legacy"]])
    func pkcs12(options: [String]) throws {
        let folder = try prepared()
        let made = try Shell.run(
            "openssl",
            ["pkcs12", "-export", "-in", "c.crt", "-inkey", "c.key", "-out", "c.p12", "-passout", "pass:secret"]
                + options, in: folder.path)
        try #require(made.status == 0, "\(made.errors)")
        try folder.write("secret\n", to: "right")
        try folder.write("wrong\n", to: "wrong")
        let expected = try tlsa(["c.crt"], in: folder)
        let opened = try tlsa(["c.p12", "--passphrase-file", "right"], in: folder)
        #expect(opened.status == 0 && opened.output == expected.output, "\(opened.errors)")
        let refused = try tlsa(["c.p12", "--passphrase-file", "wrong"], in: folder)
        #expect(refused.status == 65 && refused.errors.contains("passphrase"), "\(refused.errors)")
        #expect(try tlsa(["c.p12"], in: folder).errors.contains("--passphrase-file"))
    }

    @Test(
        "A named pipe that nobody writes to is an error, as live or staged file and on the command line; a pipe is read"
    )
    func pipes() throws {
        let work = try RolloverFolder()
        #expect(try Shell.run("mkfifo", ["staged.crt", "pipe"], in: work.folder.path).status == 0)
        for command in ["check", "plan", "apply", "status"] {
            let result = try work.danectl(command, "--now", "2026-11-22T12:00:00Z")
            #expect(
                result.status > 0 && (result.errors + result.output).contains("nobody writes to"), "\(result.errors)")
        }
        #expect(try tlsa(["pipe"], in: work.folder).status == 66)
        #expect(try Shell.danectl("verify", "pipe", in: work.folder).status == 66)
        let piped = try Shell.run(
            "bash", ["-c", "'\(Shell.danectl)' tlsa --for a.example:443 <(cat live.crt)"], in: work.folder.path)
        #expect(piped.status == 0 && piped.output.contains("3 1 1"), "\(piped.errors)")
        #expect(try tlsa(["/dev/zero"], in: work.folder).status == 66)
    }

    @Test("A staged file that is a link to nowhere, or to itself, is told", arguments: ["nowhere", "staged.crt"])
    func danglingLink(target: String) throws {
        let work = try RolloverFolder()
        try FileManager.default.createSymbolicLink(
            atPath: "\(work.folder.path)/staged.crt", withDestinationPath: target)
        let checked = try work.danectl("check", "--now", "2026-11-22T12:00:00Z")
        #expect(checked.status == 0 && checked.errors.contains("staged.crt: warning"), "\(checked.errors)")
        #expect(try work.danectl("apply", "--now", "2026-11-22T12:00:00Z").status == 0)
    }

    @Test("There is no port 0, and internationalized names are written as DNS has them")
    func names() throws {
        let folder = try prepared()
        for name in ["_0._tcp.a.example", "a.example:0", "a.example", "a.example:65536"] {
            #expect(try tlsa(["c.crt"], for: name, in: folder).status == 64, "\(name)")
        }
        for name in ["_443._tcp.bücher.example", "Bücher.example:443", "xn--bcher-kva.example:443"] {
            let made = try tlsa(["c.crt"], for: name, in: folder)
            #expect(made.output.hasPrefix("_443._tcp.xn--bcher-kva.example. IN TLSA"), "\(made.output)")
        }
    }

    @Test("A file without an OpenSSH public key is one error")
    func noSSHKey() throws {
        let folder = try prepared()
        try folder.write("", to: "empty")
        for file in ["empty", "c.crt", "c.key"] {
            let result = try Shell.danectl("sshfp", file, "--for", "a.example", in: folder)
            #expect(result.status == 65 && result.output.isEmpty)
            #expect(result.errors.components(separatedBy: "error:").count == 2, "\(result.errors)")
        }
    }

    @Test("Names that no client could match are not put into certificates, nor times that are over")
    func subjectNames() throws {
        let folder = try prepared()
        for (option, name, isRight) in [
            ("--dns", "a b", false), ("--dns", "", false), ("--dns", String(repeating: "a", count: 64) + ".x", false),
            ("--dns", "192.0.2.1", false), ("--dns", "a*.example", false), ("--dns", "*.example.org", true),
            ("--dns", "Bücher.example.", true), ("--srv", "a.example", false), ("--srv", "_xmpp-client", false),
            ("--srv", "_xmpp-client._tcp.a.example", false), ("--srv", "_xmpp-client.a.example", true),
            ("--xmpp-address", "x@", false), ("--xmpp-address", "@a.example", false),
            ("--xmpp-address", "juliet@a.example", true), ("--xmpp-address", "a.example", true),
            ("--validity", "0d", false), ("--validity", "2h", true),
        ] {
            let result = try Shell.danectl(
                "cert", "self-sign", "--key", "c.key", "--dns", "z.example", option, name, in: folder)
            #expect(result.status == (isRight ? 0 : 64), "\(option) \(name): \(result.errors)")
        }
        // What is written to a device is not put in its place.
        #expect(
            try Shell.danectl(
                "cert", "self-sign", "--key", "c.key", "--dns", "a.example", "-o", "/dev/null", in: folder
            )
            .status == 0)
    }

    @Test("POSH documents refer to HTTPS alone, and do not expire at once")
    func documents() throws {
        let folder = try prepared()
        for (options, status) in [
            (["--url", "http://a.example/x.json"], 64), (["--url", "https://a.example/x.json"], 0),
            (["--cert", "c.crt", "--expires", "0"], 64), (["--cert", "c.crt"], 0), (["--cert", "c.key"], 66),
        ] as [([String], Int32)] {
            let result = try Shell.run(Shell.danectl, ["posh", "a.example"] + options, in: folder.path)
            #expect(result.status == status, "\(options): \(result.errors)")
        }
        let work = try RolloverFolder(reload: "    posh: { document: posh.json, expires: 6h }", prepared: false)
        let made = try work.danectl("posh", "example", "--now", RolloverFolder.start)
        #expect(made.output.contains("\"expires\": 21600"), "\(made.errors)")
    }

    @Test("The help names defaults as people write them", arguments: ["self-sign", "issue"])
    func defaults(command: String) throws {
        let help = try Shell.run(Shell.danectl, ["help", "cert", command], in: "/")
        #expect(help.output.contains(command == "issue" ? "(default: 30d)" : "(default: 365d)"))
    }
}
