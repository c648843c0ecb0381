import DNSModel
import DNSSEC
import Diagnostics
import Dispatch

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
        // The digest takes the same way on another thread.
        let witness = file.witness
        let group = DispatchGroup()
        DispatchQueue(label: "digest of the signed zone").async(group: group) {
            Self.forEachBlock(of: resigned, text) { octets, _ in witness(octets) }
        }
        defer { group.wait() }
        try write(resigned, text) { octets throws(Failure) in try file.write(octets) }
        group.wait()
        try file.finish()
        if readsBack { verified = try verifyWritten(file.newPath, resigned.outcome, progress: progress, &findings) }
        try file.commit()
        return verified
    }

    private func write(
        _ resigned: ResignedZone, _ text: PublishedText, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try Self.forEachBlock(of: resigned, text) { octets, range throws(Failure) in
            try sink(octets)
            if let range { text.leave(range) }
        }
    }

    /// Goes through the new text, giving also where in the published text each block of it stands.
    private static func forEachBlock<Failure: Error>(
        of resigned: ResignedZone, _ text: PublishedText,
        _ body: (UnsafeRawBufferPointer, Range<Int>?) throws(Failure) -> Void
    ) throws(Failure) {
        let size = 1 << 20
        let fresh = resigned.fresh.span
        for piece in resigned.pieces {
            switch piece {
            case .kept(let range):
                for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
                    let block = start..<min(start + size, range.upperBound)
                    try body(text.octets(block), block)
                }
            case .fresh(let range):
                try fresh.extracting(range).bytes.withUnsafeBytes { octets throws(Failure) in try body(octets, nil) }
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
