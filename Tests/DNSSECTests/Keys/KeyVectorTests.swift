import DNSModel
import DNSSEC
import Diagnostics
import OpenSSLBridge
import Testing

@Suite("Keys and DS records of others")
struct KeyVectorTests {
    @Test("key tags, DS records and halves of a hundred key files are as expected")
    func keysAndDS() throws {
        guard let folder = KeyVectors.folder else { return }
        var checked = 0
        for row in try KeyVectors.rows("d-keys-ds", in: folder) {
            try check(row, "\(folder)/d-keys-ds/\(row.file)")
            checked += 1
        }
        #expect(checked >= 100)
    }

    @Test("DS records of RFC 4034 §5.4, RFC 4509 and RFC 8080")
    func rfcDS() throws {
        guard let folder = KeyVectors.folder else { return }
        let rows = try KeyVectors.rows("a-rfc-vectors", in: folder).filter { $0.check == "ds-derive" }
        #expect(rows.count >= 4)
        for row in rows { try check(row, "\(folder)/a-rfc-vectors/\(row.file)") }
    }

    private func check(_ row: KeyVectors.Row, _ path: String) throws {
        switch row.check {
        case "keytag":
            #expect(try key(path).keyTag == UInt16(row.expected), "\(row.file)")
        case "ds-derive":
            let digest = try #require(DigestType(mnemonic: row.arguments.split(separator: "=")[1]))
            let made = try records(path).compactMap { record in
                RData.DS(of: record.dnskey, owner: record.owner, digestType: digest).map(text)
            }
            #expect(made.contains(row.expected.uppercased()), "\(row.file) \(row.arguments)")
        case "ds-equals":
            let words = row.expected.split(separator: " ")
            let digest = try #require(DigestType(mnemonic: words[5]))
            let record = try #require(try records(keyPath(path)).first)
            let made = try #require(RData.DS(of: record.dnskey, owner: record.owner, digestType: digest))
            #expect(text(made) == words[3...].joined(separator: " ").uppercased())
            #expect(made.matches(record.dnskey, owner: record.owner) == true)
        case "private-matches-public":
            let read = KeyFile.read(
                publicHalf: try KeyVectors.source(keyPath(path)), privateHalf: try KeyVectors.source(path))
            #expect(try read.get().privateKey != nil, "\(row.file)")
        default:
            Issue.record("no such check: \(row.check)")
        }
    }

    private func keyPath(_ path: String) -> String {
        path.split(separator: "/").last.map { name in
            let stem = name.hasSuffix(".ds") ? name.dropLast(3) : name.dropLast(8)
            return path.dropLast(name.count) + stem + ".key"
        } ?? path
    }

    private func records(_ path: String) throws -> [DNSKEYRecord] {
        try DNSKEYText.read(KeyVectors.source(path).octets, file: path).get()
    }

    private func key(_ path: String) throws -> ZoneKey {
        try KeyFile.read(publicHalf: KeyVectors.source(path), privateHalf: nil).get()
    }

    private func text(_ ds: RData.DS) -> String {
        "\(ds.keyTag) \(ds.algorithm.rawValue) \(ds.digestType.rawValue) \(Hex.encode(ds.digest).uppercased())"
    }
}

@Suite("Signature examples of the RFCs")
struct SignatureVectorTests {
    /// The one record that an example signs, in canonical form, and its signature.
    struct Example {
        var files: String
        var owner: String
        var type: RRType
        var rdata: [UInt8]
        var labels: UInt8
        var times: (inception: String, expiration: String)
        var signature: String
    }

    static let examples = [
        Example(
            files: "rfc5702-alg8", owner: "www.example.net.", type: .a, rdata: [192, 0, 2, 91], labels: 3,
            times: ("20000101000000", "20300101000000"),
            signature: "kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg=="),
        Example(
            files: "rfc8080-alg15-3613", owner: "example.com.", type: .mx, rdata: [0, 10] + mail, labels: 2,
            times: ("1438207200", "1440021600"),
            signature: "oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg=="),
        Example(
            files: "rfc8080-alg16-9713", owner: "example.com.", type: .mx, rdata: [0, 10] + mail, labels: 2,
            times: ("1438207200", "1440021600"), signature: ""),
        Example(
            files: "rfc6605-alg13", owner: "www.example.net.", type: .a, rdata: [192, 0, 2, 1], labels: 3,
            times: ("20100812100439", "20100909100439"),
            signature: "qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw=="),
    ]
    static let mail: [UInt8] = [4] + "mail".utf8 + [7] + "example".utf8 + [3] + "com".utf8 + [0]

    @Test("private keys make the printed signature, or one that verifies", arguments: examples.indices)
    func sign(index: Int) throws {
        guard let folder = KeyVectors.folder else { return }
        let example = Self.examples[index]
        let path = "\(folder)/a-rfc-vectors/\(example.files)"
        let key = try KeyFile.read(
            publicHalf: KeyVectors.source(path + ".rrs"), privateHalf: KeyVectors.source(path + ".private")
        ).get()
        let message = try message(example, key)
        var signer = try Signer(key: #require(key.privateKey))
        let signature = try signer.signature(over: message)
        var verifier = try Verifier(key: key.dnskey.makePublicKey())
        let isValid = verifier.isValid(signature: signature, message: message)
        #expect(isValid)
        guard !example.signature.isEmpty else {
            // The printed text is long: look for it in the file.
            let text = String(decoding: try KeyVectors.source(path + ".rrs").octets, as: UTF8.self)
            #expect(text.filter { !$0.isWhitespace }.contains(Base64.encode(signature)))
            return
        }
        let printed = try #require(Base64.decode(example.signature))
        let isPrintedValid = verifier.isValid(signature: printed, message: message)
        #expect(isPrintedValid)
        if key.algorithm != .ecdsap256sha256 { #expect(signature == printed) }
    }

    /// What is signed: RRSIG RDATA without the signature, then the record in canonical form (RFC 4034 §3.1.8.1).
    private func message(_ example: Example, _ key: ZoneKey) throws -> [UInt8] {
        let inception = try #require(Timestamp(text: example.times.inception)).serial
        let expiration = try #require(Timestamp(text: example.times.expiration)).serial
        let rrsig = RData.RRSIG(
            typeCovered: example.type, algorithm: key.algorithm, labels: example.labels, originalTTL: TTL(3600),
            expiration: expiration, inception: inception, keyTag: key.keyTag, signerName: key.owner, signature: [])
        let length = UInt16(example.rdata.count)
        return try rrsig.wireFormat + DomainName(example.owner).wireFormat
            + [UInt8(example.type.rawValue >> 8), UInt8(truncatingIfNeeded: example.type.rawValue), 0, 1]
            + [0, 0, 0x0E, 0x10, UInt8(length >> 8), UInt8(truncatingIfNeeded: length)] + example.rdata
    }
}
