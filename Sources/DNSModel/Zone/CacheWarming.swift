/// Reads ahead in a store, so that the cache misses of names and RDATA that lie anywhere in it overlap.
///
/// Sorted order is no order in memory. A loop that does nothing but read one octet at each place keeps a dozen misses
/// under way at once; the work that follows finds the octets in the cache.
///
/// A hot file: unchecked pointers into a store.
package enum CacheWarming {
    /// How many places to read at once: they all fit the first cache.
    package static let block = 64

    /// About how long names are: they may end in the next line of the cache.
    private static let nameLength: UInt32 = 24

    /// Reads where names at some offsets begin, and about where they end.
    @inline(never)
    package static func touch(
        _ offsets: UnsafePointer<UInt32>, count: Int, in store: WireStore, sink: UnsafeMutablePointer<UInt8>
    ) {
        // The sum is stored where the optimizer cannot see that nobody reads it.
        var sum: UInt8 = 0
        for index in 0..<count {
            let offset = offsets[index]
            sum &+= store.pointer(at: offset)[0]
            sum &+= store.pointer(at: WireStore.offset(offset, advancedInSegmentBy: nameLength))[0]
        }
        sink.pointee = sum
    }

    /// Reads where the RDATA of each of some records begins and ends.
    @inline(never)
    package static func touch(
        _ records: UnsafePointer<RecordEntry>, count: Int, in store: WireStore, sink: UnsafeMutablePointer<UInt8>
    ) {
        var sum: UInt8 = 0
        for index in 0..<count where records[index].rdataLength > 0 {
            let rdata = store.pointer(at: records[index].rdataOffset)
            sum &+= rdata[0] &+ rdata[records[index].rdataLength &- 1]
        }
        sink.pointee = sum
    }

    /// Reads an octet of the name of each of some entries, whose low 32 bits are indices of names.
    @inline(never)
    static func touch(
        _ entries: UnsafePointer<UInt128>, count: Int, names: UnsafePointer<UInt32>, in store: WireStore,
        sink: UnsafeMutablePointer<UInt8>
    ) {
        var sum: UInt8 = 0
        for index in 0..<count {
            sum &+= store.pointer(at: names[Int(UInt32(truncatingIfNeeded: entries[index]))])[0]
        }
        sink.pointee = sum
    }
}
