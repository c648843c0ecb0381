import DANE
import DNSModel
import OpenSSLBridge
import Testing

/// Our matching against GnuTLS's, over the same chains and records as against OpenSSL's.
@Suite("Matching, beside GnuTLS")
struct GnuTLSMatchingTests {
    typealias Answer = GnuTLSJudge.Answer

    /// One record and one chain, judged by us.
    struct Single {
        let presentation: MatchingMatrix.Presentation
        let record: RData.TLSA
        let judgement: TLSAJudgement

        /// What GnuTLS should say, were it of our opinion.
        var opinion: Answer {
            switch judgement.outcome {
            case .match: .accepted
            case .unusable: .unchecked
            default: .refused
            }
        }
    }

    let matrix: MatchingMatrix

    init() throws { matrix = try MatchingMatrix() }

    private func single(_ presentation: MatchingMatrix.Presentation, _ record: RData.TLSA) throws -> Single {
        let verdict = TLSAMatcher.judge(
            chain: presentation.chain, records: [record], context: matrix.context(presentation, [record]))
        return Single(presentation: presentation, record: record, judgement: try #require(verdict.judgements.first))
    }

    @Test("every chain with every single record: one opinion, or a difference that is known")
    func singles() throws {
        var judge = GnuTLSJudge(at: TestPKI.now)
        var asked: [Single] = []
        for presentation in matrix.presentations {
            judge.present(presentation.chain)
            for record in matrix.records {
                judge.ask([record])
                asked.append(try single(presentation, record))
            }
        }
        var agreed: [Answer: Int] = [:]
        var differed: [GnuTLSDifference: Int] = [:]
        for (single, answer) in zip(asked, try judge.answers()) {
            let detail = Comment(rawValue: "\(single.presentation.name): \(single.judgement)")
            guard
                let (difference, expected) = GnuTLSDifference.between(
                    single.record, single.judgement, single.presentation.chain, at: TestPKI.now)
            else {
                #expect(answer == single.opinion, detail)
                agreed[answer, default: 0] += 1
                continue
            }
            #expect(answer == expected, "\(difference), \(detail)")
            #expect(answer != single.opinion, "\(difference), though both are of one opinion: \(detail)")
            differed[difference, default: 0] += 1
        }
        for difference in GnuTLSDifference.allCases {
            #expect(differed[difference, default: 0] > 0, "nothing shows \(difference)")
        }
        #expect(agreed[.accepted, default: 0] > 100 && agreed[.refused, default: 0] > 1000, "\(agreed) \(differed)")
        #expect(agreed[.unchecked, default: 0] > 0 && differed.values.reduce(0, +) < 500, "\(agreed) \(differed)")
    }

    @Test("RRsets of several records: the first match in order; GnuTLS passes no weaker digest over")
    func sets() throws {
        var generator = SeededGenerator(seed: 5280)
        var judge = GnuTLSJudge(at: TestPKI.now)
        var alone = GnuTLSJudge(at: TestPKI.now)
        var asked: [(MatchingMatrix.Presentation, [RData.TLSA])] = []
        for presentation in matrix.presentations {
            judge.present(presentation.chain)
            alone.present(presentation.chain)
            for _ in 0..<40 {
                let count = Int.random(in: 2...5, using: &generator)
                let rrset = Array(matrix.records.shuffled(using: &generator).prefix(count))
                judge.ask(rrset)
                rrset.forEach { alone.ask([$0]) }
                asked.append((presentation, rrset))
            }
        }
        var singles = try alone.answers()[...]
        var agreed = 0
        var weaker = 0
        for ((presentation, rrset), answer) in zip(asked, try judge.answers()) {
            let each = Array(singles.prefix(rrset.count))
            singles = singles.dropFirst(rrset.count)
            let verdict = TLSAMatcher.judge(
                chain: presentation.chain, records: rrset, context: matrix.context(presentation, rrset))
            let detail = Comment(
                rawValue: "\(presentation.name): "
                    + zip(verdict.judgements, each).map { "\($0) (\($1))" }.joined(separator: " | "))
            #expect(answer == Self.firstOf(each), detail)
            let differs = try rrset.contains { record in
                let single = try single(presentation, record)
                return GnuTLSDifference.between(
                    record, single.judgement, presentation.chain, at: TestPKI.now) != nil
            }
            if differs { continue }
            // RFC 7671 §9: a client that knows the stronger digest does not look at the weaker one beside it.
            if zip(verdict.judgements, each).contains(where: { $0.outcome == .passedOver && $1 == .accepted }),
                !verdict.isAuthenticated
            {
                #expect(answer == .accepted, detail)
                weaker += 1
                continue
            }
            #expect(verdict.isAuthenticated == (answer == .accepted), detail)
            #expect((verdict.status == .noUsableRecords) == (answer == .unchecked), detail)
            agreed += 1
        }
        #expect(agreed > 200 && weaker > 0, "\(agreed) RRsets agreed, \(weaker) showed a weaker digest")
    }

    /// What GnuTLS makes of several records from what it says of each: it goes on until one matches or it gives up.
    private static func firstOf(_ answers: [Answer]) -> Answer {
        for answer in answers {
            switch answer {
            case .accepted, .failed: return answer
            case .refused, .unchecked: continue
            }
        }
        return answers.contains(.refused) ? .refused : .unchecked
    }

    @Test("a record without data: unusable for us, while GnuTLS drops the RRset")
    func empty() throws {
        let presentation = try #require(matrix.presentations.first)
        let good = try TLSAGenerator.record(
            TLSAParameters(usage: .daneEE, selector: .spki, matchingType: .sha2_256),
            certificate: presentation.chain[0])
        let bare = RData.TLSA(usage: .daneEE, selector: .spki, matchingType: .sha2_256, associationData: [])
        let verdict = TLSAMatcher.judge(
            chain: presentation.chain, records: [bare, good], context: matrix.context(presentation, [bare, good]))
        #expect(verdict.isAuthenticated && verdict.judgements.first?.outcome == .unusable)
        var judge = GnuTLSJudge(at: TestPKI.now)
        judge.present(presentation.chain)
        judge.ask([bare, good])
        judge.ask([good])
        #expect(try judge.answers() == [.failed(-4), .accepted])
    }
}
