import DNSModel
import Diagnostics
import Manifest
import Testing

@Suite("Reading the manifest")
struct ManifestReaderTests {
    private func read(_ text: String) -> Diagnosed<Manifest> { ManifestReader.read(text, file: "danectl.yaml") }

    private func findings(_ text: String) -> [String] {
        read(text).diagnostics.map { finding in
            "\(finding.location?.line ?? 0):\(finding.location?.column ?? 0) \(finding.rule)"
        }
    }

    static let complete = """
        version: 1
        policies:
          standard:
            algorithm: ed25519
            keys: { ksk: { lifetime: unlimited }, zsk: { lifetime: 30d } }
            denial: { nsec3: { iterations: 0, salt: "AABB", opt-out: true } }
            signatures: { validity: 20d, refresh: 5d, jitter: 6h, inception-offset: 2h }
            ttl: { dnskey: 2h, maximum: 12h }
            propagation: 30m
            parent: { ds-ttl: 6h, propagation: 2h, registration: 3d }
        zones:
          YAX.im:
            source: yax.im.zone
            output: signed/yax.im.zone
            keys: keys
            policy: standard
            serial: unixtime
            reload: [nsd-control, reload, yax.im]
        certificates:
          xmpp:
            live: { chain: live/fullchain.pem, key: live/privkey.pem }
            staged: staged/yax.im.pem
            deploy-window: 10m
            tlsa: [3 1 1, dane-ta cert sha2-512]
            rollover: two-phase
            reload: [prosodyctl, reload]
        services:
          - xmpp: yax.im
            certificate: xmpp
          - srv: _xmpp-server._tcp.chat.yax.im
            certificate: xmpp
          - tcp: yaxim.org:443
            certificate: xmpp
        """

    @Test("A complete manifest becomes values, without findings")
    func complete() throws {
        let result = read(Self.complete)
        #expect(result.diagnostics == [])
        let manifest = try #require(result.value)
        let zone = try #require(manifest.zone(named: DomainName("yax.im.")))
        #expect(zone.policy.algorithm == .ed25519)
        #expect(zone.policy.keys == .split(ksk: .unlimited, zsk: .seconds(30 * 86_400)))
        #expect(zone.policy.denial == .nsec3(iterations: 0, salt: [0xAA, 0xBB], optOut: true))
        #expect(zone.policy.signatures.validity == 20 * 86_400)
        #expect(zone.policy.signatures.inceptionOffset == 7_200)
        #expect(zone.policy.dnskeyTTL == TTL(7_200))
        #expect(zone.policy.parent.registrationDelay == 3 * 86_400)
        #expect(zone.serial == .unixtime)
        #expect(zone.reload == ["nsd-control", "reload", "yax.im"])
        let certificate = try #require(manifest.certificate(named: "xmpp"))
        #expect(certificate.live.value == CertificateFiles(chain: "live/fullchain.pem", key: "live/privkey.pem"))
        #expect(certificate.tlsa.map(\.value.usage) == [.daneEE, .daneTA])
        #expect(certificate.strategy == .twoPhase)
        #expect(manifest.services.count == 3)
        #expect(try manifest.services[2].kind == .tcp(DomainName("yaxim.org."), port: 443))
    }

    @Test(
        "Each mistake is reported where it stands",
        arguments: [
            ("version: 2\nzones: {a.example: {source: a}}", ["1:10 manifest/version"]),
            ("zones: {a.example: {source: a}}", ["1:1 manifest/version"]),
            ("version: 1\nzonse: {}", ["2:1 manifest/unknown-key"]),
            ("version: 1\nzones:\n  a.example: { source: a, polcy: x }", ["3:27 manifest/unknown-key"]),
            ("version: 1\nzones:\n  a.example: { output: a }", ["3:14 manifest/missing-key"]),
            ("version: 1\nzones:\n  a..example: { source: a }", ["3:3 manifest/domain-name"]),
            (
                "version: 1\nzones:\n  a.example: { source: a }\n  A.EXAMPLE.: { source: b }",
                ["4:3 manifest/duplicate"]
            ),
            ("version: 1\nzones:\n  a.example: { source: a, output: a }", ["3:35 manifest/output-is-source"]),
            ("version: 1\nzones:\n  a.example: { source: a, policy: p }", ["3:35 manifest/unknown-policy"]),
            ("version: 1\nzones:\n  a.example: { source: a, serial: unix }", ["3:35 manifest/bad-value"]),
            (
                "version: 1\npolicies: { p: { algorithm: rsasha1 } }\nzones: {a.example: {source: a}}",
                ["2:29 manifest/algorithm"]
            ),
            (
                "version: 1\npolicies: { p: { signatures: { validity: 1d, refresh: 2d } } }\nzones: {a.example: {source: a}}",
                ["2:30 manifest/signature-times"]
            ),
            (
                "version: 1\npolicies: { p: { propagation: 1 month } }\nzones: {a.example: {source: a}}",
                ["2:31 manifest/bad-value"]
            ),
            (
                "version: 1\nzones: {a.example: {source: a}}\nservices: [{ xmpp: a.example, certificate: c }]",
                ["3:44 manifest/unknown-certificate"]
            ),
            (
                "version: 1\nzones: {a.example: {source: a}}\ncertificates: { c: { live: x, tlsa: 4 1 1 } }",
                ["3:37 manifest/tlsa"]
            ),
            ("version: 1\nzones: [a]", ["2:8 manifest/wrong-type"]),
            ("version: 1\nzones: {a.example: {source: a}, a.example: {source: b}}", ["2:9 manifest/yaml"]),
            ("version: 1\nzones:\n\ta: b", ["3:1 manifest/yaml"]),
            ("", ["0:0 manifest/yaml"]),
        ])
    func mistakes(text: String, expected: [String]) {
        #expect(findings(text) == expected)
    }

    @Test("A misspelt key comes with the key that was meant")
    func suggestion() {
        let result = read("version: 1\nzones:\n  a.example: { source: a, polcy: x }")
        #expect(result.diagnostics.first?.hint == "did you mean 'policy'?")
    }

    @Test("All mistakes of a manifest are reported in one run, in order of place")
    func all() {
        let text = """
            version: 1
            policies:
              p: { algorithm: ecdsap256sha265, ttl: { dnskey: never } }
            zones:
              a.example: { sorce: a.zone }
            """
        #expect(
            findings(text) == [
                "3:19 manifest/algorithm", "3:51 manifest/bad-value", "5:14 manifest/missing-key",
                "5:16 manifest/unknown-key",
            ])
    }

    @Test("Hostile nesting is refused, not followed")
    func nesting() {
        #expect(findings(String(repeating: "[", count: 100_000)) == ["0:0 manifest/yaml"])
        #expect(findings(String(repeating: "- ", count: 100_000)) == ["0:0 manifest/yaml"])
    }

    @Test("Any mutation of a manifest gives findings or a manifest, never a trap")
    func mutations() {
        var random = SplitMix(state: 20_261_121)
        let octets = Array(Self.complete.utf8)
        for _ in 0..<2_000 {
            var mutated = octets
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: mutated[index] = UInt8.random(in: 0...127, using: &random)
                case 1: mutated.remove(at: index)
                default: mutated.insert(contentsOf: mutated[index..<min(mutated.count, index + 9)], at: index)
                }
            }
            let result = read(String(decoding: mutated, as: UTF8.self))
            #expect(result.value != nil || result.hasErrors)
        }
    }

    @Test("Every rule that the reader can break has its story")
    func catalog() {
        for text in ["", "version: 2", "version: 1\nzones: 7\nfoo: 1"] {
            for finding in read(text).diagnostics { #expect(RuleCatalog.manifest[finding.rule] != nil) }
        }
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
