import DANE
import DNSModel
import Diagnostics
import Manifest
import OpenSSLBridge

/// What `danectl check` finds about services and certificates together; changes nothing.
enum ServiceInspection {
    /// Everything wrong with services, their targets and records, and with the certificates' files.
    ///
    /// - Throws: ``Failure`` when a state file is of another version.
    static func findings(
        _ workspace: ManifestWorkspace, now: Timestamp, workers: Workers
    ) throws(Failure) -> [Diagnostic] {
        guard !workspace.manifest.services.isEmpty || !workspace.manifest.certificates.isEmpty else { return [] }
        let world = try RolloverWorld(workspace, now: now, workers: workers)
        // What the zones themselves have wrong is told by their own inspection.
        let ofZones = Set(world.survey.zoneDiagnostics)
        var findings = world.findings.filter { $0.severity > .note && !ofZones.contains($0) }
        let live = world.cases.compactMap { one in one.live.map { (one.intent.name, $0) } }
        // Names that a certificate lacks are told once, with the certificate's own file.
        findings += world.survey.lint(
            workspace.manifest.certificates, live: Dictionary(live, uniquingKeysWith: { first, _ in first })
        ).filter { $0.rule != "dane/certificate-lacks-name" }
        for certificate in world.cases { findings += self.findings(certificate, in: world) }
        return findings
    }

    /// What is wrong with one certificate's live and staged files.
    private static func findings(_ certificate: CertificateCase, in world: RolloverWorld) -> [Diagnostic] {
        var findings = certificate.findings
        let intent = certificate.intent
        guard let live = certificate.live else {
            if certificate.isBlocked { return findings }
            let path = world.workspace.path(intent.live.value.chain)
            findings.append(
                .warning(
                    "cert/live-missing", at: intent.live.location,
                    "certificate '\(intent.name)': 'live' names \(path), which is not there", .rfc(7671, "8.1"),
                    hint: "put the certificate that the servers present there; until then no TLSA records are made"
                        + " for its services"))
            return findings
        }
        if let key = intent.live.value.key.map(world.workspace.path), !InputFile.exists(key) {
            findings.append(
                .warning(
                    "cert/live-missing", at: intent.live.location,
                    "certificate '\(intent.name)': 'live' names the key \(key), which is not there",
                    hint: "name the file that the servers load; danectl puts the next key into it"))
        }
        return findings + certificate.unmetParameters(now: world.now) + readableKeys(of: intent, in: world.workspace)
            + CertificateLint.findings(
                chain: live.chain, key: live.key, profile: world.profile(of: intent.name), now: world.now,
                at: SourceLocation(file: live.file))
    }

    /// Files with private keys that everybody on the machine may read.
    private static func readableKeys(of intent: CertificateIntent, in workspace: ManifestWorkspace) -> [Diagnostic] {
        let files = [intent.live.value, intent.staged?.value].compactMap { $0 }
        let readable = files.map { workspace.path($0.key ?? $0.chain) }.filter { path in
            guard InputFile.isReadableByAll(path) else { return false }
            let bundle = try? CredentialFile.read(path, rememberedBy: workspace.memory).bundle
            return bundle?.privateKeys.isEmpty == false
        }
        return readable.map { path in
            .warning(
                "cert/key-readable", at: SourceLocation(file: path),
                "everybody on this machine may read the private key of certificate '\(intent.name)'",
                hint: "chmod o= \(path), with the group or owner that the servers run as; if somebody may have read it,"
                    + " begin 'danectl rollover tlsa \(intent.name) --emergency'")
        }
    }
}
