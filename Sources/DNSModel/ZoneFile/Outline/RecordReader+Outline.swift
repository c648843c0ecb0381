/// Making the outline of a text while its pieces are read: each piece is a block.
extension RecordReader {
    /// An outline that is being made, as long as the text is plain.
    struct OutlineProgress {
        var outline = TextOutline(blocks: [], settled: .init(high: 0, low: 0), apexRecords: 0)
        /// What the first block has settled.
        var settled = ReadingState()
    }

    /// Takes a piece that has been read and joined as the next block, or gives up.
    mutating func noteBlock(_ piece: Range<Int>, _ outcome: PieceOutcome) {
        guard var progress = outlineProgress, let options = context.options.outlining else { return }
        outlineProgress = nil
        guard outcome.stop == nil, outcome.end == piece.upperBound, let block = outcome.block else { return }
        if progress.outline.blocks.isEmpty {
            guard state.includedFiles == 0, state.generatedRecords == 0, let soaOwner else { return }
            // The first records, which settle things, were read before the piece.
            progress.outline.blocks = [
                TextOutline.Block(view.octets(0..<piece.upperBound), finished, in: context.store, options)
            ]
            progress.outline.apexRecords = count(of: soaOwner)
            progress.settled = state
            progress.outline.settled = state.settled(options)
        } else {
            guard !outcome.usedEarlierTTL, outcome.state.isSettled(as: progress.settled) else { return }
            progress.outline.blocks.append(block)
        }
        outlineProgress = progress
    }

    /// How many of the records read so far have an owner.
    private func count(of owner: UInt32) -> Int {
        let name = context.store.nameOctets(at: owner)
        return finished.reduce(0) { sum, batch in
            let isSame = batch.names.map {
                OctetEquality.areSameIgnoringCase(context.store.nameOctets(at: $0), name)
            }
            return sum + batch.records.count { isSame[Int($0.owner)] }
        }
    }
}

extension ReadingState {
    /// Whether records are read as in another state, those aside that take over an owner or a TTL.
    func isSettled(as other: ReadingState) -> Bool {
        origin == other.origin && defaultTTL == other.defaultTTL && rrClass == other.rrClass
    }

    /// The digest of what it is settled as: see ``isSettled(as:)``.
    func settled(_ options: OutlineOptions) -> TextOutline.Digest {
        var octets = TextBuffer(capacity: 300)
        // What is not there is a number that nothing can be.
        octets.appendDecimal(UInt64(defaultTTL ?? .max))
        octets.append(UInt8(ascii: " "))
        octets.appendDecimal(UInt64(rrClass?.rawValue ?? .max))
        octets.append(origin == nil ? UInt8(ascii: "-") : UInt8(ascii: " "))
        (origin ?? []).withUnsafeBufferPointer { octets.append($0) }
        return options.digest(UnsafeRawBufferPointer(octets.octets))
    }
}
