import DNSModel
import DNSSEC
public import Diagnostics
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
        let last = try previousFile()
        let stamp = FileStamp(source)
        progress("reading \(source)")
        var input = try ZoneInput(
            source, origin: origin, allowsIncludesOutsideFolder: allowsIncludesOutsideFolder, workers: workers)
        if let stamp, isOutlined(input.source.octets) {
            input.options.outlining = Provenance.outlining(blockSize: outlining.blockSize)
            if let last, let result = try runByChanges(input, stamp, since: last, progress: progress) { return result }
        }
        var findings: [Diagnostic] = []
        let (signed, outline) = try sign(consume input, stamp, last, progress: progress, &findings)
        let outcome: SigningOutcome
        var verified = 0
        switch signed {
        case .whole(let signed, let file):
            outcome = signed
            if outcome.change == .changed || previous != nil {
                verified = try write(outcome, file, provenance(outcome, outline), progress: progress, &findings)
            }
        case .changes(let resigned, let text):
            outcome = resigned.outcome
            if outcome.change == .changed || previous != nil {
                verified = try write(resigned, text, provenance(outcome, outline), progress: progress, &findings)
            }
        }
        return Diagnosed(SigningResult(outcome, output: output, verifiedSignatures: verified), findings)
    }

    /// What came of signing.
    private enum Signed {
        /// The whole zone, and the new file with its text if it was written while being signed.
        case whole(SigningOutcome, SignedFile?)
        /// What has changed since a text was published.
        case changes(ResignedZone, PublishedText)
    }

    /// Reads the source, and signs; when it returns, what was signed is all that is in memory.
    ///
    /// - Returns: Besides, the outline of the source, if it may be remembered.
    private func sign(
        _ input: consuming ZoneInput, _ stamp: FileStamp?, _ last: PreviousFile?, progress: (String) -> Void,
        _ findings: inout [Diagnostic]
    ) throws(Failure) -> (signed: Signed, outline: TextOutline?) {
        var (zone, cuts, outline) = try read(consume input, &findings)
        // What changes while it is read is not remembered.
        if stamp != FileStamp(source) { outline = nil }
        if let last, last.octets.count >= resigningThreshold, let text = last.text,
            let resigned = try resign(zone, cuts, text, progress: progress, &findings)
        {
            return (.changes(resigned, text), outline)
        }
        return (try sign(zone, cuts, last, progress: progress, &findings), outline)
    }

    /// The file of what was signed last, if there is one.
    private func previousFile() throws(Failure) -> PreviousFile? {
        let path = previous ?? output
        guard path != "-", previous != nil || InputFile.exists(path) else { return nil }
        return try PreviousFile(path)
    }

    /// The source, checked, with what danectl adds; the text is let go of with this function's end.
    ///
    /// - Returns: Besides, the outline of the source, when there was nothing to find in it, and nothing is added.
    private func read(
        _ input: ZoneInput, _ findings: inout [Diagnostic]
    ) throws(Failure) -> (zone: Zone, cuts: ZoneCuts?, outline: TextOutline?) {
        let (zone, outline, reading) = try input.outlinedZone()
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
        let (cuts, found) = ZoneCheck.survey(zone, workers: workers, locate: input.makeLocator())
        findings += found
        guard !findings.hasErrors else { throw Failure(.badInput, findings) }
        let held = hold?.rrsets(over: zone) ?? []
        for rrset in held where rrset.type == .srv || rrset.type == .mx {
            findings.append(
                .warning(
                    "rollover/service-held", at: SourceLocation(file: source),
                    "\(rrset.owner) \(rrset.type) still leads to \(Content.leading(rrset)): its new targets are not ready",
                    hint: "'danectl plan' says when 'apply' takes the source's version"))
        }
        if additions.isEmpty, held.isEmpty {
            return (zone, cuts, findings.isEmpty && outline?.hasAll(ofApexIn: zone) == true ? outline : nil)
        }
        return (try zone.replacing(additions + held, file: source, workers: workers), nil, nil)
    }

    /// Signs, keeping what can be kept of what was signed last.
    private func sign(
        _ zone: Zone, _ cuts: ZoneCuts?, _ last: PreviousFile?, progress: (String) -> Void,
        _ findings: inout [Diagnostic]
    ) throws(Failure) -> Signed {
        var parameters = parameters
        let previous = try last.flatMap { last throws(Failure) in
            try previousZone(last, apex: zone.apex, progress: progress, &findings)
        }
        parameters.previousIsTrusted = previous != nil && last?.isTrusted == true
        progress("signing \(zone.apex)")
        let canWrite = previous == nil && output != "-" && parameters.zoneDigests.isEmpty
        let file = canWrite ? try SignedFile(replacing: output) : nil
        let outcome: SigningOutcome
        do throws(DiagnosedFailure) {
            outcome = try ZoneSigner.sign(
                zone, cuts: cuts, keys: keys, parameters: parameters, previous: previous, workers: workers,
                receiver: file, judgement: verification == .automatic ? .init(anchors(of: zone.apex)) : nil)
        } catch {
            throw file?.failure ?? Failure(.badInput, findings + error.diagnostics)
        }
        findings += outcome.diagnostics
        return .whole(outcome, outcome.isReceived ? file : nil)
    }

    /// The zone that was signed last.
    ///
    /// A previous output that cannot be read as a zone is a warning: everything is signed anew.
    private func previousZone(
        _ last: PreviousFile, apex: DomainName, progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> Zone? {
        progress("reading \(last.path)")
        let result = ZoneInput(last.octets, path: last.path, origin: apex, workers: workers).read()
        guard let zone = result.value, !result.hasErrors, zone.apex == apex else {
            findings.append(
                .warning(
                    "sign/previous-unusable", at: SourceLocation(file: last.path),
                    "the previously signed zone cannot be used: every signature is made anew",
                    hint: "\(result.diagnostics.first { $0.severity == .error }?.message ?? "it is another zone's")")
            )
            return nil
        }
        return zone
    }
}
