import DNSModel
import DNSSEC
import Diagnostics
import Workspace

extension ZoneFileSigning {
    /// What the options ask for.
    func job(
        _ zoneFile: String, now: Timestamp, verification: SigningJob.Verification, workers: Workers,
        _ talk: Talk
    ) throws(Failure) -> SigningJob {
        let folder = keys ?? "."
        let apex: DomainName
        if let origin {
            apex = origin.name
        } else {
            // The apex is the SOA's owner; the keys are looked for under its name.
            apex = try ZoneInput(zoneFile, origin: nil, workers: workers).zone().zone.apex
        }
        let found = try KeyStore(folder: folder).keys(of: apex)
        talk.report(found.diagnostics)
        guard !found.hasErrors else { throw Failure(.badInput, []) }
        guard let zoneKeys = found.value, !zoneKeys.isEmpty else {
            throw Failure(
                .inputMissing,
                .error(
                    "key/none", at: SourceLocation(file: folder), "the folder has no keys of \(apex)",
                    hint: "'danectl keygen \(apex) --keys \(folder)' makes them"))
        }
        let target = output ?? zoneFile + ".signed"
        return SigningJob(
            source: zoneFile, origin: apex, allowsIncludesOutsideFolder: includesOutside, output: target,
            keys: zoneKeys,
            previous: previous,
            parameters: parameters(now: now, hasPrevious: previous != nil || InputFile.exists(target)),
            verification: verification, workers: workers)
    }

    private func parameters(now: Timestamp, hasPrevious: Bool) -> SigningParameters {
        var parameters = SigningParameters.standard(now: now)
        parameters.denial =
            nsec
            ? .nsec
            : .nsec3(NSEC3Parameters(iterations: iterations ?? 0, salt: salt?.octets ?? [], optOut: optOut))
        var times = SignatureTimes.standard
        if let inception { times.inception = inception.time(now: now) }
        if let expiration {
            let end = expiration.time(now: now)
            times.expiration = end
            times.validity = max(0, now.distance(to: end))
            times.jitter = 0
            times.refresh = times.validity / 2
        }
        if let jitter { times.jitter = jitter.seconds }
        if let refresh { times.refresh = refresh.seconds }
        parameters.times = times
        parameters.serialPolicy = serial ?? (hasPrevious ? .increment : .keep)
        parameters.zoneDigests = zonemd && zonemdDigest.isEmpty ? [.sha384] : zonemdDigest.map(\.algorithm)
        if cds { parameters.parentSignal = .publish(digests: [.sha256]) }
        if let dnskeyTTL { parameters.dnskeyTTL = TTL(UInt32(clamping: dnskeyTTL.seconds)) }
        return parameters
    }
}
