package import DNSModel

/// Validates a signed zone piece by piece while it is being made: on any thread, in any order, and while the records are
/// still in the cache. Nobody has to keep them.
///
/// The checks are those of ``ZoneValidator``, but all that comes of them is whether there is anything to find: where there
/// is, the validator is to be asked about the whole zone, which takes its time to say what.
package final class PieceValidation: Sendable {
    /// What all pieces have in common; the tables are each piece's own.
    private let context: CheckContext
    private let state: Guarded<State>

    private struct State {
        /// What each piece that was checked tells of the chain.
        var pieces: [ChainPiece?]
        var verifiedSignatures = 0
        var hasErrors = false
    }

    /// Prepares the validation of a zone in some pieces.
    ///
    /// - Parameters:
    ///   - apex: The zone's apex: its records without denial and signatures, and no other owner.
    ///   - isOptOut: Whether the NSEC3 chain leaves out what opt-out allows it to.
    /// - Returns: `nil` when the zone is none that danectl makes: the whole of it is to be validated.
    package init?(apex: Zone, isOptOut: Bool, pieces: Int, at now: Timestamp, options: ValidationOptions) {
        guard let record = apex.rrsetRange(of: 0, type: .soa).first,
            let soa = try? RData.SOA(wireFormat: apex.rdata(of: apex.records[record]))
        else { return nil }
        let keys = ApexKeys(apex, records: apex.rrsetRange(of: 0, type: .dnskey))
        var parameters: ChainParameters?
        if !apex.rrsetRange(of: 0, type: .nsec3param).isEmpty {
            var collector = NSEC3Collector(apex, ZoneCuts(apex), apex: 0, options: options, workers: .single)
            let announced = collector.announce(sample: nil)
            guard announced.count == 1, let chain = announced.first, chain.isComputable, !collector.log.hasErrors
            else { return nil }
            parameters = chain
        }
        let nowhere = ZoneView(
            store: apex.store, names: .init(start: nil, count: 0), firstRecord: .init(start: nil, count: 0),
            records: .init(start: nil, count: 0))
        context = CheckContext(
            zone: apex.apex, zoneOffset: apex.nameOffsets[0], rrClass: apex.rrClass, view: nowhere,
            cuts: ZoneCuts(classes: [], emptyNonTerminals: [], ownersInZone: 0..<0), apex: nil,
            piece: PieceTerms(parameters: parameters, isOptOut: isOptOut), keys: keys, now: now, options: options,
            denial: parameters == nil ? .nsec : .nsec3, chains: [],
            denialTTL: min(apex.records[record].ttl, TTL(soa.minimum)))
        state = Guarded(State(pieces: Array(repeating: nil, count: pieces)))
    }

    /// Checks a piece. The first one has the apex as its first owner.
    ///
    /// - Parameters:
    ///   - terminals: The empty non-terminals that come right before owners of the piece.
    ///   - recordsBefore: The number of records of the pieces before this one.
    package func check(
        _ number: Int, _ view: ZoneView, _ classes: UnsafeBufferPointer<OwnerClass>,
        _ terminals: ArraySlice<EmptyNonTerminal>, recordsBefore: Int
    ) {
        var context = context
        context.view = view
        context.cuts = ZoneCuts(
            classes: Array(classes), emptyNonTerminals: [], ownersInZone: 0..<view.ownerCount)
        context.apex = number == 0 ? 0 : nil
        context.recordsBefore = recordsBefore
        // To make one costs less than to let the context of one change: it would be copied for every record.
        let checker = ZoneChecker(context)
        checker.checkPiece(terminals)
        let result = checker.takeResult()
        state.withLock { state in
            state.pieces[number] = result.chain
            state.verifiedSignatures += result.statistics.verifiedSignatures
            state.hasErrors = state.hasErrors || result.log.hasErrors
        }
    }

    /// Checks, when all pieces are there, the apex and the chain.
    ///
    /// - Parameters:
    ///   - apex: The first owner, signed.
    ///   - anchors: What leads into the zone.
    /// - Returns: How many signatures were verified, or `nil` when there is something to find.
    package func finish(apex: Zone, anchors: [TrustAnchor], workers: Workers) -> Int? {
        let (status, judged) = apex.withView { view in
            var context = context
            context.view = view
            context.apex = 0
            return ApexChecker.judge(apex, context, CheckerPool(context), anchors)
        }
        let state = state.withLock { $0 }
        guard !judged.log.hasErrors, status != .bogus, !state.hasErrors else { return nil }
        var pieces: [ChainPiece] = []
        pieces.reserveCapacity(state.pieces.count)
        for case let piece? in state.pieces { pieces.append(piece) }
        guard pieces.count == state.pieces.count, isChainWhole(pieces, workers) else { return nil }
        return state.verifiedSignatures + judged.statistics.verifiedSignatures
    }

    // MARK: The chain

    private func isChainWhole(_ pieces: [ChainPiece], _ workers: Workers) -> Bool {
        guard let terms = context.piece else { return false }
        var names = ChainStretch<[UInt8]>()
        var hashes = ChainStretch<NSEC3Hash>()
        for piece in pieces {
            names.append(piece.names)
            hashes.append(piece.hashes)
        }
        guard let parameters = terms.parameters else { return names.isClosed }
        let chain = AnnouncedChain(parameters, entries: Array(pieces.lazy.map(\.entries).joined()))
        // Who opts out everywhere may leave out any delegation; who does not, none.
        guard hashes.isClosed, chain.optOutCount == (terms.isOptOut ? chain.entries.count : 0) else { return false }
        return chain.has(pieces.map(\.wanted), workers)
    }
}

extension AnnouncedChain {
    /// Whether each entry is wanted once, with the bitmap that it has, and nothing else is wanted.
    fileprivate func has(_ wanted: [[Entry]], _ workers: Workers) -> Bool {
        guard wanted.reduce(0, { $0 + $1.count }) == entries.count else { return false }
        let found = workers.map(chunks: wanted.count) { places(of: wanted[$0]) }
        var isTaken = [Bool](repeating: false, count: entries.count)
        for places in found {
            guard let places else { return false }
            for place in places {
                if isTaken[place] { return false }
                isTaken[place] = true
            }
        }
        return true
    }

    /// Where the entries stand that are wanted; `nil` when one is not there, or has another bitmap.
    private func places(of wanted: [Entry]) -> [Int]? {
        var places: [Int] = []
        places.reserveCapacity(wanted.count)
        // What is read ahead is known to be independent of each other.
        var sum: UInt64 = 0
        for start in stride(from: 0, to: wanted.count, by: CacheWarming.block) {
            let block = wanted[start..<min(start + CacheWarming.block, wanted.count)]
            for entry in block { sum &+= UInt64(firstEntry(for: entry.hash)) }
            for entry in block {
                let first = firstEntry(for: entry.hash)
                if first < entries.count { sum &+= entries[first].hash.high }
            }
            for entry in block {
                guard let place = find(entry.hash), entries[place].hasSameBitmap(as: entry) else { return nil }
                places.append(place)
            }
        }
        withExtendedLifetime(sum) {}
        return places
    }
}
