import DANE
import DNSModel
import Diagnostics
import Manifest
import OpenSSLBridge
import Rollover

/// One certificate of the manifest with everything that is known of it now.
struct CertificateCase: Sendable {
    /// What the operator wants.
    let intent: CertificateIntent
    /// What the live files hold; `nil` when they are not there.
    var live: Credential?
    /// What is staged and fit to go live; `nil` when nothing is.
    var staged: Credential?
    /// The chains of both as the calculus sees them, by label.
    private(set) var chains: [String: Chain] = [:]
    /// The next key.
    var spare: CertificateKey?
    /// The TLSA RRsets in our zones that its services need.
    var owners: [TLSAOwner] = []
    /// The TLSA owner names that others must publish.
    var foreignOwners: [DomainName] = []
    /// The combinations to publish: its own, and those of certificates that share an RRset with it.
    var parameters: Set<AssociationParameters>
    /// The TTL to publish with: the smallest of those that share an RRset.
    var ttl: TTL
    /// What is wrong with its files.
    var findings: [Diagnostic] = []
    /// What its POSH document says; `nil` when it has none in the manifest.
    var document: POSHFile?
    /// Whether its files are in no state to decide anything by.
    var isBlocked = false

    /// A TLSA RRset of ours.
    struct TLSAOwner: Sendable, Hashable {
        var track: TrackID
        var name: DomainName
        var apex: DomainName
        var fallback: Relation.Fallback
        /// Every certificate that is presented there.
        var certificates: [String]
        /// Whether no service asks for it any more: it is kept in step until it is forgotten.
        var isRetired = false
    }

    init(_ intent: CertificateIntent) {
        self.intent = intent
        parameters = Set(intent.associationParameters)
        ttl = intent.ttl
    }

    /// The track of its servers.
    var presenter: TrackID { .presenter(intent.name) }

    /// Whether a key alone determines every record, so that a key can be published before its certificate exists.
    var usesSpare: Bool { intent.strategy == .spareKey && parameters.allSatisfy(\.isDeterminedByKey) }

    /// What shall be live: the staged chain when there is one, else the live one.
    var wanted: Credential? { staged ?? live }

    /// Works out what the chains that were read would satisfy.
    mutating func describeChains(now: Timestamp) {
        chains = [:]
        for credential in [live, staged].compactMap({ $0 }) where chains[credential.label] == nil {
            chains[credential.label] = ChainDescription.chain(credential, parameters: parameters, now: now)
        }
    }

    /// Reads the files and judges what is staged.
    mutating func readFiles(
        in workspace: ManifestWorkspace, state: CertificateState?, profile: () -> CertificateProfile, now: Timestamp
    ) {
        do throws(Failure) {
            live = try Credential.read(intent.live.value, in: workspace, needsKey: false)
            spare = try SpareKey.read(of: intent.name, in: workspace)
            document = try intent.posh.map { posh throws(Failure) in try POSHFile.read(posh, in: workspace) }
        } catch {
            findings += error.diagnostics
            isBlocked = true
            return
        }
        defer { noteMissingLiveFile(in: workspace, state: state) }
        if let label = state?.returningTo, let files = LiveFiles(intent, in: workspace).previous {
            let before = try? Credential.read(files, in: workspace, needsKey: false)
            if let before, before.label == label, label != live?.label, state?.isCompromised(before) == false {
                staged = before
            }
            return
        }
        guard let files = intent.staged?.value else { return }
        do throws(Failure) {
            guard var found = try Credential.read(files, in: workspace, needsKey: false) else {
                let path = workspace.path(files.chain)
                if InputFile.isLink(path) {
                    findings.append(
                        .warning(
                            "file/unreadable", at: SourceLocation(file: path),
                            "the symbolic link leads nowhere: nothing is staged for '\(intent.name)'"))
                }
                return
            }
            if found.label == live?.label || state?.aborted[found.label] != nil { return }
            let location = SourceLocation(file: found.file)
            if state?.isCompromised(found) == true {
                findings.append(
                    .error(
                        "rollover/compromised-key", at: location,
                        "the key of '\(found.leaf.label)' is known to others, says 'rollover --emergency'",
                        hint: "stage a certificate with another key; 'danectl rollover tlsa \(intent.name)' makes one"))
                return
            }
            if found.key == nil {
                found.key = [spare, live?.key].compactMap { $0 }.first { $0.matches(found.leaf) }
            }
            let lint = CertificateLint.findings(
                chain: found.chain, key: found.key, profile: profile(), now: now, at: location)
            findings += lint.filter { $0.severity > .note }
            if found.key == nil {
                findings.append(
                    .error(
                        "cert/no-key", at: location,
                        "there is no private key with '\(found.leaf.label)', and it is neither the spare key's nor the live one's",
                        hint: "put the key into the file, or name it in 'staged: { chain: …, key: … }'"))
                return
            }
            if !lint.hasErrors { staged = found }
        } catch {
            findings += error.diagnostics
        }
    }

    /// A live file that is gone does not stop servers from presenting what they have loaded: their records stay.
    private mutating func noteMissingLiveFile(in workspace: ManifestWorkspace, state: CertificateState?) {
        guard live == nil, let state, state.deployment == nil, let latest = state.history.latest,
            latest.content != .absent
        else { return }
        findings.append(
            .error(
                "cert/live-missing", at: SourceLocation(file: LiveFiles(intent, in: workspace).chainPath),
                "the live certificate of '\(intent.name)' is gone; servers may still present \(latest.content), so its records stay",
                .rfc(7671, "8.1"),
                hint: "put the file back, or stage a certificate; to end DANE, take the services out of the manifest"))
        if staged == nil { isBlocked = true }
    }
}
