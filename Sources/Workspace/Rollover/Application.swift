public import DNSModel
import DNSSEC
public import Diagnostics
import Manifest
import OpenSSLBridge
import Rollover

/// One run of `danectl apply`: does what is due, once.
///
/// Every effect is recorded before it is brought about and again when it is done, so that a run that dies at any point is
/// carried on by the next one. Where something cannot be done, the rest is done all the same, and nothing that clients
/// rely on is taken away.
public struct Application {
    /// What is asked for.
    public struct Request: Sendable {
        /// Do only what this plan says, or nothing.
        public var plan: String?
        /// Care for this certificate alone.
        public var certificate: String?
        /// What is verified before a zone is replaced.
        public var verification: SigningJob.Verification
        /// The threads to use.
        public var workers: Workers

        /// Asks for everything that is due.
        public init(
            plan: String? = nil, certificate: String? = nil, verification: SigningJob.Verification = .automatic,
            workers: Workers
        ) {
            self.plan = plan
            self.certificate = certificate
            self.verification = verification
            self.workers = workers
        }
    }

    /// What came of it.
    public struct Report: Sendable {
        /// What was done, a line each.
        public var done: [String] = []
        /// The zones that were signed anew.
        public var signed: [SigningResult] = []
        /// What was found, errors included.
        public var findings: [Diagnostic] = []
        /// The exit status of the worst that failed, or `nil`.
        public var failure: Failure.Kind?
        /// What is left to do.
        public var remaining: RolloverPlans?
    }

    let workspace: ManifestWorkspace
    let now: Timestamp
    let request: Request
    let progress: (String) -> Void
    var report = Report()
    var world: RolloverWorld
    /// The zones that this run has signed or tried to.
    var signedZones: Set<DomainName> = []

    /// Does what is due.
    ///
    /// - Throws: ``Failure`` when nothing at all could be done: another run is at work, a state file is of another version,
    ///   the plan is not the one that was named.
    public static func run(
        _ workspace: ManifestWorkspace, now: Timestamp, _ request: Request,
        progress: @escaping (String) -> Void = { _ in }
    ) throws(Failure) -> Report {
        let lock = try FileLock.taking(for: workspace.state.path + "/apply")
        defer { _ = lock }
        var application = Application(
            workspace: workspace, now: now, request: request, progress: progress,
            world: try RolloverWorld(workspace, now: now, workers: request.workers))
        try application.run()
        return application.report
    }

    private init(
        workspace: ManifestWorkspace, now: Timestamp, request: Request, progress: @escaping (String) -> Void,
        world: RolloverWorld
    ) {
        self.workspace = workspace
        self.now = now
        self.request = request
        self.progress = progress
        self.world = world
    }

    private mutating func run() throws(Failure) {
        if let wanted = request.plan {
            let plans = RolloverPlans(world, only: request.certificate)
            guard plans.hash == wanted else {
                throw Failure(
                    .findings,
                    .error(
                        "plan/changed", "the plan is \(plans.hash) now, not \(wanted): something has changed since",
                        hint: "look at 'danectl plan' again; nothing was done"))
            }
        }
        report.findings += world.findings
        attempt { (self) throws(Failure) in try self.saveStates() }
        guard report.failure == nil else { return }
        resume()
        if request.plan == nil { makeSpares() }
        // Certificates that fail say so once.
        var reported: Set<String> = []
        // Plans of which nothing is due, as long as nothing happens after they were made.
        var standing: RolloverPlans?
        for _ in 0..<8 {
            world.settle()
            let plans = world.plans(only: request.certificate)
            let moves = request.certificate == nil ? world.movePlans(beside: plans) : []
            let found =
                plans.map { ($0.certificate, $0.findings) }
                + moves.map { ($0.services.joined(separator: " "), $0.findings) }
            for (name, findings) in found where reported.insert(name).inserted {
                report.findings += findings
                if findings.hasErrors { note(.badInput) }
            }
            guard execute(plans, moves) else {
                standing = RolloverPlans(world, plans, moves)
                break
            }
        }
        if request.plan != nil { makeSpares() }
        signRest()
        attempt { (self) throws(Failure) in try self.saveStates() }
        world.settle()
        let isStanding = report.done.isEmpty && report.signed.isEmpty && report.failure == nil
        report.remaining = (isStanding ? standing : nil) ?? RolloverPlans(world, only: request.certificate)
    }

    /// Carries out what is due.
    ///
    /// - Returns: Whether anything was done, so that more may be due.
    private mutating func execute(_ plans: [CertificatePlan], _ moves: [MovePlan]) -> Bool {
        var publications: [DomainName: [TrackID: (content: Content, ttl: TTL)]] = [:]
        var deployments: [CertificatePlan] = []
        var apexes: [TrackID: DomainName] = [:]
        for certificate in world.cases { for owner in certificate.owners { apexes[owner.track] = owner.apex } }
        for move in moves { apexes.merge(move.apexes) { first, _ in first } }
        for zone in workspace.manifest.zones where request.certificate == nil && request.plan == nil {
            for track in world.forgotten(in: zone) {
                publications[zone.name, default: [:]][track] = (.absent, world.survey.negativeTTL(of: zone.name))
            }
        }
        for due in plans.map(\.due) + moves.map(\.due) {
            for step in due {
                guard case .publish(let track, let content, let ttl) = step.action, let apex = apexes[track] else {
                    continue
                }
                if publications[apex]?[track] == nil { publications[apex, default: [:]][track] = (content, ttl) }
            }
        }
        // What is published in this run changes what a deployment is judged by: look again after it.
        for plan in plans {
            if let first = plan.due.first, case .deploy = first.action { deployments.append(plan) }
        }
        var didSomething = false
        for zone in workspace.manifest.zones {
            guard let contents = publications[zone.name], !signedZones.contains(zone.name) || !hasFailed(zone.name)
            else {
                continue
            }
            if publish(contents, in: zone) { didSomething = true }
        }
        if publishDocuments(plans) { didSomething = true }
        if !publications.isEmpty || didSomething { return didSomething }
        for plan in deployments where deploy(plan) { didSomething = true }
        return didSomething
    }

    /// Whether a zone has changes that are begun and not finished.
    func hasFailed(_ zone: DomainName) -> Bool {
        world.zoneStates[zone]?.isUnfinished ?? false
    }

    // MARK: Parts

    /// Does something that may fail; the failure is reported, and the run goes on.
    mutating func attempt(_ body: (inout Application) throws(Failure) -> Void) {
        do throws(Failure) { try body(&self) } catch { fail(error) }
    }

    /// Reports a failure.
    mutating func fail(_ failure: Failure) {
        report.findings += failure.diagnostics
        note(failure.kind)
    }

    /// Remembers the kind of the first failure.
    mutating func note(_ kind: Failure.Kind) { report.failure = report.failure ?? kind }

    /// Writes the states that have changed.
    mutating func saveStates() throws(Failure) {
        for zone in workspace.manifest.zones { try saveState(of: zone.name) }
        for certificate in workspace.manifest.certificates { try saveState(ofCertificate: certificate.name) }
    }

    /// Writes a zone's state when it has changed.
    mutating func saveState(of zone: DomainName) throws(Failure) {
        guard var state = world.zoneStates[zone], state != world.storedZones[zone] else { return }
        state.forget(before: now.advanced(by: -Self.memory))
        try workspace.state.write(state, to: workspace.stateFile(of: zone))
        world.zoneStates[zone] = state
        world.storedZones[zone] = state
    }

    /// Writes a certificate's state when it has changed.
    mutating func saveState(ofCertificate name: String) throws(Failure) {
        guard var state = world.certificateStates[name], state != world.storedCertificates[name] else { return }
        state.forget(before: now.advanced(by: -Self.memory))
        try workspace.state.write(state, to: workspace.stateFile(ofCertificate: name))
        world.certificateStates[name] = state
        world.storedCertificates[name] = state
    }

    /// How long facts are kept after something newer was everywhere, in seconds: a year and more.
    private static let memory: Int64 = 400 * 86_400

    /// Makes the spare keys that are missing; a key that has gone live is a spare no more.
    private mutating func makeSpares() {
        for index in world.cases.indices {
            let certificate = world.cases[index]
            let name = certificate.intent.name
            if let wanted = request.certificate, wanted != name { continue }
            guard certificate.usesSpare, !certificate.isBlocked, world.survey.isComplete else { continue }
            if let spare = certificate.spare {
                // It is used up when what is live, and known to be live, has it.
                guard let live = certificate.live, spare.matches(live.leaf), certificate.staged == nil,
                    world.certificateStates[name]?.deployment == nil
                else { continue }
            }
            attempt { (self) throws(Failure) in
                let key = try SpareKey.make(for: name, like: certificate.live?.leaf.publicKey, in: self.workspace)
                self.world.cases[index].spare = key
                self.report.done.append("made a spare key for '\(name)': \(KeyLabel.text(key.publicKey))")
            }
        }
    }
}
