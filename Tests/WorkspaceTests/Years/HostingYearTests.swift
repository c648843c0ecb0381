import DANE
import DNSModel
import Diagnostics
import OpenSSLBridge
import Testing
import Workspace

/// Scenario C: domains of different people, served by one host.
@Suite("A year of hosting")
struct HostingYearTests {
    private static let tenants = ["shire.example", "rivendell.example", "mordor.example"]
    private static let owners = [5222, 5269].map { "_\($0)._tcp.hosting.example.net." }

    @Test(
        "In hands of their own: each tenant signs SRV, the host's zone has TLSA once, its certificate names the host alone"
    )
    func apart() throws {
        let start = Laboratory.start
        let host = try Laboratory(example: "hosting.example.net")
        try host.write(try host.read("host.yaml"), to: "danectl.yaml")
        let live = try host.put(["hosting.example.net"], into: "live/host.pem", at: start)
        let hostHand = try SimulatedYear.Hand(host, zones: ["hosting.example.net"], servers: ["host": "live/host.pem"])
        var hands = [hostHand]
        for tenant in Self.tenants {
            let laboratory = try Laboratory(example: "hosting.example.net")
            let manifest = try laboratory.read("shire.yaml").replacing("shire.example", with: tenant)
            try laboratory.write(manifest, to: "danectl.yaml")
            try laboratory.write(live.pem + host.authority.pem, to: "live/host.crt")
            hands.append(try SimulatedYear.Hand(laboratory, zones: [tenant], servers: [:]))
        }
        let year = SimulatedYear(hands, services: Self.tenants.map { .xmpp("\($0).", servers: ["host"]) })
        var documents: [(document: POSHDocument, from: Int64)] = []
        /// Steps, and has the host's POSH document written after each: for tenants whose zones cannot be signed.
        func run(days: Int64, busyDays: Int64) throws {
            let end = year.now.advanced(by: days * Laboratory.day)
            let busyEnd = year.now.advanced(by: busyDays * Laboratory.day)
            while year.now < end {
                let now = year.now
                try year.step(by: now < busyEnd ? 3_600 : 12 * 3_600)
                let certificates = try hostHand.workspace.certificates(
                    of: DomainName("hosting.example.net."), now: now, workers: .single)
                documents.append((POSHDocument(certificates: certificates, expires: 3_600), now.rawValue))
            }
        }
        try run(days: 5, busyDays: 1)
        // Each tenant's plan says what the host must publish; the host has it.
        for hand in hands.dropFirst() {
            let plans = try RolloverPlans(hand.workspace, now: year.now, workers: .single)
            #expect(plans.plans.flatMap(\.foreignOwners).map(\.description).sorted() == Self.owners)
            let lint = ServiceSurvey(hand.workspace, workers: .single).lint(in: hand.workspace)
            #expect(lint.contains { $0.rule == "dane/target-outside-signed-zones" })
        }
        let expected: Set = ["3 1 1 \(Laboratory.digest(of: live.publicKey))"]
        for owner in Self.owners { #expect(year.world.latest(at: owner) == expected) }
        #expect(year.world.doors.count == 2 * Self.tenants.count)
        let renewals = SimulatedYear.isWhole ? 6 : 2
        for _ in 0..<renewals {
            try host.put(["hosting.example.net"], into: "staged/host.pem", at: year.now)
            try run(days: 60, busyDays: 1)
            #expect(try host.keyDigest(inFile: "live/host.pem") == host.keyDigest(inFile: "staged/host.pem"))
        }
        for owner in Self.owners { #expect(year.world.versionCounts[owner] == 1 + 2 * renewals) }
        for tenant in Self.tenants { #expect(year.ledger(tenant)?.changes == 0) }
        #expect(year.ledger("hosting.example.net")?.changes == 2 * renewals)
        #expect(year.world.authenticated > year.runs / 4)
        // A tenant's documents, believed for an hour each, match whatever the host's servers presented meanwhile.
        for (index, (document, from)) in documents.enumerated() {
            let to = (index + 1 < documents.count ? documents[index + 1].from : year.now.rawValue) + 3_600
            for presentation in year.world.presentations["host"] ?? []
            where presentation.from <= to && (presentation.to.map { $0 + year.world.deployWindow } ?? .max) >= from {
                #expect(document.matches(presentation.chain.certificates[0]) == true, "\(Timestamp(from))")
            }
        }
    }

    @Test("In one hand: three domains share two record sets, and the certificate that names the host alone goes live")
    func together() throws {
        let start = Laboratory.start
        let laboratory = try Laboratory(example: "hosting.example.net")
        try laboratory.put(["hosting.example.net"], into: "live/host.pem", at: start)
        let hand = try SimulatedYear.Hand(
            laboratory, zones: ["hosting.example.net"] + Self.tenants, servers: ["host": "live/host.pem"])
        let year = SimulatedYear([hand], services: Self.tenants.map { .xmpp("\($0).", servers: ["host"]) })
        try year.step(by: 3_600)
        #expect(year.reports[0].done.count { $0.hasPrefix("published") } == 2)
        #expect(try laboratory.published(Self.owners[0], zone: "shire.example").isEmpty)
        try year.run(days: 180, busyDays: 0)
        try laboratory.put(["hosting.example.net"], into: "staged/host.pem", at: year.now)
        try year.step(by: 3_600)
        let warning = year.reports[0].findings.first { $0.rule == "cert/missing-dns-id" }
        #expect(warning?.severity == .warning)
        try year.run(days: 185)
        #expect(try laboratory.keyDigest(inFile: "live/host.pem") == laboratory.keyDigest(inFile: "staged/host.pem"))
        for owner in Self.owners { #expect(year.world.versionCounts[owner] == 3) }
    }

    @Test("One target that is not known to be signed spoils the others, and danectl says so")
    func insecureTarget() throws {
        let laboratory = try Laboratory(example: "hosting.example.net")
        let zone = try laboratory.read("mordor.example.zone")
        try laboratory.write(
            zone + "_xmpp-server._tcp IN SRV 10 0 5269 backup.elsewhere.test.\n", to: "mordor.example.zone")
        let workspace = try laboratory.workspace
        let findings = ServiceSurvey(workspace, workers: .single).lint(in: workspace)
        let spoiled = findings.filter { $0.rule == "dane/insecure-target-spoils-all" }
        #expect(spoiled.count == 1 && spoiled.allSatisfy { $0.message.contains("backup.elsewhere.test") })
        #expect(findings.contains { $0.rule == "dane/target-outside-signed-zones" })
    }
}
