import DNSModel
import Testing

/// A record's data in the three forms that must agree: presentation format, RFC 3597 format, wire format.
struct RDataFixture: CustomTestStringConvertible, Sendable {
    /// The mnemonic of the type.
    let mnemonic: String
    /// The presentation format as this library writes it, names below `example.`.
    let presentation: String
    /// The wire format in base 16.
    let hex: String

    init(_ mnemonic: String, _ presentation: String, _ hex: String) {
        self.mnemonic = mnemonic
        self.presentation = presentation
        self.hex = hex.filter { $0 != " " }
    }

    var testDescription: String { "\(mnemonic) \(presentation.prefix(60))" }

    /// The type.
    var type: RRType { RRType(mnemonic: mnemonic) ?? RRType(0) }
    /// The wire format.
    var wire: [UInt8] { Hex.decode(hex) ?? [] }
    /// `\# n hex`.
    var generic: String { "\\# \(hex.count / 2)" + (hex.isEmpty ? "" : " \(hex)") }
}

extension RDataFixture {
    /// Every type that has a presentation format, at least once.
    static let all: [RDataFixture] = [
        .init("A", "192.0.2.1", "c0000201"),
        .init("A", "0.0.0.0", "00000000"),
        .init("A", "255.100.10.9", "ff640a09"),
        .init("NS", "ns1.example.", "036e7331076578616d706c6500"),
        .init("MD", "host.example.", "04686f7374076578616d706c6500"),
        .init("MF", "host.example.", "04686f7374076578616d706c6500"),
        .init("CNAME", "host.example.", "04686f7374076578616d706c6500"),
        .init("CNAME", ".", "00"),
        .init(
            "SOA", #"ns1.example. host\.master.example. 4294967295 86400 7200 3600000 300"#,
            "036e7331076578616d706c65000b686f73742e6d6173746572076578616d706c6500ffffffff0001518000001c200036"
                + "ee800000012c"),
        .init("MB", "host.example.", "04686f7374076578616d706c6500"),
        .init("MG", "host.example.", "04686f7374076578616d706c6500"),
        .init("MR", "host.example.", "04686f7374076578616d706c6500"),
        .init("WKS", "192.0.2.1 6 0 1 25 80", "c000020106c000004000000000000080"),
        .init("WKS", "192.0.2.1 17", "c000020111"),
        .init("PTR", #"a\.b.example."#, "03612e62076578616d706c6500"),
        .init("HINFO", #""amd64" "linux \"6\"""#, "05616d643634096c696e757820223622"),
        .init(
            "MINFO", "errors.example. requests.example.",
            "066572726f7273076578616d706c6500087265717565737473076578616d706c6500"),
        .init("MX", "10 mail.example.", "000a046d61696c076578616d706c6500"),
        .init("MX", "0 .", "000000"),
        .init("TXT", #""one""#, "036f6e65"),
        .init(
            "TXT", #""" "two words" "back\\slash \"quote\" \000\255;""#,
            "000974776f20776f726473166261636b5c736c617368202271756f7465222000ff3b"),
        .init("RP", "admin.example. info.example.", "0561646d696e076578616d706c650004696e666f076578616d706c6500"),
        .init("AFSDB", "1 host.example.", "000104686f7374076578616d706c6500"),
        .init("X25", #""311061700956""#, "0c333131303631373030393536"),
        .init("X25", #""in text""#, "07696e2074657874"),
        .init("ISDN", #""150862028003217" "004""#, "0f31353038363230323830303332313703303034"),
        .init("ISDN", #""150862028003217""#, "0f313530383632303238303033323137"),
        .init("ISDN", #""in text" """#, "07696e207465787400"),
        .init("RT", "10 relay.example.", "000a0572656c6179076578616d706c6500"),
        .init("NSAP", "0x47000580005a0000000001e133aaaaaa00011100", "47000580005a0000000001e133aaaaaa00011100"),
        .init("NSAP-PTR", "host.example.", "04686f7374076578616d706c6500"),
        .init(
            "SIG", "NXT 1 3 3600 19960102030405 19951211100908 21435 foo.example. MxFcby9k/yvedMfQgKzhH5er0Mu/vILz",
            "001e010300000e1030e8a0a530cc034453bb03666f6f076578616d706c650033115c6f2f64ff2bde74c7d080ace11f97"
                + "abd0cbbfbc82f3"),
        .init("KEY", "256 3 5 Zm9vYmFy", "01000305666f6f626172"),
        .init("KEY", "49152 3 0", "c0000300"),
        .init(
            "PX", "50 ab.example. prmd-ab.admd-ac.c-fr.",
            "0032026162076578616d706c65000770726d642d61620761646d642d616304632d667200"),
        .init("GPOS", #""-32.6882" "116.8652" "10.0""#, "082d33322e36383832083131362e383635320431302e30"),
        .init("GPOS", #""32.6882 N" "" "sea level""#, "0933322e36383832204e0009736561206c6576656c"),
        .init("AAAA", "2001:db8::1", "20010db8000000000000000000000001"),
        .init("AAAA", "::", "00000000000000000000000000000000"),
        .init("AAAA", "::1", "00000000000000000000000000000001"),
        .init("AAAA", "::ffff:192.0.2.1", "00000000000000000000ffffc0000201"),
        .init("AAAA", "1:0:0:2::3", "00010000000000020000000000000003"),
        .init("AAAA", "2001:db8:0:1:1:1:1:1", "20010db8000000010001000100010001"),
        .init("AAAA", "fe80::", "fe800000000000000000000000000000"),
        .init(
            "LOC", "42 21 54.000 N 71 06 18.000 W -24.00m 30.00m 10000.00m 10.00m",
            "0033161389172dd070be15f000988d20"),
        .init(
            "LOC", "90 00 00.000 S 180 00 00.000 E 42849672.91m 90000000.00m 90000000.00m 80000000.00m",
            "009999896cb02700a69fb200fffffffb"),
        .init("NXT", "next.example. A MX SIG KEY NXT", "046e657874076578616d706c6500400100c2"),
        .init("EID", "e32c6f78163a9348", "e32c6f78163a9348"),
        .init("NIMLOC", "3227450a010034", "3227450a010034"),
        .init("SRV", "0 5 5222 xmpp.example.", "00000005146604786d7070076578616d706c6500"),
        .init("SRV", "0 0 0 .", "00000000000000"),
        .init("ATMA", "39246f000e7c9c03120001000100001234567800", "0039246f000e7c9c03120001000100001234567800"),
        .init("ATMA", "+19085551212", "013139303835353531323132"),
        .init(
            "NAPTR", #"100 50 "s" "http+I2L+I2C+I2R" "" _http._tcp.example."#,
            "00640032017310687474702b49324c2b4932432b49325200055f68747470045f746370076578616d706c6500"),
        .init(
            "NAPTR", #"100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" ."#,
            "0064000a0175074532552b7369701b215e2e2a24217369703a696e666f406578616d706c652e636f6d2100"),
        .init("KX", "10 kx-host.example.", "000a076b782d686f7374076578616d706c6500"),
        .init("CERT", "PKIX 65535 8 Zm9vYmFy", "0001ffff08666f6f626172"),
        .init("CERT", "9 1 13 Zm9vYmFy", "000900010d666f6f626172"),
        .init("A6", "64 ::1:2:3:4 prefix.example.", "40000100020003000406707265666978076578616d706c6500"),
        .init("A6", "0 2001:db8::1", "0020010db8000000000000000000000001"),
        .init("A6", "128 prefix.example.", "8006707265666978076578616d706c6500"),
        .init("DNAME", "other.example.", "056f74686572076578616d706c6500"),
        .init("SINK", "1 2 3 Zm9vYmFy", "010203666f6f626172"),
        .init("SINK", "1 2 3", "010203"),
        .init("APL", "1:192.168.32.0/21 !1:192.168.38.0/28", "00011503c0a82000011c83c0a826"),
        .init("APL", "2:2001:db8::/32 1:0.0.0.0/0", "0002200420010db800010000"),
        .init(
            "DS", "60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118",
            "ec4505012bb183af5f22588179a53b0a98631fad1a292118"),
        .init(
            "DS", "60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a",
            "ec450d02d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a"),
        .init(
            "SSHFP", "4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789",
            "0402123456789abcdef67890123456789abcdef67890123456789abcdef123456789"),
        .init(
            "IPSECKEY", "10 0 2 . AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==",
            "0a0002010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801"),
        .init(
            "IPSECKEY", "10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==",
            "0a0102c0000226010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801"),
        .init(
            "IPSECKEY", "10 2 2 2001:db8::8002:1 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==",
            "0a020220010db8000000000000000080020001010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521"
                + "af82ab7801"),
        .init(
            "IPSECKEY", "10 3 2 gateway.example. AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==",
            "0a03020767617465776179076578616d706c6500010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a05"
                + "21af82ab7801"),
        .init("IPSECKEY", "10 3 0 gateway.example.", "0a03000767617465776179076578616d706c6500"),
        .init(
            "RRSIG", "A 5 3 86400 20030322173103 20030220173103 2642 example. oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTr",
            "00010503000151803e7c9dd73e5510d70a52076578616d706c6500a090755ba58d1affa576f4375831b4310920e48121"
                + "8d18a9f164eb"),
        .init(
            "RRSIG", "TYPE1234 13 1 2147483647 21060207062815 19700101000000 0 . AA==",
            "04d20d017fffffffffffffff0000000000000000"),
        .init(
            "NSEC", "host.example. A MX RRSIG NSEC TYPE1234",
            "04686f7374076578616d706c65000006400100000003041b000000000000000000000000000000000000000000000000"
                + "000020"),
        .init("NSEC", "Host.example.", "04486f7374076578616d706c6500"),
        .init(
            "DNSKEY",
            "257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
            "0101030d99db2cc14cabdc33d6d77da63a2f15f71112584f234e8d1dc428e39e8a4a97e1aa271a555dc90701e17e2a4c"
                + "4b6f120b7c32d44f4ac02bd894cf2d4be7778a19"),
        .init(
            "DHCID", "AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=",
            "000201636fc0b8271c82825bb1ac5c41cf5351aa69b4febd94e8f17cdb95000da48c40"),
        .init(
            "NSEC3", "1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM",
            "0101000c04aabbccdd14174eb2409fe28bcb4887a1836f957f0a8425e27b000722010000000290"),
        .init(
            "NSEC3", "1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr",
            "010000000014174eb2409fe28bcb4887a1836f957f0a8425e27b"),
        .init("NSEC3PARAM", "1 0 0 -", "0100000000"),
        .init("NSEC3PARAM", "1 0 12 aabbccdd", "0100000c04aabbccdd"),
        .init(
            "TLSA", "3 1 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971",
            "030101d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971"),
        .init("SMIMEA", "3 0 0 308201", "030000308201"),
        .init(
            "HIP",
            "2 200100107b1a74df365639cc39f1d578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p rvs1.example. rvs2.example.",
            "1002001e200100107b1a74df365639cc39f1d57803010001b771ca136e4aeb5ce44333c53b3d2c13c22243851fc708bc"
                + "ce290472767331076578616d706c65000472767332076578616d706c6500"),
        .init(
            "HIP", "2 200100107b1a74df365639cc39f1d578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p",
            "1002001e200100107b1a74df365639cc39f1d57803010001b771ca136e4aeb5ce44333c53b3d2c13c22243851fc708bc"
                + "ce29"),
        .init("NINFO", #""zone status" "ok""#, "0b7a6f6e6520737461747573026f6b"),
        .init("RKEY", "0 3 10 Zm9vYmFy", "0000030a666f6f626172"),
        .init(
            "TALINK", "before.example. after.example.",
            "066265666f7265076578616d706c6500056166746572076578616d706c6500"),
        .init(
            "CDS", "60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a",
            "ec450d02d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a"),
        .init("CDS", "0 0 0 00", "0000000000"),
        .init("CDS", "0 0 0 0", "00000000"),
        .init(
            "CDNSKEY",
            "257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
            "0101030d99db2cc14cabdc33d6d77da63a2f15f71112584f234e8d1dc428e39e8a4a97e1aa271a555dc90701e17e2a4c"
                + "4b6f120b7c32d44f4ac02bd894cf2d4be7778a19"),
        .init("CDNSKEY", "0 3 0 AA==", "0000030000"),
        .init("CDNSKEY", "0 3 0 0", "00000300"),
        .init(
            "OPENPGPKEY", "mDMEXEcE6RYJKwYBBAHaRw8BAQdArjWwk3FAqyiFbFBKT4TzXcVBqPTB",
            "9833045c4704e916092b06010401da470f01010740ae35b0937140ab28856c504a4f84f35dc541a8f4c1"),
        .init("CSYNC", "66 3 A NS AAAA", "000000420003000460000008"),
        .init(
            "ZONEMD",
            "2018031900 1 1 c68090d90a7aed716bc459f9340e3d7c1370d4d24b7e2fc3a1ddc0b9a87153b9a9713b3c9ae5cc27777f98b8e730044c",
            "7848b91c0101c68090d90a7aed716bc459f9340e3d7c1370d4d24b7e2fc3a1ddc0b9a87153b9a9713b3c9ae5cc27777f"
                + "98b8e730044c"),
        .init("ZONEMD", "2018031900 241 240 e1846540e33a9e4189792d18", "7848b91cf1f0e1846540e33a9e4189792d18"),
        .init("SVCB", "0 foo.example.", "000003666f6f076578616d706c6500"),
        .init("SVCB", "1 .", "000100"),
        .init(
            "SVCB", #"16 foo.example. mandatory=alpn,ipv4hint alpn="h2,h3-19" ipv4hint=192.0.2.1"#,
            "001003666f6f076578616d706c65000000000400010004000100090268320568332d313900040004c0000201"),
        .init(
            "SVCB", #"16 foo.example. alpn="f\\\\oo\\,bar,h2""#,
            "001003666f6f076578616d706c65000001000c08665c6f6f2c626172026832"),
        .init(
            "SVCB",
            #"1 foo.example. alpn="h2" no-default-alpn port=8443 ipv4hint=192.0.2.1,192.0.2.2 ech="AEj+DQBE" ipv6hint=2001:db8::1,2001:db8::53:1"#,
            "000103666f6f076578616d706c650000010003026832000200000003000220fb00040008c0000201c000020200050006"
                + "0048fe0d00440006002020010db800000000000000000000000120010db8000000000000000000530001"),
        .init(
            "SVCB", #"1 foo.example. key667="hello\210qoo" key668"#,
            "000103666f6f076578616d706c6500029b000968656c6c6fd2716f6f029c0000"),
        .init(
            "SVCB", #"1 dns.example. alpn="dot,h2" key7="/dns-query{?dns}""#,
            "000103646e73076578616d706c65000001000703646f74026832000700102f646e732d71756572797b3f646e737d"),
        .init("HTTPS", #"1 . alpn="h3" key8"#, "0001000001000302683300080000"),
        .init(
            "HTTPS", #"1 . tls-supported-groups=29,23 docpath="n,s" key11 oots="do53:100,dot:25""#,
            "00010000090004001d0017000a0004016e0173000b0000000c000b04646f35336403646f7419"),
        .init("DSYNC", "CDS NOTIFY 5359 cds-scanner.example.", "003b0114ef0b6364732d7363616e6e6572076578616d706c6500"),
        .init("DSYNC", "CSYNC 200 53 scanner.example.", "003ec80035077363616e6e6572076578616d706c6500"),
        .init("HHIT", "gxJpM2ZmOCAwMDBhWQEYMIIBFDCB", "831269336666382030303061590118308201143081"),
        .init("BRID", "owAAAYIEUQEgAQA//gAKBRMIJGma", "a3000001820451012001003ffe000a05130824699a"),
        .init("SPF", #""v=spf1 +all""#, "0b763d73706631202b616c6c"),
        .init("NID", "10 0014:4fff:ff20:ee64", "000a00144fffff20ee64"),
        .init("L32", "10 10.1.2.0", "000a0a010200"),
        .init("L64", "10 2001:0db8:1140:1000", "000a20010db811401000"),
        .init("LP", "10 l64-subnet1.example.", "000a0b6c36342d7375626e657431076578616d706c6500"),
        .init("EUI48", "00-00-5e-00-53-2a", "00005e00532a"),
        .init("EUI64", "00-00-5e-ef-10-00-00-2a", "00005eef1000002a"),
        .init(
            "URI", #"10 1 "ftp://ftp1.example.com/public?a=\"b\"""#,
            "000a00016674703a2f2f667470312e6578616d706c652e636f6d2f7075626c69633f613d226222"),
        .init("CAA", #"0 issue "ca1.example.net""#, "000569737375656361312e6578616d706c652e6e6574"),
        .init("CAA", #"128 issuewild ";""#, "8009697373756577696c643b"),
        .init("CAA", #"0 iodef """#, "0005696f646566"),
        .init(
            "AVC", #""app-name:WOLFGANG|app-class:OAM""#,
            "1f6170702d6e616d653a574f4c4647414e477c6170702d636c6173733a4f414d"),
        .init(
            "DOA", #"0 1 2 "" bWFpbHRvOmxhYnNAbmxuZXRsYWJzLm5s"#,
            "000000000000000102006d61696c746f3a6c616273406e6c6e65746c6162732e6e6c"),
        .init("DOA", #"1 2 3 "text/plain" -"#, "0000000100000002030a746578742f706c61696e"),
        .init("AMTRELAY", "10 0 0 .", "0a00"),
        .init("AMTRELAY", "10 0 1 203.0.113.15", "0a01cb00710f"),
        .init("AMTRELAY", "10 1 2 2001:db8::15", "0a8220010db8000000000000000000000015"),
        .init("AMTRELAY", "128 1 3 amtrelays.example.", "808309616d7472656c617973076578616d706c6500"),
        .init(
            "RESINFO", #""qnamemin" "exterr=15,16,17" "infourl=https://resolver.example.com/guide""#,
            "08716e616d656d696e0f6578746572723d31352c31362c31372a696e666f75726c3d68747470733a2f2f7265736f6c76"
                + "65722e6578616d706c652e636f6d2f6775696465"),
        .init("WALLET", #""BTC" "1a2b3c""#, "0342544306316132623363"),
        .init("CLA", #""TCP-V4-V6""#, "095443502d56342d5636"),
        .init("IPN", "18446744073709551615", "ffffffffffffffff"),
        .init(
            "TA", "60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a",
            "ec450d02d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a"),
        .init(
            "DLV", "58470 5 1 3079f1593ebad6dc121e202a8b766a6a4837206c",
            "e46605013079f1593ebad6dc121e202a8b766a6a4837206c"),
    ]
}
