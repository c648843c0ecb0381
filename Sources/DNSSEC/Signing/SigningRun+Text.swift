import DNSModel
import Diagnostics

/// Signing, writing and checking at the same time.
extension SigningRun {
    /// Signs a zone whose serial is known, and gives its text to a receiver.
    ///
    /// Each worker formats, and checks, what it has just signed, which is still in its cache, and then forgets it; the pieces
    /// go out while others are being signed. Of the signed zone only the apex stays.
    func sign(
        _ context: SigningContext, serial: Serial, _ receiver: any SignedTextReceiver,
        _ judgement: ConcurrentValidation?
    ) -> Attempt {
        let layout = SigningLayout(context, workers: workers)
        let pool = WorkerPool(context)
        let validation = judgement.flatMap { makeValidation(of: layout, $0) }
        let text = SignedText(
            layout: layout, context: context, zone: source.zone.apex, rrClass: source.zone.rrClass,
            validation: validation)
        do throws(TextRefused) {
            try OrderedText(pieces: layout.chunks.count, workers: workers).write(
                make: { number, piece in
                    pool.lend { worker throws(SigningFault) in try text.make(number, worker, &piece) }
                },
                sink: { piece throws(TextRefused) in
                    guard pool.fault == nil, receiver.take(piece) else { throw TextRefused() }
                })
        } catch {
            return .failed(pool.fault.map { DiagnosedFailure($0) } ?? DiagnosedFailure([]))
        }
        guard pool.fault == nil, let apex = text.apex else {
            return .failed(DiagnosedFailure(pool.fault ?? .storeFull))
        }
        let tally = pool.tally
        var outcome = SigningOutcome(
            zone: apex, change: .changed, isReceived: true, statistics: statistics(tally, serial),
            diagnostics: differingTTLs(tally.differingTTLs), summary: summary(tally, serial))
        if let validation, let judgement {
            outcome.verifiedSignatures = validation.finish(apex: apex, anchors: judgement.anchors, workers: workers)
        }
        return .signed(outcome)
    }

    /// The validation of what is about to be signed, when it is large enough.
    private func makeValidation(of layout: SigningLayout, _ judgement: ConcurrentValidation) -> PieceValidation? {
        guard layout.signatureCount > judgement.threshold else { return nil }
        let apex = Zone(
            uncheckedApex: source.zone.apex, rrClass: source.zone.rrClass, store: source.zone.store,
            nameOffsets: [source.zone.nameOffsets[0]], records: apexRecords,
            firstRecord: [0, UInt32(truncatingIfNeeded: apexRecords.count)])
        var isOptOut = false
        if case .nsec3(let denial) = parameters.denial { isOptOut = denial.optOut }
        let interval = UInt32(clamping: layout.signatureCount / max(1, judgement.sample))
        return PieceValidation(
            apex: apex, isOptOut: isOptOut, pieces: layout.chunks.count, at: parameters.now,
            options: .quick(interval: interval, seed: UInt64(bitPattern: parameters.now.rawValue)))
    }
}

/// The text of a zone that is being signed, chunk by chunk.
private final class SignedText: Sendable {
    private let layout: SigningLayout
    private let context: SigningContext
    private let zone: DomainName
    private let rrClass: RRClass
    private let validation: PieceValidation?
    private let signedApex = Guarded<Zone?>(nil)

    init(
        layout: SigningLayout, context: SigningContext, zone: DomainName, rrClass: RRClass,
        validation: PieceValidation?
    ) {
        self.layout = layout
        self.context = context
        self.zone = zone
        self.rrClass = rrClass
        self.validation = validation
    }

    /// The signed apex, when its chunk has been made.
    var apex: Zone? { signedApex.withLock { $0 } }

    /// Signs a chunk, appends its lines, and checks it.
    func make(_ number: Int, _ worker: SigningWorker, _ text: inout TextBuffer) throws(SigningFault) {
        let chunk = layout.chunks[number]
        let signed = try worker.signAlone(chunk, of: layout)
        // The apex is the first chunk, and what signing adds there sorts after the SOA record.
        let soa = number == 0 ? context.apexRecords.firstIndex { $0.type == .soa } : nil
        let lines = ZoneText(signed.view, rrClass, first: soa.map { $0..<($0 + 1) } ?? 0..<0, style: .presentation)
        if number == 0 {
            lines.appendFirst(to: &text)
            worker.writer.keep()
            let apex = signed.zone(zone, rrClass)
            signedApex.withLock { $0 = apex }
        }
        lines.append(0..<signed.view.ownerCount, endingAt: signed.view.records.count, isWarm: true, to: &text)
        validation?.check(
            number, signed.view, signed.classes, context.cuts.emptyNonTerminals(before: chunk.owners),
            recordsBefore: chunk.firstRecord)
    }
}
