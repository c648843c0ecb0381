import COpenSSL

/// A library context of OpenSSL's (`OSSL_LIB_CTX *`) that one worker has to itself.
///
/// OpenSSL looks its methods up in the context of a key and counts references to them, a few times for each signature.
/// Threads that share a context meet at those counters and locks, which costs 5 to 6 % on two cores; with a context each
/// they do not, as if they were processes. Each has its own random generators, seeded by the system.
///
/// Who is done with a context gives it back for the next one. None is ever freed: OpenSSL 3.0 keeps in each thread that has
/// used a context what it will do to it when that thread ends.
public final class LibraryContext: @unchecked Sendable {
    // Sendable: immutable, and OpenSSL locks what is behind the pointer.
    let pointer: OpaquePointer

    /// Guards ``idle``, and the making: OpenSSL 3.0 reads its configuration into a new context without a lock of its own.
    nonisolated(unsafe) private static let lock = CRYPTO_THREAD_lock_new()
    nonisolated(unsafe) private static var idle: [OpaquePointer] = []

    /// Takes a context that follows the system's configuration of OpenSSL, as the shared one does; `nil` where that
    /// cannot be. To make one takes 0.2 ms, and its first signature 2 ms.
    public init?() {
        guard let lock = Self.lock, CRYPTO_THREAD_write_lock(lock) == 1 else { return nil }
        defer { CRYPTO_THREAD_unlock(lock) }
        guard let pointer = Self.idle.popLast() ?? Self.make() else { return nil }
        self.pointer = pointer
    }

    deinit {
        guard let lock = Self.lock, CRYPTO_THREAD_write_lock(lock) == 1 else { return }
        Self.idle.append(pointer)
        CRYPTO_THREAD_unlock(lock)
    }

    private static func make() -> OpaquePointer? {
        guard let pointer = OSSL_LIB_CTX_new() else { return nil }
        let flags = UInt(CONF_MFLAGS_IGNORE_MISSING_FILE | CONF_MFLAGS_DEFAULT_SECTION)
        if CONF_modules_load_file_ex(pointer, nil, nil, flags) == 1 { return pointer }
        ERR_clear_error()
        // No other thread has used it.
        OSSL_LIB_CTX_free(pointer)
        return nil
    }

    /// A copy of a private key that belongs to this context, or `nil` where it cannot have one.
    func privateKey(copying original: OpaquePointer) -> OpaquePointer? {
        var octets: UnsafeMutablePointer<UInt8>?
        let count = i2d_PrivateKey(original, &octets)
        defer { CRYPTO_clear_free(octets, Int(max(0, count)), #file, #line) }
        guard count > 0 else { return nil }
        var start = UnsafePointer(octets)
        return d2i_AutoPrivateKey_ex(nil, &start, Int(count), pointer, nil)
    }
}
