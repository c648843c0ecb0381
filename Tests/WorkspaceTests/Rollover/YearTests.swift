import DNSModel
import DNSSEC
import Foundation
import OpenSSLBridge
import Testing
import Workspace

/// A year of scenario A: 90-day certificates, apply from a timer.
@Suite("A year of apply")
struct YearTests {
    #if DEBUG
        /// Without optimization a year of hours takes too long: two renewals, four times a day.
        static let step: Int64 = 6 * 3_600
        static let renewals = 2
    #else
        /// Each apply reads, plans and judges everything: a year of hours takes ten minutes, DANECTL_HOURLY asks for it.
        static let step: Int64 = ProcessInfo.processInfo.environment["DANECTL_HOURLY"] == nil ? 6 * 3_600 : 3_600
        static let renewals = 6
    #endif

    static let xmppNames = ["yax.im", "chat.yax.im", "anon.yax.im", "xmpp.yaxim.org"]
    static let webNames = ["yaxim.org", "www.yaxim.org"]

    @Test("No client ever fails, nothing is published without need, and every version verifies")
    func scenarioA() throws {
        let laboratory = try Laboratory(example: "yax.im")
        var now = Laboratory.start
        try laboratory.put(Self.xmppNames, into: "live/xmpp.pem", at: now)
        try laboratory.put(Self.webNames, into: "live/web/fullchain.pem", keyFile: "live/web/privkey.pem", at: now)
        let xmppOwners = ["_443", "_5222", "_5269"].map { "\($0)._tcp.xmpp.yaxim.org." }
        let webOwners = ["_443._tcp.yaxim.org.", "_443._tcp.www.yaxim.org."]
        var clients: [String: Clients] = [:]
        for owner in xmppOwners + webOwners { clients[owner] = Clients(propagation: 3_600, ttl: 3_600, layers: 2) }
        var versions: [String: Int] = [:]
        var lastRenewal = now
        var judged = 0
        var serials = 0
        let end = now.advanced(by: Int64(Self.renewals) * 60 * Laboratory.day + 5 * Laboratory.day)
        while now < end {
            if lastRenewal.distance(to: now) >= 60 * Laboratory.day {
                lastRenewal = now
                // The spare key's certificate comes from a request, the other from a client that makes its own keys.
                let request = try KeyChange.request(
                    try laboratory.workspace, certificate: "xmpp", now: now, includesServiceNames: false,
                    workers: .single)
                let leaf = try laboratory.issue(Self.xmppNames, for: request.publicKey, at: now)
                try laboratory.write(leaf.pem + laboratory.authority.pem, to: "staged/xmpp.pem")
                try laboratory.put(
                    Self.webNames, into: "staged/web/fullchain.pem", keyFile: "staged/web/privkey.pem", at: now)
            }
            let report = try laboratory.apply(at: now)
            #expect(report.failure == nil, "\(now): \(report.findings)")
            var changed = false
            for owner in xmppOwners + webOwners {
                let records = try laboratory.published(owner, zone: "yaxim.org")
                if records != clients[owner]?.latest {
                    (versions[owner, default: 0], changed) = (versions[owner, default: 0] + 1, true)
                }
                clients[owner]?.serve(records, at: now)
            }
            for result in report.signed {
                serials += 1
                #expect(changed || result.statistics.signaturesMade > 1, "\(now): an unneeded serial of \(result.apex)")
                let zone = String(result.apex.description.dropLast())
                #expect(try laboratory.isValid(zone, at: now))
                if changed {
                    judged += 1
                    #expect(try laboratory.ldnsAccepts(zone, at: now), "\(now): ldns refuses \(zone)")
                }
            }
            let keys = (
                try laboratory.keyDigest(inFile: "live/xmpp.pem"),
                try laboratory.keyDigest(inFile: "live/web/fullchain.pem")
            )
            for owner in xmppOwners + webOwners {
                let key = xmppOwners.contains(owner) ? keys.0 : keys.1
                #expect(clients[owner]?.refusal(of: key, at: now) == nil, "\(now): a client at \(owner) fails")
            }
            now = now.advanced(by: Self.step)
        }
        // First publication, then for each renewal one change with a spare key, two without.
        for owner in xmppOwners { #expect(versions[owner] == 1 + Self.renewals) }
        for owner in webOwners { #expect(versions[owner] == 1 + 2 * Self.renewals) }
        #expect(judged > 2 * Self.renewals)
        print("a year of scenario A: \(serials) serials, \(judged) judged by ldns-verify-zone")
    }
}
