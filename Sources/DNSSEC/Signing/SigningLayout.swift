import DNSModel

/// Where everything of a signed zone will stand, known before the first signature is made.
///
/// The owners of the unsigned zone and the hashed owner names are merged in canonical order and cut into chunks; how many
/// names and records each chunk yields follows from types and classes alone. So every worker writes its part straight to
/// its final place, and there is nothing to join. A hot file: it walks unchecked buffers.
struct SigningLayout: Sendable {
    /// A run of owners and hashed owner names, and where its output begins.
    struct Chunk: Sendable {
        /// Owners of the unsigned zone.
        var owners: Range<Int>
        /// Places in the NSEC3 chain.
        var hashedNames: Range<Int>
        /// The index of its first name in the signed zone.
        var firstName = 0
        /// The index of its first record in the signed zone.
        var firstRecord = 0
    }

    /// The chunks, in canonical order.
    private(set) var chunks: [Chunk]
    /// The number of owners of the signed zone.
    private(set) var nameCount = 0
    /// The number of records of the signed zone.
    private(set) var recordCount = 0
    /// The number of those that are signatures.
    private(set) var signatureCount = 0
    /// The most names and the most records of any chunk.
    private(set) var largestChunk = (names: 0, records: 0)

    /// About how many names a chunk has: so many that handing its text on costs nothing, and so few that at the end no
    /// core waits long for the others.
    private static func chunkSize(of names: Int, _ workers: Workers) -> Int {
        max(128, min(1024, names / (16 * workers.count)))
    }

    /// Lays out a signed zone.
    init(_ context: SigningContext, workers: Workers) {
        self.init(Self.cut(context, workers), context, workers: workers)
    }

    /// Lays out some names only, given as chunks in canonical order.
    init(_ cut: [Chunk], _ context: SigningContext, workers: Workers) {
        chunks = cut
        // Counting a chunk takes microseconds, so a worker takes many at a time.
        let groups = max(1, min(cut.count / 16, workers.count * 4))
        let counts = workers.map(chunks: groups) { group in
            cut[(cut.count * group / groups)..<(cut.count * (group + 1) / groups)]
                .map { Self.size(of: $0, context) }
        }
        var index = 0
        for count in counts.joined() {
            chunks[index].firstName = nameCount
            chunks[index].firstRecord = recordCount
            nameCount += count.names
            recordCount += count.records
            signatureCount += count.signatures
            largestChunk = (max(largestChunk.names, count.names), max(largestChunk.records, count.records))
            index += 1
        }
    }

    // MARK: Cutting

    /// Cuts the merged sequence into runs. The apex is a chunk of its own: it is not like the others.
    static func cut(_ context: SigningContext, _ workers: Workers) -> [Chunk] {
        let ownerCount = context.zone.ownerCount
        let hashedCount = context.chain?.names.count ?? 0
        let merged = ownerCount + hashedCount
        let chunkSize = chunkSize(of: merged, workers)
        var result: [Chunk] = []
        result.reserveCapacity(merged / chunkSize + 2)
        var owner = 0
        var hashed = 0
        var end = 1
        while owner + hashed < merged {
            let next = split(at: end, context, ownerCount: ownerCount, hashedCount: hashedCount)
            result.append(Chunk(owners: owner..<next.owner, hashedNames: hashed..<next.hashed))
            (owner, hashed) = (next.owner, next.hashed)
            end = min(merged, owner + hashed + chunkSize)
        }
        return result
    }

    /// How many of the first `position` names of the merged sequence are owners, and how many hashed owner names.
    ///
    /// A hashed owner name comes before the owners at and after its place; it is not parted from the owner that it is.
    private static func split(
        at position: Int, _ context: SigningContext, ownerCount: Int, hashedCount: Int
    ) -> (owner: Int, hashed: Int) {
        guard let chain = context.chain else { return (min(position, ownerCount), 0) }
        var low = 0
        var high = hashedCount
        while low < high {
            let middle = (low + high) / 2
            let place = Int(chain.positions[middle] & ~NSEC3Chain.joinedBit)
            if place + middle < position { low = middle + 1 } else { high = middle }
        }
        var owner = min(position - low, ownerCount)
        if low > 0, chain.positions[low - 1] & NSEC3Chain.joinedBit != 0 {
            owner = max(owner, Int(chain.positions[low - 1] & ~NSEC3Chain.joinedBit) + 1)
        }
        return (owner, low)
    }

    // MARK: Counting

    private static func size(
        of chunk: Chunk, _ context: SigningContext
    ) -> (names: Int, records: Int, signatures: Int) {
        let signers = context.keys.zoneSigners.count
        var names = chunk.owners.count
        var records = chunk.hashedNames.count
        var signatures = chunk.hashedNames.count * signers
        if let chain = context.chain {
            for index in chunk.hashedNames where chain.positions[index] & NSEC3Chain.joinedBit == 0 { names += 1 }
        }
        for owner in chunk.owners {
            let kind = context.classes[owner]
            let own = context.records(of: owner)
            records += own.count
            if context.chain == nil, kind.isInDenialChain {
                records += 1
                signatures += signers
            }
            var type = RRType(0)
            var isFirst = true
            for record in own where isFirst || record.type != type {
                type = record.type
                isFirst = false
                if SigningContext.isSigned(type, at: kind) {
                    signatures += (owner == 0 ? context.signers(ofApex: type) : context.keys.zoneSigners).count
                }
            }
        }
        return (names, records + signatures, signatures)
    }
}
