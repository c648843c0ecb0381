import DNSModel
import Diagnostics
import Testing

@Suite("Where records stand")
struct RecordLocatorTests {
    @Test("A record is found by owner, type and RDATA, in included and generated text too")
    func locations() {
        let text = """
            $TTL 5
            @ SOA a b 1 2 3 4 5
            www A 192.0.2.1
             A 192.0.2.2
            WWW NS Ns.example.
            $INCLUDE sub
            $GENERATE 1-3 g$ A 192.0.2.$
            end TXT ( a
              b )
            """
        let options = ZoneFileOptions(origin: ZoneFileFixture.name("example."), workers: Workers(2)) { path, _ in
            .success(ZoneFileSource("\n\ninner A 192.0.2.9\n", name: path))
        }
        let locator = RecordLocator(ZoneFileSource(text, name: "zone"), options: options)
        func place(_ owner: String, _ type: RRType? = nil, _ rdata: [UInt8]? = nil) -> String? {
            locator.location(of: ZoneFileFixture.name(owner), type: type, rdata: rdata)?.description
        }
        #expect(place("www.example.") == "zone:3:1")
        #expect(place("www.example.", .a, [192, 0, 2, 2]) == "zone:4:1")
        #expect(place("www.example.", .ns, Array("\u{2}ns\u{7}EXAMPLE\0".utf8)) == "zone:5:1")
        #expect(place("INNER.example.") == "sub:3:1")
        #expect(place("g2.example.", .a) == "zone:7:1")
        #expect(place("end.example.", .txt) == "zone:8:1")
        #expect(place("end.example.", .a) == nil)
        #expect(place("nobody.example.") == nil)
    }

    @Test("A signature is found by what it covers and the key that made it")
    func signatures() {
        let text = """
            $TTL 5
            @ SOA a b 1 2 3 4 5
            @ RRSIG SOA 13 1 5 20261201000000 20261101000000 7 example. AAAA
            @ RRSIG NS 13 1 5 20261201000000 20261101000000 7 example. AAAA
            @ RRSIG SOA 13 1 5 20261201000000 20261101000000 300 example. AAAA
            """
        let options = ZoneFileOptions(origin: ZoneFileFixture.name("example."), workers: Workers(1)) { path, _ in
            .success(ZoneFileSource("", name: path))
        }
        let locator = RecordLocator(ZoneFileSource(text, name: "zone"), options: options)
        func line(_ type: RRType, _ tag: UInt16?) -> Int? {
            locator.signatureLocation(of: ZoneFileFixture.name("EXAMPLE."), covering: type, keyTag: tag)?.line
        }
        #expect(line(.soa, nil) == 3 && line(.soa, 7) == 3 && line(.soa, 300) == 5)
        #expect(line(.ns, 7) == 4 && line(.ns, 300) == nil && line(.mx, nil) == nil)
    }
}
