import DNSModel
import Synchronization

/// What came of holding a whole zone against the text that was published last.
struct ZoneMatch: Sendable {
    /// The stretches of the new text in canonical order; the apex, which is first, counts as changed.
    private(set) var pieces: [ChunkMatch.Piece]
    /// What is to be signed, in canonical order.
    private(set) var changed: [ChunkMatch.ChangedName]
    /// What was published under names that are no more.
    private(set) var removed: [Range<Int>] = []
    private var tally = SigningTally()
    private var firstExpiration: Int?
    /// A time before which no signature that stays ends, where the text was not looked through for it.
    private var earliestExpiration: Timestamp?

    /// Beyond this share of changed octets, one in so many, everything is signed the usual way.
    private static let worthwhileShare = 4
    /// However small the zone, so many changed octets are not too much.
    private static let alwaysWorthwhile = 1 << 16

    /// Matches a zone; `nil` when too much has changed.
    init?(
        _ context: SigningContext, _ published: PublishedText, apex: DomainName, _ times: KeptTimes, workers: Workers
    ) {
        let chunks = SigningLayout.cut(context, workers)
        guard let bounds = Self.bounds(of: chunks, context, published, apex, workers) else { return nil }
        let limit = max(Self.alwaysWorthwhile, published.end / Self.worthwhileShare)
        let changedOctets = Atomic<Int>(0)
        let pool = WorkerPool(context)
        let parts = Guarded<[ChunkMatch?]>(Array(repeating: nil, count: chunks.count))
        workers.forEach(chunks: chunks.count - 1) { index in
            guard changedOctets.load(ordering: .relaxed) <= limit else { return }
            pool.lend { worker throws(SigningFault) in
                var matcher = TextMatcher(worker, published, times)
                let match = matcher.match(chunks[index + 1], with: bounds[index]..<bounds[index + 1])
                // A name that was not published counts as much as one that was.
                changedOctets.add(match.changedOctets + 200 * match.changed, ordering: .relaxed)
                parts.withLock { $0[index] = match }
            }
        }
        guard pool.fault == nil, changedOctets.load(ordering: .relaxed) <= limit else { return nil }
        let apexName = ChunkMatch.ChangedName(owners: 0..<1, hashedNames: 0..<0, published: published.start..<bounds[0])
        pieces = [.changed(apexName)]
        changed = [apexName]
        for part in parts.withLock({ $0.compactMap { $0 } }) { append(part, published) }
    }

    /// A zone of which it is known where it differs.
    ///
    /// - Parameters:
    ///   - apexEnd: Where the lines at the apex end.
    ///   - changed: The places of other names, in order; their owners come after the apex.
    ///   - kept: What stays.
    init(_ published: PublishedText, apexEnd: Int, changed: [Range<Int>], kept: SigningTally, until earliest: Timestamp)
    {
        pieces = []
        self.changed = []
        tally = kept
        earliestExpiration = earliest
        var place = published.start
        for (owner, range) in ([published.start..<apexEnd] + changed).enumerated() {
            if place < range.lowerBound { pieces.append(.kept(place..<range.lowerBound)) }
            let name = ChunkMatch.ChangedName(owners: owner..<(owner + 1), hashedNames: 0..<0, published: range)
            pieces.append(.changed(name))
            self.changed.append(name)
            place = range.upperBound
        }
        if place < published.end { pieces.append(.kept(place..<published.end)) }
    }

    /// Where in the text the part of each chunk but the first begins, and the end; `nil` when the text is not in order.
    private static func bounds(
        of chunks: [SigningLayout.Chunk], _ context: SigningContext, _ published: PublishedText, _ apex: DomainName,
        _ workers: Workers
    ) -> [Int]? {
        guard let first = chunks.first, first.owners == 0..<1, first.hashedNames.isEmpty,
            let start = published.endOfApex(apex)
        else { return nil }
        var bounds = workers.map(chunks: max(0, chunks.count - 2)) { index in
            firstName(of: chunks[index + 2], context).withUnsafeBufferPointer { published.firstLine(notBefore: $0) }
        }
        if chunks.count > 1 { bounds.insert(start, at: 0) }
        bounds.append(published.end)
        for index in bounds.indices.dropFirst() where bounds[index] < bounds[index - 1] { return nil }
        return chunks.count > 1 ? bounds : (start == published.end ? bounds : nil)
    }

    /// The name that a chunk begins with.
    private static func firstName(of chunk: SigningLayout.Chunk, _ context: SigningContext) -> [UInt8] {
        if let chain = context.chain, let hashed = chunk.hashedNames.first,
            chunk.owners.isEmpty
                || Int(chain.positions[hashed] & ~NSEC3Chain.joinedBit) <= chunk.owners.lowerBound
        {
            var name = [UInt8](repeating: 32, count: 33)
            name.withUnsafeMutableBufferPointer {
                if let start = $0.baseAddress { chain.names[hashed].writeBase32Hex(to: start + 1) }
            }
            return name + context.apex
        }
        return Array(context.zone.nameOctets(of: chunk.owners.lowerBound))
    }

    private mutating func append(_ part: ChunkMatch, _ published: PublishedText) {
        for piece in part.pieces {
            switch piece {
            case .changed(let name):
                changed.append(name)
                pieces.append(piece)
            case .kept(let range):
                if case .kept(let last) = pieces.last, last.upperBound == range.lowerBound {
                    pieces[pieces.count - 1] = .kept(last.lowerBound..<range.upperBound)
                } else {
                    pieces.append(piece)
                }
            }
        }
        removed += part.removed
        tally.kept += part.kept
        tally.signedRRsets += part.signedRRsets
        tally.denialRecords += part.denialRecords
        tally.differingTTLs += part.differingTTLs
        guard let first = part.firstExpiration else { return }
        let isEarlier = firstExpiration.map { KeptTimes.precedes(published.octets + first, published.octets + $0) }
        if isEarlier ?? true { firstExpiration = first }
    }

    // MARK: Outcome

    /// Adds what stays to what was done.
    func add(to sum: inout SigningTally, now: Timestamp, in published: PublishedText) {
        sum.add(tally)
        if let earliestExpiration { sum.note(expiration: earliestExpiration.serial, now: now.serial) }
        guard let firstExpiration else { return }
        let digits = UnsafeBufferPointer(start: published.octets + firstExpiration, count: KeptTimes.width)
        if let end = Timestamp(text: String(decoding: digits, as: UTF8.self)) {
            sum.note(expiration: end.serial, now: now.serial)
        }
    }

    /// The new text.
    ///
    /// - Parameter zone: The apex and the changed names, signed, in canonical order.
    func text(with zone: Zone) -> (pieces: [ResignedZone.Piece], fresh: [UInt8]) {
        var text = TextBuffer()
        var heads = RecordHeads()
        var result: [ResignedZone.Piece] = []
        for index in zone.rrsetRange(of: 0, type: .soa) {
            RecordText.appendOwner(zone.nameOctets(of: 0), to: &text)
            RecordText(zone.rrClass, .presentation).append(
                zone.records[index], zone.rdataOctets(of: zone.records[index]), repeating: &heads, to: &text)
        }
        result.append(.fresh(0..<text.count))
        var owner: OwnerIndex = 0
        for piece in pieces {
            switch piece {
            case .kept(let range): result.append(.kept(range))
            case .changed:
                let start = text.count
                ZoneFileWriter.append(owner, of: zone, omitting: owner == 0 ? .soa : nil, to: &text)
                owner += 1
                if case .fresh(let last) = result.last {
                    result[result.count - 1] = .fresh(last.lowerBound..<text.count)
                } else {
                    result.append(.fresh(start..<text.count))
                }
            }
        }
        return (result, Array(text.octets))
    }
}
