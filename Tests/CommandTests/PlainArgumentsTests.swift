import Foundation
import Testing

/// `danectl sign` takes plain arguments by itself, which is quicker; ArgumentParser takes all others, here those that end
/// in a "--", which means nothing. Nobody may see a difference.
@Suite("Plain arguments")
struct PlainArgumentsTests {
    static let now = "2026-11-21T12:00:00Z"

    /// A zone and keys whose signatures are the same each time (Ed25519).
    private func prepare() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(WholeFileTests.zone, to: "zone")
        let made = try Shell.danectl(
            "keygen", "example", "--algorithm", "ed25519", "--keys", "keys", "-q", "--now", Self.now, in: folder)
        #expect(made.status == 0, "\(made.errors)")
        return folder
    }

    private func sign(_ arguments: [String], in folder: TemporaryFolder) throws -> (CommandResult, signed: String?) {
        try? FileManager.default.removeItem(atPath: "\(folder.path)/signed")
        let result = try Shell.run(Shell.danectl, ["sign"] + arguments, in: folder.path)
        return (result, try? folder.read("signed"))
    }

    private func expectTheSame(_ arguments: [String], status: Int32, in folder: TemporaryFolder) throws {
        let (plain, plainlySigned) = try sign(arguments, in: folder)
        let (parsed, signed) = try sign(arguments + ["--"], in: folder)
        #expect(plain.status == status, "\(arguments): \(plain.errors)")
        #expect(plain.status == parsed.status)
        #expect(plain.output == parsed.output)
        #expect(plain.errors == parsed.errors)
        #expect(plainlySigned == signed)
        #expect((signed != nil) == (status == 0))
    }

    @Test(
        "Every option means the same, however it is taken",
        arguments: [
            "", "-q", "--quiet", "--verbose --color never", "--color=always -v", "--nsec", "--nsec3 --iterations 2",
            "--salt AB12 --nsec3", "--salt=-", "--opt-out", "--inception now-1h", "--inception=-2h",
            "--inception -2h",
            "--inception 2026-11-20T00:00:00Z --expiration +30d", "--expiration=20261224000000", "--jitter 0",
            "--refresh 5d --jitter 1h", "--serial date", "--serial=unixtime", "--zonemd", "--zonemd-digest sha512",
            "--zonemd --zonemd-digest sha384 --zonemd-digest sha512", "--cds", "--dnskey-ttl 1h", "--threads 1",
            "--includes-outside", "--no-verify", "--verify-all", "--manifest nowhere.yaml",
        ])
    func options(_ further: String) throws {
        let folder = try prepare()
        let arguments = ["--zone-file", "zone", "--origin=example", "--keys", "keys", "--output", "signed"]
        try expectTheSame(
            arguments + ["--now", Self.now] + further.split(separator: " ").map(String.init), status: 0, in: folder)
    }

    @Test("What is left out has the same meaning too")
    func defaults() throws {
        let folder = try prepare()
        for name in try folder.files(in: "keys") {
            try FileManager.default.moveItem(atPath: "\(folder.path)/keys/\(name)", toPath: "\(folder.path)/\(name)")
        }
        try expectTheSame(["--zone-file", "zone", "--now", Self.now, "-o", "signed"], status: 65, in: folder)
        try folder.write("$ORIGIN example.\n" + WholeFileTests.zone, to: "zone")
        try expectTheSame(["--zone-file", "zone", "--now", Self.now, "-o", "signed"], status: 0, in: folder)
        let (first, _) = try sign(["--zone-file", "zone", "--now", Self.now], in: folder)
        #expect(first.status == 0)
        #expect(folder.exists("zone.signed"))
    }

    @Test(
        "Mistakes are explained the same way",
        arguments: [
            "--keys", "--keys=", "--threads --cds 5", "--threads many", "--threads 0", "--nsec --nsec3",
            "--nsec --salt 00",
            "--no-verify --verify-all", "--no-such-option", "--serial never", "--color pink", "--now yesterday",
            "--iterations 70000", "--jitter soon", "another.example", "-qv --previous", "--keys a --keys", "--output",
            "--salt 1", "--inception --cds", "--inception", "--origin=a..b", "-x",
        ])
    func mistakes(_ further: String) throws {
        let folder = try prepare()
        let arguments = ["--zone-file", "zone", "--origin", "example"]
        let (result, signed) = try sign(arguments + further.split(separator: " ").map(String.init), in: folder)
        let (parsed, _) = try sign(
            ["-q", "-q"] + arguments + further.split(separator: " ").map(String.init), in: folder)
        #expect(result.status == parsed.status && result.errors == parsed.errors)
        #expect(result.status != 0 && signed == nil, "\(further): \(result.errors)")
    }
}
