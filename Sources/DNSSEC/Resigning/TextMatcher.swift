import DNSModel

/// Holds the zone that is to be signed against the text that was published last, name by name in canonical order.
///
/// What a name has in the unsigned zone and in the chain determines all its lines but the signatures, and of those all
/// but times and the signature itself. When that is what stands in the text, and no signature is due, the lines stay as they
/// are: nothing of them is decoded. A hot file: it compares octets through unchecked pointers.
struct TextMatcher: ~Copyable {
    let context: SigningContext
    let text: PublishedText
    let times: KeptTimes
    let worker: SigningWorker
    let line: RecordText
    /// What has been written of ``line``.
    var heads = RecordHeads()
    /// What comes again in signatures' lines.
    let signatureText: SignatureLineText
    /// The lines that are expected, one at a time: first the owner and a tab, which stay.
    var expected = TextBuffer()
    /// The records of the name at hand, as they will be published.
    private var records: UnsafeMutableBufferPointer<RecordEntry>
    private var result = ChunkMatch()
    /// The place in the text.
    private var cursor = 0
    private var warmed: UInt8 = 0

    init(_ worker: SigningWorker, _ text: PublishedText, _ times: KeptTimes) {
        self.worker = worker
        self.text = text
        self.times = times
        context = worker.context
        line = RecordText(RRClass(rawValue: context.rrClass), .presentation)
        signatureText = SignatureLineText(worker.allKeyLabels, signer: context.apex)
        records = .allocate(capacity: 64)
    }

    deinit { records.deallocate() }

    // MARK: Walking

    /// Matches a chunk, without the apex, with the part of the text between two places.
    mutating func match(_ chunk: SigningLayout.Chunk, with range: Range<Int>) -> ChunkMatch {
        result = ChunkMatch()
        cursor = range.lowerBound
        var owner = chunk.owners.lowerBound
        var hashed = chunk.hashedNames.lowerBound
        context.warm(chunk.hashedNames, sink: &warmed)
        while true {
            var isHashed = false
            if let chain = context.chain, hashed < chunk.hashedNames.upperBound {
                let position = chain.positions[hashed]
                isHashed = owner >= chunk.owners.upperBound || Int(position & ~NSEC3Chain.joinedBit) <= owner
                if isHashed, position & NSEC3Chain.joinedBit == 0 {
                    matchName(owner: nil, hashed: hashed, end: range.upperBound)
                    hashed &+= 1
                    continue
                }
            }
            guard owner < chunk.owners.upperBound else { break }
            context.zone.warm(owner, isFirst: owner == chunk.owners.lowerBound, sink: &warmed)
            matchName(owner: owner, hashed: isHashed ? hashed : nil, end: range.upperBound)
            owner &+= 1
            if isHashed { hashed &+= 1 }
        }
        while cursor < range.upperBound { skipOwner() }
        // By a name of its own: else ThreadSanitizer takes the first part of this value for what is written to.
        let worker = worker
        result.differingTTLs = worker.tally.differingTTLs
        worker.tally.differingTTLs.removeAll(keepingCapacity: true)
        return result
    }

    private mutating func skipOwner() {
        let start = cursor
        cursor = text.endOfOwner(at: cursor)
        result.removed.append(start..<cursor)
    }

    private mutating func matchName(owner: Int?, hashed: Int?, end: Int) {
        setName(owner: owner, hashed: hashed)
        let start = seek(owner, end: end)
        let differing = worker.tally.differingTTLs.count
        if start == nil, let stop = matchLines(owner: owner, hashed: hashed) {
            if case .kept(let range) = result.pieces.last, range.upperBound == cursor {
                result.pieces[result.pieces.count &- 1] = .kept(range.lowerBound..<stop)
            } else {
                result.pieces.append(.kept(cursor..<stop))
            }
            cursor = stop
            return
        }
        // It will be looked at again when it is signed.
        let worker = worker
        worker.tally.differingTTLs.removeLast(worker.tally.differingTTLs.count - differing)
        let stop = start == .absent ? cursor : text.endOfOwner(at: cursor)
        result.pieces.append(
            .changed(
                .init(
                    owners: owner.map { $0..<($0 + 1) } ?? 0..<0, hashedNames: hashed.map { $0..<($0 + 1) } ?? 0..<0,
                    published: cursor..<stop)))
        result.changed += 1
        result.changedOctets += stop - cursor
        cursor = stop
    }

    /// Makes a name the one at hand, and puts its text into ``expected``.
    private mutating func setName(owner: Int?, hashed: Int?) {
        if let owner {
            let name = context.zone.nameOctets(of: owner)
            // Where nothing is signed, the worker need not know the name: in a registry's zone, nearly everywhere.
            switch context.classes[owner] {
            case .insecureDelegation where context.chain != nil && hashed == nil, .occluded: break
            default: worker.setOwner(name)
            }
            expected.removeAll()
            RecordText.appendOwner(name, to: &expected)
        } else if let hashed, let chain = context.chain {
            worker.setHashedOwner(hashed, of: chain)
            expected.removeAll()
            // As the name of the zone is written, not in lower case.
            let apex = context.zone.nameOctets(of: 0)
            expected.append(UnsafeBufferPointer(start: worker.owner + 1, count: 32))
            expected.append(UInt8(ascii: "."))
            RecordText.appendOwner(apex, to: &expected)
        }
    }

    /// Why the name at hand is not at the cursor.
    private enum Miss {
        /// Nothing was published under the name.
        case absent
        /// It is there, but written in other case.
        case spelledDifferently
    }

    /// Moves on in the text to the name at hand, or to where it would be; `nil` when it is there.
    @inline(__always)
    private mutating func seek(_ owner: Int?, end: Int) -> Miss? {
        if cursor < end, text.begins(with: expected.octets, at: cursor) { return nil }
        if let owner { worker.setOwner(context.zone.nameOctets(of: owner)) }
        return seekFurther(end: end)
    }

    private mutating func seekFurther(end: Int) -> Miss? {
        while cursor < end {
            if text.begins(with: expected.octets, at: cursor) { return nil }
            let order = text.owner(at: cursor)?.wireFormat.withUnsafeBufferPointer {
                CanonicalNameOrder.compare($0, worker.ownerOctets)
            }
            guard let order, order <= 0 else { return order == nil ? .spelledDifferently : .absent }
            if order == 0 { return .spelledDifferently }
            skipOwner()
        }
        return .absent
    }

    // MARK: Lines

    /// Compares the lines of the name at hand from the cursor on, and returns where they end, or `nil` when they are not what
    /// would be published now.
    private mutating func matchLines(owner: Int?, hashed: Int?) -> Int? {
        let ownerLength = expected.count
        let kind = owner.map { context.classes[$0] } ?? .authoritative
        var count = 0
        if let owner {
            let own = context.records(of: owner)
            if own.count + 1 > records.count { growRecords(to: own.count + 1) }
            guard let target = records.baseAddress else { return nil }
            worker.copy(own, of: owner, kind, to: target, as: 0)
            count = own.count
        }
        guard let denial = try? makeDenial(owner: owner, kind, hashed: hashed) else { return nil }
        if let record = denial.record { count = insert(record, count) }
        let all = UnsafeBufferPointer(rebasing: records[..<count])
        var place = cursor
        var index = 0
        while index < count, all[index].type < .rrsig {
            guard matchRecord(all[index], ownerLength, &place) else { return nil }
            index &+= 1
        }
        let firstAfter = index
        var found = (kept: 0, rrsets: 0, first: result.firstExpiration)
        index = 0
        while index < count {
            let type = all[index].type
            if SigningContext.isSigned(type, at: kind) || type == .nsec || type == .nsec3 {
                guard matchSignatures(type, all[index].ttl, ownerLength, &place, &found.first) else { return nil }
                found.kept &+= worker.zoneSigners.count
                found.rrsets &+= 1
            }
            repeat { index &+= 1 } while index < count && all[index].type == type
        }
        index = firstAfter
        while index < count {
            guard matchRecord(all[index], ownerLength, &place) else { return nil }
            index &+= 1
        }
        // Nothing more of this owner may follow.
        expected.truncate(to: ownerLength)
        if text.begins(with: expected.octets, at: place) { return nil }
        result.kept &+= found.kept
        result.signedRRsets &+= found.rrsets
        result.firstExpiration = found.first
        if denial.record != nil { result.denialRecords &+= 1 }
        return place
    }

    private func makeDenial(
        owner: Int?, _ kind: OwnerClass, hashed: Int?
    ) throws(SigningFault) -> (record: RecordEntry?, Void) {
        if let hashed, let chain = context.chain { return (try worker.makeNSEC3(hashed, of: chain, 0), ()) }
        guard let owner, context.chain == nil, kind.isInDenialChain else { return (nil, ()) }
        return (try worker.makeNSEC(owner, kind, context.records(of: owner), 0), ())
    }

    /// Puts the denial record among the others, by type.
    private mutating func insert(_ record: RecordEntry, _ count: Int) -> Int {
        var place = count
        while place > 0, records[place &- 1].type > record.type {
            records[place] = records[place &- 1]
            place &-= 1
        }
        records[place] = record
        return count &+ 1
    }

    private mutating func growRecords(to count: Int) {
        records.deallocate()
        records = .allocate(capacity: 2 * count)
    }

    @inline(__always)
    private mutating func matchRecord(_ record: RecordEntry, _ ownerLength: Int, _ place: inout Int) -> Bool {
        expected.truncate(to: ownerLength)
        line.append(record, context.zone.rdataOctets(of: record), repeating: &heads, to: &expected)
        guard text.begins(with: expected.octets, at: place) else { return false }
        place &+= expected.count
        return true
    }
}
