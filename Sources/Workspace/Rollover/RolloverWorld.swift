import DANE
import DNSModel
import Diagnostics
import Manifest
import Rollover

/// The world at one moment: manifest, zones, certificates, and the facts that state files record about them.
struct RolloverWorld: Sendable {
    let workspace: ManifestWorkspace
    let now: Timestamp
    let workers: Workers
    let survey: ServiceSurvey
    /// The facts about zones; brought into agreement with what is published.
    ///
    /// They are changed only where something is new: what ``settle()`` has put together holds until then.
    var zoneStates: [DomainName: ZoneState] = [:] { didSet { settled = nil } }
    /// The histories of all zones together, while no state changes.
    private var settled: [TrackID: History]?
    /// The facts about certificates; brought into agreement with the live files.
    var certificateStates: [String: CertificateState] = [:]
    /// The certificates, in the manifest's order.
    var cases: [CertificateCase] = []
    /// The SRV and MX RRsets that the services are found by.
    var services: [ManagedService] = []
    /// The places of ``services`` by zone.
    var servicesOfZone: [DomainName: [Int]] = [:]
    /// The TLSA owner names that services need.
    let required: Set<DomainName>
    /// The hosts that they may lead to, by zone.
    var targets: [DomainName: Set<DomainName>] = [:]
    /// The signed zones as they lay on the disk when this began.
    var publishedZones: [DomainName: Zone] = [:]
    /// The apexes of all zones of the manifest.
    let apexes: Set<DomainName>
    /// The zones that were signed and of which no state is left.
    var lostZones: Set<DomainName> = []
    /// What was found on the way.
    var findings: [Diagnostic] = []
    /// The states as they are on the disk; `nil` for those that are not.
    var storedZones: [DomainName: ZoneState] = [:]
    var storedCertificates: [String: CertificateState] = [:]

    /// Looks at everything; changes nothing.
    ///
    /// - Throws: ``Failure`` when a state file is of another version.
    init(_ workspace: ManifestWorkspace, now: Timestamp, workers: Workers) throws(Failure) {
        self.workspace = workspace
        self.now = now
        self.workers = workers
        apexes = Set(workspace.manifest.zones.map(\.name))
        survey = ServiceSurvey(workspace, workers: workers)
        required = Set((survey.map?.requirements ?? []).lazy.map(\.service.owner))
        findings = survey.diagnostics
        cases = workspace.manifest.certificates.map { CertificateCase($0) }
        try readStates()
        for zone in workspace.manifest.zones
        where zoneStates[zone.name] == nil && InputFile.exists(workspace.path(zone.output.value)) {
            lostZones.insert(zone.name)
        }
        readPublishedZones()
        agreeServices()
        assignOwners()
        assignRetiredOwners(besides: assignLingeringOwners())
        shareParameters()
        readCertificates()
        agreeZones()
        settle()
        for index in cases.indices { agree(withCase: index) }
    }

    // MARK: Histories

    /// The histories of all RRsets and documents, and the chains that were worked out anew from files.
    var histories: Histories {
        var documents: [TrackID: History] = [:]
        for state in certificateStates.values {
            for event in state.documents ?? [] { documents[event.track, default: []].append(event.fact) }
        }
        var chains: [String: Chain] = [:]
        for certificate in cases { chains.merge(certificate.chains) { _, later in later } }
        return Histories(zones: settled ?? together, documents: documents, chains: chains)
    }

    /// Histories by track, chains by label.
    struct Histories {
        let zones: [TrackID: History]
        var documents: [TrackID: History] = [:]
        let chains: [String: Chain]
    }

    /// Keeps the histories of all zones together, so that who asks for them need not gather them.
    mutating func settle() { settled = settled ?? together }

    /// The histories of all zones. What was in one zone and is in another now has both.
    private var together: [TrackID: History] {
        if zoneStates.count == 1, let only = zoneStates.values.first { return only.histories }
        var together: [TrackID: History] = [:]
        together.reserveCapacity(zoneStates.values.reduce(0) { $0 + $1.histories.count })
        for (_, state) in zoneStates.sorted(by: { $0.key < $1.key }) {
            together.merge(state.histories) { $0 + $1 }
        }
        return together
    }

    /// Changes the state of a zone, which begins when there is none.
    mutating func change(_ apex: DomainName, _ body: (inout ZoneState) -> Void) {
        body(&zoneStates[apex, default: ZoneState(zone: apex)])
    }

    // MARK: Services

    /// Gives each certificate the TLSA RRsets of its services.
    private mutating func assignOwners() {
        let places = Dictionary(
            cases.enumerated().map { ($1.intent.name, $0) }, uniquingKeysWith: { first, _ in first })
        for requirement in survey.map?.requirements ?? [] {
            let name = requirement.service.owner
            for certificate in requirement.certificates {
                guard let place = places[certificate] else { continue }
                if let apex = requirement.authority.ownApex {
                    cases[place].owners.append(
                        CertificateCase.TLSAOwner(
                            track: .tlsa(name), name: name, apex: apex,
                            fallback: requirement.servesSMTP ? .unauthenticated : .publicTrust,
                            certificates: requirement.certificates))
                } else {
                    cases[place].foreignOwners.append(name)
                }
            }
        }
    }

    /// Certificates on one RRset publish the same combinations with the same TTL (RFC 7671 §8).
    private mutating func shareParameters() {
        let places = Dictionary(
            cases.enumerated().map { ($1.intent.name, $0) }, uniquingKeysWith: { first, _ in first })
        var groups: Set<[Int]> = []
        for owner in cases.lazy.flatMap(\.owners) where owner.certificates.count > 1 {
            groups.insert(owner.certificates.compactMap { places[$0] }.sorted())
        }
        var isStable = groups.isEmpty
        while !isStable {
            isStable = true
            for group in groups {
                let parameters = group.reduce(into: Set<AssociationParameters>()) { $0.formUnion(cases[$1].parameters) }
                let ttl = group.map { cases[$0].ttl }.min() ?? TTL(3_600)
                for place in group where cases[place].parameters != parameters || cases[place].ttl != ttl {
                    cases[place].parameters = parameters
                    cases[place].ttl = ttl
                    isStable = false
                }
            }
        }
    }

    // MARK: Files

    private mutating func readStates() throws(Failure) {
        let zones = workspace.manifest.zones
        let workspace = workspace
        let found = workers.map(chunks: zones.count) { index -> Result<StateFolder.Found<ZoneState>, Failure> in
            do throws(Failure) {
                let file = workspace.stateFile(of: zones[index].name)
                return .success(try workspace.state.read(file, as: ZoneState.self))
            } catch {
                return .failure(error)
            }
        }
        for (zone, found) in zip(zones, found) {
            switch try found.get() {
            case .missing: break
            case .damaged(let finding): findings.append(finding)
            case .read(let state):
                zoneStates[zone.name] = state
                storedZones[zone.name] = state
            }
        }
        for certificate in workspace.manifest.certificates {
            switch try workspace.state.read(
                workspace.stateFile(ofCertificate: certificate.name), as: CertificateState.self)
            {
            case .missing: break
            case .damaged(let finding): findings.append(finding)
            case .read(let state):
                certificateStates[certificate.name] = state
                storedCertificates[certificate.name] = state
            }
        }
    }

    /// Reads live, staged and spare files again.
    mutating func readCertificates() {
        for index in cases.indices {
            let old = cases[index]
            var fresh = CertificateCase(old.intent)
            fresh.owners = old.owners
            fresh.foreignOwners = old.foreignOwners
            fresh.parameters = old.parameters
            fresh.ttl = old.ttl
            let state = certificateStates[old.intent.name]
            fresh.readFiles(in: workspace, state: state, profile: { profile(of: old.intent.name) }, now: now)
            fresh.describeChains(now: now)
            if state?.compromised != nil { fresh.ttl = min(fresh.ttl, EmergencyPlanner.shortTTL) }
            cases[index] = fresh
        }
    }

    /// What a certificate must name: the domains and targets of its services.
    func profile(of certificate: String) -> CertificateProfile {
        var domains: Set<DomainName> = []
        var targets: Set<DomainName> = []
        var hosts: Set<DomainName> = []
        for endpoint in survey.map?.endpoints ?? [] where endpoint.certificates.contains(certificate) {
            if endpoint.serviceProtocol.isXMPP {
                domains.insert(endpoint.sourceDomain)
                targets.insert(endpoint.target)
            } else {
                hosts.insert(endpoint.target)
            }
        }
        return domains.isEmpty
            ? .tlsServer(hosts: hosts.sorted()) : .xmpp(domains: domains.sorted(), targets: targets.sorted())
    }
}
