import DNSModel
import DNSSEC
import Diagnostics
import OpenSSLBridge
import Testing

@Suite("Key files")
struct KeyFileTests {
    static let algorithms: [SecurityAlgorithm] = [
        .rsasha256, .rsasha512, .ecdsap256sha256, .ecdsap384sha384, .ed25519, .ed448,
    ]

    static func key(
        _ algorithm: SecurityAlgorithm = .ecdsap256sha256, _ role: KeyRole = .ksk, owner: String = "example.com.",
        timing: KeyTiming = KeyTiming()
    ) throws -> ZoneKey {
        try ZoneKey.generate(
            KeyRequest(
                owner: DomainName(owner), role: role, algorithm: algorithm, bits: 2048, ttl: TTL(3600), timing: timing),
            avoiding: [])
    }

    static func read(_ publicText: String, _ privateText: String?, name: String = "test") -> Diagnosed<ZoneKey> {
        KeyFile.read(
            publicHalf: KeyFileSource(file: name + ".key", octets: Array(publicText.utf8)),
            privateHalf: privateText.map { KeyFileSource(file: name + ".private", octets: Array($0.utf8)) })
    }

    static var fullTiming: KeyTiming {
        var timing = KeyTiming()
        timing.created = Timestamp(1_700_000_000)
        timing.publish = Timestamp(1_700_000_001)
        timing.activate = Timestamp(1_700_000_002)
        timing.revoke = Timestamp(1_700_000_003)
        timing.inactive = Timestamp(1_700_000_004)
        timing.delete = Timestamp(1_700_000_005)
        timing.dsPublish = Timestamp(1_700_000_006)
        timing.syncPublish = Timestamp(1_700_000_007)
        timing.syncDelete = Timestamp(4_102_444_800)
        return timing
    }

    @Test("what is written is read back, times and roles included", arguments: algorithms, KeyRole.allCases)
    func roundTrip(algorithm: SecurityAlgorithm, role: KeyRole) throws {
        let key = try Self.key(algorithm, role, timing: Self.fullTiming)
        let publicText = KeyFile.publicText(key)
        let read = Self.read(publicText, try KeyFile.privateText(key), name: KeyFileName(key).description)
        #expect(read.diagnostics.isEmpty)
        let again = try read.get()
        #expect(again.owner == key.owner)
        #expect(again.dnskey == key.dnskey)
        #expect(again.ttl == TTL(3600))
        #expect(again.role == role)
        #expect(again.timing == key.timing)
        #expect(again.privateKey?.publicKeyOctets == key.dnskey.publicKey)
        #expect(try KeyFile.privateText(again) == KeyFile.privateText(key))
        let publicOnly = try Self.read(publicText, nil).get()
        #expect(publicOnly.timing == key.timing)
        #expect(publicOnly.privateKey == nil)
    }

    @Test("a private file cut anywhere, or with any octet changed, is an error or the same key, and shows nothing")
    func mutations() throws {
        for algorithm in [SecurityAlgorithm.ecdsap256sha256, .ed25519, .rsasha256] {
            let key = try Self.key(algorithm, timing: .immediate(Timestamp(1_700_000_000)))
            let publicText = KeyFile.publicText(key)
            let text = try #require(try KeyFile.privateText(key))
            let secrets = text.split(separator: "\n").filter { !$0.contains("v1.3") && !$0.contains("Algorithm") }
                .compactMap { $0.split(separator: " ").last }.filter { $0.count > 20 }
            let octets = Array(text.utf8)
            let step = algorithm == .rsasha256 ? 37 : 1
            var refused = 0
            for index in stride(from: 0, to: octets.count, by: step) {
                for variant in [
                    Array(octets[..<index]), octets[..<index] + [octets[index] ^ 0x15] + octets[(index + 1)...],
                ] {
                    let read = KeyFile.read(
                        publicHalf: KeyFileSource(file: "k.key", octets: Array(publicText.utf8)),
                        privateHalf: KeyFileSource(file: "k.private", octets: variant))
                    if read.hasErrors { refused += 1 }
                    if let value = read.value { #expect(value.dnskey == key.dnskey) }
                    let shown = read.diagnostics.map(\.description).joined()
                    #expect(!secrets.contains { shown.contains($0.prefix(12)) })
                }
            }
            #expect(refused > 20)
        }
    }

    @Test("the private half of another key, or of another algorithm, is refused")
    func halvesDiffer() throws {
        let one = try Self.key()
        let other = try Self.key()
        let ed25519 = try Self.key(.ed25519)
        for wrong in [other, ed25519] {
            let read = Self.read(KeyFile.publicText(one), try KeyFile.privateText(wrong))
            #expect(read.value == nil)
            #expect(read.diagnostics.map(\.rule) == [KeyRules.halvesDiffer])
        }
    }

    @Test(
        "each fault of a private file has its rule",
        arguments: [
            ("", KeyRules.fileSyntax), ("not a key", KeyRules.fileSyntax),
            ("Private-key-format: v2.0\n", KeyRules.fileVersion),
            ("Private-key-format: v1.3\n", KeyRules.missingField),
            ("Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\n", KeyRules.missingField),
            ("Private-key-format: v1.3\nAlgorithm: x\n", KeyRules.fileSyntax),
            ("Private-key-format: v1.3\nAlgorithm: 13\nAlgorithm: 13\n", KeyRules.fileSyntax),
            ("Private-key-format: v1.3\nAlgorithm: 13\nPrivateKey: ????\n", KeyRules.fileSyntax),
            ("Private-key-format: v1.3\nAlgorithm: 13\nPrivateKey: AAAA\n", KeyRules.malformed),
            ("Private-key-format: v1.3\nAlgorithm: 13\nPrivateKey: AAAB\nPublish: 2026\n", KeyRules.fileSyntax),
            ("Private-key-format: v1.3\nAlgorithm: 13\nPrivateKey: AAAB\n", KeyRules.halvesDiffer),
            ("Private-key-format: v1.3\nAlgorithm: 13\nEngine: cGtjczExAA==\nLabel: AAAA\n", KeyRules.hardware),
            ("Private-key-format: v1.3\nAlgorithm: 8\nPrivateKey: AAAA\n", KeyRules.halvesDiffer),
        ])
    func privateFaults(text: String, rule: RuleID) throws {
        let read = Self.read(KeyFile.publicText(try Self.key()), text)
        #expect(read.value == nil)
        #expect(read.diagnostics.contains { $0.rule == rule }, "\(read.diagnostics)")
    }

    @Test(
        "each fault of a public file has its rule and its place",
        arguments: [
            ("", KeyRules.notOneRecord, 0), ("; nothing\n", KeyRules.notOneRecord, 0),
            ("example. IN DNSKEY 257 3 13\n", KeyRules.fileSyntax, 1),
            ("example. IN DNSKEY 257 3 13 !!!!\n", KeyRules.fileSyntax, 1),
            ("\n\nexample. IN DNSKEY 99999 3 13 AAAA\n", KeyRules.fileSyntax, 3),
            ("example. IN DNSKEY 257 3 13 AAAA\n", KeyRules.malformed, 1),
            ("example. IN DNSKEY (257 3 15 AAAA\n", KeyRules.fileSyntax, 1),
            ("example. IN DNSKEY 257 3 15 AAAA)\n", KeyRules.fileSyntax, 1),
            ("exa..mple. IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n", KeyRules.fileSyntax, 1),
            ("example. IN DNSKEY 0 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n", KeyRules.notZoneKey, 1),
            ("example. IN DNSKEY 257 4 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n", KeyRules.protocolField, 1),
            ("example. IN DNSKEY \\# 3 0101\n", KeyRules.fileSyntax, 1),
        ])
    func publicFaults(text: String, rule: RuleID, line: Int) {
        let read = Self.read(text, nil)
        #expect(read.value == nil)
        #expect(read.diagnostics.contains { $0.rule == rule && $0.location?.line == line }, "\(read.diagnostics)")
    }

    @Test("two keys in one file are refused")
    func twoKeys() throws {
        let text = KeyFile.publicText(try Self.key()) + KeyFile.publicText(try Self.key())
        #expect(Self.read(text, nil).diagnostics.map(\.rule) == [KeyRules.notOneRecord])
    }

    @Test("a file whose name says another key is a warning")
    func fileName() throws {
        let key = try Self.key(owner: "EXAMPLE.com.")
        let right = Self.read(KeyFile.publicText(key), nil, name: "keys/\(KeyFileName(key))")
        #expect(right.diagnostics.isEmpty)
        let wrong = Self.read(KeyFile.publicText(key), nil, name: "keys/Kexample.com.+013+00001")
        #expect(wrong.value != nil)
        #expect(wrong.diagnostics.map(\.rule) == [KeyRules.fileName])
    }

    @Test(
        "names of files are written and read as BIND escapes them",
        arguments: [
            ("example.com.", "Kexample.com.+013+00439"), (".", "K.+013+00439"),
            ("a/b\\.c$_@x.Example.", "Ka%2Fb%2Ec%24_%40x.example.+013+00439"),
            ("\\000\\255+.example.", "K%00%FF%2B.example.+013+00439"),
        ])
    func names(owner: String, expected: String) throws {
        let name = KeyFileName(owner: try DomainName(owner), algorithm: .ecdsap256sha256, keyTag: 439)
        #expect(name.description == expected)
        for ending in ["", ".key", ".private", ".state"] {
            #expect(KeyFileName(fileName: "some/folder/" + expected + ending) == name)
        }
    }

    @Test(
        "other names are no key files",
        arguments: [
            "", "K", "Kexample.com.", "example.com.+013+00439.key", "Kexample.com.+13+00439.key",
            "Kexample.com.+013+439.key",
            "Kexample.com.+999+00439.key", "Kexample.com.+013+99999.key", "K..+013+00439.key", "Kex%ZZ..+013+00439.key",
        ])
    func otherNames(name: String) {
        #expect(KeyFileName(fileName: name) == nil)
    }

    @Test("BIND's state file makes a CSK of a key that signs the zone too")
    func state() throws {
        let key = try Self.key()
        let read = KeyFile.read(
            publicHalf: KeyFileSource(file: "k.key", octets: Array(KeyFile.publicText(key).utf8)), privateHalf: nil,
            state: KeyFileSource(file: "k.state", octets: Array("Algorithm: 13\nKSK: yes\nZSK: yes\n".utf8)))
        #expect(try read.get().role == .csk)
    }

    @Test(
        "only the owner may use a private file",
        arguments: [
            (UInt32(0o600), true), (0o400, true), (0o100_600, true), (0o640, false), (0o604, false), (0o660, false),
            (0o777, false), (0o601, false),
        ])
    func permissions(mode: UInt32, isFine: Bool) {
        let finding = KeyFile.permissionFinding(mode: mode, file: "k.private")
        #expect((finding == nil) == isFine)
        if let finding { #expect(finding.rule == KeyRules.readableByOthers && finding.severity == .error) }
    }

    @Test("every rule about keys and delegations has its story")
    func catalog() {
        let rules: [RuleID] = [
            KeyRules.tagCollision, KeyRules.otherZone, KeyRules.missingPrivateHalf, KeyRules.noActiveKey,
            KeyRules.expired, KeyRules.algorithmIncomplete, KeyRules.unsupportedAlgorithm, KeyRules.notRecommended,
            KeyRules.notZoneKey, KeyRules.protocolField, KeyRules.noSecureEntryPoint, KeyRules.duplicate, KeyRules.size,
            KeyRules.malformed, KeyRules.rsaForm, KeyRules.generation, KeyRules.readableByOthers, KeyRules.fileSyntax,
            KeyRules.fileVersion, KeyRules.missingField, KeyRules.notOneRecord, KeyRules.halvesDiffer,
            KeyRules.fileName, KeyRules.hardware, DelegationRules.sha1, DelegationRules.unsupportedDigest,
            DelegationRules.revokedKey, DelegationRules.notZoneKey, DelegationRules.noSecureEntryPoint,
            DelegationRules.noKey, DelegationRules.algorithm, DelegationRules.severalZones,
        ]
        let catalog = RuleCatalog.joining([.keys, .delegation])
        #expect(Set(catalog.explanations.map(\.rule)) == Set(rules))
        #expect(catalog.explanations.count == rules.count)
    }
}
