/// Sorts 128-bit entries, each of them different from all others: runs of a few by insertion, then merging.
///
/// A hot file: unchecked pointers, and merging without branches that depend on the data. What is in order already costs
/// a comparison per run and step.
enum EntrySort {
    /// The length of the runs that are sorted by insertion.
    private static let run = 12

    /// Sorts `count` entries in place; `scratch` has room for as many.
    static func sort(
        _ entries: UnsafeMutablePointer<UInt128>, count: Int, scratch: UnsafeMutablePointer<UInt128>
    ) {
        var start = 0
        while start < count {
            insertionSort(entries + start, count: min(run, count &- start))
            start &+= run
        }
        var width = run
        var source = entries
        var target = scratch
        while width < count {
            var low = 0
            while low < count {
                let middle = min(low &+ width, count)
                let high = min(middle &+ width, count)
                merge(source, low, middle, high, into: target)
                low = high
            }
            swap(&source, &target)
            width &*= 2
        }
        if source != entries { entries.update(from: source, count: count) }
    }

    /// Sorts a few entries in place.
    static func insertionSort(_ entries: UnsafeMutablePointer<UInt128>, count: Int) {
        var index = 1
        while index < count {
            let entry = entries[index]
            var place = index
            while place > 0, entries[place &- 1] > entry {
                entries[place] = entries[place &- 1]
                place &-= 1
            }
            entries[place] = entry
            index &+= 1
        }
    }

    @inline(__always)
    private static func merge(
        _ source: UnsafeMutablePointer<UInt128>, _ low: Int, _ middle: Int, _ high: Int,
        into target: UnsafeMutablePointer<UInt128>
    ) {
        if middle == high || source[middle &- 1] < source[middle] {
            (target + low).update(from: source + low, count: high &- low)
            return
        }
        var left = low
        var right = middle
        var place = low
        while left < middle, right < high {
            let leftEntry = source[left]
            let rightEntry = source[right]
            let takesLeft = leftEntry < rightEntry
            target[place] = takesLeft ? leftEntry : rightEntry
            left &+= takesLeft ? 1 : 0
            right &+= takesLeft ? 0 : 1
            place &+= 1
        }
        (target + place).update(from: source + left, count: middle &- left)
        place &+= middle &- left
        (target + place).update(from: source + right, count: high &- right)
    }
}
