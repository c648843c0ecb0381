import DNSModel
import Diagnostics

extension ZoneChecker {
    /// Tells what is wrong with the signatures of an RRset.
    ///
    /// A faulty signature beside a good one of the same algorithm harms nobody: it is a warning, unless no time and no key
    /// could ever make it good. Without a good one, it is why resolvers refuse the RRset.
    func report(_ signatures: Range<Int>, of records: Range<Int>, signedBy: UInt64, hasGood: Bool) {
        if signatures.isEmpty {
            result.log.add(.error, .signatureMissing, subject(records), "\(describe(records)) is not signed")
            return
        }
        let zone = context.view
        var faultyAlgorithms: UInt64 = 0
        var hasUnsupported = false
        for (index, outcome) in zip(signatures, outcomes) {
            let fields = SignatureFields(zone.rdataOctets(of: zone.records[index]))
            let bit = fields.map { context.keys.bit(of: $0.algorithm) } ?? 0
            switch outcome {
            case .good, .unsampled: break
            case .unsupported: hasUnsupported = true
            case .unpublished: noteUnpublished(index, fields)
            case .faulty(let rule):
                faultyAlgorithms |= bit
                let isSpare = hasGood && signedBy & bit == bit && !rule.isHopeless
                report(index, fields, of: records, rule: rule, severity: isSpare ? .warning : .error)
            }
        }
        if !hasGood {
            if hasUnsupported {
                result.log.add(
                    .error, .signatureUnsupported, subject(records),
                    "\(describe(records)) is signed by unsupported algorithms only")
            } else if faultyAlgorithms == 0, !outcomes.contains(where: \.isFaulty) {
                result.log.add(
                    .error, .signatureMissing, subject(records),
                    "\(describe(records)) is not signed by any key of the DNSKEY RRset")
            }
            return
        }
        let severity: Severity = context.options.algorithms == .everyAlgorithm ? .error : .warning
        for algorithm in context.keys.requiredAlgorithms {
            let bit = context.keys.bit(of: algorithm)
            if signedBy & bit != 0 || faultyAlgorithms & bit != 0 { continue }
            result.log.add(
                severity, .algorithmIncomplete, subject(records),
                "\(describe(records)) is not signed by algorithm \(SecurityAlgorithm(rawValue: algorithm))")
        }
    }

    private func noteUnpublished(_ index: Int, _ fields: SignatureFields?) {
        guard let fields else { return }
        let slot = UInt32(fields.keyTag) << 8 | UInt32(fields.algorithm)
        result.unpublished[slot, default: (0, index)].count += 1
    }

    private func report(
        _ index: Int, _ fields: SignatureFields?, of records: Range<Int>, rule: ValidationRule, severity: Severity
    ) {
        guard let fields else {
            result.log.add(
                severity, rule, subject(records),
                "an RRSIG of \(describe(records)) is cut short or has no signer's name")
            return
        }
        var place: FindingSubject { subject(index, of: context.view.records[records.lowerBound].type) }
        let algorithm = SecurityAlgorithm(rawValue: fields.algorithm)
        result.log.add(
            severity, rule, place,
            "the signature of \(describe(records)) by key \(fields.keyTag) (\(algorithm)) \(reason(fields, records, rule))"
        )
    }

    /// The rest of a sentence that begins with the signature.
    private func reason(_ fields: SignatureFields, _ records: Range<Int>, _ rule: ValidationRule) -> String {
        let zone = context.view
        func time(_ serial: UInt32) -> String { Timestamp(serial: serial, near: context.now).description }
        switch rule.id {
        case ValidationRule.signatureExpired.id: return "expired at \(time(fields.expiration))"
        case ValidationRule.signatureNotYetValid.id: return "is not valid before \(time(fields.inception))"
        case ValidationRule.signatureTimes.id:
            return "expires at \(time(fields.expiration)), before its inception at \(time(fields.inception))"
        case ValidationRule.signerName.id:
            let signer = DomainName(uncheckedWireFormat: Array(fields.signer))
            return "names \(signer) as signer, the zone is \(context.zone)"
        case ValidationRule.labels.id:
            let owner = zone.nameOctets(of: zone.records[records.lowerBound].owner)
            return "has \(fields.labels) in its labels field, \(NameOctets.signedLabelCount(owner)) is expected"
        case ValidationRule.keyUnknown.id: return "is by no key of the DNSKEY RRset"
        case ValidationRule.revokedSigner.id: return "is by a revoked key"
        default: return "does not verify"
        }
    }

    /// Reports a signature that covers no RRset of its owner.
    func reportOrphan(_ index: Int) {
        let record = context.view.records[index]
        let covered = SignatureFields.typeCovered(context.view.rdataOctets(of: record)) ?? RRType(0)
        let name = context.view.name(of: record.owner)
        let what = covered == .rrsig ? "RRSIG, which is never signed" : "\(covered), which the name does not have"
        result.log.add(
            .error, .signatureOverNothing, subject(index, of: covered), "a signature of \(name) covers \(what)")
    }
}

extension ValidationRule {
    /// Whether a signature that breaks the rule was never good and never will be.
    fileprivate var isHopeless: Bool {
        [Self.labels.id, Self.signerName.id, Self.signatureTimes.id, Self.signatureMalformed.id].contains(id)
    }
}

extension SignatureOutcome {
    /// Whether the signature counts as absent.
    var isFaulty: Bool { if case .faulty = self { true } else { false } }
}
