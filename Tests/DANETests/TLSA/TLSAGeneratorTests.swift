import DANE
import DNSModel
import Foundation
import OpenSSLBridge
import Testing

@Suite("TLSA generation")
struct TLSAGeneratorTests {
    @Test(
        "parameters are read as numbers, mnemonics or both",
        arguments: [
            "3 1 1", "311", "dane-ee spki sha2-256", "DANE-EE(3) SPKI(1) SHA2-256(1)", "3,spki,sha256",
            "DANE-EE 1 SHA2-256",
        ])
    func parameters(text: String) throws {
        #expect(try TLSAParameters(parsing: text) == .daneEESPKISHA256)
    }

    @Test(
        "parameters that are none are refused",
        arguments: ["", "3 1", "3 1 1 1", "4 1 1", "3 2 1", "3 1 3", "DANE-EE(2) 1 1", "pkix 0 1", "31"])
    func badParameters(text: String) {
        #expect(throws: TLSAParameters.ParseError.self) { try TLSAParameters(parsing: text) }
    }

    @Test(
        "key, request, bare public key and certificate give one 3 1 1",
        arguments: [
            CertificateKey.Kind.ecP256, .ed25519, .rsa(bits: 2048),
        ])
    func sources(kind: CertificateKey.Kind) throws {
        let key = try CertificateKey.generate(kind)
        let certificate = try Certificate.selfSigned(TestPKI.template([.dnsID("a.test")]), key: key)
        let request = try CertificateRequest.make(
            subject: DistinguishedName(commonName: "a.test"), names: [], key: key)
        let record = try TLSAGenerator.record(.daneEESPKISHA256, chain: [certificate])
        for octets in [Array(try key.pem().utf8), request.der, key.publicKey.der, Array(request.pem.utf8)] {
            #expect(try TLSAGenerator.record(.daneEESPKISHA256, bundle: CredentialBundle(octets)) == record)
        }
        #expect(record.associationData == DigestContext.digest(.sha256, of: key.publicKey.der))
        #expect(record.associationData != DigestContext.digest(.sha256, of: []))
        #expect(throws: TLSAGenerator.Failure.needsCertificate(try TLSAParameters(parsing: "3 0 1"))) {
            try TLSAGenerator.record(TLSAParameters(parsing: "3 0 1"), bundle: CredentialBundle(request.der))
        }
    }

    @Test("usage 2 names a CA that is sent, whatever the order, or says that none is")
    func authorities() throws {
        let pki = try TestPKI()
        let leaf = try pki.leaf([.dnsID("a.test")], key: try CertificateKey.generate(.ecP256))
        let parameters = try TLSAParameters(parsing: "2 0 0")
        func der(_ chain: [Certificate], _ choice: TLSAGenerator.AuthorityChoice = .highest) throws -> [UInt8] {
            try TLSAGenerator.record(parameters, chain: chain, authority: choice).associationData
        }
        #expect(try der([leaf, pki.intermediate]) == pki.intermediate.der)
        #expect(try der([leaf, pki.intermediate, pki.root]) == pki.root.der)
        #expect(try der([pki.root, leaf, pki.intermediate]) == pki.root.der)
        #expect(try der([leaf, pki.intermediate, pki.root], .issuer) == pki.intermediate.der)
        #expect(try der([leaf, pki.intermediate, pki.root], .commonName("Test Issuer")) == pki.intermediate.der)
        #expect(try der([pki.root]) == pki.root.der)
        #expect(throws: TLSAGenerator.Failure.choiceNotSent("CN=Test Root")) {
            try der([leaf, pki.intermediate], .certificate(pki.root))
        }
        #expect(throws: TLSAGenerator.Failure.authorityNotSent(leaf: leaf.label, issuer: "CN=Test Issuer")) {
            try der([leaf])
        }
    }

    @Test("several certificates: every combination of parameters matches each of them")
    func severalCertificates() throws {
        let ec = try Certificate.selfSigned(TestPKI.template([]), key: try CertificateKey.generate(.ecP256))
        let rsa = try Certificate.selfSigned(TestPKI.template([]), key: try CertificateKey.generate(.rsa(bits: 2048)))
        let both = [TLSAParameters.daneEESPKISHA256, try TLSAParameters(parsing: "3 0 2")]
        let records = try TLSAGenerator.records(both, chains: [[ec], [rsa]])
        #expect(records.count == 4)
        #expect(ParameterCoverage.gaps(records: records, chains: [[ec], [rsa]]).isEmpty)
        let half = records.filter { !($0.selector == .cert && TLSAMatcher.matches($0, rsa)) }
        #expect(ParameterCoverage.gaps(records: half, chains: [[ec], [rsa]]).map(\.chain) == [1])
    }

    @Test("owner names and lines of zone files")
    func presentation() throws {
        let service = try #require(TLSAService(parsing: "_443._tcp.www.example.org"))
        #expect(TLSAService(parsing: "www.example.org:443") == service)
        #expect(TLSAService(parsing: "tcp:www.example.org:443") == service)
        for bad in ["www.example.org", "_x._tcp.a", "a:99999", ":443", "_0443._tcp.a.test", "_443._foo.a.test"] {
            #expect(TLSAService(parsing: bad) == nil)
        }
        let record = RData.TLSA(usage: .daneEE, selector: .spki, matchingType: .sha2_256, associationData: [0xAB, 1])
        let line = PublishedRecord(service, record, ttl: TTL(1800))
        #expect(line.description == "_443._tcp.www.example.org. 1800 IN TLSA 3 1 1 ab01")
        #expect(line.presentation(isGeneric: true) == "_443._tcp.www.example.org. 1800 IN TYPE52 \\# 5 030101ab01")
    }

    @Test("GnuTLS's danetool makes the same records")
    func danetool() throws {
        let tool = URL(fileURLWithPath: "/usr/bin/danetool")
        try #require(FileManager.default.isExecutableFile(atPath: tool.path), "danetool is not installed")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for kind in [CertificateKey.Kind.ecP256, .ecP384, .ed25519, .rsa(bits: 2048)] {
            let certificate = try Certificate.selfSigned(
                TestPKI.template([.dnsID("a.test")]), key: try CertificateKey.generate(kind))
            let file = folder.appendingPathComponent("certificate.pem")
            try Data(certificate.pem.utf8).write(to: file)
            let cases: [(String, [String])] = [
                ("3 1 1", []), ("3 0 1", ["--x509"]), ("3 1 2", ["--hash", "sha512"]), ("1 1 1", ["--no-domain"]),
                ("2 0 1", ["--ca", "--x509"]), ("0 1 1", ["--ca", "--no-domain"]),
            ]
            for (text, options) in cases {
                let process = Process()
                process.executableURL = tool
                process.arguments =
                    ["--tlsa-rr", "--host", "a.test", "--load-certificate", file.path] + options
                let output = Pipe()
                process.standardOutput = output
                process.standardError = Pipe()
                try process.run()
                let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                let record = try TLSAGenerator.record(TLSAParameters(parsing: text), certificate: certificate)
                let digits = printed.drop { $0 != "(" }.filter { $0.isHexDigit }.lowercased()
                #expect(digits == Hex.encode(record.wireFormat).lowercased(), "\(text): \(printed)")
            }
        }
    }
}
