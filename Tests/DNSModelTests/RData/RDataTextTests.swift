import DNSModel
import Testing

@Suite("RDATA in presentation format")
struct RDataTextTests {
    @Test("Every type of the table has a fixture")
    func completeness() {
        let covered = Set(RDataFixture.all.map(\.type))
        for type in RRType.allRegistered where RDataLayout.of(type) != nil {
            #expect(covered.contains(type), "\(type) has a layout but no fixture")
        }
    }

    @Test("Presentation format reads as the wire format", arguments: RDataFixture.all)
    func reads(_ fixture: RDataFixture) throws {
        #expect(Hex.encode(try RDataParser.rdata(fixture.type, from: fixture.presentation)) == fixture.hex)
    }

    @Test("RFC 3597 format reads as the wire format", arguments: RDataFixture.all)
    func readsGeneric(_ fixture: RDataFixture) throws {
        #expect(Hex.encode(try RDataParser.rdata(fixture.type, from: fixture.generic)) == fixture.hex)
    }

    @Test("The wire format prints as the presentation format", arguments: RDataFixture.all)
    func prints(_ fixture: RDataFixture) {
        #expect(printed(fixture.type, fixture.wire) == fixture.presentation)
        #expect(RDataCheck.fault(fixture.type, fixture.wire) == nil)
    }

    @Test("The wire format prints in RFC 3597 format", arguments: RDataFixture.all)
    func printsGeneric(_ fixture: RDataFixture) {
        var text: [UInt8] = []
        RDataPrinter.appendGeneric(fixture.wire.span, to: &text)
        #expect(String(decoding: text, as: UTF8.self) == fixture.generic)
    }

    @Test("Data of an unknown type is read and printed in RFC 3597 format only")
    func unknownType() throws {
        #expect(try RDataParser.rdata(RRType(65_280), from: ##"\# 3 0aFF 00"##) == [10, 255, 0])
        #expect(try RDataParser.rdata(RRType(65_280), from: ##"\# 0"##) == [])
        #expect(printed(RRType(65_280), [10, 255, 0]) == ##"\# 3 0aff00"##)
        #expect(printed(RRType(65_280), []) == ##"\# 0"##)
        #expect(throws: RDataError.self) { try RDataParser.rdata(RRType(65_280), from: "10") }
    }

    @Test("Wire that does not fit its type prints in RFC 3597 format")
    func misfits() {
        #expect(printed(.a, [192, 0, 2]) == ##"\# 3 c00002"##)
        #expect(printed(.mx, [0, 10, 3, 97]) == ##"\# 4 000a0361"##)
        #expect(printed(.ns, [0xC0, 0x0C]) == ##"\# 2 c00c"##)
        #expect(printed(.ns, [0, 0]) == ##"\# 2 0000"##)
        #expect(printed(.txt, []) == ##"\# 0"##)
        #expect(printed(.nsec, [0, 0, 1, 0]) == ##"\# 4 00000100"##)
        #expect(printed(.tlsa, [3, 1, 1]) == ##"\# 3 030101"##)
        // A LOC size of 0e5 centimetres is no way to write zero.
        #expect(printed(.loc, [0, 5] + [UInt8](repeating: 0x12, count: 14)).hasPrefix(##"\# 16"##))
    }

    @Test("Names are relative to the origin, keep their case, and may be @")
    func names() throws {
        let origin = try DomainName("Example.org.")
        #expect(
            try RDataParser.rdata(.mx, from: "10 Mail", origin: origin)
                == [0, 10] + DomainName("Mail.Example.org.").wireFormat)
        #expect(try RDataParser.rdata(.ns, from: "@", origin: origin) == origin.wireFormat)
        #expect(try RDataParser.rdata(.ns, from: #"\@"#, origin: origin) == DomainName(#"\@.Example.org."#).wireFormat)
        #expect(try RDataParser.rdata(.ns, from: "a.", origin: origin) == DomainName("a.").wireFormat)
    }

    @Test("Escapes of RFC 1035 mean octets in strings and names")
    func escapes() throws {
        #expect(
            try RDataParser.rdata(.txt, from: #"a\098\c\"\\ "x\032y""#) == [5, 97, 98, 99, 34, 92, 3, 120, 32, 121])
        #expect(try RDataParser.rdata(.txt, from: #"\000\255"#) == [2, 0, 255])
        #expect(try RDataParser.rdata(.ns, from: #"a\046b."#) == [3, 97, 46, 98, 0])
        for bad in [#"\256"#, #"\25"#, #"\2x5"#, #"x\"#] {
            #expect(throws: RDataError.self) { try RDataParser.rdata(.txt, from: bad) }
        }
    }

    @Test("Names are written the same whatever octet stands where", arguments: [1, 5, 7, 8, 9, 20, 49, 57, 63])
    func namesOfAnyOctets(length: Int) {
        /// RFC 1035 §5.1, octet by octet.
        func written(_ octet: UInt8) -> String {
            let character = String(UnicodeScalar(octet))
            if ".\\\"();@$".contains(character) { return "\\" + character }
            if (0x21...0x7E).contains(octet) { return character }
            let digits = String(octet)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
        for place in Set([0, length / 2, length - 1]) {
            for octet in UInt8.min...UInt8.max {
                var label = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                label[place] = octet
                let text = label.map(written).joined()
                for (rest, end) in [([0], ""), ([3, 111, 114, 103, 0], "org."), ([1, 65, 2, 45, 95, 0], "A.-_.")] {
                    let wire = [UInt8(length)] + label + rest.map(UInt8.init)
                    var own: [UInt8] = []
                    RDataPrinter.append(.ns, wire.span, to: &own)
                    #expect(String(decoding: own, as: UTF8.self) == "\(text).\(end)")
                }
            }
        }
    }

    @Test("Several tokens of base 64 and base 16 are one field")
    func multipleTokens() throws {
        #expect(
            try RDataParser.rdata(.dnskey, from: "257 3 13 AQ ID B A==") == [1, 1, 3, 13, 1, 2, 3, 4])
        #expect(try RDataParser.rdata(.tlsa, from: "3 0 0 0 1A b") == [3, 0, 0, 1, 0xAB])
    }

    @Test("Numbers, units, mnemonics and times are read as zone files write them")
    func values() throws {
        let soa = try RData.SOA(
            wireFormat: RDataParser.rdata(.soa, from: ". . 1 1h 1H30m 1w2d 0"))
        #expect(soa.refresh == 3_600 && soa.retry == 5_400 && soa.expire == 777_600 && soa.minimum == 0)
        let dnskey = try RData.DNSKEY(
            wireFormat: RDataParser.rdata(.dnskey, from: "257 3 ecdsap256sha256 AQID"))
        #expect(dnskey.algorithm == .ecdsap256sha256)
        let rrsig = try RData.RRSIG(
            wireFormat: RDataParser.rdata(
                .rrsig, from: "TYPE65280 RSASHA1-NSEC3-SHA1 2 3600 20380119031408 4294967295 5 . AA=="))
        #expect(rrsig.typeCovered == RRType(65_280) && rrsig.algorithm == .rsasha1NSEC3)
        #expect(rrsig.expiration == 1 << 31 && rrsig.inception == .max)
    }

    @Test("Service parameters are read by name and by number, in any order, quoted or not")
    func serviceParameters() throws {
        let wire = try RDataParser.rdata(.svcb, from: #"1 . alpn="h2" dohpath="/q{?dns}" ohttp"#)
        for same in [
            #"1 . ohttp dohpath=/q{?dns} alpn=h2"#, #"1 . key8="" key7=/q{?dns} key1=\002h2"#,
            #"1 . ohttp= alpn=\104\050 dohpath=/q{?dns}"#,
            #"1 . key8 key7="/q{?dns}" alpn="\h2""#,
        ] {
            #expect(try RDataParser.rdata(.svcb, from: same) == wire, "\(same)")
        }
    }

    @Test(
        "Forms that only some software writes mean what it means by them, and are printed in the usual one",
        arguments: [
            ("SINK", "64 1 TkxuZXRMYWJzLm5s", "64 1 78 TG5ldExhYnMubmw="), ("SINK", "64 1 1234", "64 1 215 bfg="),
            ("SINK", "64 1 TkxuZX RMYWJzLm5s", "64 1 78 TG5ldExhYnMubmw="),
            ("IPN", "100.100", "429496729700"), ("IPN", "0.7", "7"), ("IPN", "4294967295.4294967295", "\(UInt64.max)"),
            ("NSEC3", "1 1 1 abcd alkmaao A", "1 1 1 abcd alkmaao A"), ("NSEC3", "1 0 0 - 00 A", "1 0 0 - 00 A"),
            ("NSEC3", "6 255 65535 - vs A TYPE65534", "6 255 65535 - vs A TYPE65534"),
            ("SVCB", "0 . echconfig", "0 . ech"), ("HTTPS", "1 . ech", "1 . ech"),
            ("HTTPS", "1 . echconfig=AQID port=443", #"1 . port=443 ech="AQID""#),
            ("SVCB", "1 . mandatory=echconfig ech=AQID", #"1 . mandatory=ech ech="AQID""#),
            ("SVCB", "1 . dohpath=/dns-query{é?dns}", #"1 . key7="/dns-query{\195\169?dns}""#),
            ("SVCB", "1 . dohpath=/q{?dns*,x:3}", #"1 . key7="/q{?dns*,x:3}""#),
        ])
    func otherForms(mnemonic: String, text: String, usual: String) throws {
        let type = try #require(RRType(mnemonic: mnemonic))
        let wire = try RDataParser.rdata(type, from: text)
        #expect(printed(type, wire) == usual)
        #expect(try RDataParser.rdata(type, from: usual) == wire)
    }

    @Test("A quoted value that came as a token of its own belongs to the parameter before it")
    func splitParameter() throws {
        let text = Array(#"1 . key667="a b" port=53"#.utf8)
        let tokens = [
            RDataToken(range: 0..<1, isQuoted: false), RDataToken(range: 2..<3, isQuoted: false),
            RDataToken(range: 4..<11, isQuoted: false), RDataToken(range: 12..<15, isQuoted: true),
            RDataToken(range: 17..<24, isQuoted: false),
        ]
        var wire: [UInt8] = []
        try RDataParser.parse(.svcb, tokens: tokens, text: text.span, origin: .root, into: &wire)
        #expect(try RDataParser.rdata(.svcb, from: #"1 . port=53 key667="a b""#) == wire)
    }

    private func printed(_ type: RRType, _ wire: [UInt8]) -> String {
        var text: [UInt8] = []
        RDataPrinter.append(type, wire.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
