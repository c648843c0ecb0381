import DNSModel
import Diagnostics
import OpenSSLBridge

/// One worker's tools for walking over owners: verifiers, buffers, and what was found so far.
///
/// Used by one thread at a time.
final class ZoneChecker {
    let context: CheckContext
    /// What was found since ``takeResult()``.
    var result: CheckResult
    /// What became of each signature of the RRset that was looked at last.
    var outcomes: [SignatureOutcome] = []
    var message = SignedMessage()
    var bitmap = ExpectedBitmap()
    var hasher: NSEC3NameHasher
    /// The hashes of the owners that are checked next, for the first chain.
    var hashesAhead = HashesAhead()
    /// One for each key that has a public key, made when it is first needed.
    private let verifiers: UnsafeMutablePointer<Verifier>
    private var verifierOfKey: [Int?]
    private var verifierCount = 0
    /// Key tag and algorithm of the last signature that was left out of the sample, and would be verified otherwise.
    var unsampledSigner: UInt32?
    /// What was read ahead, which nobody needs.
    var warmed: UInt8 = 0

    init(_ context: CheckContext) {
        self.context = context
        result = CheckResult(context)
        hasher = NSEC3NameHasher()
        verifierOfKey = Array(repeating: nil, count: context.keys.keys.count)
        verifiers = .allocate(capacity: max(1, context.keys.keys.count))
    }

    deinit {
        verifiers.deinitialize(count: verifierCount)
        verifiers.deallocate()
    }

    /// Hands out what was found, and starts anew.
    func takeResult() -> CheckResult {
        defer { result = CheckResult(context) }
        return result
    }

    /// Whether a key confirms a signature over the message that was written last.
    func verifies(_ signature: UnsafeRawBufferPointer, key: Int) -> Bool {
        guard let publicKey = context.keys.keys[key].publicKey else { return false }
        if let place = verifierOfKey[key] {
            return verifiers[place].isValid(signature: signature, message: message.octets)
        }
        guard let verifier = try? Verifier(key: publicKey) else { return false }
        (verifiers + verifierCount).initialize(to: verifier)
        verifierOfKey[key] = verifierCount
        verifierCount += 1
        return verifiers[verifierCount - 1].isValid(signature: signature, message: message.octets)
    }
}

/// Checkers that wait for work: as many as there are threads.
final class CheckerPool: Sendable {
    private let context: CheckContext
    private let idle = Guarded<[ZoneCheckerBox]>([])

    /// Carries a checker from one thread to another.
    private struct ZoneCheckerBox: @unchecked Sendable {
        // Sendable: a checker is in the pool or with one thread, never both.
        let checker: ZoneChecker
    }

    init(_ context: CheckContext) { self.context = context }

    /// Calls `body` with a checker of its own and returns what was found.
    func check(_ body: (ZoneChecker) -> Void) -> CheckResult {
        let checker = idle.withLock { $0.popLast() }?.checker ?? ZoneChecker(context)
        body(checker)
        let result = checker.takeResult()
        let box = ZoneCheckerBox(checker: checker)
        idle.withLock { $0.append(box) }
        return result
    }
}
