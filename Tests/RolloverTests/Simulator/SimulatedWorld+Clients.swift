import DNSModel
import Rollover

/// Answers already given to "does some client fail with these records and this certificate".
struct Verdicts {
    private struct Question: Hashable {
        var content: Content
        var certificate: SimulatedCertificate
        var isOpportunistic: Bool
    }

    private var known: [Question: Bool] = [:]

    mutating func anyFails(_ content: Content, _ certificate: SimulatedCertificate, isOpportunistic: Bool) -> Bool {
        let question = Question(content: content, certificate: certificate, isOpportunistic: isOpportunistic)
        if let answer = known[question] { return answer }
        if known.count > 50_000 { known = [:] }
        let answer = SimulatedClient.anyFails(
            Fixture.records(content), [certificate], isOpportunistic: isOpportunistic)
        known[question] = answer
        return answer
    }
}

extension SimulatedWorld {
    /// Sends clients at the worst moments: resolvers that fetch just before a server takes the next version, caches that
    /// hold to the last second, handshakes just when a host has changed its certificate, or has not yet.
    mutating func connect(_ verdicts: inout Verdicts) {
        var moments: [Int] = []
        for host in hosts {
            for deployment in host { moments += [deployment.at - 1, deployment.at, deployment.at + 1] }
        }
        let certificateOf = certificates
        for owner in owners {
            let publications = truth[owner] ?? []
            let table = publications.map { publication in
                certificateOf.mapValues {
                    verdicts.anyFails(publication.content, $0, isOpportunistic: isOpportunistic)
                }
            }
            for server in 0..<Self.serverCount {
                for (index, publication) in publications.enumerated() {
                    let begin = publication.taken[server]
                    let end = publications[(index + 1)...].map { $0.taken[server] }.min() ?? now
                    guard begin <= end else { continue }
                    for _ in 0..<3 {
                        let fetched = begin + random.upTo(end - begin)
                        if let time = useAtLast(publication, fetched: fetched, by: nil) {
                            handshake(time, owner, publication, table[index])
                        }
                    }
                    for moment in moments where moment >= begin {
                        let fetched = min(end, moment)
                        if let time = useAtLast(publication, fetched: fetched, by: moment) {
                            handshake(time, owner, publication, table[index])
                        }
                    }
                }
            }
        }
    }

    /// When a client behind all the caches uses an answer: as late as it can, or at `moment` if it can do that.
    private mutating func useAtLast(_ publication: Publication, fetched: Int, by moment: Int?) -> Int? {
        let expiration = publication.signings.filter { $0.at <= fetched }.map(\.expiration).max()
        // Without a recorded signing the signature is taken to be valid throughout.
        let validUntil = expiration.map { $0 + (moment == nil ? random.upTo(clockSkew) : clockSkew) } ?? Int.max / 2
        guard fetched <= validUntil else { return nil }
        var time = fetched
        for _ in 0..<layers {
            let hold = publication.ttl + rounding
            let wait = moment == nil ? random.upTo(hold) : hold
            time = min(time + wait, validUntil, moment ?? Int.max)
        }
        guard let moment else { return time + random.upTo(useDelay) }
        return moment - time <= useDelay ? moment : nil
    }

    private mutating func handshake(
        _ time: Int, _ owner: TrackID, _ publication: Publication, _ fails: [String: Bool]
    ) {
        for host in hosts {
            // What the host presents at that second: before and after a reload in it.
            var labels = host.last { $0.at < time }?.labels ?? []
            labels += host.filter { $0.at == time }.flatMap(\.labels)
            for label in labels {
                tally.handshakes += 1
                if fails[label] == true, tally.failures.count < 3 {
                    tally.failures.append(
                        "\(owner) \(publication.content) published at \(publication.at), TTL \(publication.ttl), "
                            + "meets \(label) at \(time)")
                }
            }
        }
    }
}
