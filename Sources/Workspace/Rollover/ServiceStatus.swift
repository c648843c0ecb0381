public import DNSModel
import DNSSEC
public import Diagnostics
import Manifest
import OpenSSLBridge
public import Rollover

/// How things stand: certificates, their records, zones, and what comes next. It knows the plan, so that what is normal in
/// one phase is not called wrong.
public struct ServiceStatus: Sendable {
    /// How bad something is, as monitoring systems count.
    public enum Level: Int, Sendable, Comparable {
        case ok = 0
        case warning = 1
        case critical = 2
        case unknown = 3

        /// Less bad before worse; not knowing ranks below critical.
        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int { [0, 1, 3, 2][rawValue] }
    }

    /// One certificate.
    public struct CertificateStatus: Sendable {
        /// The name in the manifest.
        public let name: String
        /// How bad it is.
        public var level: Level
        /// What is live, or `nil`.
        public let live: String?
        /// When it expires.
        public let notAfter: Timestamp?
        /// What is staged, or `nil`.
        public let staged: String?
        /// Each TLSA record that is published, and how far it has come.
        public let records: [RecordStatus]
        /// The next step and its time.
        public let next: (time: Timestamp, action: String)?
        /// What is wrong, in words.
        public var problems: [String]
    }

    /// One TLSA record.
    public struct RecordStatus: Sendable {
        /// Its owner name.
        public let owner: DomainName
        /// What it says.
        public let association: Association
        /// How far it has come in caches.
        public let state: RecordState
    }

    /// One zone.
    public struct ZoneStatus: Sendable {
        /// The apex.
        public let name: DomainName
        /// How bad it is.
        public let level: Level
        /// When the first signature expires, or `nil` when the zone is not signed.
        public let firstExpiration: Timestamp?
        /// What is wrong, in words.
        public let problems: [String]
    }

    /// Services that go to other targets.
    public struct MoveStatus: Sendable {
        /// The SRV and MX RRsets.
        public let services: [String]
        /// How bad it is.
        public let level: Level
        /// Of the RRsets, those whose source waits.
        public let held: [String]
        /// The next step and its time.
        public let next: (time: Timestamp, action: String)?
        /// What is wrong, in words.
        public let problems: [String]
    }

    /// The certificates.
    public let certificates: [CertificateStatus]
    /// The services that move.
    public let moves: [MoveStatus]
    /// The zones.
    public let zones: [ZoneStatus]
    /// What was found.
    public let findings: [Diagnostic]
    /// The present.
    public let now: Timestamp

    /// The worst of all.
    public var level: Level {
        (certificates.map(\.level) + zones.map(\.level) + moves.map(\.level)).max() ?? .ok
    }

    /// Looks at everything; changes nothing.
    public init(_ workspace: ManifestWorkspace, now: Timestamp, workers: Workers) throws(Failure) {
        let world = try RolloverWorld(workspace, now: now, workers: workers)
        self.now = now
        findings = world.findings
        zones = workspace.manifest.zones.map { Self.status(of: $0, in: world) }
        let plans = world.plans()
        moves = world.movePlans(beside: plans).map { move in
            let problems = move.findings.map(\.message) + (move.plan == nil ? move.notes : [])
            return MoveStatus(
                services: move.services, level: problems.isEmpty ? .ok : .warning, held: move.held,
                next: move.plan?.steps.first.map { ($0.earliest, $0.action.description) }, problems: problems)
        }
        certificates = plans.compactMap { plan in
            world.cases.first { $0.intent.name == plan.certificate }.map { Self.status(of: $0, plan, in: world) }
        }
    }

    private static func status(of zone: ZoneIntent, in world: RolloverWorld) -> ZoneStatus {
        let path = world.workspace.path(zone.output.value)
        guard let signed = world.publishedZones[zone.name] else {
            return ZoneStatus(
                name: zone.name, level: .critical, firstExpiration: nil, problems: ["there is no signed zone \(path)"])
        }
        var first: Timestamp?
        for record in signed.records where record.type == .rrsig {
            guard let rrsig = SignatureFields(signed.rdataOctets(of: record)) else { continue }
            let end = Timestamp(serial: rrsig.expiration, near: world.now)
            first = min(end, first ?? end)
        }
        guard let first else {
            return ZoneStatus(
                name: zone.name, level: .critical, firstExpiration: nil, problems: ["nothing in it is signed"])
        }
        let left = world.now.distance(to: first)
        var problems: [String] = []
        var level = Level.ok
        if left <= 0 {
            level = .critical
            problems.append("signatures have expired")
        } else if left < zone.policy.signatures.refresh / 2 {
            level = left < zone.policy.signatures.refresh / 4 ? .critical : .warning
            problems.append("signatures are long due to be renewed: does 'danectl apply' run?")
        }
        return ZoneStatus(name: zone.name, level: level, firstExpiration: first, problems: problems)
    }

    private static func status(
        of certificate: CertificateCase, _ plan: CertificatePlan, in world: RolloverWorld
    ) -> CertificateStatus {
        var level = Level.ok
        var problems: [String] = []
        func worsen(_ to: Level, _ problem: String) {
            level = max(level, to)
            problems.append(problem)
        }
        for finding in plan.findings {
            worsen(finding.severity == .error ? .critical : .warning, finding.message)
        }
        if let leaf = certificate.live?.leaf {
            let left = world.now.distance(to: Timestamp(leaf.notAfter))
            let life = max(1, leaf.notAfter - leaf.notBefore)
            if left < 0 {
                worsen(.critical, "the live certificate has expired")
            } else if left < min(21 * 86_400, life / 5) {
                worsen(left < min(7 * 86_400, life / 15) ? .critical : .warning, "the live certificate expires soon")
            }
        } else {
            worsen(.critical, "there is no live certificate")
        }
        if let live = certificate.live, world.certificateStates[certificate.intent.name]?.isCompromised(live) == true {
            worsen(.critical, "the live certificate's key is known to others: put the next one live")
        }
        for example in plan.plan?.assurance.inherited ?? []
        where example.held.content != .absent && example.until >= world.now {
            worsen(.critical, example.sentence)
        }
        // A step that has been due for hours says that nobody runs apply.
        if let seen = certificate.staged.flatMap({
            world.certificateStates[certificate.intent.name]?.stagedSeen[$0.label]?.time
        }),
            plan.due.isEmpty == false, seen.distance(to: world.now) > 86_400
        {
            worsen(.warning, "a step is due and a certificate has been staged since \(seen): does 'danectl apply' run?")
        }
        var records: [RecordStatus] = []
        for owner in certificate.owners {
            guard let track = plan.situation[owner.track] else { continue }
            for association in Set(track.changes.flatMap(\.content.tlsaRecords)).sorted() {
                let state = track.state(of: association, at: world.now)
                if state != .hidden {
                    records.append(RecordStatus(owner: owner.name, association: association, state: state))
                }
            }
        }
        return CertificateStatus(
            name: certificate.intent.name, level: level, live: certificate.live?.label,
            notAfter: certificate.live.map { Timestamp($0.leaf.notAfter) }, staged: certificate.staged?.label,
            records: records, next: plan.plan?.steps.first.map { ($0.earliest, $0.action.description) },
            problems: problems)
    }
}
