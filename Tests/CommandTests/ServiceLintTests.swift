import Foundation
import Testing

@Suite("Lints of services and certificates, as services and check print them")
struct ServiceLintTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            $TTL 300
            @ SOA ns1 hostmaster 7 7200 3600 604800 300
            @ NS ns1
            @ MX 10 mx
            ns1 A 192.0.2.1
            mx A 192.0.2.2
            xmpp A 192.0.2.3
            alias CNAME xmpp
            _xmpp-client._tcp SRV 5 0 5222 alias
            _xmpp-server._tcp SRV 5 0 5269 xmpp
            _xmpp-server._tcp SRV 6 0 5269 xmpp.elsewhere.example.
            _5269._tcp TLSA 3 1 1 0000000000000000000000000000000000000000000000000000000000000000
            """, to: "z.example.zone")
        try folder.write(
            """
            version: 1
            zones:
              z.example: { source: z.example.zone, output: signed/z }
            certificates:
              chat: { live: chat.pem, tlsa: [3 1 1, 3 1 2], ttl: 2h }
              mail: { live: mail.pem, tlsa: 1 1 1 }
            services:
              - { xmpp: z.example, certificate: chat }
              - { mx: z.example, certificate: mail }
            """, to: "danectl.yaml")
        for name in ["chat", "mail"] {
            let names = name == "chat" ? ["z.example"] : ["mx.z.example"]
            let result = try Shell.run(
                Shell.danectl,
                ["cert", "self-sign", "--key", "\(name).key", "-o", "\(name).crt"] + names.flatMap { ["--dns", $0] },
                in: folder.path)
            try #require(result.status == 0, "\(result.errors)")
            try folder.write(try folder.read("\(name).crt") + folder.read("\(name).key"), to: "\(name).pem")
        }
        return folder
    }

    private static let rules = [
        "dane/target-is-cname", "dane/target-outside-signed-zones", "dane/insecure-target-spoils-all",
        "dane/tlsa-at-service-domain", "dane/mixed-digests", "dane/ttl-over-an-hour", "dane/pkix-usage-smtp",
    ]

    @Test("Every mistake of the field is found, with its rule", arguments: ["services", "check"])
    func rules(command: String) throws {
        let folder = try folder()
        let result = try Shell.run(Shell.danectl, [command, "-v"], in: folder.path)
        #expect(result.status == 1 || result.status == 65, "\(result)")
        for rule in Self.rules { #expect(result.errors.contains("[\(rule)]"), "\(rule): \(result.errors)") }
    }

    @Test("A certificate that does not name the SRV target is told by services")
    func names() throws {
        let folder = try folder()
        let result = try Shell.run(Shell.danectl, ["services"], in: folder.path)
        #expect(result.errors.contains("[dane/certificate-lacks-name]"))
        #expect(result.errors.contains("does not name 'xmpp.z.example'"), "\(result.errors)")
    }

    @Test("A private key that everybody may read is told by check, until that is mended")
    func readableKey() throws {
        let folder = try folder()
        #expect(chmod(folder.path + "/chat.pem", 0o644) == 0 && chmod(folder.path + "/mail.pem", 0o640) == 0)
        func findings() throws -> [Substring] {
            try Shell.run(Shell.danectl, ["check"], in: folder.path).errors.split(separator: "\n")
                .filter { $0.contains("[cert/key-readable]") }
        }
        let found = try findings()
        #expect(found.count == 1 && found.first?.contains("chat.pem: warning") == true, "\(found)")
        #expect(chmod(folder.path + "/chat.pem", 0o600) == 0)
        #expect(try findings().isEmpty)
    }
}
