import Dispatch
import Synchronization

/// Formats the records of a zone on several threads, stretch by stretch, and hands the text out in order.
///
/// A few buffers go round: a worker fills one when its turn has come, the calling thread empties it. So the memory used
/// does not depend on the zone.
struct ChunkedOutput: Sendable {
    private let zone: Zone
    private let workers: Workers
    private let omitted: Set<RRType>
    /// The indices of the apex's SOA records, which come first.
    private let first: Range<Int>
    /// The owners of each stretch.
    private let stretches: [Range<Int>]

    /// Records in a stretch: some hundred thousand octets of text.
    private static let stretchSize = 4096

    init(_ zone: Zone, workers: Workers, omitting omitted: Set<RRType>) {
        self.zone = zone
        self.workers = workers
        self.omitted = omitted
        first = zone.owner(named: zone.apex).map { zone.rrsetRange(of: $0, type: .soa) } ?? 0..<0
        var stretches: [Range<Int>] = []
        var start = 0
        while start < zone.ownerCount {
            let records = Int(zone.firstRecord[start]) + Self.stretchSize
            var end = min(start + Self.stretchSize, zone.ownerCount)
            while end > start + 1, Int(zone.firstRecord[end]) > records { end = start + (end - start) / 2 }
            stretches.append(start..<end)
            start = end
        }
        self.stretches = stretches
    }

    /// Appends a record: its index, the last owner in the buffer, the buffer.
    typealias Format = @Sendable (Int, inout RecordLine.WrittenOwner, inout TextBuffer) -> Void

    /// Formats all records and hands the text to `sink`.
    func write<Failure: Error>(
        format: @escaping Format, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var text = TextBuffer(capacity: 1 << 16)
        var owner = RecordLine.WrittenOwner()
        if !omitted.contains(.soa) {
            for index in first { format(index, &owner, &text) }
            if text.count > 0 { try sink(UnsafeRawBufferPointer(text.octets)) }
        }
        if workers.count == 1 || stretches.count <= 1 {
            for stretch in stretches {
                text.removeAll()
                append(stretch, format, to: &text)
                if text.count > 0 { try sink(UnsafeRawBufferPointer(text.octets)) }
            }
        } else {
            try writeInParallel(format: format, sink: sink)
        }
    }

    /// A buffer that goes round between the workers and the calling thread.
    private final class Slot: @unchecked Sendable {
        // Sendable: between `free` and `ready` the buffer belongs to a worker, between `ready` and `free` to the caller.
        var text = TextBuffer(capacity: 1 << 19)
        let free = DispatchSemaphore(value: 1)
        let ready = DispatchSemaphore(value: 0)
    }

    private func writeInParallel<Failure: Error>(
        format: @escaping Format, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let slots = (0..<min(stretches.count, 4 * workers.count)).map { _ in Slot() }
        let queue = WorkQueue()
        let group = DispatchGroup()
        for _ in 0..<workers.count {
            DispatchQueue.global().async(group: group) {
                while let number = queue.take(below: stretches.count) {
                    let slot = slots[number % slots.count]
                    slot.free.wait()
                    slot.text.removeAll()
                    if !queue.isStopped { append(stretches[number], format, to: &slot.text) }
                    slot.ready.signal()
                }
            }
        }
        var failure: Failure?
        for number in stretches.indices {
            let slot = slots[number % slots.count]
            slot.ready.wait()
            if failure == nil, slot.text.count > 0 {
                do throws(Failure) {
                    try sink(UnsafeRawBufferPointer(slot.text.octets))
                } catch {
                    // The workers run dry: every stretch still goes round, empty.
                    failure = error
                    queue.stop()
                }
            }
            slot.free.signal()
        }
        group.wait()
        if let failure { throw failure }
    }

    /// Hands out the numbers of stretches.
    private final class WorkQueue: Sendable {
        private let next = Atomic<Int>(0)
        private let stopped = Atomic<Bool>(false)

        var isStopped: Bool { stopped.load(ordering: .relaxed) }
        func stop() { stopped.store(true, ordering: .relaxed) }

        func take(below count: Int) -> Int? {
            let number = next.add(1, ordering: .relaxed).oldValue
            return number < count ? number : nil
        }
    }

    /// Appends the records of a stretch of owners, but for the SOA records that came first.
    private func append(_ stretch: Range<Int>, _ format: Format, to text: inout TextBuffer) {
        var owner = RecordLine.WrittenOwner()
        var sink: UInt8 = 0
        var start = stretch.lowerBound
        while start < stretch.upperBound {
            let end = min(start &+ CacheWarming.block, stretch.upperBound)
            let records = Int(zone.firstRecord[start])..<Int(zone.firstRecord[end])
            zone.nameOffsets.withUnsafeBufferPointer { names in
                if let names = names.baseAddress {
                    CacheWarming.touch(names + start, count: end &- start, in: zone.store, sink: &sink)
                }
            }
            zone.records.withUnsafeBufferPointer { all in
                if let all = all.baseAddress {
                    CacheWarming.touch(all + records.lowerBound, count: records.count, in: zone.store, sink: &sink)
                }
            }
            for index in records {
                if first.contains(index) { continue }
                if !omitted.isEmpty, omitted.contains(zone.records[index].type) { continue }
                format(index, &owner, &text)
            }
            start = end
        }
    }
}
