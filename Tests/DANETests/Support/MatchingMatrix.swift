import DANE
import DNSModel
import OpenSSLBridge

/// Chains as servers send them and TLSA records, for every verifier that is asked beside ours.
struct MatchingMatrix {
    /// A chain, with what distinguishes it.
    struct Presentation {
        let name: String
        let chain: [Certificate]
        let key: CertificateKey
    }

    let pki: TestPKI
    let presentations: [Presentation]
    /// What describes one of the certificates in each way, right for some chains and wrong for others; and odd ones.
    let records: [RData.TLSA]
    /// The name that clients look for.
    let identity = ReferenceIdentity(domain: "a.test", service: nil, acceptsXMPPAddress: false)

    init() throws {
        let pki = try TestPKI()
        self.pki = pki
        let key = try CertificateKey.generate(.ecP256)
        let other = try TestPKI(.rsa(bits: 2048))
        let otherKey = try CertificateKey.generate(.rsa(bits: 2048))
        let tired = try TestPKI(.ed25519, intermediateEnds: -2)
        let names: [SubjectAlternativeName] = [.dnsID("a.test")]
        let leaf = try pki.leaf(names, key: key)
        let otherLeaf = try other.leaf(names, key: otherKey)
        let expired = try pki.leaf(names, key: key, from: -90, to: -1)
        let early = try pki.leaf(names, key: key, from: 10, to: 20)
        let misnamed = try pki.leaf([.dnsID("b.test")], key: key)
        let wildcard = try pki.leaf([.dnsID("*.test")], key: key)
        let selfSigned = try Certificate.selfSigned(TestPKI.template(names), key: key)
        let tiredLeaf = try tired.leaf(names, key: key)
        let direct = try Certificate.issued(
            TestPKI.template(names), for: key.publicKey, by: pki.root, key: pki.rootKey)
        func presentation(_ name: String, _ chain: [Certificate], _ key: CertificateKey) -> Presentation {
            Presentation(name: name, chain: chain, key: key)
        }
        presentations = [
            presentation("leaf, issuer", [leaf, pki.intermediate], key),
            presentation("leaf, issuer, root", [leaf, pki.intermediate, pki.root], key),
            presentation("leaf alone", [leaf], key),
            presentation("self-signed", [selfSigned], key),
            presentation("expired", [expired, pki.intermediate, pki.root], key),
            presentation("not yet valid", [early, pki.intermediate], key),
            presentation("another name", [misnamed, pki.intermediate, pki.root], key),
            presentation("wildcard too wide", [wildcard, pki.intermediate], key),
            presentation("issuer left out", [leaf, pki.root], key),
            presentation("with a stray", [leaf, other.intermediate, pki.intermediate], key),
            presentation("expired issuer", [tiredLeaf, tired.intermediate, tired.root], key),
            presentation("RSA, another CA", [otherLeaf, other.intermediate, other.root], otherKey),
            presentation("by the root", [direct, pki.root], key),
            presentation("by the root, alone", [direct], key),
        ]
        var records: [RData.TLSA] = []
        for certificate in [leaf, pki.intermediate, pki.root, otherLeaf, selfSigned, tired.intermediate] {
            for usage: CertificateUsage in [.pkixTA, .pkixEE, .daneTA, .daneEE] {
                for selector: Selector in [.cert, .spki] {
                    for matchingType: MatchingType in [.full, .sha2_256, .sha2_512] {
                        records.append(
                            try TLSAGenerator.record(
                                TLSAParameters(usage: usage, selector: selector, matchingType: matchingType),
                                certificate: certificate))
                    }
                }
            }
        }
        func odd(_ usage: UInt8, _ selector: UInt8, _ matchingType: UInt8, _ data: [UInt8]) -> RData.TLSA {
            RData.TLSA(
                usage: CertificateUsage(rawValue: usage), selector: Selector(rawValue: selector),
                matchingType: MatchingType(rawValue: matchingType), associationData: data)
        }
        let digest = [UInt8](repeating: 1, count: 32)
        records += [
            odd(4, 1, 1, digest), odd(3, 2, 1, digest), odd(3, 1, 3, digest), odd(3, 1, 1, Array(digest.dropLast())),
            odd(3, 1, 2, digest), odd(3, 0, 0, [1, 2, 3]), odd(2, 1, 0, [0x30, 0]), odd(3, 1, 1, digest),
            odd(2, 0, 0, leaf.der + [0]),
        ]
        self.records = records
    }

    /// A client at the time of the tests, with our root in its trust store, that looks for ``identity``.
    func context(_ presentation: Presentation, _ rrset: [RData.TLSA]) -> MatchingContext {
        .client(
            at: TestPKI.now, referenceIdentities: [identity],
            pkix: .evaluate(
                presentation.chain, anchors: [pki.root], identities: [identity], records: rrset, at: TestPKI.now))
    }
}
