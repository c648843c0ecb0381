import DNSModel
import DNSSEC
import Diagnostics

/// Signing again what was signed before: what stays is copied as text.
extension SigningJob {
    /// Signs by way of the text that was published last.
    ///
    /// - Returns: `nil` when that is not possible or not worth it.
    func resign(
        _ zone: Zone, _ cuts: ZoneCuts?, _ text: PublishedText, progress: (String) -> Void,
        _ findings: inout [Diagnostic]
    ) throws(Failure) -> ResignedZone? {
        var parameters = parameters
        parameters.previousIsTrusted = true
        progress("signing \(zone.apex)")
        let resigned: ResignedZone?
        do throws(DiagnosedFailure) {
            resigned = try ZoneSigner.resign(
                zone, cuts: cuts, keys: keys, parameters: parameters, published: text, workers: workers)
        } catch {
            throw Failure(.badInput, findings + error.diagnostics)
        }
        findings += resigned?.outcome.diagnostics ?? []
        return resigned
    }

    /// Writes the new text beside the output, verifies what is new in it, and puts it in the output's place.
    func write(
        _ resigned: ResignedZone, _ text: PublishedText, progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> Int {
        let signatures = resigned.outcome.statistics.signatureCount
        let readsBack = output != "-" && (verification == .full || signatures <= Verification.fullLimit)
        var verified = 0
        if !readsBack { verified = try verify(resigned, &findings) }
        if output == "-" {
            try write(resigned, text) { octets throws(Failure) in try StandardOutput.write(octets) }
            return verified
        }
        progress("writing \(output)")
        let file = try SignedFile(replacing: output)
        try write(resigned, text) { octets throws(Failure) in try file.write(octets) }
        try file.finish()
        if readsBack { verified = try verifyWritten(file.newPath, resigned.outcome, progress: progress, &findings) }
        try file.commit()
        return verified
    }

    private func write(
        _ resigned: ResignedZone, _ text: PublishedText, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        // So much stays in a core's cache while it is looked at twice.
        let size = 1 << 18
        let fresh = resigned.fresh.span
        var replaced = previous == nil && output != "-" ? ReplacedFile(output) : nil
        for piece in resigned.pieces {
            switch piece {
            case .kept(let range):
                for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
                    let block = start..<min(start + size, range.upperBound)
                    try sink(text.octets(block))
                    text.leave(block)
                    replaced?.forget(upTo: block.upperBound)
                }
            case .fresh(let range):
                try fresh.extracting(range).bytes.withUnsafeBytes { octets throws(Failure) in try sink(octets) }
            }
        }
    }

    /// Verifies what is new; errors stop everything.
    private func verify(_ resigned: ResignedZone, _ findings: inout [Diagnostic]) throws(Failure) -> Int {
        guard verification != .none else { return 0 }
        let report = resigned.verifySignatures(at: parameters.now, limit: Verification.fullLimit, workers: workers)
        if report.hasErrors { throw notValid(resigned.outcome.zone.apex, findings + report.diagnostics) }
        return report.value ?? 0
    }
}
