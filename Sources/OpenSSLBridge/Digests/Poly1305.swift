import COpenSSL

/// Poly1305 of one message (RFC 8439 §2.5): a polynomial of the message, modulo 2^130 − 5, at a place that the key says.
///
/// With a secret key that is used once it authenticates; with any key it finds accidents, at six times the speed of
/// SHA-256. A hot file: it reads through unchecked pointers.
public struct Poly1305: ~Copyable, @unchecked Sendable {
    // Sendable: it has its context to itself.
    private let context: OpaquePointer

    /// The octets of a key.
    public static let keyLength = 32
    /// The octets of a tag.
    public static let tagLength = 16

    /// Begins a message; `nil` where the library is configured to do without the algorithm.
    ///
    /// - Precondition: `key` has ``keyLength`` octets.
    public init?(key: [UInt8]) {
        precondition(key.count == Self.keyLength, "a key of Poly1305 has 32 octets")
        guard let method = EVP_MAC_fetch(nil, "POLY1305", nil) else {
            ERR_clear_error()
            return nil
        }
        // The context keeps the method.
        defer { EVP_MAC_free(method) }
        guard let context = EVP_MAC_CTX_new(method) else { return nil }
        guard EVP_MAC_init(context, key, key.count, nil) == 1 else {
            EVP_MAC_CTX_free(context)
            ERR_clear_error()
            return nil
        }
        self.context = context
    }

    deinit { EVP_MAC_CTX_free(context) }

    /// Adds octets to the message.
    public mutating func update(_ octets: UnsafeRawBufferPointer) {
        guard let base = octets.baseAddress else { return }
        let isAdded = EVP_MAC_update(context, base.assumingMemoryBound(to: UInt8.self), octets.count) == 1
        precondition(isAdded, "Poly1305 takes any octets")
    }

    /// Ends the message and returns its tag.
    public consuming func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.tagLength) { buffer, count in
            let isFinished = EVP_MAC_final(context, buffer.baseAddress, &count, buffer.count) == 1
            precondition(isFinished && count == Self.tagLength, "Poly1305 ends with 16 octets")
        }
    }
}
