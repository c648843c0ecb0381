import Foundation
import Testing

/// Bad input: a clear error, the right exit status, and nothing changed.
@Suite("Bad input")
struct BadInputTests {
    private func prepared() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(WholeFileTests.zone, to: "zone")
        #expect(try Shell.danectl("keygen", "example", "--keys", "keys", "-q", in: folder).status == 0)
        return folder
    }

    private func sign(_ folder: TemporaryFolder, _ more: [String] = []) throws -> CommandResult {
        try Shell.run(
            Shell.danectl,
            ["sign", "--zone-file", "zone", "--origin", "example", "--keys", "keys", "--output", "signed"] + more,
            in: folder.path)
    }

    @Test(
        "A zone file that is none",
        arguments: [
            ("", 65), ("\u{0}\u{1}\u{2}\u{3}", 65), ("@ SOA ns1", 65), ("@ SOA ns1 host ( 1 2 3", 65),
            ("@ SOA ns1 host 1 2 3 4 5\n@ TXT \"open", 65), (String(repeating: "(", count: 100_000), 65),
        ] as [(String, Int32)])
    func zoneFile(text: String, status: Int32) throws {
        let folder = try prepared()
        try folder.write(text, to: "zone")
        try folder.write("the old one", to: "signed")
        let result = try sign(folder)
        #expect(result.status == status, "\(result.errors)")
        #expect(result.errors.contains("zone"))
        #expect(try folder.read("signed") == "the old one")
    }

    @Test("A zone file, a key folder, a manifest that is not there")
    func missing() throws {
        let folder = try prepared()
        #expect(try Shell.danectl("verify", "nothing", in: folder).status == 66)
        #expect(try Shell.danectl("sign", in: folder).status == 66)
        #expect(try sign(folder, ["--previous", "nothing"]).status == 66)
        let none = try Shell.danectl(
            "sign", "--zone-file", "zone", "--origin", "example", "--keys", "elsewhere", "--output", "s", in: folder)
        #expect(none.status == 66)
        #expect(none.errors.contains("danectl keygen"))
    }

    @Test("A private key that others can read is refused, and the refusal says how to mend it")
    func readable() throws {
        let folder = try prepared()
        for name in try folder.files(in: "keys") where name.hasSuffix(".private") {
            chmod("\(folder.path)/keys/\(name)", 0o644)
        }
        let result = try sign(folder)
        #expect(result.status == 65)
        #expect(result.errors.contains("[key/private-readable-by-others]"))
        #expect(result.errors.contains("chmod"))
        #expect(!folder.exists("signed"))
    }

    @Test("Private keys are made for their owner alone, and never shown")
    func secret() throws {
        let folder = try prepared()
        for name in try folder.files(in: "keys") where name.hasSuffix(".private") {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/keys/\(name)")[
                .posixPermissions]
            #expect(mode as? Int == 0o600)
            let secret = try folder.read("keys/\(name)").split(separator: "\n").first { $0.hasPrefix("PrivateKey:") }
            let octets = try #require(secret?.split(separator: " ").last)
            for arguments in [["keys", "--keys", "keys", "-v"], ["keys", "--keys", "keys", "--json"]] {
                let result = try Shell.run(Shell.danectl, arguments, in: folder.path)
                #expect(!(result.output + result.errors).contains(octets))
            }
        }
    }

    @Test("A key without its other half, of another zone, or damaged")
    func keys() throws {
        let folder = try prepared()
        let privates = try folder.files(in: "keys").filter { $0.hasSuffix(".private") }
        // Without the private halves nothing can be signed.
        for name in privates {
            try FileManager.default.moveItem(atPath: "\(folder.path)/keys/\(name)", toPath: "\(folder.path)/\(name)")
        }
        let without = try sign(folder)
        #expect(without.status == 65, "\(without.errors)")
        // A damaged private half is an error that does not show it.
        for name in privates {
            let text = try folder.read(name)
            let cut = text.split(separator: "\n").map { $0.hasPrefix("PrivateKey:") ? $0.dropLast(20) : $0 }
            try folder.write(cut.joined(separator: "\n"), to: "keys/\(name)")
            chmod("\(folder.path)/keys/\(name)", 0o600)
        }
        let damaged = try sign(folder)
        #expect(damaged.status == 65, "\(damaged.errors)")
        // Another zone's keys are no keys of this one.
        let other = try Shell.danectl(
            "sign", "--zone-file", "zone", "--origin", "other", "--keys", "keys", "--output", "signed", in: folder)
        #expect(other.status == 66, "\(other.errors)")
        #expect(!folder.exists("signed"))
    }

    @Test("Expired keys do not sign")
    func expired() throws {
        let folder = try TemporaryFolder()
        try folder.write(WholeFileTests.zone, to: "zone")
        let made = try Shell.danectl(
            "keygen", "example", "--csk", "--keys", "keys", "--now", "2020-01-01T00:00:00Z", "--inactive", "+30d",
            "--delete", "+60d", in: folder)
        #expect(made.status == 0)
        let result = try sign(folder)
        #expect(result.status == 65, "\(result.errors)")
        #expect(!folder.exists("signed"))
    }

    @Test("Usage errors are usage errors")
    func usage() throws {
        let folder = try prepared()
        #expect(try sign(folder, ["--nsec", "--opt-out"]).status == 64)
        #expect(try sign(folder, ["--salt", "xyz"]).status == 64)
        #expect(try Shell.danectl("keygen", "example", "--bits", "1024", "-a", "rsasha256", in: folder).status == 64)
        #expect(try Shell.danectl("explain", "no/such-rule", in: folder).status == 64)
        #expect(try Shell.danectl("frobnicate", in: folder).status == 64)
    }

    @Test("The tutorials' 330 iterations are refused with the reason")
    func iterations() throws {
        let folder = try prepared()
        let result = try sign(folder, ["--iterations", "330"])
        #expect(result.status == 65)
        #expect(result.errors.contains("330"))
        #expect(result.errors.contains("RFC 9276"))
        #expect(!folder.exists("signed"))
    }
}
