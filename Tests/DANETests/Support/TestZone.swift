import DANE
import DNSModel
import Testing

/// Zones made of a few lines, `name TYPE data`, for tests.
struct TestZone {
    /// A zone with SOA and NS of its own and the records of `lines`.
    static func zone(_ apex: String, _ lines: [String], ttl: UInt32 = 1800) throws -> Zone {
        var builder = ZoneRecordsBuilder()
        let apex = try DomainName(apex)
        let server = try DomainName("ns", origin: apex)
        let numbers: [UInt8] = [0, 0, 0, 1, 0, 0, 14, 16, 0, 0, 3, 132, 0, 9, 58, 128, 0, 0, 14, 16]
        try builder.add(
            owner: apex, type: .soa, ttl: TTL(ttl), rdata: server.wireFormat + server.wireFormat + numbers)
        try builder.add(owner: apex, type: .ns, ttl: TTL(ttl), rdata: server.wireFormat)
        for line in lines {
            let items = line.split(separator: " ").map(String.init)
            let name = { (text: String) throws in try DomainName(text, origin: apex) }
            let (type, rdata): (RRType, [UInt8]) =
                switch items[1] {
                case "SRV":
                    (
                        .srv,
                        RData.SRV(
                            priority: try #require(UInt16(items[2])), weight: try #require(UInt16(items[3])),
                            port: try #require(UInt16(items[4])),
                            target: try name(items[5])
                        ).wireFormat
                    )
                case "MX":
                    (.mx, RData.MX(preference: try #require(UInt16(items[2])), exchange: try name(items[3])).wireFormat)
                case "CNAME": (.cname, try name(items[2]).wireFormat)
                case "NS": (.ns, try name(items[2]).wireFormat)
                case "A": (.a, try items[2].split(separator: ".").map { try #require(UInt8($0)) })
                case "TLSA":
                    (.tlsa, try items[2...4].map { try #require(UInt8($0)) } + (try #require(Hex.decode(items[5]))))
                default: throw UnknownLine(line: line)
                }
            try builder.add(owner: try name(items[0]), type: type, ttl: TTL(ttl), rdata: rdata)
        }
        return builder.makeZone(apex: apex)
    }

    /// A line of a test that this small reader does not understand.
    struct UnknownLine: Error {
        let line: String
    }

    /// Scenario A: the service domain in one zone, the host in another.
    static func scenarioA() throws -> ZoneSet {
        ZoneSet([
            try zone(
                "yax.im.",
                [
                    "_xmpp-client._tcp SRV 5 1 5222 xmpp.yaxim.org.", "_xmpp-server._tcp SRV 5 1 5269 xmpp.yaxim.org.",
                    "_xmpp-server._tcp.chat SRV 5 1 5269 xmpp.yaxim.org.",
                    "_xmpp-client._tcp.anon SRV 5 1 5222 xmpp.yaxim.org.",
                    "_xmpps-client._tcp.anon SRV 5 1 443 xmpp.yaxim.org.",
                ]),
            try zone("yaxim.org.", ["xmpp A 192.0.2.1", "www A 192.0.2.1", "@ A 192.0.2.1"]),
        ])
    }
}
