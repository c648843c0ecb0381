package import DNSModel

/// Puts hashed names in order.
///
/// Hashes spread evenly, so a scatter by their leading bits leaves buckets of a few names, each sorted on its own
/// by whichever worker is free. A hot file: it moves names through unchecked buffers.
package enum HashOrder {
    /// The names of all parts in order of hash.
    package static func sorted(_ parts: [[HashedName]], workers: Workers) -> [HashedName] {
        let count = parts.reduce(0) { $0 + $1.count }
        if count < 4096 {
            return parts.flatMap { $0 }.sorted(by: <)
        }
        // Four to eight names a bucket.
        let bits = max(1, Int.bitWidth - (count / 8).leadingZeroBitCount)
        let shift = UInt64(64 - bits)
        var starts = [Int](repeating: 0, count: (1 << bits) + 1)
        for part in parts {
            for name in part { starts[Int(name.prefix >> shift) &+ 1] &+= 1 }
        }
        for index in 1..<starts.count { starts[index] &+= starts[index - 1] }
        return [HashedName](unsafeUninitializedCapacity: count) { buffer, initialized in
            var next = starts
            if let base = buffer.baseAddress {
                for part in parts {
                    for name in part {
                        let bucket = Int(name.prefix >> shift)
                        (base + next[bucket]).initialize(to: name)
                        next[bucket] &+= 1
                    }
                }
            }
            let names = SharedBuffer(buffer)
            let bounds = starts
            let groups = min(bounds.count - 1, 256)
            workers.forEach(chunks: groups) { group in
                let first = (bounds.count - 1) * group / groups
                let end = (bounds.count - 1) * (group + 1) / groups
                for bucket in first..<end {
                    var slice = names.buffer[bounds[bucket]..<bounds[bucket + 1]]
                    slice.sort(by: <)
                }
            }
            initialized = count
        }
    }

    /// The first two neighbors that have one hash, or `nil`.
    package static func collision(in names: [HashedName]) -> (HashedName, HashedName)? {
        guard names.count > 1 else { return nil }
        for index in 1..<names.count where names[index - 1].collides(with: names[index]) {
            return (names[index - 1], names[index])
        }
        return nil
    }
}

/// A buffer that several workers fill at the same time, each in places of its own.
struct SharedBuffer<Element>: @unchecked Sendable {
    // Sendable: the caller gives each worker a range that no other one touches.
    let buffer: UnsafeMutableBufferPointer<Element>

    init(_ buffer: UnsafeMutableBufferPointer<Element>) { self.buffer = buffer }
}
