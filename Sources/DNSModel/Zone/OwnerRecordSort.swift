/// Puts the records of one owner into their order: by type, then by canonical RDATA (RFC 4034 §6.3).
///
/// A hot file: it sorts in place, through an unchecked pointer.
enum OwnerRecordSort {
    /// Up to this many records are sorted by insertion.
    private static let few = 16

    /// Sorts records, drops all but the first of those that are equal, and returns how many are left.
    ///
    /// - Parameter duplicates: Gets what is dropped.
    @inline(__always)
    static func sort(
        _ records: UnsafeMutablePointer<RecordEntry>, count: Int, in store: WireStore,
        _ duplicates: inout [RecordEntry]
    ) -> Int {
        var index = 1
        while index < count, compare(records[index &- 1], records[index], in: store) < 0 { index &+= 1 }
        if index == count { return count }
        return sortUnordered(records, count: count, in: store, &duplicates)
    }

    private static func sortUnordered(
        _ records: UnsafeMutablePointer<RecordEntry>, count: Int, in store: WireStore,
        _ duplicates: inout [RecordEntry]
    ) -> Int {
        if count <= few {
            for index in 1..<count {
                let record = records[index]
                var place = index
                while place > 0, compare(records[place &- 1], record, in: store) > 0 {
                    records[place] = records[place &- 1]
                    place &-= 1
                }
                records[place] = record
            }
        } else {
            let sorted = (0..<count).map { (position: $0, record: records[$0]) }.sorted {
                let order = compare($0.record, $1.record, in: store)
                return order == 0 ? $0.position < $1.position : order < 0
            }
            for index in 0..<count { records[index] = sorted[index].record }
        }
        var kept = 1
        for index in 1..<count {
            if compare(records[kept &- 1], records[index], in: store) == 0 {
                duplicates.append(records[index])
            } else {
                records[kept] = records[index]
                kept &+= 1
            }
        }
        return kept
    }

    /// Compares records of one owner.
    @inline(__always)
    static func compare(_ left: RecordEntry, _ right: RecordEntry, in store: WireStore) -> Int {
        if left.type != right.type { return left.type < right.type ? -1 : 1 }
        return CanonicalRDataOrder.compare(left, right, in: store)
    }
}
