/// Finding out what of a text has changed since its outline was made.
extension TextOutline {
    /// A block whose text has changed, and where it is now.
    struct Change: Sendable, Hashable {
        var block: Int
        var text: Range<Int>
    }

    /// Beyond this share of changed blocks, one in so many, it is not worth while to look at them one by one.
    private static let worthwhileShare = 8
    /// However few the blocks, so many changed ones are not too many.
    private static let alwaysWorthwhile = 4

    /// The blocks that have changed, in order: all other octets of the text are, block for block, what they were.
    ///
    /// - Returns: `nil` when that cannot be told, or too much has changed.
    /// - Complexity: O(octets), on all threads.
    func changes(in file: ZoneFileOctets, _ options: OutlineOptions, workers: Workers) -> [Change]? {
        let text = file.buffer
        let limit = max(Self.alwaysWorthwhile, blocks.count / Self.worthwhileShare)
        var changes: [Change] = []
        var block = 0
        var position = 0
        while block < blocks.count {
            // As many as it takes to keep all threads busy, but not the rest, which may stand elsewhere.
            let round = block..<min(blocks.count, block + 16 * workers.count)
            let places = places(of: round, from: position)
            let areSame = workers.map(chunks: round.count) { index in
                guard places[index].upperBound <= file.count else { return false }
                let octets = UnsafeRawBufferPointer(file.buffer)[places[index]]
                return options.digest(UnsafeRawBufferPointer(rebasing: octets))
                    == blocks[round.lowerBound + index].text
            }
            while block < round.upperBound, position == places[block - round.lowerBound].lowerBound {
                if areSame[block - round.lowerBound] {
                    position = places[block - round.lowerBound].upperBound
                } else {
                    guard changes.count < limit,
                        let end = end(of: block, from: position, in: text, reach: options.blockSize)
                    else { return nil }
                    changes.append(Change(block: block, text: position..<end))
                    position = end
                }
                block += 1
            }
            if let first = places.first, first.lowerBound < position { file.leave(first.lowerBound..<position) }
        }
        return position == text.count ? changes : nil
    }

    /// Where blocks are when the first one is at `position`, and all are as long as they were.
    private func places(of range: Range<Int>, from position: Int) -> [Range<Int>] {
        var place = position
        return range.map { block in
            defer { place += blocks[block].length }
            return place..<place + blocks[block].length
        }
    }

    /// Where a changed block ends: at the end of the text, or where the next one begins.
    ///
    /// - Parameter reach: How far that may be from where it was.
    private func end(
        of block: Int, from position: Int, in text: UnsafeBufferPointer<UInt8>, reach: Int
    ) -> Int? {
        let expected = position + blocks[block].length
        guard block + 1 < blocks.count else { return text.count <= expected + reach ? text.count : nil }
        for distance in 0..<reach {
            for place in distance == 0 ? [expected] : [expected - distance, expected + distance]
            where place > position && place < text.count && text[place - 1] == 0x0A {
                let rest = UnsafeBufferPointer(rebasing: text[place...])
                if Block.beginning(of: rest) == blocks[block + 1].beginning { return place }
            }
        }
        return nil
    }
}
