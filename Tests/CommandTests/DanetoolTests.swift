import Foundation
import Testing

/// GnuTLS's `danetool`, which makes records, and looks them up with a validating resolver of its own (libunbound).
@Suite("danetool, beside danectl")
struct DanetoolTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func danectl(_ arguments: [String]) throws -> String {
        let result = try Shell.run(Shell.danectl, arguments, in: folder.path)
        try #require(result.status == 0, "danectl \(arguments.joined(separator: " ")): \(result.errors)")
        return result.output
    }

    /// Makes a key, `NAME.key`.
    private func key(_ name: String, _ algorithm: String) throws {
        let options =
            switch algorithm {
            case "rsa": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
            case "ed25519": ["-algorithm", "ED25519"]
            default: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
            }
        let made = try Shell.run("openssl", ["genpkey"] + options + ["-out", "\(name).key"], in: folder.path)
        try #require(made.status == 0, "\(made.errors)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder.path)/\(name).key")
    }

    /// Makes `NAME.crt`, signed by its own key, and `NAME.pem`, which has the key too.
    private func selfSigned(_ name: String, _ algorithm: String = "ec", host: String) throws {
        try key(name, algorithm)
        _ = try danectl(["cert", "self-sign", "--key", "\(name).key", "-o", "\(name).crt", "--dns", host])
        try join(name)
    }

    /// Makes the authority `ca`, and `NAME.crt`, a chain that begins with a certificate by it.
    private func issued(_ name: String, _ algorithm: String = "ec", host: String) throws {
        if !folder.exists("ca.key") {
            try key("ca", algorithm)
            _ = try danectl([
                "cert", "self-sign", "--authority", "--common-name", "CA", "--key", "ca.key", "-o", "ca.crt",
            ])
        }
        try key(name, algorithm)
        try folder.write(try danectl(["cert", "request", "--key", "\(name).key", "--dns", host]), to: "\(name).csr")
        _ = try danectl(["cert", "issue", "\(name).csr", "--ca", "ca.crt", "--ca-key", "ca.key", "-o", "\(name).crt"])
        try join(name)
    }

    private func join(_ name: String) throws {
        try folder.write(try folder.read("\(name).crt") + folder.read("\(name).key"), to: "\(name).pem")
    }

    // MARK: Records from certificates

    @Test("danetool makes the same records of certificates", arguments: ["ec", "ed25519", "rsa"])
    func records(algorithm: String) throws {
        try issued("leaf", algorithm, host: "a.example")
        let fields = { (text: String) -> [String] in
            text.split { " ()\n\t".contains($0) }.drop { $0 != "TLSA" }.dropFirst().map { $0.lowercased() }
        }
        for usage in 0...3 {
            for selector in 0...1 {
                for matching in 1...2 {
                    let ours = try danectl([
                        "tlsa", "leaf.crt", "--for", "a.example:5269", "--usage", "\(usage)", "--selector",
                        "\(selector)", "--matching", "\(matching)",
                    ])
                    let isAuthority = usage % 2 == 0
                    let theirs = try Shell.run(
                        "danetool",
                        [
                            "--tlsa-rr", "--host", "a.example", "--port", "5269", "--hash",
                            matching == 1 ? "sha256" : "sha512",
                        ]
                            + ["--load-certificate", isAuthority ? "ca.crt" : "leaf.crt"]
                            + (isAuthority ? ["--ca"] : [])
                            + (usage < 2 ? ["--no-domain"] : []) + (selector == 0 ? ["--x509"] : []), in: folder.path)
                    try #require(theirs.status == 0, "\(theirs.errors)")
                    let expected = fields(ours)
                    try #require(expected.count == 4)
                    #expect(fields(theirs.output) == expected.prefix(3).map { "0\($0)" } + expected.suffix(1))
                }
            }
        }
    }

    // MARK: Records looked up

    /// A question to danetool.
    private struct Check {
        let about: String
        let host: String
        let port: Int
        /// What a server would present: a file of the folder.
        let chain: String
        /// Whether danetool is to be content.
        let isAccepted: Bool
        /// What it says.
        var says = "Certificate matches"
    }

    private static let checks = [
        Check(about: "the live certificate", host: "xmpp", port: 5269, chain: "xmpp.crt", isAccepted: true),
        Check(
            about: "the next one, before it goes live", host: "xmpp", port: 5269, chain: "next.crt", isAccepted: true),
        Check(
            about: "anything else", host: "xmpp", port: 5269, chain: "other.crt", isAccepted: false,
            says: "The certificate differs"),
        Check(about: "RSA beside ECDSA", host: "web", port: 443, chain: "rsa.crt", isAccepted: true),
        Check(about: "ECDSA beside RSA", host: "web", port: 443, chain: "ecdsa.crt", isAccepted: true),
        Check(about: "whole certificates, SHA-512", host: "files", port: 8443, chain: "files.crt", isAccepted: true),
        Check(about: "an authority that is sent", host: "mx", port: 25, chain: "mx.crt", isAccepted: true),
        Check(
            about: "an authority that is not sent (RFC 7671 §5.2.2)", host: "mx", port: 25, chain: "leaf.crt",
            isAccepted: false, says: "requested data"),
        Check(
            about: "a host without records", host: "ns1", port: 443, chain: "xmpp.crt", isAccepted: false,
            says: "No DANE data"),
        Check(
            about: "records whose signature was damaged", host: "damaged", port: 443, chain: "ecdsa.crt",
            isAccepted: false, says: "DNSSEC signature is invalid"),
    ]

    @Test("what danectl publishes is found, validated and matched by danetool")
    func lookUp() throws {
        guard try OwnNetwork.isPossible(in: folder) else { return }
        try arrange()
        let anchor = try danectl(["ds", "dane.example"])
        let damaged = try folder.damageSignatures(in: "signed/dane.example.zone") { owner, type in
            type == "TLSA" && owner.contains(".damaged.")
        }
        try #require(damaged == 1)
        let network = OwnNetwork(folder: folder, zones: [("dane.example", "signed/dane.example.zone")], anchor: anchor)
        let outcomes = try network.run(
            Self.checks.map {
                "danetool --check \($0.host).dane.example --proto tcp --port \($0.port) --load-certificate \($0.chain) --local-dns"
            })
        for (check, outcome) in zip(Self.checks, outcomes) {
            #expect((outcome.status == 0) == check.isAccepted, "\(check.about): \(outcome.output)")
            #expect(outcome.output.contains(check.says), "\(check.about): \(outcome.output)")
        }
        #expect(outcomes.count == Self.checks.count)
    }

    /// A signed zone with a service of each kind, one in the middle of a change of keys.
    private func arrange() throws {
        try folder.write(Self.zone, to: "dane.example.zone")
        try folder.write(Self.manifest, to: "danectl.yaml")
        try selfSigned("xmpp", host: "xmpp.dane.example")
        try selfSigned("rsa", "rsa", host: "web.dane.example")
        try selfSigned("ecdsa", host: "web.dane.example")
        try selfSigned("files", "ed25519", host: "files.dane.example")
        try issued("mx", host: "mx.dane.example")
        let chain = try folder.read("mx.crt")
        let end = try #require(chain.range(of: "-----END CERTIFICATE-----\n"))
        try folder.write(String(chain[..<end.upperBound]), to: "leaf.crt")
        _ = try danectl(["apply", "-q"])
        try selfSigned("next", host: "xmpp.dane.example")
        try selfSigned("other", host: "xmpp.dane.example")
        _ = try danectl(["apply", "-q"])
    }

    private static let zone = """
        $TTL 300
        @ SOA ns1 hostmaster 7 7200 3600 604800 300
        @ NS ns1
        @ MX 10 mx
        ns1 A 127.0.0.1
        xmpp A 127.0.0.1
        web A 127.0.0.1
        damaged A 127.0.0.1
        files A 127.0.0.1
        mx A 127.0.0.1
        _xmpp-server._tcp SRV 5 0 5269 xmpp

        """

    private static let manifest = """
        version: 1
        zones:
          dane.example: { source: dane.example.zone }
        certificates:
          xmpp: { live: xmpp.pem, staged: next.pem, tlsa: 3 1 1, rollover: two-phase }
          rsa: { live: rsa.pem, tlsa: 3 1 1 }
          ecdsa: { live: ecdsa.pem, tlsa: 3 1 1 }
          files: { live: files.pem, tlsa: 3 0 2 }
          mx: { live: mx.pem, tlsa: 2 1 1 }
        services:
          - { xmpp: dane.example, certificate: xmpp }
          - { tcp: "web.dane.example:443", certificate: rsa }
          - { tcp: "web.dane.example:443", certificate: ecdsa }
          - { tcp: "damaged.dane.example:443", certificate: ecdsa }
          - { tcp: "files.dane.example:8443", certificate: files }
          - { mx: dane.example, certificate: mx }

        """
}
