import DNSModel
import OpenSSLBridge
import Rollover
import Testing
import Workspace

/// Scenario D: no authority; a key, a certificate that it signs itself, `3 1 1`.
@Suite("A year with self-signed certificates")
struct SelfSignedYearTests {
    private static let names = ["selfsigned.example", "xmpp.selfsigned.example"]

    /// A certificate of three months, and its key, in files of their own.
    private func put(
        _ key: CertificateKey, _ place: String, _ serial: UInt8, in laboratory: Laboratory, at time: Timestamp
    )
        throws
    {
        let leaf = try Certificate.selfSigned(
            .server(
                commonName: nil, names: Self.names.map { .dnsID($0) }, notBefore: time.rawValue - 3_600,
                notAfter: time.rawValue + 90 * Laboratory.day, serialNumber: [serial]), key: key)
        try laboratory.write(try key.pem(), to: "\(place)/xmpp.key")
        try laboratory.write(leaf.pem, to: "\(place)/xmpp.crt")
    }

    @Test(
        "The same key needs no change in DNS, a new key is a rollover, an expired certificate still matches",
        arguments: ["spare-key", "two-phase"])
    func scenarioD(strategy: String) throws {
        let start = Laboratory.start
        let laboratory = try Laboratory(example: "selfsigned.example")
        try laboratory.write(
            try laboratory.read("danectl.yaml").replacing(
                "tlsa: 3 1 1", with: "tlsa: 3 1 1\n    rollover: \(strategy)"),
            to: "danectl.yaml")
        var key = try CertificateKey.generate(.ecP256)
        try put(key, "live", 1, in: laboratory, at: start)
        let hand = try SimulatedYear.Hand(
            laboratory, zones: ["selfsigned.example"], servers: ["xmpp": "live/xmpp.crt"])
        let year = SimulatedYear([hand], services: [.xmpp("selfsigned.example.", servers: ["xmpp"])])
        let owner = "_5222._tcp.xmpp.selfsigned.example."
        let withSpare = strategy == "spare-key"
        try year.run(days: 60)
        // The same key.
        let standing = year.world.latest(at: owner)
        #expect(standing.count == (withSpare ? 2 : 1))
        try put(key, "staged", 2, in: laboratory, at: year.now)
        let renewal = try RolloverPlans(hand.workspace, now: year.now, workers: .single)
        #expect(renewal.plans[0].plan?.notes.joined().contains("no DNS change is needed") == true)
        try year.step(by: 3_600)
        #expect(try laboratory.read("live/xmpp.crt") == laboratory.read("staged/xmpp.crt"))
        try year.run(days: 60, busyDays: 0)
        #expect(year.world.latest(at: owner) == standing)
        // A new key, which danectl makes with its certificate.
        let change = try KeyChange.begin(hand.workspace, certificate: "xmpp", now: year.now, workers: .single)
        guard case .staged = change.outcome else {
            Issue.record("nothing was staged")
            return
        }
        try year.step(by: 3_600)
        let isLiveAtOnce = try laboratory.read("live/xmpp.crt") == laboratory.read("staged/xmpp.crt")
        #expect(isLiveAtOnce == withSpare)
        try year.run(days: 60)
        #expect(try laboratory.read("live/xmpp.crt") == laboratory.read("staged/xmpp.crt"))
        #expect(try laboratory.keyDigest(inFile: "live/xmpp.crt") != Laboratory.digest(of: key.publicKey))
        #expect(year.world.latest(at: owner).isDisjoint(with: ["3 1 1 \(Laboratory.digest(of: key.publicKey))"]))
        // A new key of the operator's own, unannounced: under either strategy the record comes first.
        key = try CertificateKey.generate(.ecP384)
        try put(key, "staged", 3, in: laboratory, at: year.now)
        try year.step(by: 3_600)
        #expect(try laboratory.read("live/xmpp.crt") != laboratory.read("staged/xmpp.crt"))
        try year.run(days: 60)
        #expect(try laboratory.read("live/xmpp.crt") == laboratory.read("staged/xmpp.crt"))
        // Nobody renews it: it expires, and goes on matching, for usage 3 does not look at dates.
        try year.run(days: 125, busyDays: 0, idleStep: 24 * 3_600)
        let status = try ServiceStatus(hand.workspace, now: year.now, workers: .single)
        #expect(status.level == .critical)
        #expect(status.certificates[0].problems.contains("the live certificate has expired"))
        #expect(year.world.latest(at: owner).contains("3 1 1 \(Laboratory.digest(of: key.publicKey))"))
        // With a spare: first both, then each new key brings its spare in one publication, or two when it comes
        // unannounced. Without: two for each new key.
        #expect(year.world.versionCounts[owner] == (withSpare ? 4 : 5))
        #expect(year.world.authenticated > year.runs)
    }
}
