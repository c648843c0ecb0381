import Dispatch
import Synchronization

/// Text that is made on several threads, piece by piece, and handed out in order.
///
/// A few buffers go round: a worker fills one when its turn has come, the calling thread empties it. So the memory used
/// does not depend on the length of the text.
package struct OrderedText: Sendable {
    private let pieces: Int
    private let workers: Workers

    /// Appends a piece: its number, the buffer.
    package typealias Make = @Sendable (Int, inout TextBuffer) -> Void

    /// A text of some pieces.
    package init(pieces: Int, workers: Workers) {
        self.pieces = pieces
        self.workers = workers
    }

    /// Makes all pieces and hands them to `sink`.
    ///
    /// `make` gets numbers in ascending order, but on any thread. What `sink` throws stops the making.
    package func write<Failure: Error>(
        make: @escaping Make, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        guard workers.count > 1, pieces > 1 else {
            var text = TextBuffer(capacity: 1 << 16)
            for number in 0..<pieces {
                text.removeAll()
                make(number, &text)
                if text.count > 0 { try sink(UnsafeRawBufferPointer(text.octets)) }
            }
            return
        }
        try writeInParallel(make: make, sink: sink)
    }

    /// A buffer that goes round between the workers and those who take the text.
    private final class Slot: @unchecked Sendable {
        // Sendable: until `ready` the buffer belongs to a worker, from then on to the calling thread until it has taken the
        // text.
        var text = TextBuffer(capacity: 1 << 19)
        let ready = DispatchSemaphore(value: 0)
    }

    private func writeInParallel<Failure: Error>(
        make: @escaping Make, sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let slots = (0..<min(pieces, 4 * workers.count)).map { _ in Slot() }
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
                    guard let number = queue.take(below: pieces) else { break }
                    let slot = slots[number % slots.count]
                    slot.text.removeAll()
                    if !queue.isStopped { make(number, &slot.text) }
                    slot.ready.signal()
                }
                // The others are to learn too that nothing is left.
                permits.signal()
            }
        }
        var failure: Failure?
        for number in 0..<pieces {
            let slot = slots[number % slots.count]
            slot.ready.wait()
            if failure == nil, slot.text.count > 0 {
                do throws(Failure) {
                    try sink(UnsafeRawBufferPointer(slot.text.octets))
                } catch {
                    // The workers run dry: every piece still goes round, empty.
                    failure = error
                    queue.stop()
                }
            }
            permits.signal()
        }
        group.wait()
        if let failure { throw failure }
    }

    /// Hands out the numbers of pieces.
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
}
