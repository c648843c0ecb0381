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

    /// Signs by what has changed of the source since `last` was made from it.
    ///
    /// - Returns: The zone, the text that it was made from, and the outline of the source as it is now; `nil` when the whole
    ///   source must be read, which also tells all that is wrong with it.
    func resignChanges(
        of input: ZoneInput, since last: PreviousFile, progress: (String) -> Void
    ) -> (ResignedZone, PublishedText, TextOutline)? {
        guard let provenance = last.provenance, provenance.basis == Provenance.basis(origin: origin),
            let changes = ZoneFileReader.readChanges(
                of: input.source, since: provenance.outline, options: input.options),
            origin == nil || changes.zone.apex == origin, let text = last.text
        else { return nil }
        progress("signing \(changes.zone.apex)")
        var parameters = parameters
        parameters.previousIsTrusted = true
        let resigned = ZoneSigner.resign(
            changes: changes.zone, since: provenance.summary, keys: keys, parameters: parameters, published: text,
            workers: workers)
        return resigned.map { ($0, text, changes.outline) }
    }
}

extension TextOutline {
    /// Whether the first block has all records at the apex.
    func hasAll(ofApexIn zone: Zone) -> Bool {
        zone.owner(named: zone.apex).map { zone.recordRange(of: $0).count } == apexRecords
    }
}
