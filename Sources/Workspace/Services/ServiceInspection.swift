import DANE
import DNSModel
import Diagnostics
import Manifest

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
        if let map = world.survey.map {
            // Names that a certificate lacks are told once, with the certificate's own file.
            findings += ServiceLint.findings(map, in: world.survey.zones, certificates: uses(world))
                .filter { $0.rule != "dane/certificate-lacks-name" }
        }
        for certificate in world.cases { findings += self.findings(certificate, in: world) }
        return findings
    }

    /// What is known of the certificates, for the lints of services.
    private static func uses(_ world: RolloverWorld) -> [String: CertificateUse] {
        var uses: [String: CertificateUse] = [:]
        for certificate in world.cases {
            uses[certificate.intent.name] = CertificateUse(
                chains: certificate.live.map { [$0.chain] } ?? [], spareKeys: [],
                parameters: certificate.intent.associationParameters.map(\.dane), authority: .highest)
        }
        return uses
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
        return findings
            + CertificateLint.findings(
                chain: live.chain, key: live.key, profile: world.profile(of: intent.name), now: world.now,
                at: SourceLocation(file: live.file))
    }
}
