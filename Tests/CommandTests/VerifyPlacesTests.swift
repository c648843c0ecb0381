import Foundation
import Testing

@Suite("Findings of verify lead to a line")
struct VerifyPlacesTests {
    @Test("A damaged signature, a missing NSEC, and what concerns the whole file")
    func places() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            @ 300 SOA ns1 hostmaster 7 7200 3600 604800 300
            @ 300 NS ns1
            ns1 300 A 192.0.2.1
            www 300 A 192.0.2.2
            """, to: "zone")
        for command in [
            ["keygen", "example", "--csk", "--keys", "keys"],
            ["sign", "--zone-file", "zone", "--origin", "example", "--keys", "keys", "--nsec", "--output", "signed"],
        ] {
            let result = try Shell.run(Shell.danectl, command, in: folder.path)
            try #require(result.status == 0, "\(result.errors)")
        }
        var lines = try folder.read("signed").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let signature = try #require(lines.firstIndex { $0.hasPrefix("www.") && $0.contains("RRSIG\tA ") })
        lines[signature] = String(lines[signature].dropLast(8)) + "AAAAAA=="
        let missing = try #require(lines.firstIndex { $0.hasPrefix("ns1.") && $0.contains("\tNSEC\t") })
        lines.remove(at: missing)
        try folder.write(lines.joined(separator: "\n"), to: "signed")
        let result = try Shell.run(Shell.danectl, ["verify", "signed"], in: folder.path)
        #expect(result.status == 1)
        let line = missing < signature ? signature : signature + 1
        #expect(result.errors.contains("signed:\(line):1: error: "), "\(result.errors)")
        let first = try #require(lines.firstIndex { $0.hasPrefix("ns1.") })
        #expect(result.errors.contains("signed:\(first + 1):1: error: "), "\(result.errors)")
        #expect(!result.errors.split(separator: "\n").contains { $0.hasPrefix("danectl: error") })
    }
}
