import DANE
public import DNSModel
import Diagnostics
import Manifest
public import OpenSSLBridge
public import Rollover

/// The beginning of a change of key: the next key, and a request or a certificate for it.
public struct KeyChange: Sendable {
    /// What came of it.
    public enum Outcome: Sendable {
        /// A self-signed certificate with the next key stands where staged ones stand.
        case staged(String, file: String)
        /// A certificate with another key than the live one is staged already, and stays.
        case underWay(String)
        /// The authority must issue a certificate for this request.
        case request(CertificateRequest, staged: String?)
    }

    /// What came of it.
    public let outcome: Outcome

    /// The request for a certificate with a certificate's next key, which is made when there is none.
    ///
    /// - Parameter includesServiceNames: Whether to ask for SRV-IDs (RFC 4985), which public authorities refuse.
    public static func request(
        _ workspace: ManifestWorkspace, certificate name: String, now: Timestamp, includesServiceNames: Bool,
        workers: Workers
    ) throws(Failure) -> CertificateRequest {
        let world = try RolloverWorld(workspace, now: now, workers: workers)
        let certificate = try world.certificate(named: name)
        let key = try nextKey(of: certificate, in: workspace)
        return try request(world, certificate, key, includesServiceNames)
    }

    /// Begins a change of key: where the live certificate is self-signed, its successor is made and staged; else the
    /// request for it is made.
    public static func begin(
        _ workspace: ManifestWorkspace, certificate name: String, now: Timestamp, workers: Workers
    ) throws(Failure) -> KeyChange {
        let world = try RolloverWorld(workspace, now: now, workers: workers)
        let certificate = try world.certificate(named: name)
        if let staged = certificate.staged, let live = certificate.live, staged.leaf.publicKey != live.leaf.publicKey {
            return KeyChange(outcome: .underWay(staged.label))
        }
        let key = try nextKey(of: certificate, in: workspace)
        let files = certificate.intent.staged?.value
        guard let live = certificate.live, live.leaf.isSelfSigned, let files else {
            let request = try request(world, certificate, key, false)
            return KeyChange(outcome: .request(request, staged: files?.chain))
        }
        do throws(X509Error) {
            let leaf = live.leaf
            var extensions = leaf.extensions
            extensions.subjectKeyIdentifier = nil
            extensions.authorityKeyIdentifier = nil
            let template = CertificateTemplate(
                subject: leaf.subject, notBefore: now.rawValue - 3_600,
                notAfter: now.rawValue - 3_600 + (leaf.notAfter - leaf.notBefore),
                serialNumber: try CertificateSerial.random(), extensions: extensions)
            let made = try Certificate.selfSigned(template, key: key)
            return KeyChange(outcome: .staged(made.label, file: try stage(made, key, files, workspace)))
        } catch {
            throw Failure(.badInput, .error("cert/unreadable", at: SourceLocation(file: live.file), "\(error)"))
        }
    }

    private static func stage(
        _ certificate: Certificate, _ key: CertificateKey, _ files: CertificateFiles, _ workspace: ManifestWorkspace
    ) throws(X509Error) -> String {
        let path = workspace.path(files.chain)
        do {
            if let keyFile = files.key {
                try AtomicFile.write(try key.pem(), to: workspace.path(keyFile), mode: 0o600, isSecret: true)
                try AtomicFile.write(certificate.pem, to: path)
            } else {
                try AtomicFile.write(certificate.pem + (try key.pem()), to: path, mode: 0o600, isSecret: true)
            }
        } catch {
            throw .failed(operation: "stage the certificate", reasons: ["\(error)"])
        }
        return path
    }

    /// The spare key, or a new one where there is none or it is in use.
    private static func nextKey(
        of certificate: CertificateCase, in workspace: ManifestWorkspace
    ) throws(Failure) -> CertificateKey {
        if let spare = certificate.spare, certificate.live.map({ !spare.matches($0.leaf) }) ?? true { return spare }
        return try SpareKey.make(
            for: certificate.intent.name, like: certificate.live?.leaf.publicKey, in: workspace)
    }

    private static func request(
        _ world: RolloverWorld, _ certificate: CertificateCase, _ key: CertificateKey, _ includesServiceNames: Bool
    ) throws(Failure) -> CertificateRequest {
        var names: [SubjectAlternativeName] = []
        switch world.profile(of: certificate.intent.name) {
        case .xmppServer(let domains, let targets, let services):
            names = (domains + targets.filter { !domains.contains($0) }).map { .dnsID(text($0)) }
            if includesServiceNames {
                for domain in domains { names += services.map { .srvID("_\($0).\(text(domain))") } }
            }
        case .tlsServer(let hosts): names = hosts.map { .dnsID(text($0)) }
        case .xep0416: break
        }
        if names.isEmpty { names = certificate.live?.leaf.dnsNames.map { .dnsID($0) } ?? [] }
        do throws(X509Error) {
            return try CertificateRequest.make(subject: DistinguishedName(commonName: nil), names: names, key: key)
        } catch {
            throw Failure(.badInput, .error("cert/unreadable", "\(error)"))
        }
    }

    /// A name as certificates write it: without final dot.
    private static func text(_ name: DomainName) -> String {
        let text = name.lowercased.description
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

/// Serial numbers of certificates.
public enum CertificateSerial {
    /// Sixteen random octets, positive (RFC 5280 §4.1.2.2).
    public static func random() throws(X509Error) -> [UInt8] {
        do {
            var octets = try RandomOctets.make(count: 16)
            octets[0] = octets[0] & 0x3F | 0x40
            return octets
        } catch {
            throw .failed(operation: "get random octets", reasons: ["\(error)"])
        }
    }
}

extension RolloverWorld {
    /// A certificate of the manifest.
    func certificate(named name: String) throws(Failure) -> CertificateCase {
        try workspace.requireCertificate(name)
        guard let found = cases.first(where: { $0.intent.name == name }) else {
            throw Failure(
                .badInput, .error("manifest/unknown-certificate", "the manifest has no certificate '\(name)'"))
        }
        if found.isBlocked { throw Failure(.badInput, found.findings) }
        return found
    }
}

/// What a compromised key means, and the fastest safe way out.
public enum Emergency {
    /// Says what holds for the live key of a certificate, and records that it is compromised, so that what is published
    /// from now on has a short TTL.
    ///
    /// Where nothing is staged, the report reckons with a certificate for the next key.
    public static func declare(
        _ workspace: ManifestWorkspace, certificate name: String, now: Timestamp, workers: Workers
    ) throws(Failure) -> EmergencyReport {
        let lock = try FileLock.taking(for: workspace.state.path + "/apply")
        defer { _ = lock }
        let world = try RolloverWorld(workspace, now: now, workers: workers)
        let certificate = try world.certificate(named: name)
        guard let live = certificate.live else {
            throw Failure(
                .inputMissing, .error("cert/none", at: certificate.intent.location, "there is no live certificate"))
        }
        let compromised = world.chain(of: live, certificate)
        var goal = world.goal(of: certificate)
        if certificate.staged == nil, let spare = goal.spares.first {
            goal.chains = [spare]
            goal.spares = []
        }
        guard goal.chains != [compromised] else {
            throw Failure(
                .badInput,
                .error(
                    "rollover/incomplete-goal", at: certificate.intent.location,
                    "there is neither a staged certificate nor a spare key to change to",
                    hint: "'danectl rollover tlsa \(name)' makes the next key and its request"))
        }
        let report: EmergencyReport
        do throws(PlanRefusal) {
            report = try EmergencyPlanner.report(
                world.situation(of: certificate, histories: world.histories), to: goal, compromised: compromised)
        } catch {
            throw Failure(.findings, error.diagnostic)
        }
        var state = world.certificateStates[name] ?? CertificateState(certificate: name)
        state.compromise(live, at: now)
        try workspace.state.write(state, to: workspace.stateFile(ofCertificate: name))
        return report
    }
}
