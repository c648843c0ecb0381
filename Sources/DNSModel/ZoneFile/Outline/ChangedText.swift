/// What a zone file says in the blocks that have changed since its outline was made.
package struct ChangedText: Sendable {
    /// The records of the first block and of those that have changed. It lacks the others.
    package let zone: Zone
    /// The outline of the text as it is now.
    package let outline: TextOutline
    /// How many blocks have changed.
    package let changedBlocks: Int
}

extension ZoneFileReader {
    /// Reads only what has changed of a text since its outline was made, in which no RRset may have come, gone, or become
    /// smaller or larger: what does not stand in the result is what it was.
    ///
    /// - Parameter options: The same as those that the outline was made with.
    /// - Returns: `nil` when there is anything to be said about what was read, when the owners and types are other ones, or when
    ///   too much has changed: then the whole text is to be read.
    package static func readChanges(
        of source: ZoneFileSource, since outline: TextOutline, options: ZoneFileOptions
    ) -> ChangedText? {
        guard let outlining = options.outlining, let first = outline.blocks.first else { return nil }
        guard let changes = outline.changes(in: source.octets, outlining, workers: options.workers) else {
            return nil
        }
        let reader = BlockReader(source, options)
        let hasFirst = changes.first?.block == 0
        let firstText = hasFirst ? changes[0].text : 0..<first.length
        guard let (settled, apex, records) = reader.readFirst(firstText),
            settled.settled(outlining) == outline.settled
        else { return nil }
        let others = changes.dropFirst(hasFirst ? 1 : 0)
        let read = options.workers.map(chunks: others.count) { index -> [RecordBatch]? in
            reader.read(others[others.startIndex + index].text, settled)
        }
        var current = outline
        var batches: [RecordBatch] = []
        for (change, records) in zip([.init(block: 0, text: firstText)] + others, [records] + read) {
            guard let records else { return nil }
            let text = UnsafeBufferPointer(rebasing: source.octets.buffer[change.text])
            let block = TextOutline.Block(text, records, in: reader.context.store, outlining)
            guard block.shape == outline.blocks[change.block].shape else { return nil }
            current.blocks[change.block] = block
            batches += records
        }
        let zone = Zone(apex: apex, rrClass: settled.rrClass ?? .in, batches: batches, store: reader.context.store)
        guard zone.droppedDuplicates.isEmpty else { return nil }
        return ChangedText(zone: zone, outline: current, changedBlocks: changes.count)
    }
}

/// Reads blocks of a text each by itself.
private struct BlockReader: Sendable {
    let context: ReadContext
    private let view: TextView

    init(_ source: ZoneFileSource, _ options: ZoneFileOptions) {
        context = ReadContext(options: options, store: WireStore())
        view = TextView(source, file: context.add(source))
    }

    /// Reads the first block, and what it settles.
    func readFirst(_ range: Range<Int>) -> (settled: ReadingState, apex: DomainName, records: [RecordBatch])? {
        let options = context.options
        let state = ReadingState(
            origin: options.origin?.wireFormat, defaultTTL: options.defaultTTL?.rawValue, rrClass: options.rrClass)
        var reader = RecordReader(context, view: view, state: state, isSpeculative: true)
        guard reader.readBlock(range), let owner = reader.soaOwner else { return nil }
        return (reader.state, context.store.name(at: owner), reader.finished)
    }

    /// Reads another block; `nil` when it depends on what stands before it, or settles anything anew.
    func read(_ range: Range<Int>, _ settled: ReadingState) -> [RecordBatch]? {
        var state = settled
        state.ownerOffset = nil
        var reader = RecordReader(context, view: view, state: state, isSpeculative: true)
        guard reader.readBlock(range), !reader.usedEarlierTTL, reader.state.isSettled(as: settled) else { return nil }
        return reader.finished
    }
}

extension RecordReader {
    /// Reads exactly a range of the text, and returns whether there is nothing to be said about it.
    fileprivate mutating func readBlock(_ range: Range<Int>) -> Bool {
        let end = readEntries(from: range.lowerBound, until: range.upperBound)
        finishBatch()
        finishWriting()
        return end == range.upperBound && stop == nil && findings.isEmpty
    }
}
