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
    /// Whether ``OwnerNameSort/equalsPrevious`` marks more than equal names: all whose last label below the base may be that
    /// of the name before them, so that what is not marked is not below any name before it but the base.
    var marksRelatives = false

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
        LargePages.advise(entries, count: count * MemoryLayout<UInt128>.stride)
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
        let buckets = Self.bucketCount(count)
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
                    let bucket = Self.bucket(of: entry(index, depth), splitters, buckets)
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
        return keys.chunk(of: name, from: depth, room: store.room(at: offset)) | UInt128(index)
    }

    // MARK: Buckets

    /// How many buckets to cut into: a power of two.
    private static func bucketCount(_ count: Int) -> Int {
        var buckets = 1
        while buckets < 4096, count / buckets > 2 * bucketSize { buckets *= 2 }
        return buckets
    }

    /// The first entry of each bucket but the first, evenly spread over a sample, as a search tree: below the place `n`
    /// are the places `2n` and `2n + 1`, and the root is at 1.
    private func splitters(_ indices: UnsafePointer<UInt32>?, _ count: Int, _ buckets: Int, _ depth: Int) -> [UInt128] {
        let size = min(count, buckets * Self.oversampling)
        var sample = (0..<size).map { number in
            let position = number * count / size
            return entry(indices?[position] ?? UInt32(truncatingIfNeeded: position), depth)
        }
        sample.sort()
        var tree = [UInt128](repeating: 0, count: buckets)
        var width = buckets
        var place = 1
        while place < buckets {
            // One level of the tree: the middles of as many parts as it has places.
            for part in 0..<buckets / width {
                // Equal keys stay together: the index does not count.
                tree[place] = sample[(part * width + width / 2) * size / buckets] & ~0xFFFF_FFFF
                place += 1
            }
            width /= 2
        }
        return tree
    }

    /// The last bucket that does not begin after an entry.
    @inline(__always)
    private static func bucket(of entry: UInt128, _ tree: UnsafeBufferPointer<UInt128>, _ buckets: Int) -> Int {
        // Arithmetic instead of branches, which would be mispredicted every other time.
        var place = 1
        while place < buckets { place = place &* 2 &+ (tree[place] <= entry ? 1 : 0) }
        return place &- buckets
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
        warm(entries, range, scratch)
        var position = range.lowerBound
        // Nothing is known of the first one, nor of names that have the first octets in common.
        var previous: UInt128?
        while position < range.upperBound {
            let entry = entries[position]
            let key = entry &>> 32
            let mark =
                marksRelatives && (previous.map { CanonicalNameKey.mayShareLabel(entry, $0) } ?? true || depth > 0)
                ? OwnerNameSort.equalsPrevious : 0
            previous = entry
            var end = position &+ 1
            while end < range.upperBound, entries[end] &>> 32 == key { end &+= 1 }
            if end &- position == 1 || CanonicalNameKey.isComplete(entry) {
                order[position] = UInt32(truncatingIfNeeded: entry) | mark
                for equal in position &+ 1..<end {
                    order[equal] = UInt32(truncatingIfNeeded: entries[equal]) | OwnerNameSort.equalsPrevious
                }
            } else if end &- position > Self.largeRun {
                large.append(Run(range: position..<end, depth: depth + CanonicalNameKey.width))
            } else {
                let deeper = depth &+ CanonicalNameKey.width
                for index in position..<end {
                    entries[index] = self.entry(UInt32(truncatingIfNeeded: entries[index]), deeper)
                }
                sortRun(entries, position..<end, deeper, scratch, &large)
            }
            position = end
        }
    }

    /// Reads ahead for the entries of a sorted range that are equal so far and will get another key.
    @inline(__always)
    private func warm(
        _ entries: UnsafeMutablePointer<UInt128>, _ range: Range<Int>, _ scratch: UnsafeMutablePointer<UInt128>
    ) {
        var equal = 0
        var position = range.lowerBound &+ 1
        while position < range.upperBound {
            if entries[position] &>> 32 == entries[position &- 1] &>> 32 {
                scratch[equal] = entries[position &- 1]
                scratch[equal &+ 1] = entries[position]
                equal &+= 2
                position &+= 1
            }
            position &+= 1
        }
        var sink: UInt8 = 0
        CacheWarming.touch(scratch, count: equal, names: names, in: store, sink: &sink)
    }
}
