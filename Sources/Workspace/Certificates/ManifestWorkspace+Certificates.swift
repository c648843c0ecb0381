import DANE
public import DNSModel
public import Diagnostics
import Manifest
public import OpenSSLBridge
import Rollover

extension ManifestWorkspace {
    /// What is wrong with the live and staged certificates, for the services that use them.
    public func certificateFindings(now: Timestamp, workers: Workers) throws(Failure) -> [Diagnostic] {
        let world = try RolloverWorld(self, now: now, workers: workers)
        var findings = world.cases.flatMap(\.findings)
        for certificate in world.cases {
            findings += certificate.unmetParameters(now: now)
            guard let live = certificate.live else { continue }
            findings += CertificateLint.findings(
                chain: live.chain, key: live.key, profile: world.profile(of: certificate.intent.name), now: now,
                at: SourceLocation(file: live.file))
        }
        return findings
    }

    /// Whether less than a third of a live certificate's life is left and nothing is staged to follow it.
    public func isRenewalDue(_ name: String, now: Timestamp) throws(Failure) -> Bool {
        guard let intent = manifest.certificate(named: name) else { return false }
        guard let live = try Credential.read(intent.live.value, in: self, needsKey: false) else { return true }
        let life = live.leaf.notAfter - live.leaf.notBefore
        guard (live.leaf.notAfter - now.rawValue) < life / 3 else { return false }
        if let files = intent.staged?.value, let staged = try? Credential.read(files, in: self, needsKey: false),
            staged.label != live.label, staged.leaf.notAfter > live.leaf.notAfter
        {
            return false
        }
        return true
    }

    /// For how many seconds the manifest lets POSH documents of an XMPP domain be believed; `nil` when it says nothing.
    public func documentExpires(of domain: DomainName) -> UInt32? {
        let names = manifest.services.filter { $0.xmppDomain == domain }.flatMap(\.certificates).map(\.value)
        return names.compactMap { manifest.certificate(named: $0)?.posh?.expires.rawValue }.min()
    }

    /// The leaf certificates of a domain's services: those in use, then those staged, then those that a server may still
    /// present because it has not loaded its successor yet.
    public func certificates(of domain: DomainName, now: Timestamp, workers: Workers) throws(Failure) -> [Certificate] {
        let world = try RolloverWorld(self, now: now, workers: workers)
        var names: [String] = []
        for endpoint in world.survey.map?.endpoints ?? [] where endpoint.sourceDomain == domain {
            for name in endpoint.certificates where !names.contains(name) { names.append(name) }
        }
        for service in manifest.services where service.xmppDomain == domain {
            for name in service.certificates.map(\.value) where !names.contains(name) { names.append(name) }
        }
        let cases = world.cases.filter { names.contains($0.intent.name) }
        var leaves: [Certificate] = []
        for leaf in cases.compactMap({ $0.live?.leaf }) + cases.compactMap({ $0.staged?.leaf })
            + cases.compactMap({ world.leavingLeaf($0) }) where !leaves.contains(leaf)
        {
            leaves.append(leaf)
        }
        return leaves
    }
}

extension RolloverWorld {
    /// The certificate before the live one, while the deployment of that may not have reached every server.
    fileprivate func leavingLeaf(_ certificate: CertificateCase) -> Certificate? {
        guard let change = certificateStates[certificate.intent.name]?.events.last(where: { $0.kind.content != nil }),
            change.at.distance(to: now) <= certificate.intent.deployWindow,
            let files = LiveFiles(certificate.intent, in: workspace).previous
        else { return nil }
        return (try? Credential.read(files, in: workspace, needsKey: false))?.leaf
    }
}
