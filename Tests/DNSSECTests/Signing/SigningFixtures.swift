import DNSModel
import DNSSEC
import Diagnostics
import Testing

/// Zones and keys for the tests of denial and signing.
enum SigningFixtures {
    /// The present of all these tests.
    static let now = Timestamp(1_800_000_000)

    /// Parameters without anything that depends on the RRset, so that outcomes are easy to foresee.
    static func parameters(_ denial: DenialOfExistence = .recommendedNSEC3) -> SigningParameters {
        var parameters = SigningParameters.standard(now: now)
        parameters.denial = denial
        return parameters
    }

    /// A key that is published and signs.
    static func key(
        _ apex: String = "example.", _ role: KeyRole = .csk, _ algorithm: SecurityAlgorithm = .ed25519,
        timing: KeyTiming = KeyTiming()
    ) throws -> ZoneKey {
        let request = KeyRequest(
            owner: try DomainName(apex), role: role, algorithm: algorithm, bits: 2048, ttl: nil, timing: timing)
        return try ZoneKey.generate(request, avoiding: [])
    }

    /// Records as zone files have them: `owner TTL TYPE data…`, a record a line.
    static func zone(_ apex: String, _ text: String) throws -> Zone {
        var builder = ZoneRecordsBuilder()
        let origin = try DomainName(apex)
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count > 3, fields[0] != ";" else { continue }
            let type = try #require(RRType(mnemonic: fields[2]), "\(fields[2])")
            let ttl = TTL(try #require(UInt32(fields[1])))
            let rdata = try Self.rdata(type, Array(fields[3...]), origin: origin)
            try builder.add(owner: DomainName(fields[0], origin: origin), type: type, ttl: ttl, rdata: rdata)
        }
        return builder.makeZone(apex: origin)
    }

    private static func rdata(_ type: RRType, _ fields: [String], origin: DomainName) throws -> [UInt8] {
        func name(_ index: Int) throws -> DomainName { try DomainName(fields[index], origin: origin) }
        func number(_ index: Int) throws -> UInt32 { try #require(UInt32(fields[index])) }
        switch type {
        case .a: return fields[0].split(separator: ".").compactMap { UInt8($0) }
        case .ns, .cname, .dname, .ptr: return try name(0).wireFormat
        case .mx: return [0, UInt8(try number(0))] + (try name(1).wireFormat)
        case .txt: return [UInt8(fields[0].utf8.count)] + Array(fields[0].utf8)
        case .soa:
            return RData.SOA(
                mname: try name(0), rname: try name(1), serial: Serial(rawValue: try number(2)), refresh: try number(3),
                retry: try number(4), expire: try number(5), minimum: try number(6)
            ).wireFormat
        default: return try #require(Hex.decode(fields[0]))
        }
    }

    /// A small zone with something of everything.
    static let sample = """
        @ 3600 SOA ns1 hostmaster 7 7200 3600 1209600 300
        @ 3600 NS ns1
        @ 3600 MX 10 Mail
        ns1 3600 A 192.0.2.1
        Mail 3600 A 192.0.2.2
        *.wild 300 TXT star
        deep.er.still 300 TXT deep
        alias 300 CNAME mail
        secure 3600 NS ns.secure
        secure 3600 DS 00010d0200112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
        secure 3600 TXT occluded
        ns.secure 3600 A 192.0.2.3
        insecure 3600 NS ns.insecure
        ns.insecure 3600 A 192.0.2.4
        lonely.below 3600 NS ns1
        gone 3600 DNAME other.example.
        under.gone 3600 A 192.0.2.5
        """
}

extension Zone {
    /// The types at a name, without RRSIG.
    func types(_ name: String) throws -> [RRType] {
        guard let owner = owner(named: try DomainName(name)) else { return [] }
        return rrsetRanges(of: owner).map { records[$0.lowerBound].type }.filter { $0 != .rrsig }
    }

    /// The signatures at a name over a type.
    func signatures(_ name: String, _ type: RRType) throws -> [RData.RRSIG] {
        guard let set = rrset(try DomainName(name), .rrsig) else { return [] }
        return try set.rdata.map { try RData.RRSIG(wireFormat: $0) }.filter { $0.typeCovered == type }
    }

    /// All records as text of wire format, in order.
    var dump: [String] {
        records.map { record in
            "\(name(of: record.owner)) \(record.ttl) \(record.type) \(Hex.encode(rdata(of: record)))"
        }
    }
}

extension Diagnostic {
    /// Whether this is a finding of a rule.
    func isAbout(_ rule: RuleID, _ severity: Severity) -> Bool { self.rule == rule && self.severity == severity }
}
