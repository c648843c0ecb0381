import DNSModel
import Foundation

/// Zones that every judge would load unsigned, so that what they object to is the signer's doing.
enum JudgedZones {
    /// A small zone with something of everything.
    static func tour(apex: String) throws -> Zone {
        var zone = try ZoneMaker(apex)
        try zone.add("www", .a, [192, 0, 2, 10])
        try zone.add("www", .aaaa, [UInt8](repeating: 0x20, count: 16))
        try zone.add("Mixed.Case", .mx, [0, 10] + zone.name("Mail.Case").wireFormat)
        try zone.add("Mail.Case", .a, [192, 0, 2, 11])
        try zone.add("*.wild", .txt, [4] + Array("star".utf8))
        try zone.add("a.b.c.d.deep", .txt, [4] + Array("deep".utf8))
        try zone.add("alias", .cname, zone.name("www").wireFormat)
        try zone.add("gone", .dname, zone.name("www").wireFormat)
        try zone.add("_5222._tcp.www", .tlsa, [3, 1, 1] + [UInt8](repeating: 0x5A, count: 32))
        try zone.add("www", RRType(257), [0, 5] + Array("issueca.example".utf8))
        try zone.delegate("secure", isSecure: true)
        try zone.delegate("insecure", isSecure: false)
        try zone.delegate("sub.only.insecure2", isSecure: false)
        try zone.add("escaped\\.dot", .txt, [1, 1])
        try zone.add("nul\\000inside", .txt, [1, 0])
        return try zone.finish()
    }

    /// A zone of random names: empty non-terminals, wildcards, delegations, odd octets, long names, big RRsets.
    static func random(apex: String, owners: Int, seed: UInt64) throws -> Zone {
        var zone = try ZoneMaker(apex)
        var state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
        func pick(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
        // No backslash: NSD 4 and ldns 1.8 misread an escaped one before a dot or a quote.
        let octets = ["a", "B", "c", "x", "Y", "7", "0", "-", "_", "\\000", "\\.", "\\255", "\\200", "\\032"]
        // One leftmost label a name keeps names from meeting; what is above it is shared now and then.
        for index in 0..<owners {
            var text = "n\(index)" + (0..<pick(4)).map { _ in octets[pick(octets.count)] }.joined()
            for _ in 0..<[0, 0, 0, 1, 2, 4][pick(6)] { text += ".s\(pick(6))" }
            switch pick(12) {
            case 0: try zone.delegate(text, isSecure: true)
            case 1, 2: try zone.delegate(text, isSecure: false)
            case 3: try zone.add("*." + text, .txt, [1, UInt8(97 + pick(26))])
            case 4: try zone.add(text, .cname, zone.name("Some.Where.Else").wireFormat)
            case 5:
                for _ in 0..<(2 + pick(40)) {
                    try zone.add(text, .txt, [100] + (0..<100).map { _ in UInt8(97 + pick(26)) })
                }
            case 6: try zone.add(text, RRType(65_300), [1, 2, 3])
            case 7:
                // Nothing escaped: ldns 1.8 takes no name of more than 255 characters.
                var name = zone.name("n\(index).long")
                while name.wireFormat.count < 255, 254 - name.wireFormat.count > 0 {
                    let label = [UInt8](repeating: UInt8(97 + pick(26)), count: min(63, 254 - name.wireFormat.count))
                    name = name.prepending(label: label) ?? name
                }
                zone.add(name, .a, [192, 0, 2, 77])
            default:
                try zone.add(text, .a, [192, 0, 2, UInt8(pick(256))])
                if pick(2) == 0 { try zone.add(text, .mx, [0, 10] + zone.name("Mail.Else").wireFormat) }
            }
        }
        return try zone.finish()
    }

    /// Writes a zone as a file that others read.
    static func write(_ zone: Zone, to path: String) throws {
        var text: [UInt8] = []
        for record in zone.records {
            text += zone.name(of: record.owner).presentationOctets
            text += Array(" \(record.ttl) IN \(record.type) ".utf8)
            RDataPrinter.append(record.type, zone.rdata(of: record).span, to: &text)
            text.append(UInt8(ascii: "\n"))
        }
        try Data(text).write(to: URL(fileURLWithPath: path))
    }
}

/// Puts a zone together by names relative to its apex.
private struct ZoneMaker {
    private let apex: DomainName
    private var records: [(owner: DomainName, type: RRType, rdata: [UInt8])] = []

    init(_ apex: String) throws {
        self.apex = try DomainName(apex)
        let soa = RData.SOA(
            mname: try DomainName("ns1", origin: self.apex), rname: try DomainName("Host.Master", origin: self.apex),
            serial: Serial(rawValue: 2_026_010_100), refresh: 7200, retry: 3600, expire: 1_209_600, minimum: 300)
        try add("@", .soa, soa.wireFormat)
        try add("@", .ns, name("ns1").wireFormat)
        try add("ns1", .a, [192, 0, 2, 1])
    }

    /// - Precondition: `text` is a name.
    func name(_ text: String) -> DomainName {
        guard let name = try? DomainName(text, origin: apex) else { preconditionFailure("not a name: \(text)") }
        return name
    }

    mutating func add(_ owner: String, _ type: RRType, _ rdata: [UInt8]) throws {
        add(try DomainName(owner, origin: apex), type, rdata)
    }

    mutating func add(_ owner: DomainName, _ type: RRType, _ rdata: [UInt8]) {
        records.append((owner, type, rdata))
    }

    mutating func delegate(_ owner: String, isSecure: Bool) throws {
        try add(owner, .ns, name("ns.\(owner)").wireFormat)
        try add("ns.\(owner)", .a, [192, 0, 2, 200])
        if isSecure { try add(owner, .ds, [0x12, 0x34, 13, 2] + [UInt8](repeating: 0xD5, count: 32)) }
    }

    func finish() throws -> Zone {
        var builder = ZoneRecordsBuilder()
        for record in records {
            try builder.add(owner: record.owner, type: record.type, ttl: TTL(3600), rdata: record.rdata)
        }
        return builder.makeZone(apex: apex)
    }
}
