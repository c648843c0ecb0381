import DNSModel
import Testing

@Suite("Registries")
struct RegistryTests {
    @Test("Types are read by mnemonic in any case and by number, and print their mnemonic")
    func types() {
        for type in RRType.allRegistered {
            #expect(RRType(mnemonic: type.description) == type)
            #expect(RRType(mnemonic: type.description.lowercased()) == type)
            #expect(RRType(mnemonic: "type\(type.rawValue)") == type)
            #expect(RRType(mnemonic: type.description + "X") != type)
        }
        #expect(RRType(54).description == "TYPE54")
        #expect(RRType(0).description == "TYPE0")
        #expect(RRType(65_535).description == "TYPE65535")
        #expect(RRType.nsec3param.description == "NSEC3PARAM")
        #expect(RRType(mnemonic: "TYPE65535") == RRType(65_535))
        #expect(RRType(mnemonic: "*") == .any)
        for bad in ["", "FOO", "TYPE", "TYPE65536", "TYPE-1", "TYPEx", "NSEC3PAR", "NSEC3PARAX", "NSEC3PARAMS", "1"] {
            #expect(RRType(mnemonic: bad) == nil, "\(bad)")
        }
    }

    @Test("Meta types are those that no zone may hold")
    func metaTypes() {
        let meta = RRType.allRegistered.filter(\.isMetaType).map(\.description)
        #expect(meta == ["OPT", "NXNAME", "TKEY", "TSIG", "IXFR", "AXFR", "MAILB", "MAILA", "ANY"])
    }

    @Test("Algorithms are read by mnemonic and number")
    func algorithms() {
        #expect(SecurityAlgorithm(mnemonic: "ecdsap256sha256") == .ecdsap256sha256)
        #expect(SecurityAlgorithm(mnemonic: "RSASHA1-NSEC3-SHA1") == .rsasha1NSEC3)
        #expect(SecurityAlgorithm(mnemonic: "NSEC3RSASHA1") == .rsasha1NSEC3)
        #expect(SecurityAlgorithm(mnemonic: "200")?.rawValue == 200)
        for bad in ["", "256", "+8", "-1", "RSA"] { #expect(SecurityAlgorithm(mnemonic: bad) == nil, "\(bad)") }
        #expect(SecurityAlgorithm.ed25519.description == "ED25519")
        #expect(SecurityAlgorithm(rawValue: 99).description == "99")
    }

    @Test("RFC 9904 and RFC 9905 recommend signing with 8, 13 and 15, and forbid SHA-1")
    func recommendations() {
        let recommended = AlgorithmRecommendation.all.filter { $0.useForSigning == .recommended }.map(\.algorithm)
        #expect(recommended == [.rsasha256, .ecdsap256sha256, .ed25519])
        #expect(SecurityAlgorithm.rsasha1.recommendation?.useForSigning == .mustNot)
        #expect(SecurityAlgorithm.rsasha1NSEC3.recommendation?.implementForValidation == .must)
        #expect(SecurityAlgorithm.eccGOST.recommendation?.useForValidation == .mustNot)
        #expect(DigestType.sha1.registration?.useForDelegation == .mustNot)
        #expect(DigestType.sha256.registration?.useForDelegation == .recommended)
        #expect(SecurityAlgorithm(rawValue: 99).recommendation == nil)
    }

    @Test("Digest lengths of the table and of the switch agree")
    func digests() {
        for row in DigestType.all { #expect(row.digestType.digestLength == row.digestLength) }
        #expect(DigestType(rawValue: 9).digestLength == nil)
        #expect(DigestType(mnemonic: "sha256") == .sha256 && DigestType(mnemonic: "SHA-384") == .sha384)
        #expect(DigestType(mnemonic: "gost") == .gost && DigestType(mnemonic: "2") == .sha256)
        #expect(DigestType(mnemonic: "sha") == nil)
    }

    @Test("DANE's parameters have the mnemonics of RFC 7218")
    func dane() {
        #expect(CertificateUsage(mnemonic: "dane-ee") == .daneEE && CertificateUsage.pkixTA.description == "PKIX-TA")
        #expect(Selector(mnemonic: "SPKI") == .spki && Selector.cert.description == "Cert")
        #expect(MatchingType(mnemonic: "SHA2-512") == .sha2_512 && MatchingType.full.mnemonic == "Full")
        #expect(CertificateUsage(mnemonic: "7")?.description == "7")
        #expect(Selector(mnemonic: "key") == nil && MatchingType(mnemonic: "300") == nil)
    }
}
