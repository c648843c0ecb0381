/// Reading one text on several threads.
///
/// The text is cut into pieces at line ends. Each piece is read as if the state before it were the one at the
/// beginning of the round, and as if its first line began an entry. Then the pieces are joined in order: a piece counts
/// when reading has in fact arrived at its first octet, with the state that it assumed as far as it mattered; otherwise
/// its part of the text is read again, in order. So the result is that of reading the text from beginning to end, by
/// induction over the pieces, whatever the number of threads or the size of the pieces.
extension RecordReader {
    /// Reads a whole text: the main file or an included one.
    mutating func readText(_ text: TextView) {
        view = text
        ownerText.length = 0
        var position = text.firstEntry
        let options = context.options
        // What is included is no part of the outline.
        let isOutlined = options.outlining != nil && includeStack.isEmpty && text.firstEntry == 0
        if options.workers.count > 1 || isOutlined, !isSpeculative, !recordsPlaces {
            outlineProgress = isOutlined ? OutlineProgress() : nil
            readInPieces(text, isOutlined: isOutlined, &position)
        }
        // A text that is read before there is a piece is too short for an outline.
        if position < text.count || outlineProgress?.outline.blocks.isEmpty == true { outlineProgress = nil }
        if stop == nil { _ = readEntries(from: position, until: text.count) }
    }

    /// Reads as much of a text in pieces as is worth it; all of it when an outline is wanted.
    private mutating func readInPieces(_ text: TextView, isOutlined: Bool, _ position: inout Int) {
        let options = context.options
        let roundSize = options.pieceSize * Self.piecesPerWorker * options.workers.count
        var penalty = 0
        while stop == nil, position < text.count {
            if state.rrClass == nil {
                // The first records settle class, origin and TTL.
                let head = min(options.pieceSize, 4_096, text.count - position)
                position = readEntries(from: position, until: position + head)
                continue
            }
            let start = position
            let pieces = (text.count + options.pieceSize - 1) / options.pieceSize - start / options.pieceSize
            let count = min(pieces, roundSize / options.pieceSize)
            guard count > 1 || isOutlined else { return }
            let joined = readPieces(count, position: &position)
            context.source(text.file).octets.leave(start..<position)
            // Where most of the work was in vain, go on in order for a while, longer each time.
            if joined * 2 < count {
                penalty = penalty == 0 ? roundSize : penalty * 2
                let limit = min(text.count, position + min(penalty, text.count))
                if stop == nil { position = readEntries(from: position, until: limit) }
            } else {
                penalty = 0
            }
        }
    }

    /// How many pieces each worker gets in a round, so that fast and slow ones even out.
    private static var piecesPerWorker: Int { 16 }

    /// One of `count` pieces of a round, which begins at `start`. The text is cut into shares of ``ZoneFileOptions/pieceSize``:
    /// a piece begins at the first boundary of a share, and ends where the next one begins, whatever the round; the first
    /// one begins at `start`. A share without a boundary, all within a long entry, has an empty piece.
    private func piece(_ index: Int, of count: Int, from start: Int) -> Range<Int> {
        let size = context.options.pieceSize
        let first = start / size
        func share(_ index: Int) -> Range<Int> {
            min((first + index) * size, view.count)..<min((first + index + 1) * size, view.count)
        }
        guard let begin = index == 0 ? start : boundary(in: share(index)) else {
            return share(index).lowerBound..<share(index).lowerBound
        }
        for next in index + 1..<max(count, index + 1) {
            if let end = boundary(in: share(next)) { return begin..<end }
        }
        return begin..<(boundary(in: share(count).lowerBound..<view.count) ?? view.count)
    }

    /// The first octet in a range after a line feed that looks like the beginning of an owner, which is not that of the line
    /// before: the records of an RRset that stand together stay together.
    private func boundary(in range: Range<Int>) -> Int? {
        range.first {
            $0 > 0 && view.base[$0 - 1] == 0x0A && Self.mayBeginOwner(view.base[$0]) && !repeatsOwner($0)
        }
    }

    private static func mayBeginOwner(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x00...0x20, 0x22, 0x28, 0x29, 0x3B: false
        default: true
        }
    }

    /// Whether the line at `place` begins with the same word as the line before it, if that is a short one.
    private func repeatsOwner(_ place: Int) -> Bool {
        let limit = max(0, place - 512)
        var before = place - 1
        while before > limit, view.base[before - 1] != 0x0A { before -= 1 }
        guard before == 0 || view.base[before - 1] == 0x0A else { return false }
        var length = 0
        while place + length < view.count, view.base[place + length] > 0x20 {
            guard before + length < place, view.base[before + length] == view.base[place + length] else { return false }
            length += 1
        }
        return before + length < place && view.base[before + length] <= 0x20
    }

    /// Reads the pieces and joins them, and returns how many could be used.
    private mutating func readPieces(_ count: Int, position: inout Int) -> Int {
        let start = position
        var assumed = state
        assumed.ownerOffset = nil
        let (context, view, assumption) = (context, view, assumed)
        let outcomes = context.options.workers.map(chunks: count) { index in
            var reader = RecordReader(context, view: view, state: assumption, isSpeculative: true)
            let piece = reader.piece(index, of: count, from: start)
            return (piece: piece, outcome: reader.readPiece(piece))
        }
        var joined = 0
        for (piece, outcome) in outcomes {
            if position < piece.lowerBound, stop == nil {
                position = readEntries(from: position, until: piece.lowerBound)
            }
            if stop != nil { return joined }
            guard position == piece.lowerBound, canJoin(outcome, assumption) else {
                if !piece.isEmpty { outlineProgress = nil }
                continue
            }
            join(outcome)
            noteBlock(piece, outcome)
            position = outcome.end
            joined += 1
        }
        if stop == nil, let end = outcomes.last?.piece.upperBound, position < end {
            position = readEntries(from: position, until: end)
        }
        return joined
    }

    /// What came of reading a piece.
    struct PieceOutcome: Sendable {
        var end: Int
        var state: ReadingState
        var usedEarlierTTL: Bool
        var hasOwnTTL: Bool
        var batches: [RecordBatch]
        var findings: [Finding]
        var errorCount: Int
        var soaOwner: UInt32?
        var stop: StopReason?
        var block: TextOutline.Block?
    }

    /// Reads one piece on an assumption.
    private mutating func readPiece(_ piece: Range<Int>) -> PieceOutcome {
        reserveBatch(records: min(Self.batchSize, piece.count / 32 + 1))
        let end = readEntries(from: piece.lowerBound, until: piece.upperBound)
        finishBatch()
        finishWriting()
        let block = context.options.outlining.map {
            TextOutline.Block(view.octets(piece), finished, in: context.store, $0)
        }
        return PieceOutcome(
            end: end, state: state, usedEarlierTTL: usedEarlierTTL, hasOwnTTL: hasOwnTTL, batches: finished,
            findings: findings, errorCount: errorCount, soaOwner: soaOwner, stop: stop, block: block)
    }

    /// Whether what a piece assumed about the text before it turned out right.
    private func canJoin(_ outcome: PieceOutcome, _ assumed: ReadingState) -> Bool {
        guard outcome.stop == nil || outcome.stop == .needsContext else { return false }
        guard errorCount + outcome.errorCount < context.options.limits.errors else { return false }
        guard state.origin == assumed.origin, state.defaultTTL == assumed.defaultTTL, state.rrClass == assumed.rrClass
        else { return false }
        return !outcome.usedEarlierTTL || state.lastTTL == assumed.lastTTL
    }

    /// Takes over what a piece has read.
    private mutating func join(_ outcome: PieceOutcome) {
        finishBatch()
        finished += outcome.batches
        findings += outcome.findings
        errorCount += outcome.errorCount
        soaOwner = soaOwner ?? outcome.soaOwner
        if outcome.state.origin != state.origin { setOrigin(outcome.state.origin) }
        state.defaultTTL = outcome.state.defaultTTL
        if outcome.hasOwnTTL { state.lastTTL = outcome.state.lastTTL }
        if let owner = outcome.state.ownerOffset { state.ownerOffset = owner }
    }
}

extension TextView {
    /// Where the first entry begins: after a byte order mark, if there is one.
    var firstEntry: Int {
        count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF ? 3 : 0
    }
}
