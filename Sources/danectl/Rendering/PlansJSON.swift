import DNSModel
import Rollover
import Workspace

/// Plans as JSON.
struct PlansJSON: Encodable {
    let now: String
    let hash: String
    let certificates: [Entry]
    let moves: [Move]
    let findings: [DiagnosticJSON]

    init(_ plans: RolloverPlans) {
        now = plans.now.description
        hash = plans.hash
        certificates = plans.plans.map(Entry.init)
        moves = plans.moves.map(Move.init)
        findings = plans.allFindings.map(DiagnosticJSON.init)
    }

    struct Entry: Encodable {
        let certificate: String
        let title: String?
        let steps: [StepJSON]
        let proof: String?
        let pairsThatMeet: Int?
        let pairsKeptApart: Int?
        let tightestMargin: Int64?
        let inherited: [String]
        let notes: [String]
        let forOthersToPublish: [String]
        /// What the proof takes for granted.
        let assumption: String?

        init(_ entry: CertificatePlan) {
            certificate = entry.certificate
            title = entry.plan?.title
            steps = entry.plan?.steps.map(StepJSON.init) ?? []
            proof = entry.plan?.assurance.sentence
            pairsThatMeet = entry.plan?.assurance.pairsThatMeet
            pairsKeptApart = entry.plan?.assurance.pairsKeptApart
            tightestMargin = entry.plan?.assurance.tightestMargin
            inherited = entry.plan?.assurance.inherited.map(\.sentence) ?? []
            notes = (entry.plan?.notes ?? []) + entry.notes
            forOthersToPublish = entry.foreignOwners.map(\.description)
            assumption = PlanText.assumption(entry.foreignOwners)
        }
    }

    /// Services that go to other targets.
    struct Move: Encodable {
        let services: [String]
        let held: [String]
        let title: String?
        let steps: [StepJSON]
        let proof: String?
        let pairsThatMeet: Int?
        let notes: [String]
        let forOthersToPublish: [String]
        let assumption: String?

        init(_ move: MovePlan) {
            services = move.services
            held = move.held
            title = move.plan?.title
            steps = move.plan?.steps.map(StepJSON.init) ?? []
            proof = move.plan?.assurance.sentence
            pairsThatMeet = move.plan?.assurance.pairsThatMeet
            notes = (move.plan?.notes ?? []) + move.notes
            forOthersToPublish = move.forOthers.flatMap { owner, records in
                records.map { "\(owner) TLSA \($0)" }
            }
            assumption = PlanText.assumption(move.forOthers.map(\.owner))
        }
    }

    struct StepJSON: Encodable {
        let at: String
        /// `publish`, `remove`, `deploy` or `wait`.
        let kind: String
        /// The step in words, with abbreviated records.
        let action: String
        let track: String
        /// The RRset that is published or removed.
        let owner: String?
        let type: String?
        let ttl: UInt32?
        /// The RRset's records from then on, RDATA in full.
        let records: [String]?
        /// Where a service's records lead from then on, host and port.
        let targets: String?
        let reason: String
        let reference: String
        let waitsFor: String?
        let ifLate: String

        init(_ step: Step) {
            at = step.earliest.description
            kind =
                switch step.action {
                case .publish(_, .absent, _): "remove"
                case .publish: "publish"
                case .deploy: "deploy"
                case .await: "wait"
                }
            action = step.action.description
            track = step.action.track.description
            if case .rrset(let owner, let type) = step.action.track {
                self.owner = owner.description
                self.type = type.description
            } else {
                owner = nil
                type = nil
            }
            if case .publish(_, let content, let ttl) = step.action, content != .absent {
                self.ttl = ttl.rawValue
                records = content.tlsaRecords.map(\.description)
                if case .targets = content { targets = content.description } else { targets = nil }
            } else {
                ttl = nil
                records = nil
                targets = nil
            }
            reason = step.reason
            reference = step.reference
            waitsFor = step.waitsFor
            ifLate = step.ifLate
        }
    }
}
