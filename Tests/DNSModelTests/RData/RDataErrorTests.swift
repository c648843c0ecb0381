import DNSModel
import Diagnostics
import Testing

/// RDATA that must be refused, where, and under which rule.
struct BadRData: CustomTestStringConvertible, Sendable {
    let type: RRType
    /// The text; `|` stands before the place of the fault.
    let marked: String
    let rule: String
    /// What the message says, among other things.
    let message: String

    init(_ mnemonic: String, _ marked: String, _ rule: String, _ message: String) {
        self.type = RRType(mnemonic: mnemonic) ?? RRType(0)
        self.marked = marked
        self.rule = "rdata/" + rule
        self.message = message
    }

    var testDescription: String { "\(type) \(marked)" }

    static let all: [BadRData] = [
        .init("A", "|", "missing-field", "ADDRESS is missing; expected an IPv4 address"),
        .init("A", "|192.0.2.256", "malformed", "ADDRESS: found \"192.0.2.256\", expected an IPv4 address"),
        .init("A", "|192.0.2.01", "malformed", "IPv4"),
        .init("A", "|\"192.0.2.1\"", "malformed", "quoted string"),
        .init("A", "192.0.2.1 |x", "trailing-data", "nothing may follow ADDRESS"),
        .init("AAAA", "|::x", "malformed", "IPv6"),
        .init("AAAA", "|1:2:3:4:5:6:7", "malformed", "IPv6"),
        .init("AAAA", "|1::2::3", "malformed", "IPv6"),
        .init("AAAA", "|1:2:3:4:5:6:7::8:9", "malformed", "IPv6"),
        .init("AAAA", "|::12345", "malformed", "IPv6"),
        .init("MX", "|a0 host.", "malformed", "PREFERENCE: found \"a0\", expected a number from 0 to 65535"),
        .init("MX", "|65536 host.", "malformed", "PREFERENCE"),
        .init("MX", "10|", "missing-field", "EXCHANGE is missing"),
        .init("CNAME", "|..", "bad-name", "a label is empty"),
        .init("CNAME", "a.|.b.", "bad-name", "CNAME"),
        .init("SOA", "a. b. 1 2 3 4 |4294967296", "malformed", "MINIMUM"),
        .init("SOA", "a. b. 1 2 3 4 |1h30", "malformed", "MINIMUM"),
        .init("TXT", "|\(String(repeating: "x", count: 256))", "string-too-long", "256 octets"),
        .init("TXT", "ab|\\256", "bad-escape", "backslash"),
        .init("TXT", "x |\"a b", "malformed", "no end"),
        .init("DS", "1 13 2 |00", "digest-length", "digest has 1 octets; digest type 2 (SHA-256) has 32"),
        .init("DS", "1 13 9 abc|x", "malformed", "hexadecimal"),
        .init("DS", "1 13 9 |abc", "malformed", "odd"),
        .init("DS", "1 13 9|", "missing-field", "digest"),
        .init("DS", "1 |NOALGORITHM 2 00", "malformed", "algorithm"),
        .init("DNSKEY", "257 3 13 AQI|*", "malformed", "base 64"),
        .init("DNSKEY", "257 3 13 |AQI", "malformed", "ends too early"),
        .init("RRSIG", "A 13 1 |2147483648 0 0 1 . AA==", "malformed", "original TTL"),
        .init("RRSIG", "A 13 1 3600 |20230230000000 0 1 . AA==", "malformed", "signature expiration"),
        .init("NSEC", "a. A |FOO", "malformed", "type"),
        .init("NSEC3", "1 0 0 |a 2t7b4g4vsa5smi47k61mv5bv1a22bojr", "malformed", "salt"),
        .init("NSEC3", "1 0 0 - |2", "malformed", "next hashed owner name"),
        .init("SINK", "1 2|", "missing-field", "subcoding"),
        .init("SINK", "1 2 |300", "malformed", "subcoding"),
        .init("SINK", "1 2 TkxuZXR|*", "malformed", "data"),
        .init("IPN", "|100.", "malformed", "CBHE Node Number"),
        .init("IPN", "|1.2.3", "malformed", "CBHE Node Number"),
        .init("IPN", "|1.4294967296", "malformed", "CBHE Node Number"),
        .init("IPN", "|18446744073709551616", "malformed", "CBHE Node Number"),
        .init("ZONEMD", "1 1 1 |00112233445566778899aa", "digest-length", "12 or more"),
        .init("ZONEMD", "1 1 1 |00112233445566778899aabb", "digest-length", "has 48"),
        .init("SSHFP", "1 1 |00", "digest-length", "has 20"),
        .init("CAA", "0 |is-sue \"x\"", "malformed", "letters and digits"),
        .init("LOC", "|91 N 0 E 0m", "malformed", "latitude"),
        .init("LOC", "89 |60 0.0 N 0 E 0m", "malformed", "latitude"),
        .init("LOC", "0 N 1 00 |-1 W 0m", "malformed", "longitude"),
        .init("LOC", "0 N 0 E |42849672.96m", "malformed", "altitude"),
        .init("LOC", "0 N 0 E 0m |90000000.01m", "malformed", "size"),
        .init("IPSECKEY", "10 |4 0 .", "malformed", "gateway type"),
        .init("IPSECKEY", "10 0 0 |name.", "malformed", "single dot"),
        .init("IPSECKEY", "10 0 3 .|", "missing-field", "public key"),
        .init("IPSECKEY", "10 0 0 . |AQID", "trailing-data", "algorithm 0"),
        .init("APL", "|3:192.0.2.0/24", "malformed", "family"),
        .init("APL", "|1:192.0.2.0/33", "malformed", "prefix"),
        .init("SVCB", "1 . |alpn", "service-parameter", "alpn"),
        .init("SVCB", "1 . key123=a |key123=b", "service-parameter", "twice"),
        .init("SVCB", "1 . |mandatory=key123", "service-parameter", "not there"),
        .init("SVCB", "1 . |key65535=x", "service-parameter", "invalid key"),
        .init("SVCB", "1 . |ALPN=h2", "service-parameter", "lower case"),
        .init("SVCB", "1 . |no-default-alpn", "service-parameter", "needs alpn"),
        .init("SVCB", "1 . alpn=dot |dohpath=x", "service-parameter", "relative"),
        .init("SVCB", "1 . alpn=h2 |dohpath=/dns-query", "service-parameter", "variable dns"),
        .init("SVCB", "1 . port=|65536", "service-parameter", "port"),
        .init("SVCB", "1 . alpn=|h2,,h3", "service-parameter", "1 to 255"),
        .init("SVCB", "1 . alpn=h2 |dohpath=/dns-query{?dnsx}", "service-parameter", "variable dns"),
        .init("SVCB", "1 . alpn=h2 |dohpath=/dns{?x}dns", "service-parameter", "variable dns"),
        .init("SVCB", "1 . ech=AQ== |echconfig=AQ==", "service-parameter", "ech stands here twice"),
        .init("SVCB", "1 . |oots=do53:100,dot:25,dot:10", "service-parameter", "transport dot stands here twice"),
        .init("SVCB", "1 . |tls-supported-groups=29,23,29", "service-parameter", "group 29 stands here twice"),
        .init("SVCB", "1 . ohttp=|x", "service-parameter", "no value"),
        .init("SVCB", "1 . key4=|abc", "service-parameter", "does not fit"),
        .init("A", "\\# |5 c0000201", "generic", "4 octets follow"),
        .init("A", "\\# 3 |c00002", "malformed", "A ADDRESS"),
        .init("A", "\\# 5 |c000020100", "trailing-data", "octets follow"),
        .init("NS", "\\# 2 |c00c", "malformed", "NSDNAME"),
        .init("HTTPS", "\\# 12 |000100000c0005032c6f7419", "malformed", "SvcParams"),
        .init("TYPE65280", "\\# 1 |0", "generic", "odd"),
        .init("TYPE65280", "|word", "no-presentation-format", "\\#"),
        .init("OPT", "|\\# 0", "meta-type", "no zone may hold it"),
        .init("AXFR", "|x", "meta-type", "no zone may hold it"),
    ]
}

@Suite("RDATA that must be refused")
struct RDataErrorTests {
    @Test("The error has the place, the rule, and names the field", arguments: BadRData.all)
    func refuses(_ bad: BadRData) throws {
        let parts = bad.marked.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let error = #expect(throws: RDataError.self) {
            try RDataParser.rdata(bad.type, from: parts.joined())
        }
        guard let error else { return }
        #expect(error.rule == bad.rule)
        #expect(error.message.contains(bad.message), "\(error.message)")
        // A quoted string's own place is behind the quote; a quote without an end is itself at fault.
        let isQuoted = parts.last?.hasPrefix("\"") == true && parts.last?.dropFirst().contains("\"") == true
        #expect(error.offset == parts[0].utf8.count + (isQuoted ? 1 : 0), "\(error)")
        #expect(RuleCatalog.rdata[RuleID(error.rule)] != nil, "\(error.rule) is not explained")
    }

    @Test("What was in the buffer stays when an error is thrown")
    func leavesTheBuffer() {
        var wire: [UInt8] = [1, 2, 3]
        let text = Array("10".utf8)
        #expect(throws: RDataError.self) {
            try RDataParser.parse(
                .mx, tokens: [RDataToken(range: 0..<2, isQuoted: false)], text: text.span, origin: .root, into: &wire)
        }
        #expect(wire == [1, 2, 3])
    }
}
