import DNSModel
import Diagnostics

/// What became of one signature.
enum SignatureOutcome: Sendable {
    /// A key of the zone confirms it.
    case good(key: Int)
    /// A key of the zone would be asked if it were in the sample.
    case unsampled
    /// Its algorithm is not supported, but a key of the zone has it.
    case unsupported
    /// No key of the zone has its algorithm: a rollover of algorithms may be under way.
    case unpublished
    /// It counts as absent.
    case faulty(ValidationRule)
}

extension ZoneChecker {
    /// Checks the signatures of one authoritative RRset, leaving ``outcomes`` for the caller.
    func checkSignatures(_ signatures: Range<Int>, of records: Range<Int>) {
        let zone = context.view
        let owner = zone.nameOctets(of: zone.records[records.lowerBound].owner)
        let labels = NameOctets.signedLabelCount(owner)
        result.statistics.rrsets += 1
        outcomes.removeAll(keepingCapacity: true)
        message.startRRset()
        var signedBy: UInt64 = 0
        var hasGood = false
        var isClean = true
        for index in signatures {
            result.statistics.signatures += 1
            guard let fields = SignatureFields(zone.rdataOctets(of: zone.records[index])) else {
                outcomes.append(.faulty(.signatureMalformed))
                isClean = false
                continue
            }
            let outcome = judge(fields, at: index, labels: labels, records: records)
            outcomes.append(outcome)
            switch outcome {
            case .good:
                hasGood = true
                result.statistics.verifiedSignatures += 1
                signedBy |= context.keys.bit(of: fields.algorithm)
                noteExpiration(fields.expiration, of: index)
            case .unsampled:
                hasGood = true
                signedBy |= context.keys.bit(of: fields.algorithm)
                noteExpiration(fields.expiration, of: index)
            case .unsupported: signedBy |= context.keys.bit(of: fields.algorithm)
            case .unpublished, .faulty: isClean = false
            }
            checkTTL(of: fields, at: index, records: records)
        }
        let missing = context.keys.allBits & ~signedBy
        if hasGood, isClean, missing == 0 { return }
        report(signatures, of: records, signedBy: signedBy, hasGood: hasGood)
    }

    /// Checks the signatures of an RRset at the apex, and gives the keys whose signature is good.
    func checkSignaturesAtApex(of type: RRType, _ records: Range<Int>) -> [Int] {
        let zone = context.view
        let signatures = group(of: .rrsig, in: zone.recordRange(of: zone.records[records.lowerBound].owner))
        let covers = { SignatureFields.typeCovered(zone.rdataOctets(of: zone.records[$0])) == type }
        let first = signatures.first(where: covers) ?? signatures.upperBound
        let end = signatures[first...].first { !covers($0) } ?? signatures.upperBound
        checkSignatures(first..<end, of: records)
        return outcomes.compactMap { if case .good(let key) = $0 { key } else { nil } }
    }

    /// Judges one signature by its fields, and then by its key.
    private func judge(
        _ fields: SignatureFields, at index: Int, labels: Int, records: Range<Int>
    ) -> SignatureOutcome {
        let zone = context.view
        if !NameOctets.areEqual(fields.signer, context.zoneOctets) { return .faulty(.signerName) }
        if Int(fields.labels) != labels { return .faulty(.labels) }
        // RFC 1982 arithmetic: all times are within 2^31 seconds of each other.
        let present = context.now.serial
        if Int32(bitPattern: fields.expiration &- fields.inception) < 0 { return .faulty(.signatureTimes) }
        if Int32(bitPattern: fields.expiration &- present) < 0 { return .faulty(.signatureExpired) }
        if Int32(bitPattern: present &- fields.inception) < 0 { return .faulty(.signatureNotYetValid) }
        let isUnsampled =
            context.options.sampling.map { !$0.includes(context.recordsBefore &+ index) } ?? false
            && zone.records[records.lowerBound].owner != context.apex
        // Most signatures of a large zone, and all of one signer.
        let signer = UInt32(fields.keyTag) << 8 | UInt32(fields.algorithm)
        if isUnsampled, signer == unsampledSigner { return .unsampled }
        let candidates = context.keys.candidates(tag: fields.keyTag, algorithm: fields.algorithm)
        if candidates.isEmpty {
            return context.keys.bit(of: fields.algorithm) == 0 ? .unpublished : .faulty(.keyUnknown)
        }
        var wasWritten = false
        var fault = ValidationRule.signatureInvalid
        for key in candidates.prefix(ApexKeys.attemptsPerSignature) {
            let apexKey = context.keys.keys[key]
            if apexKey.dnskey.isRevoked, zone.records[records.lowerBound].type != .dnskey {
                fault = .revokedSigner
                continue
            }
            if !apexKey.isSupported { return .unsupported }
            if isUnsampled {
                unsampledSigner = signer
                return .unsampled
            }
            if !wasWritten {
                message.write(fields, records: records, context.view, context.rrClass)
                wasWritten = true
            }
            if verifies(fields.signature, key: key) { return .good(key: key) }
        }
        return .faulty(fault)
    }

    private func noteExpiration(_ serial: UInt32, of index: Int) {
        let time = Timestamp(serial: serial, near: context.now)
        if let first = result.firstExpiration, first.time <= time { return }
        result.firstExpiration = (time, index)
    }

    /// Original TTL, TTL of the RRSIG and TTL of the RRset are one number (RFC 4035 §2.2).
    private func checkTTL(of fields: SignatureFields, at index: Int, records: Range<Int>) {
        let ttl = context.view.records[records.lowerBound].ttl
        if fields.originalTTL != ttl.rawValue {
            result.log.add(
                .error, .originalTTL, self.subject(records, keyTag: fields.keyTag),
                "\(describe(records)) has the TTL \(ttl), but was signed with \(fields.originalTTL) by key \(fields.keyTag)"
            )
        }
        let own = context.view.records[index].ttl
        if own != ttl {
            result.log.add(
                .error, .signatureTTL, self.subject(records, keyTag: fields.keyTag),
                "the signature of \(describe(records)) by key \(fields.keyTag) has the TTL \(own), the RRset \(ttl)")
        }
    }

    private func subject(_ records: Range<Int>, keyTag: UInt16) -> FindingSubject {
        var subject = self.subject(records)
        subject.keyTag = keyTag
        return subject
    }
}
