/// Puts the records of batches behind their owners, once the owners are in order.
///
/// The records of a name stand together in its batch. Workers take stretches of the order, count what they will write,
/// and then copy: each owner's records go to their final place and are sorted there.
///
/// A hot file: unchecked pointers into arrays that live as long as the gathering, each place written by one worker.
struct RecordGather {
    private let store: WireStore
    private let workers: Workers
    private let names: [UInt32]
    private let order: [UInt32]
    private let source: NameRuns

    /// - Parameters:
    ///   - names: The names of all batches, one after the other.
    ///   - order: The indices of `names` in canonical order, as ``OwnerNameSort`` gives them.
    init(_ batches: [RecordBatch], names: [UInt32], order: [UInt32], store: WireStore, workers: Workers) {
        self.store = store
        self.workers = workers
        self.names = names
        self.order = order
        source = NameRuns(batches, workers: workers)
    }

    /// A stretch of the order, which begins and ends between two owners, and what it holds.
    private struct Stretch {
        var range: Range<Int>
        var firstOwner = 0
        var owners = 0
        var firstRecord = 0
        var records = 0
    }

    /// What became of a stretch.
    private struct Outcome {
        var written = 0
        var duplicates: [RecordEntry] = []
    }

    func makeZone(apex: DomainName, rrClass: RRClass) -> Zone {
        var stretches = self.stretches()
        var owners = 0
        var records = 0
        for index in stretches.indices {
            stretches[index].firstOwner = owners
            stretches[index].firstRecord = records
            owners += stretches[index].owners
            records += stretches[index].records
        }
        var outcomes: [Outcome] = []
        var nameOffsets: [UInt32] = []
        var firstRecord: [UInt32] = []
        let final = stretches
        let sorted = [RecordEntry](unsafeUninitializedCapacity: records) { target, initialized in
            nonisolated(unsafe) let target = target
            LargePages.advise(target.baseAddress, count: records * MemoryLayout<RecordEntry>.stride)
            nameOffsets = [UInt32](unsafeUninitializedCapacity: owners) { offsets, initialized in
                nonisolated(unsafe) let offsets = offsets
                firstRecord = [UInt32](unsafeUninitializedCapacity: owners + 1) { first, initialized in
                    nonisolated(unsafe) let first = first
                    outcomes = workers.map(chunks: final.count) { index in
                        gather(final[index], into: target, offsets, first)
                    }
                    Self.closeGaps(final, outcomes, target, first, owners)
                    initialized = owners + 1
                }
                initialized = owners
            }
            initialized = Int(firstRecord.last ?? 0)
        }
        return Zone(
            uncheckedApex: apex, rrClass: rrClass, store: store, nameOffsets: nameOffsets, records: sorted,
            firstRecord: firstRecord, droppedDuplicates: outcomes.flatMap(\.duplicates))
    }

    /// Moves records together where duplicates were dropped, and notes where they end.
    private static func closeGaps(
        _ stretches: [Stretch], _ outcomes: [Outcome], _ records: UnsafeMutableBufferPointer<RecordEntry>,
        _ firstRecord: UnsafeMutableBufferPointer<UInt32>, _ owners: Int
    ) {
        var end = 0
        for (stretch, outcome) in zip(stretches, outcomes) {
            let gap = stretch.firstRecord - end
            if gap > 0, let start = records.baseAddress {
                (start + end).update(from: start + stretch.firstRecord, count: outcome.written)
                for owner in stretch.firstOwner..<stretch.firstOwner + stretch.owners {
                    firstRecord[owner] -= UInt32(gap)
                }
            }
            end += outcome.written
        }
        firstRecord.initializeElement(at: owners, to: UInt32(truncatingIfNeeded: end))
    }

    // MARK: Stretches

    /// Cuts the order into stretches and counts their owners and records.
    private func stretches() -> [Stretch] {
        let size = 1 << 15
        var bounds = [0]
        var bound = size
        while bound < order.count {
            while bound < order.count, order[bound] & OwnerNameSort.equalsPrevious != 0 { bound += 1 }
            if bound < order.count { bounds.append(bound) }
            bound += size
        }
        bounds.append(order.count)
        let ends = bounds
        return workers.map(chunks: ends.count - 1) { index in count(ends[index]..<ends[index + 1]) }
    }

    private func count(_ range: Range<Int>) -> Stretch {
        var stretch = Stretch(range: range)
        order.withUnsafeBufferPointer { order in
            source.withRuns { runs in
                var position = range.lowerBound
                while position < range.upperBound {
                    var records = 0
                    repeat {
                        records &+= runs.count(of: Int(order[position] & ~OwnerNameSort.equalsPrevious))
                        position &+= 1
                    } while position < range.upperBound && order[position] & OwnerNameSort.equalsPrevious != 0
                    // A name without records is no owner.
                    if records > 0 { stretch.owners &+= 1 }
                    stretch.records &+= records
                }
            }
        }
        return stretch
    }

    // MARK: Gathering

    /// The number of owners whose records are copied before any of them is sorted, so that cache misses overlap.
    private static let block = CacheWarming.block / 2

    private func gather(
        _ stretch: Stretch, into records: UnsafeMutableBufferPointer<RecordEntry>,
        _ offsets: UnsafeMutableBufferPointer<UInt32>, _ firstRecord: UnsafeMutableBufferPointer<UInt32>
    ) -> Outcome {
        var outcome = Outcome()
        var sink: UInt8 = 0
        guard let target = records.baseAddress else { return outcome }
        var owner = stretch.firstOwner
        var copied = stretch.firstRecord
        var kept = stretch.firstRecord
        var position = stretch.range.lowerBound
        order.withUnsafeBufferPointer { order in
            names.withUnsafeBufferPointer { names in
                source.withRuns { runs in
                    while position < stretch.range.upperBound {
                        let blockOwner = owner
                        let blockRecord = copied
                        if let ahead = order.baseAddress, let names = names.baseAddress {
                            runs.touch(
                                ahead + position, count: min(Self.block, stretch.range.upperBound &- position),
                                names: names, sink: &sink)
                        }
                        while position < stretch.range.upperBound, owner &- blockOwner < Self.block {
                            let name = Int(order[position] & ~OwnerNameSort.equalsPrevious)
                            let start = copied
                            copied &+= runs.copy(name, as: owner, to: target + copied)
                            position &+= 1
                            while position < stretch.range.upperBound,
                                order[position] & OwnerNameSort.equalsPrevious != 0
                            {
                                let other = Int(order[position] & ~OwnerNameSort.equalsPrevious)
                                copied &+= runs.copy(other, as: owner, to: target + copied)
                                position &+= 1
                            }
                            guard copied > start else { continue }
                            offsets.initializeElement(at: owner, to: names[name])
                            firstRecord.initializeElement(at: owner, to: UInt32(truncatingIfNeeded: start))
                            owner &+= 1
                        }
                        CacheWarming.touch(
                            target + blockRecord, count: copied &- blockRecord, in: store, sink: &sink)
                        kept = settle(
                            target, firstRecord, blockOwner..<owner, end: copied, at: kept, &outcome.duplicates)
                    }
                }
            }
        }
        outcome.written = kept &- stretch.firstRecord
        return outcome
    }

    /// Sorts the records of some owners, drops duplicates, and moves them down to where there is no gap.
    @inline(__always)
    private func settle(
        _ records: UnsafeMutablePointer<RecordEntry>, _ firstRecord: UnsafeMutableBufferPointer<UInt32>,
        _ owners: Range<Int>, end: Int, at place: Int, _ duplicates: inout [RecordEntry]
    ) -> Int {
        var place = place
        for owner in owners {
            let start = Int(firstRecord[owner])
            let next = owner &+ 1 < owners.upperBound ? Int(firstRecord[owner &+ 1]) : end
            var count = next &- start
            if count > 1 {
                count = OwnerRecordSort.sort(records + start, count: count, in: store, &duplicates)
            }
            if place != start {
                (records + place).update(from: records + start, count: count)
                firstRecord[owner] = UInt32(truncatingIfNeeded: place)
            }
            place &+= count
        }
        return place
    }
}
