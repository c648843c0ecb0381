import DNSModel
import OpenSSLBridge

/// The workers of a run that are idle now. A chunk takes one and gives it back.
final class WorkerPool: Sendable {
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
        let (idle, hasFailed) = state.withLock { ($0.idle.popLast(), $0.fault != nil) }
        guard !hasFailed else { return }
        do throws(SigningFault) {
            let worker: SigningWorker
            if let idle {
                worker = idle
            } else {
                let library = makesManySignatures ? LibraryContext() : nil
                do throws(OpenSSLError) {
                    worker = try SigningWorker(context, in: library, inBatches: makesBatches)
                } catch {
                    throw .library(error)
                }
            }
            try body(worker)
            state.withLock { $0.idle.append(worker) }
        } catch {
            state.withLock { if $0.fault == nil { $0.fault = error } }
        }
    }

    /// Whether a library context for each worker pays: it costs 2 ms and saves 1 µs of each signature.
    private var makesManySignatures: Bool {
        context.zone.ownerCount >= 1 << 14 && !context.canKeep.contains(true)
    }

    /// Whether signatures are made many at a time: where there are only a few, nothing is gained.
    private var makesBatches: Bool { context.zone.ownerCount >= 1 << 10 && !context.canKeep.contains(true) }

    /// What all workers have done.
    var tally: SigningTally {
        state.withLock { state in
            state.idle.reduce(into: SigningTally()) { $0.add($1.tally) }
        }
    }
}
