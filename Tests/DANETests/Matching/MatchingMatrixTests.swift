import DANE
import DNSModel
import OpenSSLBridge
import TLSJudge
import Testing

/// Our matching against OpenSSL's own, over generated chains and records.
@Suite("Matching, beside OpenSSL")
struct MatchingMatrixTests {
    let matrix: MatchingMatrix

    init() throws { matrix = try MatchingMatrix() }

    /// Compares one chain and one RRset; the answer of both.
    private func compare(_ presentation: MatchingMatrix.Presentation, _ rrset: [RData.TLSA], handshake: Bool) throws {
        let verdict = TLSAMatcher.judge(
            chain: presentation.chain, records: rrset, context: matrix.context(presentation, rrset))
        let expectation = TLSDANEVerifier.Expectation(
            associations: rrset.map {
                .init(
                    usage: $0.usage.rawValue, selector: $0.selector.rawValue, matchingType: $0.matchingType.rawValue,
                    data: $0.associationData)
            },
            names: ["a.test"], trustAnchors: [matrix.pki.root], checksNamesOfEndEntity: false,
            time: TestPKI.now.rawValue)
        let outcome =
            handshake
            ? try TLSDANEVerifier.handshake(chain: presentation.chain, key: presentation.key, expectation)
            : try TLSDANEVerifier.verify(chain: presentation.chain, expectation)
        let detail = Comment(
            rawValue: "\(presentation.name): " + verdict.judgements.map(\.description).joined(separator: " | ")
                + " — OpenSSL: \(outcome.code) \(outcome.reason) at \(outcome.matchDepth)")
        let unusable = verdict.judgements.indices.filter { verdict.judgements[$0].outcome == .unusable }
        #expect(unusable == outcome.unusable, detail)
        guard verdict.status != .noUsableRecords else { return }
        // OpenSSL takes an authority from its trust store rather than from the chain once an RRset has a PKIX usage, and
        // then no longer tries usage 2 on it. It is alone in that; the RFCs judge each record by itself.
        if let match = verdict.match, match.record.usage == .daneTA, TLSAMatcher.matches(match.record, matrix.pki.root),
            rrset.contains(where: { TLSAParameters($0).needsPKIX })
        {
            return
        }
        #expect(verdict.isAuthenticated == outcome.isAccepted, detail)
    }

    @Test("every chain with every single record")
    func singles() throws {
        var compared = 0
        for presentation in matrix.presentations {
            for record in matrix.records {
                try compare(presentation, [record], handshake: false)
                compared += 1
            }
        }
        #expect(compared > 2000)
    }

    @Test("every chain with many RRsets of two to five records")
    func sets() throws {
        var generator = SeededGenerator(seed: 6698)
        for presentation in matrix.presentations {
            for _ in 0..<30 {
                let rrset = Array(
                    matrix.records.shuffled(using: &generator).prefix(Int.random(in: 2...5, using: &generator)))
                try compare(presentation, rrset, handshake: false)
            }
        }
    }

    @Test("some of each in a real handshake over memory")
    func handshakes() throws {
        var generator = SeededGenerator(seed: 7671)
        for presentation in matrix.presentations {
            for _ in 0..<12 {
                let rrset = Array(
                    matrix.records.shuffled(using: &generator).prefix(Int.random(in: 1...3, using: &generator)))
                try compare(presentation, rrset, handshake: true)
            }
        }
    }
}
