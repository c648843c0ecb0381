// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel
import Testing

@Suite("Writing zone files")
struct ZoneFileWriterTests {
    private func text(_ zone: Zone, _ style: ZoneFileStyle = .presentation, workers: Int = 1) -> String {
        var octets: [UInt8] = []
        ZoneFileWriter.write(zone, style: style, workers: Workers(workers)) { octets.append(contentsOf: $0) }
        return String(decoding: octets, as: UTF8.self)
    }

    @Test("one record a line, SOA first, then canonical order, names absolute")
    func layout() {
        let zone = zoneOfLines(soaAndNS + "b 60 TXT x\nA 3600 MX 10 mail\nz.A 0 AAAA 2001:db8::1\n@ 60 A 192.0.2.1")
        #expect(
            text(zone) == """
                example.\t3600\tIN\tSOA\tns1.example. hostmaster.example. 1 7200 3600 1209600 300
                example.\t60\tIN\tA\t192.0.2.1
                example.\t3600\tIN\tNS\tns1.elsewhere.
                A.example.\t3600\tIN\tMX\t10 mail.example.
                z.A.example.\t0\tIN\tAAAA\t2001:db8::1
                b.example.\t60\tIN\tTXT\t"x"

                """)
    }

    @Test("TTL and type are each record's own")
    func heads() {
        // Their numbers are equal in the last six bits.
        let lines = [
            "a 60 A 192.0.2.1", "a 60 HTTPS 1 .", "a 60 TYPE65281 \\# 1 00", "b 60 A 192.0.2.1",
            "b 61 TYPE65281 \\# 1 00", "c 2147483647 A 192.0.2.1", "c 0 TYPE65345 \\# 1 00", "d 60 A 192.0.2.1",
            "d 61 TYPE65281 \\# 1 00",
        ]
        let written = text(zoneOfLines(soaAndNS + lines.joined(separator: "\n"))).split(separator: "\n").dropFirst(2)
        let expected = lines.map { line in
            let fields = line.split(separator: " ", maxSplits: 3)
            return "\(fields[0]).example.\t\(fields[1])\tIN\t\(fields[2])\t\(fields[3])"
        }
        #expect(written.map(String.init) == expected)
    }

    @Test("the generic form is for readers that know no types")
    func generic() {
        let zone = zoneOfLines("@ 60 A 192.0.2.1\n@ 60 TYPE65280 \\# 0")
        #expect(
            text(zone, .generic) == """
                example.\t60\tIN\tTYPE1\t\\# 4 c0000201
                example.\t60\tIN\tTYPE65280\t\\# 0

                """)
    }

    @Test("DNSKEY records say their tag, role and size, as ldns does")
    func keyComments() {
        let p256 = String(repeating: "AAAA", count: 21) + "AA=="
        let zone = zoneOfLines(
            "@ 60 DNSKEY 257 3 13 \(p256)\n@ 60 DNSKEY 256 3 15 \(String(repeating: "A", count: 43))=")
        let lines = text(zone).split(separator: "\n")
        #expect(lines.first?.hasSuffix(" ;{id = 1039 (zsk), size = 256b}") == true, "\(lines[0])")
        #expect(lines.last?.hasSuffix(" ;{id = 1038 (ksk), size = 256b}") == true, "\(lines[1])")
        var plain = ZoneFileStyle.presentation
        plain.commentsOnKeys = false
        #expect(!text(zone, plain).contains(";"))
    }

    @Test("the size of an RSA key is that of its modulus", arguments: [(1, 3), (3, 128), (3, 256)])
    func rsaKeySize(exponentLength: Int, modulusLength: Int) {
        let short = [UInt8(exponentLength)] + Array(repeating: 1, count: exponentLength + modulusLength)
        let long = [0, 0, UInt8(exponentLength)] + Array(repeating: 1, count: exponentLength + modulusLength)
        for key in [short, long] {
            let zone = testZone([RecordFixture("example.", .dnskey, [1, 0, 3, 8] + key)])
            #expect(text(zone).contains("size = \(modulusLength * 8)b}"))
        }
    }

    @Test("types can be left out")
    func omittedTypes() {
        let zone = zoneOfLines(soaAndNS + "a 60 TXT x\nb 60 TXT y")
        var style = ZoneFileStyle.presentation
        style.omittedTypes = [.soa, .txt]
        #expect(text(zone, style) == "example.\t3600\tIN\tNS\tns1.elsewhere.\n")
    }

    private func bigZone() -> Zone {
        var lines = soaAndNS
        for number in 0..<30000 { lines += "h\(number) 60 A 192.0.2.\(number % 256)\nh\(number) 60 TXT n\(number)\n" }
        return zoneOfLines(lines)
    }

    @Test("the text is the same for any number of workers")
    func workerCounts() {
        let zone = bigZone()
        let expected = text(zone)
        #expect(expected.utf8.count { $0 == 0x0A } == zone.records.count)
        for workers in [2, 3, 8] { #expect(text(zone, workers: workers) == expected) }
    }

    @Test("a worker that is held up does not bring the text out of order")
    func busyMachine() async {
        let zone = bigZone()
        let expected = text(zone)
        // Far more threads than cores, so that any of them is held up anywhere.
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<24 {
                group.addTask {
                    var written: [UInt8] = []
                    ZoneFileWriter.write(zone, workers: Workers(2)) { written.append(contentsOf: $0) }
                    return written.elementsEqual(expected.utf8)
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test("what the sink throws stops the writing", arguments: [1, 3])
    func failingSink(workers: Int) {
        struct DiskFull: Error {}
        var pieces = 0
        #expect(throws: DiskFull.self) {
            try ZoneFileWriter.write(bigZone(), workers: Workers(workers)) { (_) throws(DiskFull) in
                pieces += 1
                if pieces == 3 { throw DiskFull() }
            }
        }
        #expect(pieces == 3)
    }

    @Test("an empty zone is an empty text, and a zone without SOA is written all the same")
    func withoutSOA() {
        #expect(text(testZone([])) == "")
        #expect(text(zoneOfLines("a 60 A 192.0.2.1")) == "a.example.\t60\tIN\tA\t192.0.2.1\n")
    }

    @Test(
        "JSON has every record once, in the zone file's order, with quotes and backslashes escaped", arguments: [1, 3])
    func json(workers: Int) {
        let zone = zoneOfLines(soaAndNS + "a\\.b 60 TXT x\\\"y")
        var octets: [UInt8] = []
        ZoneJSONWriter.write(zone, workers: Workers(workers)) { octets.append(contentsOf: $0) }
        let soa = zone.rrset(zone.apex, .soa)!.rdata[0].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(
            String(decoding: octets, as: UTF8.self) == #"""
                {"format": 1, "apex": "example.", "class": "IN", "records": [
                {"owner": "example.", "ttl": 3600, "type": "SOA", "rdata": "ns1.example. hostmaster.example. 1 7200 3600 1209600 300", "rdataHex": "\#(soa)"},
                {"owner": "example.", "ttl": 3600, "type": "NS", "rdata": "ns1.elsewhere.", "rdataHex": "036e733109656c7365776865726500"},
                {"owner": "a\\.b.example.", "ttl": 60, "type": "TXT", "rdata": "\"x\\\"y\"", "rdataHex": "03782279"}
                ]}

                """#)
        octets = []
        ZoneJSONWriter.write(testZone([])) { octets.append(contentsOf: $0) }
        #expect(String(decoding: octets, as: UTF8.self).hasSuffix("\"records\": [\n]}\n"))
    }
}
