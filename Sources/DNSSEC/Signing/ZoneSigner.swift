public import DNSModel
public import Diagnostics
import OpenSSLBridge

/// Signs zones: denial of existence, signatures, serial, digests (RFC 4035 §2).
public enum ZoneSigner {
    /// Signs a zone.
    ///
    /// What an earlier signer left in the zone is dropped, and so is what is out of the zone. Signatures of `previous` that
    /// are still good are kept; when nothing at all has changed the outcome is `previous` itself. The result is the same
    /// for any number of workers, but for the signatures of algorithms 13 and 14, which are never the same twice.
    ///
    /// - Parameters:
    ///   - zone: The zone; its own records only matter.
    ///   - cuts: The cuts of `zone`, when the caller has them already.
    ///   - keys: The zone's keys. Their times decide what each does at `parameters.now`.
    ///   - parameters: Everything else.
    ///   - previous: The signed zone that was published last, if any.
    ///   - workers: The number of threads.
    ///   - receiver: Is given the text of the signed zone while it is being signed, where that is possible: when there is
    ///     no previous zone and no digest of the whole to be put in. The outcome tells whether it was; its zone has then only
    ///     the apex, and what was signed takes no memory.
    /// - Throws: What makes signing impossible or wrong: parameters that RFC 9276 forbids, no usable keys, an algorithm
    ///   that would not sign everything, a zone without exactly one SOA record, NSEC3 hashes that collide.
    public static func sign(
        _ zone: Zone, cuts: ZoneCuts? = nil, keys: [ZoneKey], parameters: SigningParameters, previous: Zone? = nil,
        workers: Workers = .single, receiver: (any SignedTextReceiver)? = nil
    ) throws(DiagnosedFailure) -> SigningOutcome {
        try sign(
            zone, cuts: cuts, keys: keys, parameters: parameters, previous: previous, workers: workers,
            receiver: receiver, judgement: nil)
    }

    /// Signs a zone, and judges it on the way when a receiver is given its text.
    package static func sign(
        _ zone: Zone, cuts: ZoneCuts?, keys: [ZoneKey], parameters: SigningParameters, previous: Zone?,
        workers: Workers, receiver: (any SignedTextReceiver)?, judgement: ConcurrentValidation?
    ) throws(DiagnosedFailure) -> SigningOutcome {
        let prepared = try prepare(
            zone, cuts: cuts, keys: keys, parameters: parameters, previous: previous, workers: workers)
        var outcome = try prepared.run.run(receiver, judgement)
        outcome.diagnostics = prepared.findings + outcome.diagnostics
        return outcome
    }

    /// Makes all decisions; see ``sign(_:cuts:keys:parameters:previous:workers:)``.
    static func prepare(
        _ zone: Zone, cuts: ZoneCuts?, keys: [ZoneKey], parameters: SigningParameters, previous: Zone?, workers: Workers
    ) throws(DiagnosedFailure) -> (run: SigningRun, findings: [Diagnostic]) {
        var findings = parameters.findings
        if findings.hasErrors { throw DiagnosedFailure(findings) }
        let source = try SigningSource(zone, workers: workers)
        let apex = source.zone.apex
        let foreign = parameters.foreignKeys == .publish ? source.dnskeys : []
        findings += source.findings
        let plan = try KeyPlan(keys, foreign: foreign, apex: apex, now: parameters.now, findings: &findings)
        findings += lint(parameters, source.soa)
        if case .nsec3 = parameters.denial, apex.wireFormat.count > DomainName.maximumLength - 33 {
            throw DiagnosedFailure(
                .error(
                    .nsec3NameLength,
                    "the apex has \(apex.wireFormat.count) octets, no label of 32 characters fits below it",
                    .rfc(5155, "3"), hint: "use NSEC"))
        }
        let previous = previous.flatMap { $0.apex == apex && $0.soaSerial != nil ? $0 : nil }
        let keepsSerial = parameters.serialPolicy == .keep
        var serial = keepsSerial ? source.soa.serial : previous?.soaSerial ?? source.soa.serial
        // Nothing to compare with and no digest to put in: the version is known before the rest is signed.
        let isVersionKnown = previous == nil && parameters.zoneDigests.isEmpty
        if isVersionKnown {
            let choice = SerialChoice.choose(
                parameters.serialPolicy, source: source.soa.serial, previous: nil, now: parameters.now)
            serial = choice.serial
            findings += choice.findings
        }
        let dnskeyTTL = parameters.dnskeyTTL ?? keys.compactMap(\.ttl).first ?? source.soa.entry.ttl
        let apexRecords = try ApexRecords(
            source, serial: serial, keys: plan, dnskeyTTL: dnskeyTTL, parameters: parameters)
        findings += apexRecords.findings
        let run = SigningRun(
            source: source, cuts: source.isWhole ? cuts : nil, apexRecords: apexRecords.records, keys: plan,
            parameters: parameters, previous: previous, knownSerial: isVersionKnown ? serial : nil,
            // Threads cost more than a small zone.
            workers: source.zone.records.count < 400 ? .single : workers)
        return (run, findings)
    }

    /// What an operator should look at.
    private static func lint(_ parameters: SigningParameters, _ soa: StartOfAuthority) -> [Diagnostic] {
        let patience = Int64(soa.expire) + Int64(soa.entry.ttl.rawValue)
        guard parameters.times.expiration == nil, parameters.times.refresh < patience else { return [] }
        return [
            .note(
                .expireOutlivesSignatures,
                """
                signatures may have \(parameters.times.refresh) seconds left, but a secondary without contact serves them \
                for \(soa.expire) seconds (SOA expire) and resolvers keep them for \(soa.entry.ttl) more
                """, .rfc(6781, "4.4.2"), hint: "lower SOA expire, or raise validity and refresh")
        ]
    }
}

extension SigningSource {
    /// The DNSKEY records of the source.
    var dnskeys: [RData.DNSKEY] {
        zone.rrsetRange(of: 0, type: .dnskey).compactMap {
            try? RData.DNSKEY(wireFormat: zone.rdata(of: zone.records[$0]))
        }
    }
}
