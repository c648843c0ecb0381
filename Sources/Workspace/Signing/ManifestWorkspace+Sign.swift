public import DNSModel
import DNSSEC
public import Diagnostics
public import Manifest

extension ManifestWorkspace {
    /// Signs a zone as its policy says, making its keys when it is signed for the first time, and has the name server load
    /// the result.
    public func sign(
        _ zone: ZoneIntent, now: Timestamp, verification: SigningJob.Verification, workers: Workers,
        progress: (String) -> Void
    ) throws(Failure) -> Diagnosed<SigningResult> {
        var findings: [Diagnostic] = []
        let keys = try keysForSigning(zone, now: now, &findings)
        var job = SigningJob(
            source: path(zone.source.value), origin: zone.name,
            allowsIncludesOutsideFolder: zone.allowsIncludesOutsideFolder, output: path(zone.output.value), keys: keys,
            previous: nil, parameters: zone.signingParameters(now: now), verification: verification, workers: workers)
        job.additions = try additions(to: zone, workers: workers)
        job.hold = try hold(in: zone, workers: workers)
        var result: Diagnosed<SigningResult>
        do throws(Failure) {
            result = try job.run(progress: progress)
        } catch {
            throw Failure(error.kind, findings + error.diagnostics)
        }
        result.diagnostics = findings + result.diagnostics
        if result.value?.change == .changed {
            progress("reloading")
            result.diagnostics += reload(zone)
        }
        return result
    }

    /// Has the name server load a zone's output.
    ///
    /// - Returns: Findings: none when it succeeded or there is nothing to run.
    func reload(_ zone: ZoneIntent) -> [Diagnostic] {
        Hook.run(zone.reload, in: folder, timeout: 60, purpose: "reload of \(zone.name)")
    }

    /// The keys of a zone; those that the policy asks for are made when the zone has none and was never signed.
    private func keysForSigning(
        _ zone: ZoneIntent, now: Timestamp, _ findings: inout [Diagnostic]
    ) throws(Failure) -> [ZoneKey] {
        let store = keyStore(of: zone)
        let found = try store.keys(of: zone.name)
        findings += found.diagnostics
        guard !found.hasErrors else { throw Failure(.badInput, findings) }
        if let keys = found.value, !keys.isEmpty { return keys }
        // Keys that have gone missing must never be replaced unasked: the DS at the parent still names the old ones.
        if InputFile.exists(path(zone.output.value)) {
            throw Failure(
                .inputMissing,
                findings + [
                    .error(
                        "key/vanished", at: zone.keys.location,
                        "zone \(zone.name) was signed before, and there are no keys of it in \(store.folder)",
                        hint: "bring the key files back; new keys would break the chain from the parent's DS")
                ])
        }
        var keys: [ZoneKey] = []
        for role in zone.policy.keys.roles {
            let request = KeyRequest(
                owner: zone.name, role: role, algorithm: zone.policy.algorithm,
                bits: zone.policy.rsaBits ?? KeyRequest.defaultRSABits, ttl: zone.policy.dnskeyTTL,
                timing: .immediate(now))
            let created = try store.create(request)
            findings.append(
                .note("key/created", at: SourceLocation(file: created.baseName), "made \(created.key)"))
            keys.append(created.key)
        }
        return keys
    }
}

extension KeyPolicy {
    /// The roles of the keys that a zone has.
    var roles: [KeyRole] {
        switch self {
        case .split: [.ksk, .zsk]
        case .combined: [.csk]
        }
    }
}

extension ZoneIntent {
    /// What the policy means for the signer.
    func signingParameters(now: Timestamp) -> SigningParameters {
        SigningParameters(
            now: now, denial: policy.denial.denialOfExistence,
            times: SignatureTimes(
                inceptionOffset: policy.signatures.inceptionOffset, validity: policy.signatures.validity,
                refresh: policy.signatures.refresh, jitter: policy.signatures.jitter),
            dnskeyTTL: policy.dnskeyTTL, maximumTTL: policy.maximumTTL, serialPolicy: serial,
            zoneDigests: policy.zonemd.map { [$0 == 2 ? .sha512 : .sha384] } ?? [],
            parentSignal: policy.publishesCDS ? .publish(digests: [.sha256]) : .none, foreignKeys: .drop,
            previousIsTrusted: false)
    }
}

extension DenialPolicy {
    /// What the policy means for the signer.
    var denialOfExistence: DenialOfExistence {
        switch self {
        case .nsec: .nsec
        case .nsec3(let iterations, let salt, let optOut):
            .nsec3(NSEC3Parameters(iterations: iterations, salt: salt, optOut: optOut))
        }
    }
}
