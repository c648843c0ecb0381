import COpenSSL

/// Several integers (`BIGNUM *`) that are used again and again, wiped when they go. One thread's.
final class BigNumbers {
    private let pointers: [OpaquePointer]

    /// So many zeros, or `nil` where there is no memory.
    init?(_ count: Int) {
        pointers = (0..<count).compactMap { _ in BN_new() }
        guard pointers.count == count else { return nil }
    }

    deinit {
        for pointer in pointers { BN_clear_free(pointer) }
    }

    subscript(index: Int) -> OpaquePointer { pointers[index] }
}
