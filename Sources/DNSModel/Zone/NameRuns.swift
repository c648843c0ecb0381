/// The records of each name of some batches, found by the name's index among the names of all batches.
///
/// A hot file: see ``RecordGather``.
struct NameRuns {
    private var records: [[RecordEntry]]
    /// The index of each batch's first name, and the number of names at the end.
    private var bases: [Int] = [0]
    /// For each batch, the index of each name's first record and the number of records at the end.
    private var firsts: [[UInt32]]
    /// The batch of the first of every 1024 names.
    private var batchOfBlock: [UInt32] = []

    init(_ batches: [RecordBatch], workers: Workers) {
        for batch in batches { bases.append((bases.last ?? 0) + batch.names.count) }
        let runs = workers.map(chunks: batches.count) { Self.runs(of: batches[$0]) }
        firsts = runs.map(\.first)
        records = zip(runs, batches).map { $0.records ?? $1.records }
        var batch = 0
        for block in stride(from: 0, to: bases.last ?? 0, by: 1024) {
            while bases[batch + 1] <= block { batch += 1 }
            batchOfBlock.append(UInt32(batch))
        }
    }

    /// Where the records of each name begin, and the records sorted by name if they were not.
    private static func runs(of batch: RecordBatch) -> (first: [UInt32], records: [RecordEntry]?) {
        var first = [UInt32](repeating: 0, count: batch.names.count + 1)
        var isSorted = true
        first.withUnsafeMutableBufferPointer { first in
            var previous: OwnerIndex = 0
            for record in batch.records {
                isSorted = isSorted && record.owner >= previous
                previous = record.owner
                first[Int(record.owner) + 1] += 1
            }
            for index in 1..<first.count { first[index] += first[index - 1] }
        }
        if isSorted { return (first, nil) }
        var places = first
        var sorted = batch.records
        for record in batch.records {
            sorted[Int(places[Int(record.owner)])] = record
            places[Int(record.owner)] += 1
        }
        return (first, sorted)
    }

    /// Unchecked access to the runs.
    struct Access {
        fileprivate let records: [UnsafePointer<RecordEntry>?]
        fileprivate let firsts: [UnsafePointer<UInt32>]
        fileprivate let bases: UnsafePointer<Int>
        fileprivate let batchOfBlock: UnsafePointer<UInt32>
    }

    /// Calls `body` with unchecked access to the runs.
    func withRuns<Result>(_ body: (Access) -> Result) -> Result? {
        // The arrays are stored in `self`, which lives until `body` has returned, and are not changed.
        bases.withUnsafeBufferPointer { bases in
            batchOfBlock.withUnsafeBufferPointer { blocks in
                guard let base = bases.baseAddress, let block = blocks.baseAddress else { return nil }
                let access = Access(
                    records: records.map { $0.withUnsafeBufferPointer(\.baseAddress) },
                    firsts: firsts.compactMap { $0.withUnsafeBufferPointer(\.baseAddress) },
                    bases: base, batchOfBlock: block)
                return withExtendedLifetime(self) { body(access) }
            }
        }
    }
}

extension NameRuns.Access {
    @inline(__always)
    private func batch(of name: Int) -> Int {
        var batch = Int(batchOfBlock[name &>> 10])
        while bases[batch &+ 1] <= name { batch &+= 1 }
        return batch
    }

    /// The number of records of a name.
    @inline(__always)
    func count(of name: Int) -> Int {
        let batch = batch(of: name)
        let first = firsts[batch] + (name &- bases[batch])
        return Int(first[1] &- first[0])
    }

    /// Reads ahead the first record of each of some names of the order, and where the name stands: see ``CacheWarming``.
    @inline(never)
    func touch(
        _ order: UnsafePointer<UInt32>, count: Int, names: UnsafePointer<UInt32>, sink: UnsafeMutablePointer<UInt8>
    ) {
        var sum: UInt16 = 0
        var previous = -1
        for index in 0..<count {
            let name = Int(order[index] & ~OwnerNameSort.equalsPrevious)
            defer { previous = name }
            // What stands together was read with it.
            if name == previous &+ 1 { continue }
            sum &+= UInt16(truncatingIfNeeded: names[name])
            let batch = batch(of: name)
            guard let source = records[batch] else { continue }
            // One further than the last record is not there: a name without records may be the last one.
            let first = firsts[batch] + (name &- bases[batch])
            if first[0] < first[1] { sum &+= source[Int(first[0])].type.rawValue }
        }
        sink.pointee = UInt8(truncatingIfNeeded: sum)
    }

    /// Copies the records of a name, gives them another owner, and returns their number.
    @inline(__always)
    func copy(_ name: Int, as owner: Int, to target: UnsafeMutablePointer<RecordEntry>) -> Int {
        let batch = batch(of: name)
        let first = firsts[batch] + (name &- bases[batch])
        let count = Int(first[1] &- first[0])
        guard let source = records[batch] else { return 0 }
        for index in 0..<count {
            var record = source[Int(first[0]) &+ index]
            record.owner = OwnerIndex(truncatingIfNeeded: owner)
            (target + index).initialize(to: record)
        }
        return count
    }
}
