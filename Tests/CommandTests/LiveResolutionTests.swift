import Testing

/// The zones as the world sees them: served by NSD, validated by Unbound, on the loopback interface.
@Suite("Signed zones, served and validated", .serialized)
struct LiveResolutionTests {
    /// A question and what is to come of it.
    struct Case {
        let about: String
        let name: String
        let type: String
        var status = "NOERROR"
        /// The least number of records in the answer section.
        var answers = 0
        var isAuthentic = true
        /// Whether the proof has an NSEC3 record with opt-out over the name: then there may be no AD (RFC 5155 §9.2).
        var isWithinOptOut = false
    }

    static let cases = [
        Case(about: "a positive answer", name: "www.", type: "A", answers: 2),
        Case(about: "the apex", name: "", type: "DNSKEY", answers: 3),
        Case(about: "a name that is not", name: "nothing.", type: "A", status: "NXDOMAIN", isWithinOptOut: true),
        Case(about: "a type that is not", name: "www.", type: "MX"),
        Case(about: "an empty non-terminal", name: "ent.", type: "A"),
        Case(about: "an empty non-terminal below one", name: "b.ent.", type: "TXT"),
        Case(
            about: "a name below an empty non-terminal", name: "x.b.ent.", type: "TXT", status: "NXDOMAIN",
            isWithinOptOut: true),
        Case(about: "a wildcard's answer", name: "x.wild.", type: "TXT", answers: 2, isWithinOptOut: true),
        Case(about: "a wildcard's answer, deep", name: "y.x.wild.", type: "TXT", answers: 2, isWithinOptOut: true),
        Case(about: "a type that a wildcard has not", name: "x.wild.", type: "A", isWithinOptOut: true),
        Case(about: "the wildcard itself", name: "*.wild.", type: "TXT", answers: 2),
        Case(about: "an alias", name: "alias.", type: "A", answers: 4),
        Case(
            about: "an alias of nothing", name: "astray.", type: "A", status: "NXDOMAIN", answers: 2,
            isWithinOptOut: true),
        Case(about: "a name below DNAME", name: "a.gone.", type: "TXT", answers: 5),
        Case(about: "DNAME itself", name: "gone.", type: "DNAME", answers: 2),
        Case(about: "DS of a secure delegation", name: "secure.", type: "DS", answers: 2),
        Case(about: "DS of an insecure delegation", name: "insecure.", type: "DS", isWithinOptOut: true),
        Case(about: "a name in the secure child", name: "www.secure.", type: "A", answers: 2),
        Case(
            about: "none in the secure child", name: "no.secure.", type: "A", status: "NXDOMAIN", isWithinOptOut: true),
        Case(about: "a name in the insecure child", name: "www.insecure.", type: "A", answers: 1, isAuthentic: false),
        Case(
            about: "none in the insecure child", name: "no.insecure.", type: "A", status: "NXDOMAIN",
            isAuthentic: false),
    ]

    @Test("A validating resolver authenticates every kind of answer", arguments: LiveZones.Denial.allCases)
    func answers(_ denial: LiveZones.Denial) throws {
        let zones = try LiveZones(denial, in: TemporaryFolder())
        let network = try zones.serve()
        defer { network.stop() }
        for question in Self.cases {
            let answer = try network.ask(question.name + zones.apex, question.type)
            #expect(answer.status == question.status, "\(question.about): \(answer.text)")
            #expect(answer.answers >= question.answers, "\(question.about): \(answer.text)")
            let isAuthentic = question.isAuthentic && !(denial == .optOut && question.isWithinOptOut)
            #expect(answer.isAuthentic == isAuthentic, "\(question.about): \(answer.text)")
        }
    }

    @Test("A damaged signature is no answer, and harms no other name", arguments: LiveZones.Denial.allCases)
    func damagedAnswer(_ denial: LiveZones.Denial) throws {
        let zones = try LiveZones(denial, in: TemporaryFolder())
        try zones.damageSignatures { owner, type in owner == "www.\(zones.apex)." && type == "A" }
        let network = try zones.serve()
        defer { network.stop() }
        let bogus = try network.ask("www.\(zones.apex)", "A")
        #expect(bogus.status == "SERVFAIL", "\(bogus.text)")
        let unchecked = try network.ask("www.\(zones.apex)", "A", "+cd")
        #expect(unchecked.status == "NOERROR" && unchecked.answers == 2, "\(unchecked.text)")
        let other = try network.ask("mail.\(zones.apex)", "MX")
        #expect(other.status == "NOERROR" && other.isAuthentic, "\(other.text)")
    }

    @Test("Damaged denial is no denial", arguments: LiveZones.Denial.allCases)
    func damagedDenial(_ denial: LiveZones.Denial) throws {
        let zones = try LiveZones(denial, in: TemporaryFolder())
        try zones.damageSignatures { _, type in type == "NSEC" || type == "NSEC3" }
        let network = try zones.serve()
        defer { network.stop() }
        for (name, type) in [("nothing", "A"), ("www", "MX"), ("x.wild", "TXT"), ("www.insecure", "A")] {
            let bogus = try network.ask("\(name).\(zones.apex)", type)
            #expect(bogus.status == "SERVFAIL", "\(bogus.text)")
        }
        let positive = try network.ask("mail.\(zones.apex)", "MX")
        #expect(positive.status == "NOERROR" && positive.isAuthentic, "\(positive.text)")
    }

    @Test("Whoever trusts another key believes nothing of it")
    func otherAnchor() throws {
        let folder = try TemporaryFolder()
        let zones = try LiveZones(.nsec, in: folder)
        let made = try Shell.danectl("keygen", zones.apex, "--csk", "--keys", "other", "-q", in: folder)
        #expect(made.status == 0)
        let name = try #require(try folder.files(in: "other").first { $0.hasSuffix(".key") })
        let anchor = try Shell.danectl("ds", "other/\(name)", in: folder)
        #expect(anchor.status == 0 && anchor.output.contains(" DS "), "\(anchor.errors)")
        let network = try zones.serve(anchor: anchor.output)
        defer { network.stop() }
        let bogus = try network.ask("www.\(zones.apex)", "A")
        #expect(bogus.status == "SERVFAIL", "\(bogus.text)")
    }
}
