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
        if options.workers.count > 1, !isSpeculative, !recordsPlaces {
            let roundSize = options.pieceSize * Self.piecesPerWorker * options.workers.count
            var penalty = 0
            while stop == nil, text.count - position >= options.pieceSize * 2 {
                // The first records settle class, origin and TTL.
                let head = min(options.pieceSize, 4_096)
                position = readEntries(from: position, until: position + head)
                guard stop == nil, state.rrClass != nil else { continue }
                let start = position
                let count = min(roundSize, text.count - start) / options.pieceSize
                guard count > 1 else { break }
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
        if stop == nil { _ = readEntries(from: position, until: text.count) }
    }

    /// How many pieces each worker gets in a round, so that fast and slow ones even out.
    private static var piecesPerWorker: Int { 16 }

    /// One of `count` pieces of a round: all but the first begin at the first octet of their even share of the text that
    /// follows a line feed and looks like the beginning of an owner, and end where the next one begins. A share without such
    /// an octet, all within a long entry, has an empty piece.
    private func piece(_ index: Int, of count: Int, from start: Int) -> Range<Int> {
        let size = context.options.pieceSize
        let share = start + index * size
        guard let begin = index == 0 ? start : boundary(in: share..<share + size) else { return share..<share }
        for next in index + 1..<max(count, index + 1) {
            if let end = boundary(in: start + next * size..<start + (next + 1) * size) { return begin..<end }
        }
        return begin..<(boundary(in: min(start + count * size, view.count)..<view.count) ?? view.count)
    }

    /// The first octet in a range after a line feed that looks like the beginning of an owner.
    private func boundary(in range: Range<Int>) -> Int? {
        range.first { view.base[$0 - 1] == 0x0A && Self.mayBeginOwner(view.base[$0]) }
    }

    private static func mayBeginOwner(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x00...0x20, 0x22, 0x28, 0x29, 0x3B: false
        default: true
        }
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
            guard position == piece.lowerBound, canJoin(outcome, assumption) else { continue }
            join(outcome)
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
    }

    /// Reads one piece on an assumption.
    private mutating func readPiece(_ piece: Range<Int>) -> PieceOutcome {
        reserveBatch(records: min(Self.batchSize, piece.count / 32 + 1))
        let end = readEntries(from: piece.lowerBound, until: piece.upperBound)
        finishBatch()
        finishWriting()
        return PieceOutcome(
            end: end, state: state, usedEarlierTTL: usedEarlierTTL, hasOwnTTL: hasOwnTTL, batches: finished,
            findings: findings, errorCount: errorCount, soaOwner: soaOwner, stop: stop)
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
