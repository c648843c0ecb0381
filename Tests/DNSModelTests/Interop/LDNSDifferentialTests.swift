import DNSModel
import LDNSBridge
import Testing

@Suite("RDATA as libldns reads it")
struct LDNSDifferentialTests {
    /// What libldns 1.8.3 reads differently or not at all, by type or by type and text, and why.
    private static let disagreements: [String: String] = [
        "A6": "obsolete, RFC 3597 format only",
        "AMTRELAY": "not known to the build",
        "ATMA": "the octet of the format is left out, numbers of format 1 are not read",
        "AVC": "not known to the build",
        "BRID": "newer than libldns 1.8.3",
        "CLA": "newer than libldns 1.8.3",
        "DOA": "not known to the build",
        "DSYNC": "newer than libldns 1.8.3",
        "HHIT": "newer than libldns 1.8.3",
        "HTTPS": "the build cannot read SVCB and HTTPS",
        "IPN": "newer than libldns 1.8.3",
        "NINFO": "not known to the build",
        "NSAP-PTR": "read as a string, against RFC 1706 §6",
        "NXT": "read as a bitmap of windows, which RFC 2535 does not have",
        "RESINFO": "newer than libldns 1.8.3",
        "RKEY": "not known to the build",
        "SINK": "no presentation format there",
        "SVCB": "the build cannot read SVCB and HTTPS",
        "TA": "not known to the build",
        "WALLET": "newer than libldns 1.8.3",
        "CDS 0 0 0 0": "RFC 8078's 0 is read as one octet, as its erratum 5049 has it",
        "KEY 49152 3 0": "a record without a key is refused, against RFC 2535 §3.1.2",
        "WKS 192.0.2.1 17": "an empty bitmap is refused",
        "IPSECKEY 10 3 0 gateway.example.": "algorithm 0 without a key is refused, against RFC 4025 §2.4",
    ]

    private static func isDisputed(_ fixture: RDataFixture) -> Bool {
        disagreements[fixture.mnemonic] != nil
            || disagreements["\(fixture.mnemonic) \(fixture.presentation)"] != nil
    }

    @Test("What we print, libldns reads as the same wire format", arguments: RDataFixture.all)
    func readsAlike(_ fixture: RDataFixture) throws {
        if Self.isDisputed(fixture) { return }
        let theirs = try LDNSReader.rdata(
            fromRecordText: "www.example. 3600 IN \(fixture.mnemonic) \(fixture.presentation)")
        #expect(theirs.type == fixture.type)
        #expect(Hex.encode(theirs.wireFormat) == fixture.hex)
    }

    @Test("What both take of changed presentations, they take for the same", arguments: RDataFixture.all)
    func changes(_ fixture: RDataFixture) throws {
        if Self.isDisputed(fixture) { return }
        var random = SeededGenerator(seed: UInt64(fixture.type.rawValue) + 7)
        let octets = Array(fixture.presentation.utf8)
        for _ in 0..<20 {
            guard let place = octets.indices.randomElement(using: &random),
                // Without its quotes and blanks a text is cut up differently by everyone.
                octets[place] != UInt8(ascii: "\""), octets[place] != UInt8(ascii: " "),
                let digit = "0123456789abcfxA".utf8.randomElement(using: &random)
            else { continue }
            var changed = octets
            changed[place] = digit
            let text = String(decoding: changed, as: UTF8.self)
            guard let ours = try? RDataParser.rdata(fixture.type, from: text),
                let theirs = try? LDNSReader.rdata(fromRecordText: "www.example. 3600 IN \(fixture.mnemonic) \(text)")
            else { continue }
            #expect(Hex.encode(ours) == Hex.encode(theirs.wireFormat), "\(fixture.mnemonic) \(text)")
        }
    }
}
