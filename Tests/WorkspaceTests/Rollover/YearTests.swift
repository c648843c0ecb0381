import DNSModel
import Foundation
import OpenSSLBridge
import Testing
import Workspace

/// A year of scenario A: 90-day certificates, apply from a timer every hour.
@Suite("A year of apply")
struct YearTests {
    static let step: Int64 = SimulatedYear.isWhole ? 3_600 : 6 * 3_600
    static let renewals = SimulatedYear.isWhole ? 6 : 2

    static let xmppNames = ["yax.im", "chat.yax.im", "anon.yax.im", "xmpp.yaxim.org"]
    static let webNames = ["yaxim.org", "www.yaxim.org"]

    @Test("No client ever fails, nothing is published without need, and every version verifies")
    func scenarioA() throws {
        let laboratory = try Laboratory(example: "yax.im")
        let start = Laboratory.start
        try laboratory.put(Self.xmppNames, into: "live/xmpp.pem", at: start)
        try laboratory.put(Self.webNames, into: "live/web/fullchain.pem", keyFile: "live/web/privkey.pem", at: start)
        let hand = try SimulatedYear.Hand(
            laboratory, zones: ["yax.im", "yaxim.org"],
            servers: ["xmpp": "live/xmpp.pem", "web": "live/web/fullchain.pem"])
        let year = SimulatedYear(
            [hand],
            services: ["yax.im.", "chat.yax.im.", "anon.yax.im."].map { .xmpp($0, servers: ["xmpp"]) }
                + ["yaxim.org.", "www.yaxim.org."].map { .host($0, port: 443, servers: ["web"]) })
        let length = SimulatedYear.isWhole ? 365 * Laboratory.day : Int64(Self.renewals) * 60 * Laboratory.day
        var nextRenewal = start.advanced(by: 58 * Laboratory.day)
        var renewals = 0
        while year.now < start.advanced(by: length) {
            if year.now >= nextRenewal {
                renewals += 1
                nextRenewal = nextRenewal.advanced(by: 58 * Laboratory.day)
                // The spare key's certificate comes from a request, the other from a client that makes its own keys.
                let request = try KeyChange.request(
                    hand.workspace, certificate: "xmpp", now: year.now, includesServiceNames: false, workers: .single)
                let leaf = try laboratory.issue(Self.xmppNames, for: request.publicKey, at: year.now)
                try laboratory.write(leaf.pem + laboratory.authority.pem, to: "staged/xmpp.pem")
                try laboratory.put(
                    Self.webNames, into: "staged/web/fullchain.pem", keyFile: "staged/web/privkey.pem", at: year.now)
            }
            try year.step(by: Self.step)
        }
        #expect(renewals == Self.renewals)
        // First publication, then for each renewal one change with a spare key, two without.
        for port in [443, 5222, 5269] {
            #expect(year.world.versionCounts["_\(port)._tcp.xmpp.yaxim.org."] == 1 + renewals)
        }
        for host in ["yaxim.org.", "www.yaxim.org."] {
            #expect(year.world.versionCounts["_443._tcp.\(host)"] == 1 + 2 * renewals)
        }
        let service = try #require(year.ledger("yax.im"))
        let host = try #require(year.ledger("yaxim.org"))
        #expect(service.changes == 0 && host.changes == 3 * renewals)
        for ledger in [service, host] {
            #expect(
                ledger.expectedRenewals(in: length, step: Self.step).contains(ledger.renewals), "\(ledger.renewals)")
            #expect(ledger.publications <= 1 + ledger.changes + ledger.renewals)
        }
        #expect(year.judged == service.publications + host.publications)
        #expect(year.world.authenticated > year.runs)
        print(
            """
            a year of scenario A: \(year.runs) runs, \(year.judged) publications, each accepted by ldns-verify-zone \
            (\(service.renewals) and \(host.renewals) renewals of signatures, \(host.changes) changes of TLSA); \
            \(year.world.handshakes) handshakes
            """)
    }
}
