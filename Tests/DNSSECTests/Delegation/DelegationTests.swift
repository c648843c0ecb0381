import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing

@Suite("Delegations")
struct DelegationTests {
    /// The key of RFC 4034 §5.4 and its DS (RFC 4034, RFC 4509).
    static let rfc4034 = """
        dskey.example.com. 86400 IN DNSKEY 256 3 5 ( AQOeiiR0GOMYkDshWoSKz9Xz
                                                     fwJr1AYtsmx3TGkJaNXVbfi/
                                                     2pHm822aJ5iI9BMzNXxeYCmZ
                                                     DRD99WYwYqUSdjMmmAphXdvx
                                                     egXd/M5+X7OrzKBaMbCVdFLU
                                                     Uh6DhweJBjEVv5f2wwjM9Xzc
                                                     nOf+EPbtG9DMBmADjFDc2w/r
                                                     ljwvFw==
                                                     ) ;  key id = 60485
        """

    /// What `dig DNSKEY` prints, with `+multiline`: a KSK, a ZSK, a revoked key, a signature.
    static let dig = """
        ; <<>> DiG 9.18.33 <<>> DNSKEY example.com. +multiline +dnssec
        ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711

        ;; OPT PSEUDOSECTION:
        ; EDNS: version: 0, flags: do; udp: 1232
        ;; QUESTION SECTION:
        ;example.com.\t\tIN DNSKEY

        ;; ANSWER SECTION:
        example.com.\t\t3600 IN DNSKEY 257 3 15 (
        \t\t\t\tl02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
        \t\t\t\t) ; KSK; alg = ED25519 ; key id = 3613
        example.com.\t\t3600 IN DNSKEY 256 3 15 (
        \t\t\t\tzPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=
        \t\t\t\t) ; ZSK; alg = ED25519 ; key id = 55
        example.com.\t\t3600 IN DNSKEY 385 3 15 (
        \t\t\t\tl02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
        \t\t\t\t) ; revoked KSK; alg = ED25519 ; key id = 3741
        example.com.\t\t3600 IN RRSIG DNSKEY 15 2 3600 (
        \t\t\t\t20301231000000 20201231000000 3613 example.com.
        \t\t\t\tAAAA )

        ;; Query time: 0 msec
        """

    static func set(
        _ text: String, _ digests: [DigestType] = [.sha256]
    ) throws -> Diagnosed<DelegationSet> {
        DelegationSet.make(from: try DNSKEYText.read(Array(text.utf8), file: "<stdin>").get(), digestTypes: digests)
    }

    @Test("RFC 4034 §5.4 and RFC 4509 §2.3: the DS of the example key")
    func rfcExamples() throws {
        let made = try Self.set(Self.rfc4034, [.sha256, .sha1])
        #expect(
            Set(made.diagnostics.map(\.rule)) == [
                DelegationRules.sha1, DelegationRules.noSecureEntryPoint, DelegationRules.algorithm,
            ])
        #expect(
            try made.get().text(.ds) == """
                dskey.example.com. 86400 IN DS 60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118
                dskey.example.com. 86400 IN DS 60485 5 2 \
                d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a

                """)
    }

    @Test("what dig prints gives the DS of the KSK alone (RFC 8080 §6)")
    func digOutput() throws {
        let made = try Self.set(Self.dig)
        #expect(made.diagnostics.map(\.rule) == [DelegationRules.revokedKey])
        #expect(made.diagnostics.first?.location?.line == 16)
        let set = try made.get()
        #expect(
            try set.text(.ds)
                == "example.com. 3600 IN DS 3613 15 2 "
                + "3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b\n")
        #expect(
            try set.text(.cdnskey)
                == "example.com. 3600 IN CDNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=\n")
        #expect(try set.text(.cds).contains("IN CDS 3613 15 2 3aa5"))
        #expect(try set.text(.dnskey).contains("IN DNSKEY 257 3 15 l02W"))
    }

    @Test("a registrar's form has all fields, labelled")
    func table() throws {
        #expect(
            try Self.set(Self.dig, [.sha256, .sha384]).get().text(.table) == """
                Zone         example.com.
                Key tag      3613
                Algorithm    15 (ED25519)
                Digest type  2 (SHA-256)
                Digest       3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b
                Digest type  4 (SHA-384)
                Digest       \(try digest384())
                Flags        257 (KSK)
                Protocol     3 (DNSSEC)
                Public key   l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=

                """)
    }

    private func digest384() throws -> String {
        let key = try #require(try Self.set(Self.dig, [.sha384]).get().keys.first)
        return Hex.encode(try #require(key.dsRecords.first).digest)
    }

    @Test("JSON says everything, and other programs can read it")
    func json() throws {
        let weird = Self.dig.replacingOccurrences(of: "example.com.", with: "a\\\"b\\\\c.example.com.")
        for (text, name) in [(Self.dig, "example.com."), (weird, "a\\\"b\\\\c.example.com.")] {
            let document = try Self.set(text, [.sha256, .sha384]).get().text(.json)
            let value = try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any]
            #expect(value?["format"] as? Int == DelegationSet.jsonFormat)
            let key = try #require((value?["keys"] as? [[String: Any]])?.first)
            #expect(key["zone"] as? String == name)
            #expect(key["keyTag"] as? Int == 3613)
            #expect(key["algorithmName"] as? String == "ED25519")
            #expect((key["ds"] as? [[String: Any]])?.count == 2)
        }
    }

    @Test("EPP, DS data: an update that takes the place of what was there (RFC 5910 §5.2.5)")
    func eppDS() throws {
        let options = EPPOptions(command: .replace, maximumSignatureLife: 604_800, includesKeyData: true)
        #expect(
            try Self.set(Self.dig).get().text(.eppDS, epp: options) == """
                <?xml version="1.0" encoding="UTF-8" standalone="no"?>
                <epp xmlns="urn:ietf:params:xml:ns:epp-1.0">
                  <command>
                    <update>
                      <domain:update xmlns:domain="urn:ietf:params:xml:ns:domain-1.0">
                        <domain:name>example.com</domain:name>
                      </domain:update>
                    </update>
                    <extension>
                      <secDNS:update xmlns:secDNS="urn:ietf:params:xml:ns:secDNS-1.1">
                        <secDNS:rem>
                          <secDNS:all>true</secDNS:all>
                        </secDNS:rem>
                        <secDNS:add>
                          <secDNS:dsData>
                            <secDNS:keyTag>3613</secDNS:keyTag>
                            <secDNS:alg>15</secDNS:alg>
                            <secDNS:digestType>2</secDNS:digestType>
                            <secDNS:digest>3AA5AB37EFCE57F737FC1627013FEE07BDF241BD10F3B1964AB55C78E79A304B</secDNS:digest>
                            <secDNS:keyData>
                              <secDNS:flags>257</secDNS:flags>
                              <secDNS:protocol>3</secDNS:protocol>
                              <secDNS:alg>15</secDNS:alg>
                              <secDNS:pubKey>l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=</secDNS:pubKey>
                            </secDNS:keyData>
                          </secDNS:dsData>
                        </secDNS:add>
                        <secDNS:chg>
                          <secDNS:maxSigLife>604800</secDNS:maxSigLife>
                        </secDNS:chg>
                      </secDNS:update>
                    </extension>
                  </command>
                </epp>

                """)
    }

    @Test("EPP, key data: the extension of a create command (RFC 5910 §5.2.1)")
    func eppKey() throws {
        let options = EPPOptions(command: .create, maximumSignatureLife: 604_800, includesKeyData: false)
        #expect(
            try Self.set(Self.dig).get().text(.eppKey, epp: options) == """
                <?xml version="1.0" encoding="UTF-8" standalone="no"?>
                <secDNS:create xmlns:secDNS="urn:ietf:params:xml:ns:secDNS-1.1">
                  <secDNS:maxSigLife>604800</secDNS:maxSigLife>
                  <secDNS:keyData>
                    <secDNS:flags>257</secDNS:flags>
                    <secDNS:protocol>3</secDNS:protocol>
                    <secDNS:alg>15</secDNS:alg>
                    <secDNS:pubKey>l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=</secDNS:pubKey>
                  </secDNS:keyData>
                </secDNS:create>

                """)
    }

    @Test("EPP speaks of one domain, and what XML reserves is escaped")
    func eppNames() throws {
        let two = Self.dig + "\n" + Self.rfc4034
        let set = try Self.set(two).get()
        #expect(set.keys.count == 2)
        let failure = #expect(throws: DiagnosedFailure.self) { _ = try set.text(.eppDS) }
        #expect(failure?.diagnostics.map(\.rule) == [DelegationRules.severalZones])
        let odd = Self.dig.replacingOccurrences(of: "example.com.", with: "a<&>b.example.")
        let add = EPPOptions(command: .add, maximumSignatureLife: nil, includesKeyData: false)
        let text = try Self.set(odd).get().text(.eppDS, epp: add)
        #expect(text.contains("<domain:name>a&lt;&amp;&gt;b.example</domain:name>"))
        #expect(!text.contains("secDNS:rem") && !text.contains("secDNS:chg"))
    }

    @Test("digest types that are not made, and the lack of keys, are errors")
    func refusals() throws {
        #expect(try Self.set(Self.dig, [.gost]).diagnostics.map(\.rule) == [DelegationRules.unsupportedDigest])
        #expect(try Self.set("").diagnostics.map(\.rule) == [DelegationRules.noKey])
        let noZoneKey = Self.dig.replacingOccurrences(of: "DNSKEY 257", with: "DNSKEY 1")
            .replacingOccurrences(of: "DNSKEY 256", with: "DNSKEY 0")
        let made = try Self.set(noZoneKey)
        #expect(made.value == nil)
        #expect(made.diagnostics.map(\.rule).contains(DelegationRules.notZoneKey))
    }

    @Test("the key tag of RSA/MD5 is the end of the modulus, and the others' the sum (RFC 4034 App. B)")
    func keyTags() throws {
        let md5 = RData.DNSKEY(
            flags: 256, protocolField: 3, algorithm: .rsamd5, publicKey: [1, 3, 0x11, 0x22, 0x33, 0x44])
        #expect(md5.keyTag == 0x2233)
        var other = md5
        other.algorithm = .rsasha256
        #expect(other.keyTag == 0x100 + 0x308 + 0x103 + 0x1122 + 0x3344)
    }

    @Test("deletion is `0 0 0 00` and `0 3 0 AA==`, alone (RFC 8078 §4)")
    func deletion() throws {
        let deletion = ChildSynchronisation.deletion
        #expect(deletion.cds.map(\.wireFormat) == [[0, 0, 0, 0, 0]])
        #expect(deletion.cdnskey.map(\.wireFormat) == [[0, 0, 3, 0, 0]])
        #expect(deletion.cds.first?.isDeletion == true)
        #expect(deletion.cdnskey.first?.isDeletion == true)
    }

    @Test("CDS and CDNSKEY speak of the given keys, in canonical order")
    func synchronisation() throws {
        let keys = [try KeyFileTests.key(.ed25519), try KeyFileTests.key(.ed25519)]
        let records = ChildSynchronisation(keys: keys, digestTypes: [.sha384, .sha256])
        #expect(records.cds.count == 4)
        #expect(records.cdnskey.count == 2)
        let wire = records.cds.map(\.wireFormat)
        #expect(wire == wire.sorted { $0.lexicographicallyPrecedes($1) })
        for ds in records.cds {
            #expect(keys.filter { ds.matches($0.dnskey, owner: $0.owner) == true }.count == 1)
        }
    }
}
