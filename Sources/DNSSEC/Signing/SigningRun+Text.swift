import DNSModel
import Diagnostics

/// Signing and writing at the same time.
extension SigningRun {
    /// Signs a zone whose serial is known, and gives its text to a receiver, if there is one.
    ///
    /// Each worker formats what it has just signed, which is still in its cache, and the pieces go out while others are
    /// being signed.
    func sign(_ context: SigningContext, serial: Serial, _ receiver: (any SignedTextReceiver)?) -> Attempt {
        let layout = SigningLayout(context, workers: workers)
        let pool = WorkerPool(context)
        var isRefused = false
        let tables: SignedTables?
        if let receiver {
            tables = SignedTables.filling(layout) { output in
                isRefused = !write(layout, output, context, pool, to: receiver)
                return !isRefused && pool.fault == nil
            }
        } else {
            tables = SignedTables.filling(layout, pool: pool, workers: workers)
        }
        guard let tables else {
            return .failed(isRefused ? DiagnosedFailure([]) : DiagnosedFailure(pool.fault ?? .storeFull))
        }
        let tally = pool.tally
        return .signed(
            SigningOutcome(
                zone: tables.zone(apex: source.zone.apex, rrClass: source.zone.rrClass, store: source.zone.store),
                cuts: tables.cuts(context), change: .changed, isReceived: receiver != nil,
                statistics: statistics(tally, serial), diagnostics: differingTTLs(tally.differingTTLs)))
    }

    /// Signs chunk by chunk and hands each chunk's lines to the receiver; returns whether it took them all.
    private func write(
        _ layout: SigningLayout, _ output: SigningOutput, _ context: SigningContext, _ pool: WorkerPool,
        to receiver: any SignedTextReceiver
    ) -> Bool {
        // The apex is the first chunk, and what signing adds there sorts after the SOA record.
        let soa = apexRecords.firstIndex { $0.type == .soa } ?? 0
        let text = ZoneText(
            output.view(of: layout, in: context.zone.store), source.zone.rrClass, first: soa..<(soa + 1),
            style: .presentation)
        do throws(TextRefused) {
            try OrderedText(pieces: layout.chunks.count, workers: workers).write(
                make: { number, piece in
                    pool.lend { worker throws(SigningFault) in
                        try worker.run(layout.chunks[number], into: output)
                        // Nobody else writes where this worker has written while that is read ahead.
                        if number == 0 { text.appendFirst(to: &piece) }
                        let end = layout.end(of: number)
                        text.append(
                            layout.chunks[number].firstName..<end.name, endingAt: end.record, isWarm: true, to: &piece)
                    }
                },
                sink: { piece throws(TextRefused) in
                    guard receiver.take(piece) else { throw TextRefused() }
                })
            return true
        } catch { return false }
    }
}

extension SigningOutput {
    /// The tables as far as they are filled.
    fileprivate func view(of layout: SigningLayout, in store: WireStore) -> ZoneView {
        ZoneView(
            store: store, names: UnsafeBufferPointer(start: names, count: layout.nameCount),
            firstRecord: UnsafeBufferPointer(start: firstRecord, count: layout.nameCount + 1),
            records: UnsafeBufferPointer(start: records, count: layout.recordCount))
    }
}

extension SigningLayout {
    /// The indices after the last name and the last record that a chunk yields.
    fileprivate func end(of chunk: Int) -> (name: Int, record: Int) {
        guard chunk + 1 < chunks.count else { return (nameCount, recordCount) }
        return (chunks[chunk + 1].firstName, chunks[chunk + 1].firstRecord)
    }
}
