/// The sorting behind ``OwnerNameSort``: sample, cut into buckets, sort each, and look further into what is equal so far.
///
/// A hot file: unchecked pointers into arrays that the callers keep alive, each place written by one worker.
struct BucketSort: @unchecked Sendable {
    // Sendable: its pointers outlive every worker, and each place is written by one.

    /// Entries in a bucket, on average: with their copy they stay within a core's own cache.
    private static let bucketSize = 4096
    /// The sample's size per bucket.
    private static let oversampling = 16
    /// More equal keys than this are sorted further by all workers together.
    private static let largeRun = 1 << 15

    let store: WireStore
    let workers: Workers
    let keys: CanonicalNameKey
    let names: UnsafePointer<UInt32>
    let order: UnsafeMutablePointer<UInt32>

    /// Entries that are equal in all octets so far.
    private struct Run {
        var range: Range<Int>
        var depth: Int
    }

    /// Sorts names and writes their indices to ``order``.
    ///
    /// - Parameters:
    ///   - members: The names' indices, or `nil` when they are all from 0 on.
    ///   - count: The number of names.
    func sort(_ members: [UInt32]?, count: Int) {
        guard count > 0 else { return }
        let entries = UnsafeMutablePointer<UInt128>.allocate(capacity: count)
        defer { entries.deallocate() }
        var runs =
            if let members {
                members.withUnsafeBufferPointer { sort($0.baseAddress, count, into: entries, at: 0, depth: 0) }
            } else {
                sort(nil, count, into: entries, at: 0, depth: 0)
            }
        while let run = runs.popLast() {
            let indices = run.range.map { UInt32(truncatingIfNeeded: entries[$0]) }
            runs += indices.withUnsafeBufferPointer { indices in
                sort(indices.baseAddress, indices.count, into: entries, at: run.range.lowerBound, depth: run.depth)
            }
        }
    }

    /// Sorts by the keys at one depth and what follows it, and returns what is too much for one worker.
    private func sort(
        _ indices: UnsafePointer<UInt32>?, _ count: Int, into entries: UnsafeMutablePointer<UInt128>, at base: Int,
        depth: Int
    ) -> [Run] {
        nonisolated(unsafe) let indices = indices
        nonisolated(unsafe) let entries = entries
        let buckets = min(4096, max(1, count / Self.bucketSize))
        if buckets == 1 {
            for position in 0..<count {
                let index = indices?[position] ?? UInt32(truncatingIfNeeded: position)
                entries[base + position] = entry(index, depth)
            }
            return sortBucket(entries, base..<base + count, depth)
        }
        let splitters = self.splitters(indices, count, buckets, depth)
        let chunk = max(1 << 14, (count + 63) / 64)
        let chunks = (count + chunk - 1) / chunk

        // Which bucket each name is for, and how many of each chunk are for each bucket.
        let bucketOf = UnsafeMutablePointer<UInt16>.allocate(capacity: count)
        defer { bucketOf.deallocate() }
        let places = UnsafeMutablePointer<UInt32>.allocate(capacity: chunks * buckets)
        places.initialize(repeating: 0, count: chunks * buckets)
        defer { places.deallocate() }
        nonisolated(unsafe) let unsafeBucketOf = bucketOf
        nonisolated(unsafe) let unsafePlaces = places
        splitters.withUnsafeBufferPointer { splitters in
            nonisolated(unsafe) let splitters = splitters
            workers.forEach(chunks: chunks) { number in
                let counts = unsafePlaces + number &* buckets
                for position in (number &* chunk)..<min(count, (number &+ 1) &* chunk) {
                    let index = indices?[position] ?? UInt32(truncatingIfNeeded: position)
                    let bucket = Self.bucket(of: entry(index, depth), splitters)
                    unsafeBucketOf[position] = UInt16(truncatingIfNeeded: bucket)
                    counts[bucket] &+= 1
                }
            }
        }

        // Where each chunk's share of each bucket begins.
        var starts: [Int] = []
        var next = base
        for bucket in 0..<buckets {
            starts.append(next)
            for number in 0..<chunks {
                let share = Int(places[number * buckets + bucket])
                places[number * buckets + bucket] = UInt32(truncatingIfNeeded: next)
                next += share
            }
        }
        starts.append(next)

        workers.forEach(chunks: chunks) { number in
            let places = unsafePlaces + number &* buckets
            for position in (number &* chunk)..<min(count, (number &+ 1) &* chunk) {
                let index = indices?[position] ?? UInt32(truncatingIfNeeded: position)
                let bucket = Int(unsafeBucketOf[position])
                entries[Int(places[bucket])] = entry(index, depth)
                places[bucket] &+= 1
            }
        }
        let ranges = starts
        return workers.map(chunks: buckets) { bucket in
            sortBucket(entries, ranges[bucket]..<ranges[bucket + 1], depth)
        }.flatMap { $0 }
    }

    @inline(__always)
    private func entry(_ index: UInt32, _ depth: Int) -> UInt128 {
        let offset = names[Int(index)]
        let name = store.pointer(at: offset)
        let key =
            depth == 0 ? keys.first(of: name, room: store.room(at: offset)) : keys.chunk(of: name, from: depth)
        return key | UInt128(index)
    }

    // MARK: Buckets

    /// The first entry of each bucket, evenly spread over a sample; the first is zero.
    private func splitters(_ indices: UnsafePointer<UInt32>?, _ count: Int, _ buckets: Int, _ depth: Int) -> [UInt128] {
        let size = min(count, buckets * Self.oversampling)
        var sample = (0..<size).map { number in
            let position = number * count / size
            return entry(indices?[position] ?? UInt32(truncatingIfNeeded: position), depth)
        }
        sample.sort()
        // Equal keys stay together: the index does not count.
        return (0..<buckets).map { $0 == 0 ? 0 : sample[$0 * size / buckets] & ~0xFFFF_FFFF }
    }

    /// The last bucket that does not begin after an entry.
    @inline(__always)
    private static func bucket(of entry: UInt128, _ splitters: UnsafeBufferPointer<UInt128>) -> Int {
        var first = 0
        var length = splitters.count
        while length > 1 {
            let half = length &>> 1
            first = splitters[first &+ half] <= entry ? first &+ half : first
            length &-= half
        }
        return first
    }

    private func sortBucket(
        _ entries: UnsafeMutablePointer<UInt128>, _ range: Range<Int>, _ depth: Int
    ) -> [Run] {
        guard !range.isEmpty else { return [] }
        let scratch = UnsafeMutablePointer<UInt128>.allocate(capacity: range.count)
        defer { scratch.deallocate() }
        var large: [Run] = []
        sortRun(entries, range, depth, scratch, &large)
        return large
    }

    private func sortRun(
        _ entries: UnsafeMutablePointer<UInt128>, _ range: Range<Int>, _ depth: Int,
        _ scratch: UnsafeMutablePointer<UInt128>, _ large: inout [Run]
    ) {
        EntrySort.sort(entries + range.lowerBound, count: range.count, scratch: scratch)
        var position = range.lowerBound
        while position < range.upperBound {
            let key = entries[position] &>> 32
            var end = position &+ 1
            while end < range.upperBound, entries[end] &>> 32 == key { end &+= 1 }
            if end &- position == 1 || CanonicalNameKey.isComplete(entries[position]) {
                order[position] = UInt32(truncatingIfNeeded: entries[position])
                for equal in position &+ 1..<end {
                    order[equal] = UInt32(truncatingIfNeeded: entries[equal]) | OwnerNameSort.equalsPrevious
                }
            } else if end &- position > Self.largeRun {
                large.append(Run(range: position..<end, depth: depth + CanonicalNameKey.width))
            } else {
                let deeper = depth &+ CanonicalNameKey.width
                for index in position..<end {
                    entries[index] = entry(UInt32(truncatingIfNeeded: entries[index]), deeper)
                }
                sortRun(entries, position..<end, deeper, scratch, &large)
            }
            position = end
        }
    }
}
