import DNSModel
import Testing

@Suite("Canonical form of RDATA")
struct CanonicalRDataTests {
    /// The types of RFC 4034 §6.2 that hold names, without NSEC as RFC 6840 §5.1 says.
    private static let lowered: Set<String> = [
        "NS", "MD", "MF", "CNAME", "SOA", "MB", "MG", "MR", "PTR", "MINFO", "MX", "RP", "AFSDB", "RT", "SIG", "PX",
        "NXT", "NAPTR", "KX", "SRV", "DNAME", "A6", "RRSIG",
    ]

    @Test(
        "Names are in lower case in exactly the types of RFC 4034 §6.2 and RFC 6840 §5.1", arguments: RDataFixture.all)
    func types(_ fixture: RDataFixture) throws {
        // The fixture with its names in upper case: presentation format tells names from all else by the final dot.
        let words = fixture.presentation.split(separator: " ").map { word in
            word.hasSuffix(".") && !word.hasPrefix("\"") ? word.uppercased() : String(word)
        }
        let upper = try RDataParser.rdata(fixture.type, from: words.joined(separator: " "))
        let changes = upper != fixture.wire && Self.lowered.contains(fixture.mnemonic)
        #expect(CanonicalRData.needsLowercasing(type: fixture.type, rdata: upper) == changes)
        #expect(CanonicalRData.lowercasingNames(upper, type: fixture.type) == (changes ? fixture.wire : upper))
    }

    @Test("The layouts mark the same names")
    func layouts() {
        for type in RRType.allRegistered {
            guard let layout = RDataLayout.of(type) else { continue }
            let marked = layout.fields.contains { $0.kind == .canonicalName || $0.kind == .ipv6Chain }
            #expect(marked == Self.lowered.contains(type.description), "\(type)")
        }
    }

    @Test("Strings keep their case beside a name that loses it")
    func naptr() throws {
        let wire = try RDataParser.rdata(RRType(35), from: #"1 2 "U" "E2U+SIP" "!^.*$!X!" Rep.Example."#)
        let canonical = CanonicalRData.lowercasingNames(wire, type: RRType(35))
        #expect(
            try canonical == RDataParser.rdata(RRType(35), from: #"1 2 "U" "E2U+SIP" "!^.*$!X!" rep.example."#))
    }
}
