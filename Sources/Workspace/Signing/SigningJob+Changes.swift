import DNSModel
import DNSSEC
import Diagnostics

/// Signing again by what has changed of the source's text: the rest is not even read.
extension SigningJob {
    /// Whether what has changed of a source may be found out by its outline: nothing but the source decides on what is signed,
    /// and it is so large that this pays.
    func isOutlined(_ source: ZoneFileOctets) -> Bool {
        source.count >= outlining.threshold && output != "-" && additions.isEmpty && hold?.published.isEmpty ?? true
            && parameters.zoneDigests.isEmpty
    }

    /// What to remember of the source in the new file.
    func provenance(_ outcome: SigningOutcome, _ outline: TextOutline?) -> Provenance? {
        guard let outline, let summary = outcome.summary else { return nil }
        return Provenance(outline: outline, summary: summary, basis: Provenance.basis(origin: origin))
    }

    /// Does the job by what has changed of the source since `last` was made from it.
    ///
    /// Whether `last` is as danectl left it is found out meanwhile: until then nothing takes the output's place.
    ///
    /// - Returns: `nil` when the whole source must be read, which also tells all that is wrong with it.
    func runByChanges(
        _ input: ZoneInput, _ stamp: FileStamp, since last: PreviousFile, progress: (String) -> Void
    ) throws(Failure) -> Diagnosed<SigningResult>? {
        guard let provenance = last.provenance, provenance.basis == Provenance.basis(origin: origin),
            let changes = ZoneFileReader.readChanges(
                of: input.source, since: provenance.outline, options: input.options),
            origin == nil || changes.zone.apex == origin, let text = last.textAsItIs
        else { return nil }
        progress("signing \(changes.zone.apex)")
        var parameters = parameters
        parameters.previousIsTrusted = true
        guard
            let resigned = ZoneSigner.resign(
                changes: changes.zone, since: provenance.summary, keys: keys, parameters: parameters, published: text,
                workers: workers)
        else { return nil }
        let outcome = resigned.outcome
        var file: SignedFile?
        if outcome.change == .changed || previous != nil {
            // What changes while it is read is not remembered.
            let current = stamp == FileStamp(source) ? self.provenance(outcome, changes.outline) : nil
            file = try writeAside(resigned, text, current, isRead: { $0 <= last.inspected }, progress: progress)
        }
        guard last.isTrusted else { return nil }
        var findings = outcome.diagnostics
        var verified = 0
        if let file { verified = try verify(resigned, in: file, progress: progress, &findings) }
        return Diagnosed(
            SigningResult(outcome, output: output, verifiedSignatures: verified, isByChanges: true), findings)
    }
}

extension TextOutline {
    /// Whether the first block has all records at the apex.
    func hasAll(ofApexIn zone: Zone) -> Bool {
        zone.owner(named: zone.apex).map { zone.recordRange(of: $0).count } == apexRecords
    }
}
