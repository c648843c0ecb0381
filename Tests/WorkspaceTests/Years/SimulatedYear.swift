import DNSModel
import Foundation
import Manifest
import Testing
import Workspace

/// A time in which danectl runs from timers, in one hand or in several, and the world goes on around it.
final class SimulatedYear {
    /// One operator: a manifest, the zones that it signs, the files that its servers load.
    final class Hand {
        let laboratory: Laboratory
        let workspace: ManifestWorkspace
        let zones: [String]
        let servers: [String: String]
        var ledgers: [String: PublicationLedger] = [:]
        fileprivate var texts: [String: Data] = [:]
        fileprivate var chains: [String: Data] = [:]

        /// - Parameters:
        ///   - zones: The zones, whose signed files are `signed/ZONE.zone`.
        ///   - servers: For each server the file of its chain.
        init(_ laboratory: Laboratory, zones: [String], servers: [String: String]) throws {
            self.laboratory = laboratory
            self.zones = zones
            self.servers = servers
            workspace = try laboratory.workspace
        }
    }

    #if DEBUG
        /// Whether years are whole: without optimization they take too long, and end after a renewal or two.
        static let isWhole = false
    #else
        static let isWhole = true
    #endif

    let hands: [Hand]
    var world: OutsideWorld
    private let services: [OutsideService]
    private var dice: Dice
    private(set) var now: Timestamp
    /// What the last runs reported, by hand.
    private(set) var reports: [Application.Report] = []
    /// The number of runs, and of zones that ldns-verify-zone accepted.
    private(set) var runs = 0
    private(set) var judged = 0

    init(
        _ hands: [Hand], services: [OutsideService], at start: Timestamp = Laboratory.start,
        world: OutsideWorld = OutsideWorld(), seed: UInt64 = 1
    ) {
        self.hands = hands
        self.services = services
        self.world = world
        dice = Dice(seed: seed)
        now = start
    }

    /// Runs everybody's timer, looks at what came of it, and lets time pass.
    ///
    /// - Parameter isRefused: Whether something is wrong that the run must say.
    func step(by seconds: Int64, isRefused: Bool = false) throws {
        reports = []
        for hand in hands {
            let report = try Application.run(
                hand.workspace, now: now, Application.Request(workers: .single))
            #expect((report.failure != nil) == isRefused, "\(now): \(report.findings)")
            reports.append(report)
            runs += 1
        }
        if try look() {
            for failure in try world.failures(at: now) { Issue.record("\(now): \(failure)") }
        }
        for failure in world.shakeHands(8, from: now, for: seconds, &dice) { Issue.record("\(failure)") }
        now = now.advanced(by: seconds)
    }

    /// Runs timers for a number of days: every hour at first, while something may be under way, then less often.
    func run(days: Int64, busyDays: Int64 = 2, idleStep: Int64 = 12 * 3_600) throws {
        let end = now.advanced(by: days * 86_400)
        let busyEnd = now.advanced(by: busyDays * 86_400)
        while now < end { try step(by: min(now < busyEnd ? 3_600 : idleStep, now.distance(to: end))) }
    }

    /// Looks at zones and servers from outside.
    ///
    /// - Returns: Whether anything is new.
    private func look() throws -> Bool {
        var isNew = false
        for hand in hands {
            for zone in hand.zones {
                let file = URL(fileURLWithPath: "\(hand.laboratory.path)/signed/\(zone).zone")
                let data = try Data(contentsOf: file)
                if hand.texts[zone] == data { continue }
                hand.texts[zone] = data
                let policy = try #require(
                    hand.workspace.manifest.zone(named: DomainName(zone + "."))?.policy.signatures)
                let text = try SignedText(String(decoding: data, as: UTF8.self))
                hand.ledgers[zone, default: PublicationLedger(policy)].see(text, at: now, zone: zone)
                #expect(try hand.laboratory.ldnsAccepts(zone, at: now), "\(now): ldns-verify-zone refuses \(zone)")
                judged += 1
                isNew = true
            }
            for (server, file) in hand.servers {
                let data = try Data(contentsOf: URL(fileURLWithPath: "\(hand.laboratory.path)/\(file)"))
                if hand.chains[server] == data { continue }
                hand.chains[server] = data
                world.see(try PresentedChain(pem: String(decoding: data, as: UTF8.self)), at: server, at: now)
                isNew = true
            }
        }
        // Where nothing was published, nothing may have been due.
        for hand in hands {
            for ledger in hand.ledgers.values {
                let left = (ledger.current?.firstExpiration ?? 0) - now.rawValue
                #expect(left > ledger.refresh, "\(now): signatures are due and nothing was published")
            }
        }
        if isNew {
            let texts = hands.flatMap { hand in hand.ledgers.values.compactMap(\.current) }
            world.open(services, in: texts)
            world.see(texts, at: now)
        }
        return isNew
    }

    /// The account of a zone.
    func ledger(_ zone: String) -> PublicationLedger? { hands.lazy.compactMap { $0.ledgers[zone] }.first }
}
