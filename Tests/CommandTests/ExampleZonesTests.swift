import Foundation
import Testing

/// The examples of the repository, worked through as README does.
@Suite("The example zones")
struct ExampleZonesTests {
    /// A copy of an example's folder.
    private func copy(_ name: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for file in try FileManager.default.contentsOfDirectory(atPath: "\(Shell.repository)/zones/\(name)")
        where !["keys", "signed", "state"].contains(file) {
            try FileManager.default.copyItem(
                atPath: "\(Shell.repository)/zones/\(name)/\(file)", toPath: "\(folder.path)/\(file)")
        }
        return folder
    }

    @Test("The tour of broken zones says exactly what it is expected to say")
    func broken() throws {
        let folder = try copy("broken.example")
        let result = try Shell.danectl("check", in: folder)
        #expect(result.status == 1)
        #expect(result.errors == (try folder.read("expected.txt")))
        #expect(
            try folder.files().sorted() == [
                "broken.example.zone", "danectl.yaml", "expected.txt", "garbled.example.zone",
            ])
        // Every rule that the tour meets has its story.
        for line in result.errors.split(separator: "\n") where line.hasSuffix("]") {
            guard let start = line.lastIndex(of: "[") else { continue }
            let rule = line[line.index(after: start)...].dropLast()
            #expect(try Shell.danectl("explain", String(rule), in: folder).status == 0, "\(rule)")
        }
    }

    @Test(
        "A zone of the examples is signed, and every judge accepts it",
        arguments: [
            ("yax.im", ["yax.im", "yaxim.org"]),
            (
                "hosting.example.net",
                ["hosting.example.net", "shire.example", "rivendell.example", "mordor.example"]
            ),
            ("josefsson.org", ["josefsson.org", "sjd.se"]), ("selfsigned.example", ["selfsigned.example"]),
            ("mail.example", ["mail.example"]),
        ])
    func signed(example: String, zones: [String]) throws {
        let folder = try copy(example)
        #expect(try Shell.danectl("check", in: folder).status == 0)
        let signed = try Shell.danectl("sign", in: folder)
        #expect(signed.status == 0, "\(signed.errors)")
        for zone in zones {
            let file = "signed/\(zone).zone"
            let ds = try Shell.danectl("ds", zone, in: folder)
            #expect(ds.status == 0 && ds.output.contains(" IN DS "))
            try folder.write(ds.output, to: "ds")
            let verified = try Shell.danectl("verify", file, "--ds", "ds", in: folder)
            #expect(verified.status == 0 && verified.output.contains("secure"), "\(verified.errors)")
            for (judge, arguments) in [
                ("dnssec-verify", ["-q", "-z", "-o", zone, file]), ("ldns-verify-zone", [file]),
                ("kzonecheck", ["-o", zone, file]), ("nsd-checkzone", [zone, file]),
                ("named-checkzone", ["-q", "-i", "local", zone, file]),
            ] {
                let verdict = try Shell.run(judge, arguments, in: folder.path)
                #expect(verdict.status == 0, "\(judge) on \(zone): \(verdict.output) \(verdict.errors)")
            }
        }
        // Again, with nothing changed: nothing is made.
        let files = try zones.map { try folder.read("signed/\($0).zone") }
        #expect(try Shell.danectl("sign", in: folder).status == 0)
        #expect(try zones.map { try folder.read("signed/\($0).zone") } == files)
    }

    @Test(
        "An example's run.sh shows what it is about",
        arguments: [
            ("yax.im", ["_5269._tcp.xmpp.yaxim.org.", "verified", " IN DS ", "all match"]),
            (
                "hosting.example.net",
                ["for others to publish: _5222._tcp.hosting.example.net. TLSA 3 1 1", "\"fingerprints\""]
            ),
            ("josefsson.org", ["nothing wrong", "TLSA\t2 1 1 ", "no DNS change is needed", "deployed", "not earlier"]),
            ("selfsigned.example", ["made a spare key", "deployed", "its record goes"]),
            ("mail.example", ["_25._tcp.mx2.mail.example.", "_443._tcp.www.mail.example.", "not earlier"]),
        ])
    func shown(example: String, sights: [String]) throws {
        let before = try FileManager.default.contentsOfDirectory(atPath: "\(Shell.repository)/zones/\(example)")
        let result = try Shell.run(
            "bash", ["\(Shell.repository)/zones/\(example)/run.sh", Shell.danectl], in: Shell.repository)
        #expect(result.status == 0, "\(result.errors)")
        let said = result.output + result.errors
        for sight in sights { #expect(said.contains(sight), "\(sight) in \(said)") }
        // It works on a copy.
        let after = try FileManager.default.contentsOfDirectory(atPath: "\(Shell.repository)/zones/\(example)")
        #expect(before.sorted() == after.sorted())
    }

    @Test("Keys that vanish are not replaced")
    func vanished() throws {
        let folder = try copy("yax.im")
        #expect(try Shell.danectl("sign", "yax.im", in: folder).status == 0)
        let before = try folder.read("signed/yax.im.zone")
        try FileManager.default.removeItem(atPath: "\(folder.path)/keys")
        let result = try Shell.danectl("sign", "yax.im", in: folder)
        #expect(result.status == 66)
        #expect(result.errors.contains("[key/vanished]"))
        #expect(try folder.read("signed/yax.im.zone") == before)
    }

    @Test("What init writes signs as it is")
    func initial() throws {
        let folder = try TemporaryFolder()
        #expect(try Shell.danectl("init", "example.org", in: folder).status == 0)
        let checked = try Shell.danectl("check", in: folder)
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(!checked.errors.contains("warning"))
        #expect(try Shell.danectl("sign", in: folder).status == 0)
        #expect(try Shell.danectl("verify", "signed/example.org.zone", in: folder).status == 0)
        #expect(try Shell.danectl("init", "example.org", in: folder).status == 73)
    }
}
