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

    /// Is shown the pieces of the text in order, on a thread of its own.
    typealias Witness = @Sendable (UnsafeRawBufferPointer) -> Void

    /// Formats all records and hands the text to `sink`, and to `witness` at about the same time.
    func write<Failure: Error>(
        format: @escaping Format, witness: Witness?, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var text = TextBuffer(capacity: 1 << 16)
        var owner = RecordLine.WrittenOwner()
        if !omitted.contains(.soa) {
            for index in first { format(index, &owner, &text) }
            try emit(text, witness, sink)
        }
        if workers.count == 1 || stretches.count <= 1 {
            for stretch in stretches {
                text.removeAll()
                append(stretch, format, to: &text)
                try emit(text, witness, sink)
            }
        } else {
            try writeInParallel(format: format, witness: witness, sink: sink)
        }
    }

    private func emit<Failure: Error>(
        _ text: borrowing TextBuffer, _ witness: Witness?, _ sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        guard text.count > 0 else { return }
        witness?(UnsafeRawBufferPointer(text.octets))
        try sink(UnsafeRawBufferPointer(text.octets))
    }

    /// A buffer that goes round between the workers and those who take the text.
    private final class Slot: @unchecked Sendable {
        // Sendable: until `ready` the buffer belongs to a worker, from then on until its number is passed to those who take
        // the text, who only read it.
        var text = TextBuffer(capacity: 1 << 19)
        let ready = DispatchSemaphore(value: 0)
        let readyForWitness = DispatchSemaphore(value: 0)
        let seen = DispatchSemaphore(value: 0)
    }

    private func writeInParallel<Failure: Error>(
        format: @escaping Format, witness: Witness?, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let slots = (0..<min(stretches.count, 4 * workers.count)).map { _ in Slot() }
        // Whoever has one may take the next number: its slot is free, since as many numbers before it as there are slots
        // have gone out, which happens in order.
        let permits = DispatchSemaphore(value: 0)
        for _ in slots { permits.signal() }
        let queue = WorkQueue()
        let group = DispatchGroup()
        for _ in 0..<workers.count {
            DispatchQueue.global().async(group: group) {
                while true {
                    permits.wait()
                    guard let number = queue.take(below: stretches.count) else { break }
                    let slot = slots[number % slots.count]
                    slot.text.removeAll()
                    if !queue.isStopped { append(stretches[number], format, to: &slot.text) }
                    slot.ready.signal()
                    if witness != nil { slot.readyForWitness.signal() }
                }
                // The others are to learn too that nothing is left.
                permits.signal()
            }
        }
        if let witness {
            // A queue of its own has a thread of its own, even when all others wait for it.
            DispatchQueue(label: "witness of written text").async(group: group) {
                for number in stretches.indices {
                    let slot = slots[number % slots.count]
                    slot.readyForWitness.wait()
                    if slot.text.count > 0 { witness(UnsafeRawBufferPointer(slot.text.octets)) }
                    slot.seen.signal()
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
            if witness != nil { slot.seen.wait() }
            permits.signal()
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
