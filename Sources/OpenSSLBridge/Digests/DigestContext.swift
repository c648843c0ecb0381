import COpenSSL

/// A message digest that is computed again and again: no look-up and no allocation per message.
///
/// Each worker has its own. A hot file: it reads and writes through unchecked pointers.
public struct DigestContext: ~Copyable {
    /// The digest.
    public let algorithm: DigestAlgorithm
    private var state = danectl_digest()

    /// Makes a context, ready for a message.
    public init(_ algorithm: DigestAlgorithm) {
        self.algorithm = algorithm
        state.kind = Int32(algorithm.length)
        danectl_digest_start(&state)
    }

    /// Adds octets to the message.
    public mutating func update(_ octets: UnsafeRawBufferPointer) {
        guard let base = octets.baseAddress else { return }
        danectl_digest_update(&state, base, octets.count)
    }

    /// Adds octets to the message.
    public mutating func update(_ octets: [UInt8]) {
        octets.withUnsafeBytes { update($0) }
    }

    /// Ends the message and writes its digest; the context is ready for the next message.
    ///
    /// - Precondition: `output` has room for ``DigestAlgorithm/length`` octets.
    public mutating func finish(into output: UnsafeMutableRawBufferPointer) {
        precondition(output.count >= algorithm.length, "no room for a digest")
        if let base = output.baseAddress {
            danectl_digest_finish(&state, base.assumingMemoryBound(to: UInt8.self))
        }
        danectl_digest_start(&state)
    }

    /// Ends the message and returns its digest; the context is ready for the next message.
    public mutating func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: algorithm.length) { buffer, count in
            finish(into: UnsafeMutableRawBufferPointer(buffer))
            count = algorithm.length
        }
    }

    /// Writes the digest of one message.
    ///
    /// - Precondition: `output` has room for ``DigestAlgorithm/length`` octets, and no other message is under way.
    public mutating func digest(_ octets: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        update(octets)
        finish(into: output)
    }

    /// The digest of one message.
    public static func digest(_ algorithm: DigestAlgorithm, of octets: [UInt8]) -> [UInt8] {
        var context = DigestContext(algorithm)
        context.update(octets)
        return context.finish()
    }
}
