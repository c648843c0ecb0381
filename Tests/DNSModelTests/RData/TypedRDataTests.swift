import DNSModel
import Testing

@Suite("Typed RDATA")
struct TypedRDataTests {
    @Test("Every value reads and writes the wire format of its fixtures", arguments: RDataFixture.all)
    func roundTrips(_ fixture: RDataFixture) throws {
        func check<Value: RDataValue>(_: Value.Type) throws {
            let value = try Value(wireFormat: fixture.wire)
            #expect(value.wireFormat == fixture.wire)
        }
        switch fixture.mnemonic {
        case "A": try check(RData.A.self)
        case "AAAA": try check(RData.AAAA.self)
        case "NS": try check(RData.NS.self)
        case "CNAME": try check(RData.CNAME.self)
        case "DNAME": try check(RData.DNAME.self)
        case "PTR": try check(RData.PTR.self)
        case "SOA": try check(RData.SOA.self)
        case "MX": try check(RData.MX.self)
        case "SRV": try check(RData.SRV.self)
        case "TXT": try check(RData.TXT.self)
        case "DS", "CDS": try check(RData.DS.self)
        case "DNSKEY", "CDNSKEY": try check(RData.DNSKEY.self)
        case "RRSIG": try check(RData.RRSIG.self)
        case "NSEC": try check(RData.NSEC.self)
        case "NSEC3": try check(RData.NSEC3.self)
        case "NSEC3PARAM": try check(RData.NSEC3PARAM.self)
        case "ZONEMD": try check(RData.ZONEMD.self)
        case "TLSA", "SMIMEA": try check(RData.TLSA.self)
        default: break
        }
    }

    @Test("Data that is cut off, too long, or has a compressed name is refused with the field's name")
    func refusals() {
        #expect(throws: RDataWireError.truncated(field: "MINIMUM")) {
            try RData.SOA(wireFormat: [0, 0] + [UInt8](repeating: 0, count: 19))
        }
        #expect(throws: RDataWireError.trailingOctets(offset: 3)) { try RData.MX(wireFormat: [0, 10, 0, 9]) }
        #expect(throws: RDataWireError.badName(field: "NSDNAME", .labelTooLong(offset: 0, length: 0xC0))) {
            try RData.NS(wireFormat: [0xC0] + [UInt8](repeating: 0, count: 0xC1))
        }
        #expect(throws: RDataWireError.truncated(field: "TXT-DATA")) { try RData.TXT(wireFormat: []) }
        #expect(throws: RDataWireError.self) { try RData.NSEC3(wireFormat: [1, 0, 0, 0, 0, 0]) }
        let long = [UInt8](repeating: 63, count: 1) + [UInt8](repeating: 97, count: 63)
        #expect(throws: RDataWireError.badName(field: "PTRDNAME", .nameTooLong(length: 257))) {
            try RData.PTR(wireFormat: long + long + long + long + [0])
        }
    }

    @Test("Key tags are those of RFC 4034 §5.4, of RFC 6605 §6.1, and of an RSA/MD5 key")
    func keyTags() throws {
        let dskey = try RData.DNSKEY(
            wireFormat: RDataParser.rdata(
                .dnskey,
                from: """
                    256 3 5 AQOeiiR0GOMYkDshWoSKz9Xz fwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZ \
                    DRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLU Uh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/r ljwvFw==
                    """))
        #expect(dskey.keyTag == 60_485)
        let p256 = try RData.DNSKEY(
            wireFormat: RDataParser.rdata(
                .dnskey,
                from:
                    "257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edb krSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA=="
            ))
        #expect(p256.keyTag == 55_648 && p256.isZoneKey && p256.isSEP && !p256.isRevoked)
        let md5 = RData.DNSKEY(
            flags: 256, protocolField: 3, algorithm: .rsamd5, publicKey: [1, 3, 0x12, 0x34, 0x56])
        #expect(md5.keyTag == 0x1234)
    }

    @Test("CDS and NSEC3 tell what their flags mean")
    func meanings() throws {
        #expect(try RData.DS(wireFormat: [0, 0, 0, 0, 0]).isDeletion)
        #expect(try RData.DS(wireFormat: RDataParser.rdata(.cds, from: "0 0 0 0")).isDeletion)
        for other: [UInt8] in [[0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 2, 0], [0, 0, 0, 0, 1]] {
            #expect(try !RData.DS(wireFormat: other).isDeletion, "\(other)")
        }
        #expect(try RData.DNSKEY(wireFormat: [0, 0, 3, 0, 0]).isDeletion)
        #expect(try RData.DNSKEY(wireFormat: RDataParser.rdata(.cdnskey, from: "0 3 0 0")).isDeletion)
        for other: [UInt8] in [[1, 0, 3, 0, 0], [0, 0, 2, 0, 0], [0, 0, 3, 13, 0], [0, 0, 3, 0, 1]] {
            #expect(try !RData.DNSKEY(wireFormat: other).isDeletion, "\(other)")
        }
        let optOut = try RData.NSEC3(wireFormat: [1, 1, 0, 0, 0, 1, 9])
        #expect(optOut.isOptOut && optOut.nextHashedOwner == [9] && optOut.types.isEmpty)
        #expect(RData.TXT(strings: []) == nil)
        #expect(RData.TXT(strings: [[UInt8](repeating: 0, count: 256)]) == nil)
    }
}

@Suite("Type bitmaps")
struct TypeBitmapTests {
    @Test("The bitmap of RFC 4034 §4.3")
    func rfc4034() throws {
        let types: [RRType] = [RRType(1234), .nsec, .a, .rrsig, .mx, .a]
        let bitmap = TypeBitmap(types)
        #expect(Hex.encode(bitmap.wireFormat) == "0006400100000003041b" + String(repeating: "00", count: 26) + "20")
        #expect(bitmap.types == [.a, .mx, .rrsig, .nsec, RRType(1234)])
        #expect(try TypeBitmap(wireFormat: bitmap.wireFormat) == bitmap)
        for type in types { #expect(bitmap.contains(type)) }
        #expect(!bitmap.contains(.aaaa) && !bitmap.contains(RRType(1235)) && !bitmap.contains(RRType(40_000)))
        #expect(bitmap.description == "A MX RRSIG NSEC TYPE1234")
    }

    @Test("Every type can be in a bitmap")
    func everyType() {
        let all = (0...UInt16.max).map { RRType($0) }
        let bitmap = TypeBitmap(all)
        #expect(bitmap.types == all)
        #expect(bitmap.wireFormat.count == 256 * 34)
        #expect(TypeBitmap([RRType]()).isEmpty)
    }

    @Test(
        "Windows that are cut off, out of order, empty, too long or end in zero are refused",
        arguments: [
            "00", "0001", "000240", "01014000014000", "00014000 0140", "0000", "00021000",
            "0021" + String(repeating: "01", count: 33),
        ])
    func refusals(_ hex: String) {
        #expect(throws: RDataWireError.self) { try TypeBitmap(wireFormat: Hex.decode(hex.filter { $0 != " " }) ?? []) }
    }
}
