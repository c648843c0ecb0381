import DNSModel
import Diagnostics
import Foundation
import Manifest
import OpenSSLBridge
import Rollover
import Testing
import Workspace

/// SRV and MX records that change in the operator's source.
@Suite("Services that move to other targets")
struct ServiceMoveTests {
    private static let now = Laboratory.start
    private static let day = Laboratory.day
    private static let hour = Laboratory.hour
    private static let names = ["example.org", "a.example.org", "b.example.org"]

    private static func zone(_ target: String, hosts: [String] = ["a", "b"], more: String = "") -> String {
        """
        $TTL 1h
        @ SOA ns1 hostmaster 1 2h 1h 6d 5m
        @ NS ns1
        ns1 A 192.0.2.53
        \(hosts.enumerated().map { "\($1) A 192.0.2.\($0 + 1)" }.joined(separator: "\n"))
        _xmpp-server._tcp SRV 5 0 5269 \(target)
        \(more)
        """
    }

    /// A service at `a`, published days ago.
    private func settled(
        services: String = "  - { xmpp: example.org, certificate: main }", hosts: [String] = ["a", "b"],
        more: String = ""
    ) throws -> Laboratory {
        let laboratory = try Laboratory()
        try laboratory.write(
            """
            version: 1
            policies:
              standard: { propagation: 1h, ttl: { maximum: 1d } }
            zones:
              example.org: { source: example.org.zone, output: signed/example.org.zone, policy: standard }
            certificates:
              main: { live: live.pem, staged: staged.pem, tlsa: 3 1 1, rollover: two-phase }
            services:
            \(services)
            """, to: "danectl.yaml")
        try laboratory.write(Self.zone("a", hosts: hosts, more: more), to: "example.org.zone")
        try laboratory.put(Self.names, into: "live.pem", at: Self.now)
        for hours in [0, 48, 49] {
            let report = try laboratory.apply(at: Self.now.advanced(by: Int64(hours) * Self.hour))
            #expect(report.failure == nil, "\(report.findings)")
        }
        return laboratory
    }

    /// What the signed zone says at an owner and type: RDATA, sorted.
    private func records(_ laboratory: Laboratory, _ owner: String, _ type: String) throws -> [String] {
        try laboratory.read("signed/example.org.zone").split(separator: "\n").compactMap { line in
            let fields = line.split { $0 == " " || $0 == "\t" }
            guard fields.count > 4, fields[0] == owner, fields[3] == type else { return nil }
            return fields[4...].joined(separator: " ")
        }.sorted()
    }

    private func target(_ laboratory: Laboratory) throws -> String {
        String(try records(laboratory, "_xmpp-server._tcp.example.org.", "SRV").first?.split(separator: " ").last ?? "")
    }

    private func sign(_ laboratory: Laboratory, at time: Timestamp) throws {
        for zone in try laboratory.workspace.manifest.zones {
            _ = try laboratory.workspace.sign(
                zone, now: time, verification: .automatic, workers: .single, progress: { _ in })
        }
    }

    private static let begin = now.advanced(by: 5 * day)
    private static let newOwner = "_5269._tcp.b.example.org."
    private static let oldOwner = "_5269._tcp.a.example.org."

    @Test("The new target's records first, the negative TTL, the move, the old SRV's TTL, then the old records go")
    func move() throws {
        let laboratory = try settled()
        try laboratory.write(Self.zone("b"), to: "example.org.zone")
        let plans = try RolloverPlans(try laboratory.workspace, now: Self.begin, workers: .single)
        let plan = try #require(plans.moves.first?.plan)
        #expect(plans.moves.first?.held == ["_xmpp-server._tcp.example.org. SRV"])
        // An hour to every secondary, the negative TTL for two layers, a minute to the handshake.
        let switching = Self.begin.advanced(by: 3_600 + 2 * 301 + 60 + 1)
        let drained = switching.advanced(by: 3_600 + 2 * 3_601 + 60 + 1)
        #expect(plan.steps.map(\.earliest) == [Self.begin, switching, drained])
        #expect(
            plan.steps.map(\.action.track.description) == [
                "\(Self.newOwner) TLSA", "_xmpp-server._tcp.example.org. SRV", "\(Self.oldOwner) TLSA",
            ])

        var seen: [String] = []
        var now = Self.begin
        while now < drained.advanced(by: 2 * Self.hour) {
            let report = try laboratory.apply(at: now)
            #expect(report.failure == nil, "\(report.findings)")
            #expect(try laboratory.isValid("example.org", at: now))
            let hasOld = try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty
            let hasNew = try !laboratory.published(Self.newOwner, zone: "example.org").isEmpty
            let target = try target(laboratory)
            #expect(hasNew && (target == "a.example.org." || now >= switching), "\(now)")
            #expect(hasOld || now >= drained, "\(now)")
            #expect(target == "a.example.org." || target == "b.example.org.")
            seen.append("\(target.prefix(1))\(hasOld ? "o" : "-")")
            now = now.advanced(by: 600)
        }
        #expect(seen.first == "ao" && seen.contains("bo") && seen.last == "b-")
        #expect(try RolloverPlans(try laboratory.workspace, now: now, workers: .single).moves.isEmpty)
    }

    @Test("Signing alone holds the service too, from the first moment on, with its state lost even")
    func signAlone() throws {
        let laboratory = try settled()
        try laboratory.write(Self.zone("b"), to: "example.org.zone")
        try sign(laboratory, at: Self.begin)
        #expect(try target(laboratory) == "a.example.org.")
        #expect(try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
        try laboratory.remove("state")
        try sign(laboratory, at: Self.begin.advanced(by: Self.day))
        #expect(try target(laboratory) == "a.example.org.")
        // What could be in caches is not known: two layers of the policy's largest TTL.
        var now = Self.begin.advanced(by: Self.day)
        try laboratory.apply(at: now)
        now = now.advanced(by: Self.hour * 4)
        try laboratory.apply(at: now)
        try sign(laboratory, at: now)
        #expect(try !laboratory.published(Self.newOwner, zone: "example.org").isEmpty)
        #expect(try target(laboratory) == "a.example.org.")
        for _ in 0..<40 where try target(laboratory) == "a.example.org." {
            now = now.advanced(by: Self.hour * 2)
            try laboratory.apply(at: now)
        }
        #expect(try target(laboratory) == "b.example.org.")
        #expect(try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
        for _ in 0..<60 {
            now = now.advanced(by: Self.hour * 2)
            try laboratory.apply(at: now)
        }
        #expect(try laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
    }

    @Test("The old target's addresses stay while an answer may lead there, though the source has them no more")
    func oldAddresses() throws {
        let laboratory = try settled()
        try laboratory.write(Self.zone("b", hosts: ["b"]), to: "example.org.zone")
        try sign(laboratory, at: Self.begin)
        #expect(try records(laboratory, "a.example.org.", "A") == ["192.0.2.1"])
        var now = Self.begin
        var left: Timestamp?
        for _ in 0..<40 {
            try laboratory.apply(at: now)
            if try target(laboratory) == "b.example.org.", left == nil { left = now }
            let isThere = try records(laboratory, "a.example.org.", "A") == ["192.0.2.1"]
            #expect(isThere || left.map { $0.advanced(by: 3_600 + 7_202 + 60) < now } ?? false, "\(now)")
            now = now.advanced(by: 1_800)
        }
        #expect(left != nil)
        #expect(try records(laboratory, "a.example.org.", "A").isEmpty)
        #expect(try laboratory.isValid("example.org", at: now))
    }

    @Test("A new target without addresses: a finding, and the service stays")
    func withoutAddress() throws {
        let laboratory = try settled(hosts: ["a"])
        try laboratory.write(Self.zone("b", hosts: ["a"]), to: "example.org.zone")
        var now = Self.begin
        for _ in 0..<6 {
            let report = try laboratory.apply(at: now)
            #expect(report.findings.contains { $0.rule == "rollover/target-without-address" })
            #expect(report.failure == .badInput)
            #expect(try target(laboratory) == "a.example.org.")
            now = now.advanced(by: Self.hour)
        }
        // When they come, their absence must be forgotten first.
        try laboratory.write(Self.zone("b"), to: "example.org.zone")
        try laboratory.apply(at: now)
        #expect(try target(laboratory) == "a.example.org.")
        #expect(try records(laboratory, "b.example.org.", "A").count == 1)
        try laboratory.apply(at: now.advanced(by: Self.hour))
        #expect(try target(laboratory) == "a.example.org.")
        try laboratory.apply(at: now.advanced(by: 2 * Self.hour))
        #expect(try target(laboratory) == "b.example.org.")
    }

    @Test("A target in the hands of others: what they must publish is said, and that nothing is proved of it")
    func foreignTarget() throws {
        let laboratory = try settled()
        try laboratory.write(Self.zone("xmpp.hosting.example.net."), to: "example.org.zone")
        let plans = try RolloverPlans(try laboratory.workspace, now: Self.begin, workers: .single)
        #expect(plans.plans.first?.foreignOwners.map(\.description) == ["_5269._tcp.xmpp.hosting.example.net."])
        try laboratory.apply(at: Self.begin)
        #expect(try target(laboratory) == "xmpp.hosting.example.net.")
        #expect(try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty, "old answers still lead there")
        try laboratory.apply(at: Self.begin.advanced(by: 4 * Self.hour))
        try laboratory.apply(at: Self.begin.advanced(by: 5 * Self.hour))
        #expect(try laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
    }

    @Test("A service that is withdrawn goes at once; its records when no answer can lead to them")
    func withdrawn() throws {
        let services = """
              - { xmpp: example.org, certificate: main }
              - { tcp: "b.example.org:443", certificate: main }
            """
        let laboratory = try settled(services: services, more: "_xmpp-client._tcp SRV 5 0 5222 a")
        let owner = "_5222._tcp.a.example.org."
        #expect(try !laboratory.published(owner, zone: "example.org").isEmpty)
        try laboratory.write(Self.zone("a"), to: "example.org.zone")
        var now = Self.begin
        let drained = now.advanced(by: 3_600 + 2 * 3_601 + 60 + 1)
        while now < drained.advanced(by: Self.hour) {
            #expect(try laboratory.apply(at: now).failure == nil)
            #expect(try records(laboratory, "_xmpp-client._tcp.example.org.", "SRV").isEmpty)
            #expect(try laboratory.published(owner, zone: "example.org").isEmpty == (now >= drained), "\(now)")
            now = now.advanced(by: 599)
        }
        #expect(try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
    }

    @Test("One target of two: what goes needs no waiting, what comes does")
    func addedAndRemoved() throws {
        let laboratory = try settled()
        try laboratory.write(Self.zone("a", more: "_xmpp-server._tcp SRV 9 0 5269 b"), to: "example.org.zone")
        let service = "_xmpp-server._tcp.example.org."
        try laboratory.apply(at: Self.begin)
        #expect(try records(laboratory, service, "SRV").count == 1)
        var now = Self.begin.advanced(by: 2 * Self.hour)
        try laboratory.apply(at: now)
        #expect(try records(laboratory, service, "SRV").count == 2)
        now = now.advanced(by: 12 * Self.hour)
        try laboratory.write(Self.zone("b"), to: "example.org.zone")
        try laboratory.apply(at: now)
        #expect(try records(laboratory, service, "SRV") == ["5 0 5269 b.example.org."])
        #expect(try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
        for _ in 0..<5 {
            now = now.advanced(by: Self.hour)
            try laboratory.apply(at: now)
        }
        #expect(try laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
    }

    @Test("A certificate that changes during a move changes at both ends")
    func certificateDuringMove() throws {
        let laboratory = try settled()
        try laboratory.write(Self.zone("b"), to: "example.org.zone")
        try laboratory.put(Self.names, into: "staged.pem", at: Self.begin)
        let staged = try laboratory.keyDigest(inFile: "staged.pem")
        var now = Self.begin
        for _ in 0..<80 {
            let report = try laboratory.apply(at: now)
            #expect(report.failure == nil, "\(report.findings)")
            let live = try laboratory.keyDigest(inFile: "live.pem")
            for owner in [Self.oldOwner, Self.newOwner] {
                let records = try laboratory.published(owner, zone: "example.org")
                #expect(records.contains(live) || records.isEmpty && owner == Self.oldOwner, "\(now) \(owner)")
            }
            now = now.advanced(by: 900)
        }
        #expect(try laboratory.keyDigest(inFile: "live.pem") == staged)
        #expect(try target(laboratory) == "b.example.org.")
        #expect(try laboratory.published(Self.newOwner, zone: "example.org") == [staged])
        #expect(try laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
    }

    @Test("Mail moves by its MX records in the same way")
    func mail() throws {
        let services = """
              - { xmpp: example.org, certificate: main }
              - { mx: example.org, certificate: main }
            """
        let laboratory = try settled(services: services, more: "@ MX 10 a")
        try laboratory.write(Self.zone("a", more: "@ MX 10 b"), to: "example.org.zone")
        try laboratory.apply(at: Self.begin)
        #expect(try records(laboratory, "example.org.", "MX") == ["10 a.example.org."])
        #expect(try !laboratory.published("_25._tcp.b.example.org.", zone: "example.org").isEmpty)
        try laboratory.apply(at: Self.begin.advanced(by: 2 * Self.hour))
        #expect(try records(laboratory, "example.org.", "MX") == ["10 b.example.org."])
        try laboratory.apply(at: Self.begin.advanced(by: 6 * Self.hour))
        #expect(try laboratory.published("_25._tcp.a.example.org.", zone: "example.org").isEmpty)
        #expect(try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty, "XMPP is still there")
    }

    @Test("A host that becomes an alias: the records at its own name go on, those at the alias's end come beside them")
    func alias() throws {
        let laboratory = try settled(
            services: "  - { tcp: 'www.example.org:443', certificate: main }", more: "www CNAME a")
        let own = "_443._tcp.www.example.org."
        let ends = ["_443._tcp.a.example.org.", "_443._tcp.b.example.org."]
        #expect(try !laboratory.published(own, zone: "example.org").isEmpty)
        #expect(try ends.map { try !laboratory.published($0, zone: "example.org").isEmpty } == [true, false])
        try laboratory.write(Self.zone("a", more: "www CNAME b"), to: "example.org.zone")
        for hours in [0, 6, 12] {
            let now = Self.begin.advanced(by: Int64(hours) * Self.hour)
            #expect(try laboratory.apply(at: now).failure == nil)
            #expect(try !laboratory.published(own, zone: "example.org").isEmpty)
            #expect(try ends.map { try !laboratory.published($0, zone: "example.org").isEmpty } == [true, true])
            #expect(try records(laboratory, "www.example.org.", "CNAME") == ["b.example.org."])
        }
        try laboratory.apply(at: Self.begin.advanced(by: 4 * Self.day))
        #expect(try ends.map { try !laboratory.published($0, zone: "example.org").isEmpty } == [false, true])
    }

    @Test("An operator who changes his mind has his service back at once, and nothing is left behind")
    func changedMind() throws {
        let laboratory = try settled()
        try laboratory.write(Self.zone("b"), to: "example.org.zone")
        try laboratory.apply(at: Self.begin)
        try laboratory.write(Self.zone("a"), to: "example.org.zone")
        var now = Self.begin.advanced(by: Self.hour)
        try laboratory.apply(at: now)
        #expect(try target(laboratory) == "a.example.org.")
        for _ in 0..<72 {
            now = now.advanced(by: Self.hour)
            #expect(try laboratory.apply(at: now).failure == nil)
        }
        #expect(try laboratory.published(Self.newOwner, zone: "example.org").isEmpty)
        #expect(try !laboratory.published(Self.oldOwner, zone: "example.org").isEmpty)
    }

    @Test("Records of one host go, those of a host whose name begins like it stay")
    func similarNames() throws {
        let services = """
              - { xmpp: example.org, certificate: main }
              - { tcp: "b.example.org:25", certificate: main }
              - { tcp: "b2.example.org:25", certificate: main }
            """
        let laboratory = try settled(services: services, hosts: ["a", "b", "b2"])
        let manifest = try laboratory.read("danectl.yaml")
        try laboratory.write(
            manifest.replacingOccurrences(
                of: "  - { tcp: \"b.example.org:25\", certificate: main }\n", with: ""), to: "danectl.yaml")
        for days in 0..<6 {
            let now = Self.begin.advanced(by: Int64(days) * Self.day)
            #expect(try laboratory.apply(at: now).failure == nil)
            #expect(try !laboratory.published("_25._tcp.b2.example.org.", zone: "example.org").isEmpty)
        }
        #expect(try laboratory.published("_25._tcp.b.example.org.", zone: "example.org").isEmpty)
    }

    @Test("POSH for a domain that is not ours is named as a step to be done by hand, when a certificate changes")
    func poshStep() throws {
        let services = """
              - { xmpp: example.org, certificate: main }
              - { xmpp: tenant.test, certificate: main }
            """
        let laboratory = try settled(services: services)
        #expect(try RolloverPlans(try laboratory.workspace, now: Self.begin, workers: .single).plans[0].notes.isEmpty)
        try laboratory.put(Self.names + ["tenant.test"], into: "staged.pem", at: Self.begin)
        let notes = try RolloverPlans(try laboratory.workspace, now: Self.begin, workers: .single).plans[0].notes
        let note = try #require(notes.first { $0.contains("POSH") })
        #expect(note.contains("https://tenant.test/.well-known/posh/xmpp-client.json"))
        #expect(note.contains("/.well-known/posh/xmpp-server.json") && note.contains("'expires'"))
        let tenant = try DomainName("tenant.test")
        let made = try laboratory.workspace.certificates(of: tenant, now: Self.begin, workers: .single)
        #expect(made.count == 2, "the present one and the next")
    }
}
