import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import OpenSSLBridge
import Testing

@Suite("Key files of and for other software")
struct KeyInteropTests {
    static let ldnsNames: [SecurityAlgorithm: String] = [
        .rsasha256: "RSASHA256", .rsasha512: "RSASHA512", .ecdsap256sha256: "ECDSAP256SHA256",
        .ecdsap384sha384: "ECDSAP384SHA384", .ed25519: "ED25519", .ed448: "ED448",
    ]

    @Test("dnssec-keygen's keys are read: both halves, times, role", arguments: KeyFileTests.algorithms)
    func fromBIND(algorithm: SecurityAlgorithm) throws {
        try KeyTool.withFolder { folder in
            var arguments = ["-q", "-a", "\(algorithm.rawValue)", "-L", "7200", "-f", "KSK"]
            arguments += [
                "-P", "20260101000000", "-A", "20260102000000", "-I", "20260103000000", "-D", "20260104000000",
            ]
            arguments += ["-P", "sync", "20260105000000", "-D", "sync", "20260106000000"]
            if algorithm == .rsasha256 || algorithm == .rsasha512 { arguments += ["-b", "2048"] }
            let stem = try KeyTool.run("dnssec-keygen", arguments + ["a/b\\.c.Example"], in: folder)
            let key = try KeyTool.read(stem, in: folder)
            #expect(KeyFileName(key).description == stem)
            #expect(key.role == .ksk)
            #expect(key.ttl == TTL(7200))
            #expect(key.timing.publish == Timestamp(text: "20260101000000"))
            #expect(key.timing.activate == Timestamp(text: "20260102000000"))
            #expect(key.timing.inactive == Timestamp(text: "20260103000000"))
            #expect(key.timing.delete == Timestamp(text: "20260104000000"))
            #expect(key.timing.syncPublish == Timestamp(text: "20260105000000"))
            #expect(key.timing.syncDelete == Timestamp(text: "20260106000000"))
            #expect(try signsAndVerifies(key))
        }
    }

    @Test("ldns-keygen's keys are read: both halves, role", arguments: KeyFileTests.algorithms)
    func fromLDNS(algorithm: SecurityAlgorithm) throws {
        try KeyTool.withFolder { folder in
            let name = try #require(Self.ldnsNames[algorithm])
            for (flag, role) in [(["-k"], KeyRole.ksk), ([], .zsk)] {
                let stem = try KeyTool.run(
                    "ldns-keygen", ["-a", name, "-b", "2048"] + flag + ["example.org"], in: folder)
                let key = try KeyTool.read(stem, in: folder)
                #expect(key.role == role)
                #expect(key.timing.isEmpty)
                #expect(KeyFileName(key).description == stem)
                #expect(try signsAndVerifies(key))
            }
        }
    }

    @Test("our keys are BIND's: DS and CDS of dnssec-dsfromkey are ours", arguments: KeyFileTests.algorithms)
    func toBIND(algorithm: SecurityAlgorithm) throws {
        try KeyTool.withFolder { folder in
            let key = try KeyFileTests.key(algorithm, owner: "we\\.ird.Example.", timing: KeyFileTests.fullTiming)
            let stem = try KeyTool.write(key, in: folder)
            for (option, digest) in [("SHA-1", DigestType.sha1), ("SHA-256", .sha256), ("SHA-384", .sha384)] {
                let set = try DelegationSet.make(from: [key], digestTypes: [digest]).get()
                let ds = try KeyTool.run("dnssec-dsfromkey", ["-a", option, stem], in: folder)
                #expect(normal(ds) == normal(try set.text(.ds)))
                let cds = try KeyTool.run("dnssec-dsfromkey", ["-C", "-a", option, stem], in: folder)
                #expect(normal(cds) == normal(try set.text(.cds)))
            }
        }
    }

    @Test("BIND reads and rewrites our times")
    func settime() throws {
        try KeyTool.withFolder { folder in
            let key = try KeyFileTests.key(.ed25519, timing: KeyTimingTests.ordinary)
            let stem = try KeyTool.write(key, in: folder)
            let told = try KeyTool.run("dnssec-settime", ["-u", "-p", "all", stem], in: folder)
            #expect(told.contains("Publish: 10"))
            #expect(told.contains("Delete: 40"))
            _ = try KeyTool.run("dnssec-settime", ["-A", "20300101000000", "-I", "none", stem], in: folder)
            let again = try KeyTool.read(stem, in: folder)
            #expect(again.timing.activate == Timestamp(text: "20300101000000"))
            #expect(again.timing.inactive == nil)
            #expect(again.timing.publish == Timestamp(10))
        }
    }

    @Test("a key that BIND revokes is ours, revoked", arguments: [SecurityAlgorithm.ecdsap256sha256, .rsasha256])
    func revoke(algorithm: SecurityAlgorithm) throws {
        try KeyTool.withFolder { folder in
            let key = try KeyFileTests.key(algorithm, timing: .immediate(Timestamp(1_700_000_000)))
            let stem = try KeyTool.write(key, in: folder)
            let revoked = try KeyTool.run("dnssec-revoke", [stem], in: folder)
            let again = try KeyTool.read(String(revoked.split(separator: "/").last ?? ""), in: folder)
            #expect(again.dnskey == key.revoked().dnskey)
            #expect(again.state(at: Timestamp(1_900_000_000)) == .revoked)
        }
    }

    @Test("our keys are ldns's: ldns-key2ds makes our DS", arguments: KeyFileTests.algorithms)
    func toLDNS(algorithm: SecurityAlgorithm) throws {
        try KeyTool.withFolder { folder in
            let key = try KeyFileTests.key(algorithm, owner: "Example.org.", timing: KeyFileTests.fullTiming)
            let stem = try KeyTool.write(key, in: folder)
            for (option, digest) in [("-1", DigestType.sha1), ("-2", .sha256), ("-4", .sha384)] {
                let ds = try KeyTool.run("ldns-key2ds", ["-n", "-f", option, stem + ".key"], in: folder)
                let ours = try DelegationSet.make(from: [key], digestTypes: [digest]).get().text(.ds)
                #expect(normal(ds) == normal(ours))
            }
        }
    }

    @Test("BIND and ldns sign a zone with our keys, and BIND verifies it", arguments: KeyFileTests.algorithms)
    func othersSign(algorithm: SecurityAlgorithm) throws {
        try KeyTool.withFolder { folder in
            let timing = KeyTiming.immediate(Timestamp(1_700_000_000))
            let ksk = try KeyTool.write(try KeyFileTests.key(algorithm, .ksk, timing: timing), in: folder)
            let zsk = try KeyTool.write(try KeyFileTests.key(algorithm, .zsk, timing: timing), in: folder)
            let records = """
                example.com. 3600 IN SOA ns.example.com. admin.example.com. 1 7200 3600 1209600 3600
                example.com. 3600 IN NS ns.example.com.
                ns.example.com. 3600 IN A 192.0.2.1

                """
            try Data(records.utf8).write(to: folder.appendingPathComponent("zone"))
            _ = try KeyTool.run(
                "dnssec-signzone", ["-S", "-q", "-o", "example.com", "-f", "bind.signed", "zone"], in: folder)
            _ = try KeyTool.run("dnssec-verify", ["-q", "-o", "example.com", "bind.signed"], in: folder)
            _ = try KeyTool.run("ldns-signzone", ["-f", "ldns.signed", "zone", ksk, zsk], in: folder)
            _ = try KeyTool.run("dnssec-verify", ["-q", "-o", "example.com", "ldns.signed"], in: folder)
        }
    }

    /// Whether the private half makes signatures that the public half verifies.
    private func signsAndVerifies(_ key: ZoneKey) throws -> Bool {
        var signer = try Signer(key: #require(key.privateKey))
        var verifier = try Verifier(key: key.dnskey.makePublicKey())
        let signature = try signer.signature(over: [1, 2, 3])
        return verifier.isValid(signature: signature, message: [1, 2, 3])
    }

    /// Records as words in lower case, without TTLs: what matters when two programs print them.
    private func normal(_ text: String) -> [String] {
        text.lowercased().split(separator: "\n").map { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            let head = words.prefix(while: { $0 != "ds" && $0 != "cds" }).filter { UInt32($0) == nil }
            let tail = words.drop(while: { $0 != "ds" && $0 != "cds" })
            return (head + tail.prefix(4)).joined(separator: " ") + " " + tail.dropFirst(4).joined()
        }
    }
}
