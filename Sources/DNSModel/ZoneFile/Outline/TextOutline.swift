/// What a zone file's text was, block by block, so that a later run knows which parts of it have changed.
///
/// Only plain texts have one: a single file, whose origin, default TTL and class are settled in its first block, and in which
/// nothing is taken over from one block to the next. Then a block means the same wherever the others lead.
package struct TextOutline: Sendable, Hashable {
    /// The blocks, which are the whole text, in order.
    package var blocks: [Block]
    /// The digest of the origin, default TTL and class that the first block settles.
    package var settled: Digest
    /// How many records of the first block are at the apex, all of whose records should be there.
    package var apexRecords: Int

    /// A stretch of the text, from the beginning of an entry that states its owner to that of another one.
    package struct Block: Sendable, Hashable {
        /// The number of octets.
        package var length: Int
        /// What tells the block's beginning from others, so that it is found again where what stands before it has become
        /// longer or shorter. No more than a hint: the digest tells.
        package var beginning: UInt64
        /// The digest of the text.
        package var text: Digest
        /// The digest of the owners and types of the records, in the order of the text: when it is the same, no RRset has come,
        /// gone, or become smaller or larger.
        package var shape: Digest

        package init(length: Int, beginning: UInt64, text: Digest, shape: Digest) {
            self.length = length
            self.beginning = beginning
            self.text = text
            self.shape = shape
        }
    }

    /// The first 128 bits of a digest that nobody can find collisions of.
    package struct Digest: Sendable, Hashable {
        package var high: UInt64
        package var low: UInt64

        package init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }
    }

    package init(blocks: [Block], settled: Digest, apexRecords: Int) {
        self.blocks = blocks
        self.settled = settled
        self.apexRecords = apexRecords
    }
}

/// That and how an outline of a text is made, or compared with one.
package struct OutlineOptions: Sendable {
    /// About how many octets a block has.
    package var blockSize: Int
    /// Computes a digest.
    package var digest: @Sendable (UnsafeRawBufferPointer) -> TextOutline.Digest

    package init(blockSize: Int, digest: @escaping @Sendable (UnsafeRawBufferPointer) -> TextOutline.Digest) {
        self.blockSize = blockSize
        self.digest = digest
    }
}

extension TextOutline.Block {
    /// How many octets tell a beginning from others: about a record.
    private static let beginningLength = 48

    /// Describes a stretch of a text and the records that were read from it.
    init(_ text: UnsafeBufferPointer<UInt8>, _ batches: [RecordBatch], in store: WireStore, _ options: OutlineOptions) {
        self.init(
            length: text.count, beginning: Self.beginning(of: text), text: options.digest(UnsafeRawBufferPointer(text)),
            shape: Self.shape(of: batches, in: store, options))
    }

    /// What tells the beginning of a block from others (FNV-1a).
    static func beginning(of text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in 0..<min(text.count, beginningLength) { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
        return hash
    }

    /// The digest of owners, as they are written, and types.
    static func shape(of batches: [RecordBatch], in store: WireStore, _ options: OutlineOptions) -> TextOutline.Digest {
        var octets = TextBuffer(capacity: 1 << 16)
        var last: UnsafeBufferPointer<UInt8>?
        for batch in batches {
            var owner = OwnerIndex.max
            for record in batch.records {
                if record.owner != owner {
                    owner = record.owner
                    let name = store.nameOctets(at: batch.names[Int(owner)])
                    // Where a batch ends, the name may be there twice.
                    if last.map({ !OctetEquality.areSame($0, name) }) ?? true { octets.append(name) }
                    last = name
                }
                // What no name begins with, so that the octets can be told apart.
                octets.append(0xFF)
                octets.append(UInt8(truncatingIfNeeded: record.type.rawValue >> 8))
                octets.append(UInt8(truncatingIfNeeded: record.type.rawValue))
            }
        }
        return options.digest(UnsafeRawBufferPointer(octets.octets))
    }
}
