import DNSModel
import DNSSEC
public import Diagnostics
import OpenSSLBridge
import Rollover

extension SigningJob {
    /// Does the job: reads, signs, writes aside, verifies, and only then replaces the output.
    ///
    /// Nothing is written when nothing has changed and no signature is due. Whatever fails, the previous output stays as it
    /// was, serial included.
    ///
    /// - Parameter progress: Told what is being done, in a few words.
    /// - Returns: What was done, and every finding that did not stop it.
    /// - Throws: ``Failure`` with all findings.
    public func run(progress: (String) -> Void = { _ in }) throws(Failure) -> Diagnosed<SigningResult> {
        let lock = output == "-" ? nil : try FileLock.taking(for: output)
        defer { _ = lock }
        var findings: [Diagnostic] = []
        let outcome = try sign(progress: progress, &findings)
        var verified = 0
        if outcome.change == .changed || previous != nil {
            verified = try write(outcome.zone, statistics: outcome.statistics, progress: progress, &findings)
        }
        return Diagnosed(
            SigningResult(
                apex: outcome.zone.apex, output: output, change: outcome.change, statistics: outcome.statistics,
                verifiedSignatures: verified),
            findings)
    }

    /// The source, checked, with what danectl adds; the text is let go of with this function's end.
    private func readSource(
        progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> (zone: Zone, cuts: ZoneCuts?) {
        progress("reading \(source)")
        let input = try ZoneInput(
            source, origin: origin, allowsIncludesOutsideFolder: allowsIncludesOutsideFolder, workers: workers)
        let (zone, reading) = try input.zone()
        findings += reading
        if let origin, zone.apex != origin {
            throw Failure(
                .badInput,
                findings + [
                    .error(
                        "zone/apex", at: SourceLocation(file: source),
                        "the zone's apex is \(zone.apex), expected \(origin)",
                        hint: "the SOA record's owner is the apex; check --origin and $ORIGIN")
                ])
        }
        let cuts = ZoneCuts(zone)
        findings += ZoneCheck.findings(in: zone, cuts: cuts, workers: workers, locate: input.makeLocator())
        guard !findings.hasErrors else { throw Failure(.badInput, findings) }
        let held = hold?.rrsets(over: zone) ?? []
        for rrset in held where rrset.type == .srv || rrset.type == .mx {
            findings.append(
                .warning(
                    "rollover/service-held", at: SourceLocation(file: source),
                    "\(rrset.owner) \(rrset.type) still leads to \(Content.leading(rrset)): its new targets are not ready",
                    hint: "'danectl plan' says when 'apply' takes the source's version"))
        }
        if additions.isEmpty, held.isEmpty { return (zone, cuts) }
        return (try zone.replacing(additions + held, file: source, workers: workers), nil)
    }

    /// Reads the source and what was signed last, and signs; when it returns, the signed zone is all that is in memory.
    private func sign(
        progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> SigningOutcome {
        let (zone, cuts) = try readSource(progress: progress, &findings)
        var parameters = parameters
        let last = try previousZone(apex: zone.apex, progress: progress, &findings)
        parameters.previousIsTrusted = last?.isTrusted ?? false
        progress("signing \(zone.apex)")
        let outcome: SigningOutcome
        do throws(DiagnosedFailure) {
            outcome = try ZoneSigner.sign(
                zone, cuts: cuts, keys: keys, parameters: parameters, previous: last?.zone, workers: workers)
        } catch {
            throw Failure(.badInput, findings + error.diagnostics)
        }
        findings += outcome.diagnostics
        return outcome
    }

    /// The zone that was signed last, and whether every octet of it is danectl's own.
    ///
    /// A previous output that cannot be read as a zone is a warning: everything is signed anew.
    private func previousZone(
        apex: DomainName, progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> (zone: Zone, isTrusted: Bool)? {
        let path = previous ?? output
        guard path != "-", previous != nil || InputFile.exists(path) else { return nil }
        progress("reading \(path)")
        let input = try ZoneInput(path, origin: apex, workers: workers)
        let octets = input.source.octets
        // The digest on one thread, reading on the others.
        let parts = workers.map(chunks: 2) { part in
            part == 0 ? (nil, ContentDigest.matches(octets)) : (input.read(), false)
        }
        guard let result = parts[1].0, let zone = result.value, !result.hasErrors, zone.apex == apex else {
            findings.append(
                .warning(
                    "sign/previous-unusable", at: SourceLocation(file: path),
                    "the previously signed zone cannot be used: every signature is made anew",
                    hint:
                        "\(parts[1].0?.diagnostics.first { $0.severity == .error }?.message ?? "it is another zone's")")
            )
            return nil
        }
        return (zone, parts[0].1)
    }

    /// Writes the zone beside the output, verifies what was written, and puts it in the output's place.
    private func write(
        _ zone: Zone, statistics: SigningOutcome.Statistics, progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> Int {
        if output == "-" {
            let verified = try verify(zone, &findings)
            try writeToStandardOutput(zone)
            return verified
        }
        progress("writing \(output)")
        var file = try AtomicFile.replacing(output)
        var digest = DigestContext(.sha256)
        do {
            try ZoneFileWriter.write(zone, style: .presentation, workers: workers) { octets in
                digest.update(octets)
                try file.write(octets)
            }
            try ContentDigest.line(digest.finish()).withUnsafeBytes { try file.write($0) }
        } catch {
            throw error as? Failure ?? AtomicFile.cannotWrite(output, .last, "write")
        }
        var verified = 0
        if verification != .none {
            progress("verifying \(zone.apex)")
            let signatures = statistics.signaturesMade + statistics.signaturesKept
            if verification == .full || signatures <= Verification.fullLimit {
                // What is on the disk is what gets judged: read it back.
                verified = try verify(
                    try ZoneInput(file.newPath, origin: zone.apex, workers: workers).zone().zone, &findings)
            } else {
                verified = try verify(zone, signatures: signatures, &findings)
            }
        }
        try file.commit()
        return verified
    }

    /// Judges a signed zone against the keys it was signed with; errors stop everything.
    private func verify(_ zone: Zone, signatures: Int = 0, _ findings: inout [Diagnostic]) throws(Failure) -> Int {
        guard verification != .none else { return 0 }
        var options = ValidationOptions.standard
        if signatures > Verification.fullLimit {
            let interval = UInt32(clamping: signatures / (Verification.fullLimit / 10))
            options = .quick(interval: max(1, interval), seed: UInt64(bitPattern: parameters.now.rawValue))
        }
        let anchors = keys.filter { $0.dnskey.isSEP }.map { TrustAnchor.dnskey($0.dnskey, of: zone.apex) }
        let report = ZoneValidator.validate(
            zone, at: parameters.now, anchors: anchors, options: options, workers: workers)
        guard report.isValid else {
            throw Failure(
                .findings,
                findings + report.diagnostics.filter { $0.severity == .error } + [
                    .error(
                        "sign/not-valid", at: SourceLocation(file: output),
                        "the signed zone \(zone.apex) does not verify; the previous output stays in place",
                        hint: "please report this; --no-verify writes the zone all the same")
                ])
        }
        return report.statistics.verifiedSignatures
    }

    private func writeToStandardOutput(_ zone: Zone) throws(Failure) {
        do {
            try ZoneFileWriter.write(zone, style: .presentation, workers: workers) { try StandardOutput.write($0) }
        } catch {
            throw error as? Failure ?? AtomicFile.cannotWrite("<stdout>", .last, "write")
        }
    }
}
