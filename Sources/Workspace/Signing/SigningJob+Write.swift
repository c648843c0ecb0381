import DNSModel
import DNSSEC
import Diagnostics

/// Writing what was signed, and judging it before it is published.
extension SigningJob {
    /// Writes the zone beside the output, unless that has been done, verifies what was written, and puts it in the
    /// output's place.
    func write(
        _ outcome: SigningOutcome, _ written: SignedFile?, _ provenance: Provenance?, progress: (String) -> Void,
        _ findings: inout [Diagnostic]
    ) throws(Failure) -> Int {
        let zone = outcome.zone
        if output == "-" {
            let verified = try verify(zone, &findings)
            try writeToStandardOutput(zone)
            return verified
        }
        let file: SignedFile
        if let written {
            file = written
        } else {
            progress("writing \(output)")
            file = try SignedFile(replacing: output)
            try file.write(zone, workers: workers)
        }
        try file.finish(provenance)
        var verified = 0
        let signatures = outcome.statistics.signatureCount
        if verification == .automatic, signatures > Verification.fullLimit, let checked = outcome.verifiedSignatures {
            verified = checked
        } else if verification == .full || outcome.isReceived || signatures <= Verification.fullLimit {
            verified = try verifyWritten(file.newPath, outcome, progress: progress, &findings)
        } else if verification == .automatic {
            progress("verifying \(zone.apex)")
            verified = try verify(zone, cuts: outcome.cuts, signatures: signatures, &findings)
        }
        try file.commit()
        return verified
    }

    /// What is on the disk is what gets judged: reads it back and verifies everything.
    func verifyWritten(
        _ path: String, _ outcome: SigningOutcome, progress: (String) -> Void, _ findings: inout [Diagnostic]
    ) throws(Failure) -> Int {
        guard verification != .none else { return 0 }
        let apex = outcome.zone.apex
        progress("verifying \(apex)")
        return try verify(try ZoneInput(path, origin: apex, workers: workers).zone().zone, &findings)
    }

    /// Judges a signed zone against the keys it was signed with; errors stop everything.
    private func verify(
        _ zone: Zone, cuts: ZoneCuts? = nil, signatures: Int = 0, _ findings: inout [Diagnostic]
    ) throws(Failure) -> Int {
        guard verification != .none else { return 0 }
        var options = ValidationOptions.standard
        if signatures > Verification.fullLimit {
            let interval = UInt32(clamping: signatures / (Verification.fullLimit / 10))
            options = .quick(interval: max(1, interval), seed: UInt64(bitPattern: parameters.now.rawValue))
        }
        let report = ZoneValidator.validate(
            zone, cuts: cuts, at: parameters.now, anchors: anchors(of: zone.apex), options: options, workers: workers)
        if !report.isValid { throw notValid(zone.apex, findings + report.diagnostics.filter { $0.severity == .error }) }
        return report.statistics.verifiedSignatures
    }

    /// What leads into the zone.
    func anchors(of apex: DomainName) -> [TrustAnchor] {
        keys.filter { $0.dnskey.isSEP }.map { TrustAnchor.dnskey($0.dnskey, of: apex) }
    }

    /// Why what was signed is not published.
    func notValid(_ apex: DomainName, _ findings: [Diagnostic]) -> Failure {
        Failure(
            .findings,
            findings + [
                .error(
                    "sign/not-valid", at: SourceLocation(file: output),
                    "the signed zone \(apex) does not verify; the previous output stays in place",
                    hint: "please report this; --no-verify writes the zone all the same")
            ])
    }

    private func writeToStandardOutput(_ zone: Zone) throws(Failure) {
        do {
            try ZoneFileWriter.write(zone, style: .presentation, workers: workers) { try StandardOutput.write($0) }
        } catch {
            throw error as? Failure ?? AtomicFile.cannotWrite("<stdout>", .last, "write")
        }
    }
}
