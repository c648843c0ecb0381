import Dispatch
import Synchronization

/// How many threads a piece of work may use, and the one way in which work is cut up here.
public struct Workers: Sendable, Hashable {
    /// The number of threads, at least 1.
    public let count: Int

    /// Wraps a number of threads; less than one counts as one.
    public init(_ count: Int) { self.count = max(1, count) }

    /// One thread.
    public static let single = Workers(1)

    /// Calls `body` once for each index below `chunks`, several at a time, and returns when all are done.
    ///
    /// Indices are handed out in ascending order; the caller must not rely on which thread gets which, and joins results
    /// by index, so that they are the same for any number of workers.
    public func forEach(chunks: Int, _ body: @Sendable (Int) -> Void) {
        let threads = min(count, chunks)
        if threads <= 1 {
            for index in 0..<max(0, chunks) { body(index) }
            return
        }
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= chunks { return }
                body(index)
            }
        }
    }

    /// The results of `body` for each index below `chunks`, in order of index.
    public func map<Result: Sendable>(chunks: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
        var joined: [Result] = []
        joined.reserveCapacity(max(0, chunks))
        if min(count, chunks) <= 1 {
            for index in 0..<max(0, chunks) { joined.append(body(index)) }
            return joined
        }
        let results = Guarded<[Result?]>(Array(repeating: nil, count: chunks))
        forEach(chunks: chunks) { index in
            let result = body(index)
            results.withLock { $0[index] = result }
        }
        for case let result? in results.withLock({ $0 }) { joined.append(result) }
        return joined
    }
}
