import DNSModel
import OpenSSLBridge

/// The workers of a run that are idle now. A chunk takes one and gives it back.
final class WorkerPool: Sendable {
    /// A context of the library for each worker costs 2 ms and saves 1 µs of each signature.
    private static let manyNames = 1 << 14

    private let context: SigningContext
    private let state = Guarded<State>(State())

    private struct State {
        var idle: [SigningWorker] = []
        var fault: SigningFault?
    }

    init(_ context: SigningContext) { self.context = context }

    /// The first fault of any worker.
    var fault: SigningFault? { state.withLock { $0.fault } }

    /// Lends a worker to `body`, unless one has failed already.
    func lend(_ body: (SigningWorker) throws(SigningFault) -> Void) {
        let (idle, library, hasFailed) = state.withLock { state in
            let idle = state.idle.popLast()
            let library = idle == nil && context.zone.ownerCount >= Self.manyNames ? LibraryContext() : nil
            return (idle, library, state.fault != nil)
        }
        guard !hasFailed else { return }
        do throws(SigningFault) {
            let worker: SigningWorker
            if let idle {
                worker = idle
            } else {
                do throws(OpenSSLError) { worker = try SigningWorker(context, in: library) } catch {
                    throw .library(error)
                }
            }
            try body(worker)
            state.withLock { $0.idle.append(worker) }
        } catch {
            state.withLock { if $0.fault == nil { $0.fault = error } }
        }
    }

    /// What all workers have done.
    var tally: SigningTally {
        state.withLock { state in
            state.idle.reduce(into: SigningTally()) { $0.add($1.tally) }
        }
    }
}
