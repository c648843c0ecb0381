import DNSModel
import DNSSEC
import Diagnostics
import Testing

@Suite("SOA serials")
struct SerialPolicyTests {
    /// What was given, what was published, and what follows from a policy at a time.
    struct Case: CustomTestStringConvertible {
        let policy: SerialPolicy
        let source: UInt32
        let previous: UInt32?
        let now: Int64
        let expected: UInt32
        let isWarned: Bool

        init(
            _ policy: SerialPolicy, _ source: UInt32, after previous: UInt32?, at now: Int64 = 1_800_000_000,
            is expected: UInt32, warned isWarned: Bool = false
        ) {
            self.policy = policy
            self.source = source
            self.previous = previous
            self.now = now
            self.expected = expected
            self.isWarned = isWarned
        }

        var testDescription: String {
            "\(policy.rawValue): \(source) after \(previous.map(String.init) ?? "none") at \(now)"
        }
    }

    static let cases: [Case] = [
        Case(.keep, 7, after: nil, is: 7),
        Case(.keep, 8, after: 7, is: 8),
        Case(.keep, 7, after: 7, is: 7, warned: true),
        Case(.keep, 6, after: 7, is: 6, warned: true),
        Case(.keep, 0, after: 4_294_967_295, is: 0),
        Case(.keep, 2_147_483_655, after: 7, is: 2_147_483_655, warned: true),

        Case(.increment, 7, after: nil, is: 8),
        Case(.increment, 7, after: 41, is: 42),
        Case(.increment, 50, after: 41, is: 51),
        Case(.increment, 4_294_967_295, after: nil, is: 0),
        Case(.increment, 4_294_967_290, after: 4_294_967_295, is: 0),
        Case(.increment, 3, after: 4_294_967_294, is: 4),
        Case(.increment, 2_147_483_655, after: 7, is: 8),

        Case(.unixtime, 7, after: nil, is: 1_800_000_000),
        Case(.unixtime, 7, after: 1_700_000_000, is: 1_800_000_000),
        Case(.unixtime, 7, after: 1_800_000_000, is: 1_800_000_001),
        Case(.unixtime, 7, after: 1_800_000_500, is: 1_800_000_501, warned: true),
        Case(.unixtime, 7, after: 2_027_011_500, is: 2_027_011_501, warned: true),
        Case(.unixtime, 7, after: 4_294_967_295, is: 1_800_000_000),
        Case(.unixtime, 7, after: 4_294_967_290, at: 4_294_967_301, is: 5),

        Case(.date, 7, after: nil, is: 2_027_011_500),
        Case(.date, 7, after: 2_027_011_500, is: 2_027_011_501),
        Case(.date, 7, after: 2_027_011_598, is: 2_027_011_599),
        Case(.date, 7, after: 2_027_011_599, is: 2_027_011_600, warned: true),
        Case(.date, 7, after: 4_174_495_148, is: 4_174_495_149, warned: true),
        Case(.date, 7, after: nil, at: 946_684_799, is: 1_999_123_100),
        Case(.date, 7, after: nil, at: 946_684_800, is: 2_000_010_100),
        Case(.date, 7, after: nil, at: 951_782_400, is: 2_000_022_900),
        Case(.date, 7, after: nil, at: 951_868_800, is: 2_000_030_100),
        Case(.date, 7, after: nil, at: 1_709_164_800, is: 2_024_022_900),
        Case(.date, 7, after: nil, at: 4_107_542_399, is: 2_100_022_800),
        Case(.date, 7, after: nil, at: 4_107_542_400, is: 2_100_030_100),
    ]

    @Test("a policy gives a serial that secondaries notice (RFC 1982), or says why not", arguments: cases)
    func serial(_ given: Case) throws {
        func zone(_ serial: UInt32, _ more: String = "") throws -> Zone {
            try SigningFixtures.zone(
                "example.", "@ 3600 SOA ns1 h \(serial) 2 3 4 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1" + more)
        }
        var parameters = SigningParameters.standard(now: Timestamp(given.now))
        parameters.serialPolicy = given.policy
        let outcome = try ZoneSigner.sign(
            zone(given.source, "\nnew 3600 TXT new"), keys: [SigningFixtures.key()], parameters: parameters,
            previous: given.previous.map { try zone($0) })
        #expect(outcome.change == .changed)
        #expect(outcome.statistics.serial == Serial(rawValue: given.expected))
        let soa = try RData.SOA(wireFormat: #require(outcome.zone.rrset(outcome.zone.apex, .soa)).rdata[0])
        #expect(soa.serial == Serial(rawValue: given.expected))
        let warnings = outcome.diagnostics.filter { $0.rule == "sign/serial" }
        #expect(warnings.map(\.severity) == (given.isWarned ? [.warning] : []), "\(warnings)")
    }
}
