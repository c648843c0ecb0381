import DNSModel
import Rollover

/// Names and makers that the suites share.
enum Fixture {
    static let owner = TrackID.tlsa(name("_5269._tcp.xmpp.example."))
    static let secondOwner = TrackID.tlsa(name("_5222._tcp.xmpp.example."))
    static let thirdOwner = TrackID.tlsa(name("_443._tcp.xmpp.example."))
    static let presenter = TrackID.presenter("xmpp")
    /// 2026-03-01T12:00:00Z.
    static let noon = Timestamp(1_772_366_400)
    static let p311 = AssociationParameters(3, 1, 1)
    static let p312 = AssociationParameters(3, 1, 2)
    static let p301 = AssociationParameters(3, 0, 1)
    static let p211 = AssociationParameters(2, 1, 1)
    static let p101 = AssociationParameters(1, 0, 1)

    /// A name that the fixtures spell rightly; the root otherwise, which no expectation takes for it.
    static func name(_ text: String) -> DomainName { (try? DomainName(text)) ?? .root }

    /// Every combination that a client may know.
    static let allParameters: [AssociationParameters] = (0...3).flatMap { usage in
        (0...1).flatMap { selector in (0...2).map { AssociationParameters(usage, selector, $0) } }
    }

    /// The chain that the calculus sees for a simulated certificate.
    static func chain(_ certificate: SimulatedCertificate) -> Chain {
        let all = allParameters.compactMap { parameters in
            certificate.data(
                usage: parameters.usage, selector: parameters.selector, matching: parameters.matchingType
            ).map { Association(parameters, $0) }
        }
        return Chain(
            label: "key \(certificate.key) certificate \(certificate.serial)", satisfies: all, publishes: all,
            isPubliclyTrusted: certificate.isPublic)
    }

    /// A key without a certificate.
    static func spare(_ key: UInt8, isPublic: Bool) -> Chain {
        let all = [p311, p312].compactMap { parameters in
            SimulatedCertificate(key: key, serial: 0, issuer: nil, isPublic: isPublic)
                .data(usage: 3, selector: 1, matching: parameters.matchingType).map { Association(parameters, $0) }
        }
        return Chain(label: "spare key \(key)", satisfies: all, publishes: all, isPubliclyTrusted: isPublic)
    }

    /// A self-signed certificate.
    static func selfSigned(_ key: UInt8) -> Chain {
        chain(SimulatedCertificate(key: key, serial: 0, issuer: nil, isPublic: false))
    }

    /// A certificate of a public CA.
    static func issued(_ key: UInt8, by issuer: UInt8 = 9) -> Chain {
        chain(SimulatedCertificate(key: key, serial: 0, issuer: issuer, isPublic: true))
    }

    static func tlsa(_ chains: [Chain], _ parameters: [AssociationParameters]) -> Content {
        .tlsa(chains.flatMap { $0.associations(for: parameters) })
    }

    static func records(_ content: Content) -> [SimulatedRecord] {
        content.tlsaRecords.map {
            SimulatedRecord(
                usage: $0.parameters.usage, selector: $0.parameters.selector, matching: $0.parameters.matchingType,
                data: $0.data)
        }
    }

    /// A service that has been as it is for ever.
    static func situation(
        now: Timestamp = noon, published: Content, ttl: UInt32 = 3_600, presented: [Chain],
        timing: Timing = .published(propagation: 3_600), window: Int64 = 600,
        fallback: Relation.Fallback = .publicTrust
    ) -> Situation {
        Situation(
            now: now,
            tracks: [
                Track(
                    id: owner, timing: timing, prior: .absent(negativeTTL: TTL(900)),
                    events: published == .absent
                        ? []
                        : [Event(at: Timestamp(0), track: owner, kind: .done(published, ttl: TTL(ttl)))]),
                Track(
                    id: presenter, timing: .presented(window: window), prior: .absent(negativeTTL: TTL(0)),
                    events: [Event(at: Timestamp(0), track: presenter, kind: .done(.chains(presented), ttl: TTL(0)))]
                ),
            ],
            pairings: [Pairing(owner, presenter, .association(fallback: fallback))])
    }

    static func goal(
        _ chains: [Chain], spares: [Chain] = [], parameters: [AssociationParameters] = [p311], ttl: UInt32 = 3_600
    ) -> CertificateGoal {
        CertificateGoal(
            presenter: presenter, owners: [owner], chains: chains, spares: spares, parameters: parameters,
            ttl: TTL(ttl), negativeTTL: TTL(900))
    }

    /// A step as a rival's script would take it.
    static func step(_ action: Step.Action, after seconds: Int64, now: Timestamp = noon) -> Step {
        Step(
            action: action, earliest: now.advanced(by: seconds), reason: "", waitsFor: nil, reference: "", ifLate: "")
    }
}
