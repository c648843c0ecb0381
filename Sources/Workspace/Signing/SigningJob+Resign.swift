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
        _ resigned: ResignedZone, _ text: PublishedText, _ provenance: Provenance?, progress: (String) -> Void,
        _ findings: inout [Diagnostic]
    ) throws(Failure) -> Int {
        guard output == "-" else {
            let file = try writeAside(resigned, text, provenance, isRead: { _ in true }, progress: progress)
            return try verify(resigned, in: file, progress: progress, &findings)
        }
        let verified = try verify(resigned, &findings)
        try resigned.withText(of: text) { pieces throws(Failure) in
            for piece in pieces {
                try StandardOutput.write(piece.octets)
                if let range = piece.kept { text.leave(range) }
            }
        }
        return verified
    }

    /// Writes the new text beside the output.
    ///
    /// - Parameter isRead: Whether nobody else will read so many octets of the published text.
    func writeAside(
        _ resigned: ResignedZone, _ text: PublishedText, _ provenance: Provenance?, isRead: (Int) -> Bool,
        progress: (String) -> Void
    ) throws(Failure) -> SignedFile {
        progress("writing \(output)")
        let file = try SignedFile(replacing: output)
        var replaced = previous == nil ? ReplacedFile(output) : nil
        try resigned.withText(of: text) { pieces throws(Failure) in
            try file.write(pieces.map(\.octets)) { number in
                guard let range = pieces[number].kept else { return }
                text.leave(range)
                if isRead(range.upperBound) { replaced?.forget(upTo: range.upperBound) }
            }
        }
        try file.finish(provenance)
        return file
    }

    /// Verifies what is new in a file, and puts it in the output's place.
    func verify(
        _ resigned: ResignedZone, in file: SignedFile, progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> Int {
        let readsBack =
            verification == .full || resigned.outcome.statistics.signatureCount <= Verification.fullLimit
        let verified =
            readsBack
            ? try verifyWritten(file.newPath, resigned.outcome, progress: progress, &findings)
            : try verify(resigned, &findings)
        try file.commit()
        return verified
    }

    /// Verifies what is new; errors stop everything.
    private func verify(_ resigned: ResignedZone, _ findings: inout [Diagnostic]) throws(Failure) -> Int {
        guard verification != .none else { return 0 }
        let report = resigned.verifySignatures(at: parameters.now, limit: Verification.fullLimit, workers: workers)
        if report.hasErrors { throw notValid(resigned.outcome.zone.apex, findings + report.diagnostics) }
        return report.value ?? 0
    }
}

extension ResignedZone {
    /// A piece of the new text that is written at a time.
    fileprivate struct Block {
        let octets: UnsafeRawBufferPointer
        /// Where in the published text it stands, if it does.
        var kept: Range<Int>?
    }

    /// Calls `body` with the new text, in pieces so small that what computes their digest is soon ahead of what writes them.
    fileprivate func withText<Failure: Error>(
        of published: PublishedText, _ body: ([Block]) throws(Failure) -> Void
    ) throws(Failure) {
        let size = 1 << 19
        try fresh.span.bytes.withUnsafeBytes { octets throws(Failure) in
            var blocks: [Block] = []
            for piece in pieces {
                switch piece {
                case .kept(let range):
                    for start in stride(from: range.lowerBound, to: range.upperBound, by: size) {
                        let block = start..<min(start + size, range.upperBound)
                        blocks.append(Block(octets: published.octets(block), kept: block))
                    }
                case .fresh(let range): blocks.append(Block(octets: UnsafeRawBufferPointer(rebasing: octets[range])))
                }
            }
            try body(blocks)
        }
    }
}
