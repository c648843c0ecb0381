import DNSModel
import Foundation
import Testing

@Suite("RDATA as BIND reads it")
struct BINDDifferentialTests {
    /// What BIND 9.18 reads differently or not at all, by type or by type and text, and why.
    private static let disagreements: [String: String] = [
        "CLA": "newer than BIND 9.18",
        "IPN": "newer than BIND 9.18",
        "MD": "refused as obsolete",
        "MF": "refused as obsolete",
        "SOA": "allowed at the apex only, where the zone of this test has its own",
        "CDS 0 0 0 0": "the erratum's 00 is read, not RFC 8078's 0",
        "CDNSKEY 0 3 0 0": "the erratum's AA== is read, not RFC 8078's 0",
        "X25 \"in text\"": "four or more digits are wanted, as RFC 1183 §3.1 says",
        "NSEC Host.example.": "an empty bitmap is refused",
        "IPSECKEY 10 3 0 gateway.example.": "algorithm 0 without a key is refused, against RFC 4025 §2.4",
        "HTTPS 1 . tls-supported-groups=29,23 docpath=\"n,s\" key11 oots=\"do53:100,dot:25\"":
            "the keys are newer than BIND 9.18",
    ]

    private static let tool = ["/usr/bin/named-compilezone", "/usr/sbin/named-compilezone"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test("What we print, BIND reads as the same wire format")
    func readsAlike() throws {
        let tool = try #require(Self.tool, "named-compilezone is not installed")
        let fixtures = RDataFixture.all.enumerated().filter { _, fixture in
            Self.disagreements[fixture.mnemonic] == nil
                && Self.disagreements["\(fixture.mnemonic) \(fixture.presentation)"] == nil
        }
        var zone = "$TTL 3600\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.9\n"
        for (index, fixture) in fixtures { zone += "r\(index) \(fixture.mnemonic) \(fixture.presentation)\n" }
        let folder = FileManager.default.temporaryDirectory.appending(path: "rdata-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "zone").path
        let output = folder.appending(path: "raw").path
        try Data(zone.utf8).write(to: URL(filePath: input))
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments =
            ["k", "n", "m", "M", "S", "r"].flatMap { ["-\($0)", "ignore"] }
            + ["-i", "none", "-F", "raw", "-o", output, "example.", input]
        let messages = Pipe()
        process.standardOutput = messages
        process.standardError = messages
        try process.run()
        let said = messages.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
        let records = RawZone.records(Array(try Data(contentsOf: URL(filePath: output))))
        for (index, fixture) in fixtures {
            let owner = try DomainName("r\(index).example.")
            let found = records.filter { $0.owner == owner.wireFormat && $0.type == fixture.type }
            #expect(found.map { Hex.encode($0.rdata) } == [fixture.hex], "\(fixture.testDescription)")
        }
    }
}

/// BIND's raw zone format, as far as it is needed to look at records.
private enum RawZone {
    static func records(_ octets: [UInt8]) -> [(owner: [UInt8], type: RRType, rdata: [UInt8])] {
        var index = 24
        func number(_ count: Int) -> Int {
            defer { index += count }
            return octets[index..<min(index + count, octets.count)].reduce(0) { $0 << 8 | Int($1) }
        }
        func take(_ count: Int) -> [UInt8] {
            defer { index += count }
            return Array(octets[index..<min(index + count, octets.count)])
        }
        var records: [(owner: [UInt8], type: RRType, rdata: [UInt8])] = []
        while index + 18 <= octets.count {
            index += 6
            let type = RRType(UInt16(number(2)))
            index += 6
            let count = number(4)
            let owner = take(number(2))
            for _ in 0..<count { records.append((owner, type, take(number(2)))) }
        }
        return records
    }
}
