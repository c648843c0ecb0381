import DANE
import DNSModel
import Diagnostics
import Foundation
import OpenSSLBridge
import Testing

@Suite("Services")
struct ServiceDiscoveryTests {
    private func requests(_ kinds: [ServiceRequest.Kind]) -> [ServiceRequest] {
        kinds.map { ServiceRequest($0, certificates: ["xmpp"], location: nil) }
    }

    private func discover(
        _ kinds: [ServiceRequest.Kind], _ zones: ZoneSet
    ) throws -> (map: ServiceMap, rules: [String]) {
        let result = ServiceDiscovery.map(requests(kinds), in: zones)
        let map = try #require(result.value)
        let lint = ServiceLint.findings(map, in: zones, certificates: [:])
        return (map, (result.diagnostics + lint).map(\.rule.name))
    }

    private func name(_ text: String) throws -> DomainName { try DomainName(text) }

    @Test("scenario A: TLSA stands at the SRV targets, each RRset once")
    func scenarioA() throws {
        let (map, rules) = try discover(
            [
                .xmpp(try name("YAX.im.")), .xmpp(try name("chat.yax.im.")), .xmpp(try name("anon.yax.im.")),
                .tcp(host: try name("yaxim.org."), port: 443), .tcp(host: try name("www.yaxim.org."), port: 443),
            ], try TestZone.scenarioA())
        #expect(
            map.requirements.map(\.service.owner.description) == [
                "_443._tcp.yaxim.org.", "_443._tcp.www.yaxim.org.", "_443._tcp.xmpp.yaxim.org.",
                "_5222._tcp.xmpp.yaxim.org.", "_5269._tcp.xmpp.yaxim.org.",
            ])
        #expect(map.endpoints.count == 7)
        #expect(map.foreignRequirements.isEmpty)
        #expect(Set(rules) == ["dane/empty-non-terminal"])
        let client = try #require(map.endpoints.first)
        #expect(client.serviceProtocol.label == "xmpp-client")
        #expect(client.port == 5222 && client.priority == 5 && client.weight == 1)
        #expect(client.referenceIdentities.map(\.description) == ["YAX.im (xmpp-client)", "xmpp.yaxim.org"])
        let direct = try #require(map.endpoints.first { $0.serviceProtocol.label == "xmpps-client" })
        #expect(direct.referenceIdentities[0].service == "xmpp-client")
    }

    @Test("scenario C: a foreign target is named together with what its owner must publish, and spoils the others")
    func foreignTarget() throws {
        let zones = ZoneSet([
            try TestZone.zone(
                "shire.example.",
                [
                    "_xmpp-server._tcp SRV 0 0 5269 hosting.example.net.", "_xmpp-server._tcp SRV 1 0 5269 own",
                    "own A 192.0.2.7",
                ])
        ])
        let (map, rules) = try discover([.xmpp(try name("shire.example."))], zones)
        #expect(map.foreignRequirements.map(\.service.owner.description) == ["_5269._tcp.hosting.example.net."])
        #expect(map.ownRequirements.map(\.service.owner.description) == ["_5269._tcp.own.shire.example."])
        #expect(rules.contains("dane/target-outside-signed-zones"))
        #expect(rules.contains("dane/insecure-target-spoils-all"))
        #expect(map.endpoints.map(\.addresses) == [.unknown, .present])
    }

    @Test("a target below one of our delegations is not ours")
    func delegatedTarget() throws {
        let zones = ZoneSet([
            try TestZone.zone("a.test.", ["_x._tcp SRV 0 0 1 h.sub", "sub NS ns.elsewhere.test.", "h.sub A 192.0.2.1"])
        ])
        let (map, _) = try discover([.srv(try name("_x._tcp.a.test."))], zones)
        #expect(map.endpoints[0].authority == .delegated(apex: try name("a.test."), cut: try name("sub.a.test.")))
    }

    @Test("aliases give both names, the expanded one first; a circle is an error")
    func aliases() throws {
        let zones = ZoneSet([
            try TestZone.zone(
                "a.test.",
                [
                    "@ MX 10 mail", "mail CNAME real", "real A 192.0.2.1", "_x._tcp SRV 0 0 1 loop1",
                    "loop1 CNAME loop2",
                    "loop2 CNAME loop1",
                ])
        ])
        let (map, rules) = try discover([.mx(try name("a.test.")), .srv(try name("_x._tcp.a.test."))], zones)
        #expect(
            map.endpoints[0].tlsaServices.map(\.owner.description) == [
                "_25._tcp.real.a.test.", "_25._tcp.mail.a.test.",
            ])
        #expect(map.requirements.first { $0.service.baseDomain == map.endpoints[0].target }?.isFallback == true)
        #expect(rules.contains("dane/target-is-cname"))
        #expect(rules.contains("dane/alias-loop"))
    }

    @Test("target '.' and null MX mean not offered; no MX means the domain itself")
    func notOffered() throws {
        let zones = ZoneSet([
            try TestZone.zone(
                "a.test.", ["_xmpp-client._tcp SRV 0 0 0 .", "_xmpp-server._tcp SRV 0 0 5269 h", "h A 192.0.2.1"]),
            try TestZone.zone("b.test.", ["@ MX 0 ."]), try TestZone.zone("c.test.", ["@ A 192.0.2.1"]),
        ])
        let (map, rules) = try discover(
            [.xmpp(try name("a.test.")), .mx(try name("b.test.")), .mx(try name("c.test."))], zones)
        #expect(map.notOffered.map(\.owner.description) == ["_xmpp-client._tcp.a.test.", "b.test."])
        #expect(map.endpoints.map(\.target.description) == ["h.a.test.", "c.test."])
        #expect(!rules.contains("dane/no-such-service"))
    }

    @Test("a wildcard answers for names that do not exist")
    func wildcard() throws {
        let zones = ZoneSet([try TestZone.zone("a.test.", ["_x._tcp SRV 0 0 1 any.host", "*.host A 192.0.2.1"])])
        let (map, _) = try discover([.srv(try name("_x._tcp.a.test."))], zones)
        #expect(map.endpoints[0].addresses == .present)
    }

    @Test(
        "each rule about records has a case that breaks it",
        arguments: [
            ("dane/no-such-service", ["h A 192.0.2.1"]),
            ("dane/target-without-address", ["_xmpp-server._tcp SRV 0 0 5269 h"]),
            ("dane/not-offered-beside-targets", ["_xmpp-server._tcp SRV 0 0 5269 h", "_xmpp-server._tcp SRV 0 0 0 ."]),
            (
                "dane/tlsa-at-service-domain",
                ["_xmpp-server._tcp SRV 0 0 5269 h", "h A 192.0.2.1", "_5269._tcp TLSA 3 1 1 00"]
            ),
            ("dane/tlsa-without-port", ["_xmpp-server._tcp SRV 0 0 5269 h", "h A 192.0.2.1", "h TLSA 3 1 1 00"]),
            (
                "dane/mixed-digests",
                [
                    "_xmpp-server._tcp SRV 0 0 5269 h", "h A 192.0.2.1", "_5269._tcp.h TLSA 3 1 1 00",
                    "_5269._tcp.h TLSA 3 1 2 00",
                ]
            ),
        ])
    func rules(rule: String, lines: [String]) throws {
        let zones = ZoneSet([try TestZone.zone("a.test.", lines)])
        let (_, rules) = try discover([.xmpp(try name("a.test."))], zones)
        #expect(rules.contains(rule), "\(rules)")
    }

    @Test("a TTL of an hour is well, a second more is not")
    func ttl() throws {
        for (ttl, warned) in [(UInt32(3600), false), (3601, true)] {
            let zones = ZoneSet([
                try TestZone.zone(
                    "a.test.", ["h A 192.0.2.1", "_443._tcp.h TLSA 3 1 1 00"], ttl: ttl)
            ])
            let (_, rules) = try discover([.tcp(host: try name("h.a.test."), port: 443)], zones)
            #expect(rules.contains("dane/ttl-over-an-hour") == warned)
        }
    }

    @Test("certificates: names, PKIX usages for mail, records that do not match, records that are made")
    func certificates() throws {
        let pki = try TestPKI()
        let key = try CertificateKey.generate(.ecP256)
        let spare = try CertificateKey.generate(.ecP256)
        let leaf = try pki.leaf([.dnsID("a.test")], key: key)
        let zones = ZoneSet([
            try TestZone.zone(
                "a.test.",
                [
                    "_xmpp-server._tcp SRV 0 0 5269 h", "h A 192.0.2.1", "@ MX 0 h",
                    "_5269._tcp.h TLSA 3 1 1 " + String(repeating: "00", count: 32),
                ])
        ])
        let map = try #require(
            ServiceDiscovery.map(
                requests([.xmpp(try name("a.test.")), .mx(try name("a.test."))]), in: zones
            ).value)
        let use = CertificateUse(
            chains: [[leaf, pki.intermediate]], spareKeys: [spare.publicKey],
            parameters: [.daneEESPKISHA256, try TLSAParameters(parsing: "1 0 1")], authority: .highest)
        let rules = ServiceLint.findings(map, in: zones, certificates: ["xmpp": use]).map(\.rule.name)
        #expect(rules.contains("dane/certificate-lacks-name"))
        #expect(rules.contains("dane/pkix-usage-smtp"))
        #expect(rules.contains("dane/tlsa-does-not-match"))

        let plain = CertificateUse(
            chains: [[leaf]], spareKeys: [spare.publicKey], parameters: [.daneEESPKISHA256], authority: .highest)
        let records = try #require(map.records(certificates: ["xmpp": plain], ttl: TTL(1800)).value)
        #expect(
            records.map(\.owner.description) == Array(repeating: "_25._tcp.h.a.test.", count: 2)
                + Array(repeating: "_5269._tcp.h.a.test.", count: 2))
        let missing = map.records(certificates: [:], ttl: nil)
        #expect(missing.diagnostics.map(\.rule.name).contains("dane/unknown-certificate"))
        let authority = CertificateUse(
            chains: [[leaf]], spareKeys: [], parameters: [try TLSAParameters(parsing: "2 1 1")], authority: .highest)
        #expect(
            map.records(certificates: ["xmpp": authority], ttl: nil).diagnostics.map(\.rule.name)
                == ["tlsa/authority-not-sent"])
    }

    @Test("the map is data: JSON with a format version and no missing lists")
    func json() throws {
        let (map, _) = try discover([.xmpp(try name("yax.im."))], try TestZone.scenarioA())
        let json = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(map)) as? [String: Any])
        #expect(json["format"] as? Int == 1)
        #expect((json["services"] as? [[String: Any]])?.count == 2)
        #expect((json["notOffered"] as? [String])?.isEmpty == true)
    }

    @Test("ten thousand services with targets of their own are mapped, each RRset once")
    func scale() throws {
        var lines: [String] = []
        var kinds: [ServiceRequest.Kind] = []
        #if DEBUG
            let services = 1_000
        #else
            let services = 10_000
        #endif
        for index in 0..<services {
            lines.append("_xmpp-server._tcp.d\(index) SRV 0 0 5269 h\(index % (services / 2))")
            if index < services / 2 { lines.append("h\(index) A 192.0.2.1") }
            kinds.append(.srv(try name("_xmpp-server._tcp.d\(index).a.test.")))
        }
        let zones = ZoneSet([try TestZone.zone("a.test.", lines)])
        let clock = ContinuousClock()
        var count = 0
        let elapsed = try clock.measure {
            let (map, _) = try discover(kinds, zones)
            #expect(map.endpoints.count == services)
            count = map.requirements.count
        }
        print("\(services) services mapped and judged in \(elapsed)")
        #expect(count == services / 2)
    }
}
