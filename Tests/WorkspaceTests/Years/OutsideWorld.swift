import DANE
import DNSModel
import OpenSSLBridge
import TLSJudge
import Testing

/// Everybody but danectl: secondaries that lag, resolvers, caches behind them, servers that reload late, clients.
///
/// It knows what was published and presented, and when, and the bounds that the manifest promises; nothing of plans and
/// their calculus.
struct OutsideWorld {
    /// The bounds, in seconds: the last secondary, the last server, from a client's look-up to its handshake.
    var propagation: Int64 = 3_600
    var deployWindow: Int64 = 600
    var useDelay: Int64 = 60
    /// The number of caches, one behind the other.
    var layers = 2

    /// A name at which clients look for TLSA, and the servers that one may land at.
    struct Door {
        let owner: String
        /// The domain that clients asked for, and the host that they were sent to.
        let source: String
        let target: String
        let servers: [String]
    }

    /// An answer of the zone: its records as text, none for an absence.
    struct Answer {
        let records: Set<String>
        let ttl: Int64
        let from: Int64
        var to: Int64?
    }

    /// What a server presents.
    struct Presentation {
        let chain: PresentedChain
        let from: Int64
        var to: Int64?
    }

    private(set) var doors: [Door] = []
    private var answers: [String: [Answer]] = [:]
    private(set) var presentations: [String: [Presentation]] = [:]
    /// The number of different answers that there have been at a name, absences included.
    private(set) var versionCounts: [String: Int] = [:]
    /// Pairs that two other judges have agreed on.
    private var crossChecked: Set<String> = []
    /// The number of simulated handshakes, and of those that came with records.
    private(set) var handshakes = 0
    private(set) var authenticated = 0

    // MARK: Looking

    /// Notes what zones say.
    mutating func see(_ zones: [SignedText], at now: Timestamp) {
        for door in doors {
            let found = zones.flatMap { $0.records("TLSA", door.owner) }
            let records = Set(
                found.map { record in
                    (record.fields.prefix(3) + [Substring(record.fields.dropFirst(3).joined().lowercased())])
                        .joined(separator: " ")
                })
            let ttl = found.map(\.ttl).min() ?? zones.map(\.negativeTTL).max() ?? 0
            if let last = answers[door.owner]?.last, last.records == records, last.ttl == ttl { continue }
            close(&answers[door.owner, default: []], \.to, at: now)
            versionCounts[door.owner, default: 0] += 1
            answers[door.owner]?.append(Answer(records: records, ttl: ttl, from: now.rawValue))
        }
    }

    /// Notes what a server presents.
    mutating func see(_ chain: PresentedChain, at server: String, at now: Timestamp) {
        if presentations[server]?.last?.chain.label == chain.label { return }
        close(&presentations[server, default: []], \.to, at: now)
        presentations[server]?.append(Presentation(chain: chain, from: now.rawValue))
    }

    private func close<Item>(_ items: inout [Item], _ end: WritableKeyPath<Item, Int64?>, at now: Timestamp) {
        if !items.isEmpty { items[items.count - 1][keyPath: end] = now.rawValue }
    }

    /// What is published at a name.
    func latest(at owner: String) -> Set<String> { answers[owner]?.last?.records ?? [] }

    /// Finds the doors of services in what zones say, as clients do.
    mutating func open(_ services: [OutsideService], in zones: [SignedText]) {
        func add(_ port: Substring, _ target: Substring, _ source: String, _ servers: [String]) {
            let owner = "_\(port)._tcp.\(target)"
            if doors.contains(where: { $0.owner == owner && $0.source == source }) { return }
            doors.append(Door(owner: owner, source: source, target: String(target), servers: servers))
        }
        for service in services {
            switch service {
            case .xmpp(let domain, let servers):
                for label in ["xmpp-client", "xmpps-client", "xmpp-server", "xmpps-server"] {
                    for record in zones.flatMap({ $0.records("SRV", "_\(label)._tcp.\(domain)") }) {
                        add(record.fields[2], record.fields[3], domain, servers)
                    }
                }
            case .mail(let domain, let servers):
                for record in zones.flatMap({ $0.records("MX", domain) }) {
                    add("25", record.fields[1], domain, servers)
                }
            case .host(let host, let port, let servers): add("\(port)", Substring(host), host, servers)
            }
        }
    }

    // MARK: Judging

    /// Every pair of an answer that some cache may hold and a chain that some server may present, that does not match.
    mutating func failures(at now: Timestamp) throws -> [String] {
        var failures: [String] = []
        for door in doors {
            // What ended weeks ago is in no cache.
            for answer in answers[door.owner] ?? []
            where !answer.records.isEmpty && (answer.to ?? .max) > now.rawValue - 30 * 86_400 {
                let heldUntil = answer.to.map { $0 + propagation + Int64(layers) * answer.ttl + useDelay }
                for server in door.servers {
                    for presentation in presentations[server] ?? [] {
                        let metUntil = presentation.to.map { $0 + deployWindow }
                        let overlap = (heldUntil ?? .max) >= presentation.from && (metUntil ?? .max) >= answer.from
                        guard overlap else { continue }
                        let isMatch = presentation.chain.satisfiesEveryCombination(of: answer.records)
                        try crossCheck(answer, presentation.chain, door, isMatch, at: now)
                        if !isMatch {
                            failures.append(
                                "\(door.owner) \(answer.records.sorted()) meets \(presentation.chain.label)")
                        }
                    }
                }
            }
        }
        return failures
    }

    /// Asks our own matching and OpenSSL's DANE about a pair, once.
    private mutating func crossCheck(
        _ answer: Answer, _ chain: PresentedChain, _ door: Door, _ isMatch: Bool, at now: Timestamp
    ) throws {
        let pair = "\(door.source) \(door.target) \(answer.records.sorted()) \(chain.label)"
        guard crossChecked.insert(pair).inserted else { return }
        let records = try answer.records.sorted().map { try TLSARecordText($0).record }
        let names = [door.target, door.source].map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        let identities = try names.map { ReferenceIdentity.host(try DomainName($0 + ".")) }
        let verdict = TLSAMatcher.judge(
            chain: chain.certificates, records: records,
            context: .client(at: now, referenceIdentities: identities))
        #expect(verdict.isAuthenticated == isMatch, "\(pair): \(verdict.judgements)")
        let outcome = try TLSDANEVerifier.verify(
            chain: chain.certificates,
            .init(
                associations: records.map {
                    .init(
                        usage: $0.usage.rawValue, selector: $0.selector.rawValue,
                        matchingType: $0.matchingType.rawValue, data: $0.associationData)
                }, names: names, trustAnchors: [], checksNamesOfEndEntity: false, time: now.rawValue))
        #expect(outcome.isAccepted == isMatch, "\(pair): OpenSSL says \(outcome.reason)")
    }

    /// Simulates handshakes at random times of an interval, with random caches on the way.
    ///
    /// - Returns: Those that failed.
    mutating func shakeHands(_ count: Int, from start: Timestamp, for seconds: Int64, _ random: inout Dice) -> [String]
    {
        var failures: [String] = []
        for _ in 0..<count {
            guard let door = doors.randomElement(using: &random),
                let server = door.servers.randomElement(using: &random)
            else { continue }
            let time = start.rawValue + Int64.random(in: 0..<seconds, using: &random)
            let reloaded = time - Int64.random(in: 0...deployWindow, using: &random)
            guard let chain = presentations[server]?.last(where: { $0.from <= reloaded })?.chain else { continue }
            // From the client back to the primary: each cache may have kept what it got for the whole of its TTL.
            let ages = (0..<layers).map { _ in random.extreme(0...3_600) }
            let asked = time - random.extreme(0...useDelay) - ages.reduce(0, +) - random.extreme(0...propagation)
            guard let answer = answers[door.owner]?.last(where: { $0.from <= asked }),
                ages.allSatisfy({ $0 <= answer.ttl })
            else { continue }
            handshakes += 1
            let combinations = Set(answer.records.map { $0.prefix(5) })
            let known = combinations.filter { _ in Bool.random(using: &random) }
            let usable = answer.records.filter { known.contains($0.prefix(5)) }
            if usable.isEmpty { continue }
            authenticated += 1
            if !usable.contains(where: { chain.satisfies.contains($0) }) {
                failures.append("a client at \(door.owner) at \(Timestamp(time)) with \(usable) meets \(chain.label)")
            }
        }
        return failures
    }
}

/// What clients look for, by the names of the servers behind it.
enum OutsideService {
    case xmpp(String, servers: [String])
    case mail(String, servers: [String])
    case host(String, port: Int, servers: [String])
}

/// Chance that repeats itself: SplitMix64.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A number of a range, every other time the last one: that is where things break.
    mutating func extreme(_ range: ClosedRange<Int64>) -> Int64 {
        Bool.random(using: &self) ? range.upperBound : Int64.random(in: range, using: &self)
    }
}
