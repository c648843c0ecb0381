import DNSModel
import Testing

/// The fast path against the slow one, item by item: both must take, refuse and mean the same.
@Suite("Zone file fast path")
struct ZoneFileFastPathTests {
    @Test("Records of a signed zone mean the same on both paths")
    func signedZone() {
        let reading = ZoneFileFixture.read(ZoneFileMutationTests.signed)
        #expect(reading.findings == [])
        #expect(reading.records.count == 19)
    }

    @Test(
        "RDATA at the edge of what the fast path takes means the same on both",
        arguments: [
            "A 1.2.3.4", "A 01.2.3.4", "A 1.2.3", "A 1.2.3.4.5", "A 256.1.1.1", "A 1.2.3.", "A 1..2.3",
            "A 255.255.255.255",
            "AAAA ::", "AAAA :::", "AAAA 1::2::3", "AAAA 1:2:3:4:5:6:7:8:9", "AAAA 1:2:3:4:5:6:7", "AAAA :1::",
            "AAAA 1:",
            "AAAA 12345::", "AAAA ::1:2:3:4:5:6:7", "AAAA ::1:2:3:4:5:6:7:8", "AAAA 1:2:3:4::5:6:7:8", "AAAA g::",
            "AAAA 1:2:3:4:5:6:7::8", "AAAA 2001:DB8::aBcD", "AAAA ::1.2.3.4", "AAAA fe80::1%1",
            "MX 10 a", "MX 010 a", "MX 65536 a", "MX -1 a", "MX 10", "MX 10 a b", "MX 10 a..", "SRV 1 2 3 a",
            "SRV 1 2 a",
            "DS 1 13 2 00", "DS 1 ECDSAP256SHA256 2 00", "DS 1 13 9 00", "DS 1 13 9", "DS 1 13 2", "DS 65536 13 1 00",
            "TLSA 3 1 1 00", "TLSA 3 1 0 00", "TLSA DANE-EE SPKI SHA2-256 00", "TLSA 3 1 1", "TLSA 3 1 1 0",
            "TXT a", "TXT", "TXT \"\"", "TXT \"a\"b", "TXT a\"b\"", "TXT a;b", "TXT \"a;b\"", "TXT \"a\tb\"",
            "TXT \"é\"", "TXT \u{7F}",
            "NSEC a", "NSEC a A A", "NSEC a TYPE0", "NSEC a ANY", "NSEC a OPT", "NSEC a TYPE511 A", "NSEC a TYPE512",
            "NSEC a B",
            "NSEC a TYPE65535", "NSEC a nsec3param NSEC3PARAM", "NSEC a AXFR", "NSEC a TYPE128",
            "NSEC3 1 0 0 - 00000000000000000000000000000000 A", "NSEC3 1 0 0 - 00000000000000000000000000000000",
            "NSEC3 1 0 0 -- 00000000000000000000000000000000 A", "NSEC3 1 0 0 abc 00000000000000000000000000000000 A",
            "NSEC3 1 0 0 ab 0000000000000000000000000000000 A", "NSEC3 1 0 0 ab 0000000000000000000000000000000w A",
            "NSEC3 2 0 0 ab 00000000000000000000000000000000 A",
            "NSEC3 1 0 0 ab 000000000000000000000000000000000000 A",
            "DNSKEY 257 3 13 AAAA", "DNSKEY 257 3 15 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "DNSKEY 257 2 15 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "DNSKEY 257 3 15 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=",
            "DNSKEY 257 3 15 AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAA", "DNSKEY 257 3 15 AA==AAAA",
            "DNSKEY 257 3 8 AQAB",
            "RRSIG A 13 2 60 20250131000000 20250101000000 1 @ AAAA",
            "RRSIG A 13 2 60 20250229000000 20250101000000 1 @ AAAA",
            "RRSIG A 13 2 60 20240229000000 20250431000000 1 @ AAAA",
            "RRSIG A 13 2 60 20250131240000 20250101000000 1 @ AAAA",
            "RRSIG A 13 2 60 1234567890 1 1 @ AAAA", "RRSIG A 13 2 1h 20250131000000 20250101000000 1 @ AAAA",
            "RRSIG A 13 2 60 19691231235959 21060207062816 1 @ AAAA",
            "RRSIG A 13 2 60 20250731000000 21051231235959 1 @ AAAA",
            "RRSIG A 13 2 60 20250131000000 20250101000000 1 @",
            "RRSIG TYPE0 13 2 60 20250131000000 20250101000000 1 @ AAAA",
            "RRSIG A 13 2 60 20250131000000 20250101000000 1 @ AA",
            "RRSIG A 13 2 60 20250131000000 20250101000000 1 Signer AA==",
            "RRSIG OPT 13 2 60 20250131000000 20250101000000 1 @ AAAA",
            "RRSIG ANY 13 2 60 20250131000000 20250101000000 1 @ AAAA",
            "CNAME a", "CNAME", "CNAME a b", "PTR a\\.b", "NS \"a\"", "NS @", "NS @a", "NS .", "NS .a", "NS a.",
            "NS (a)", "DNAME a",
        ])
    func edges(_ rdata: String) {
        for line in ["h 60 IN \(rdata)\n", "h \(rdata) ; comment\r\n", "h IN 60 \(rdata)\t \n", "h \(rdata)"] {
            let text = "@ SOA a b 1 2 3 4 5\nh TXT x\n" + line + "h TXT y\n"
            let reading = ZoneFileFixture.read(text)
            #expect(!reading.findings.contains("the slow path differs"), "\(line): \(reading.findings)")
        }
    }

    @Test("Names of every length around the limits mean the same on both paths")
    func nameLengths() {
        for length in [1, 7, 15, 16, 17, 31, 32, 62, 63, 64, 65] {
            let label = String(repeating: "a", count: length)
            for text in [
                "\(label) A 192.0.2.1\n", "x NS \(label).\(label)\n", "\(label). A 192.0.2.1\n\(label). TXT a\n",
            ] {
                let reading = ZoneFileFixture.read(text)
                #expect(reading.findings.isEmpty == (length <= 63), "\(reading.findings)")
            }
        }
        for length in 235...260 {
            // Labels of nine octets, then one that fills up; with the dots and the origin's nine octets.
            var text = String(repeating: "123456789.", count: (length - 9) / 10 - 1)
            text += String(repeating: "x", count: max(1, length - 9 - text.utf8.count - 1))
            let reading = ZoneFileFixture.read(text + " A 192.0.2.1\n")
            let octets = text.utf8.count + 1 + 9
            #expect(reading.findings.isEmpty == (octets <= 255), "\(octets): \(reading.findings)")
        }
    }
}
