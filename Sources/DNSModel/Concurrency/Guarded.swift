#if THREAD_SANITIZER && canImport(Glibc)
    import Glibc

    /// A value that one thread at a time may touch.
    ///
    /// This is how it is built for ThreadSanitizer (`make sanitize`): `Mutex` waits in code of the standard library that is
    /// not instrumented, so that the sanitizer takes what two threads do one after the other for a race. It knows `pthread`.
    package struct Guarded<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
        // Sendable: the value is touched only while the lock is held.
        private let lock: UnsafeMutablePointer<pthread_mutex_t>
        private let value: UnsafeMutablePointer<Value>

        /// Guards a value.
        package init(_ value: consuming sending Value) {
            lock = .allocate(capacity: 1)
            self.value = .allocate(capacity: 1)
            self.value.initialize(to: value)
            pthread_mutex_init(lock, nil)
        }

        deinit {
            pthread_mutex_destroy(lock)
            lock.deallocate()
            value.deinitialize(count: 1)
            value.deallocate()
        }

        /// Calls `body` with the value while no other thread has it.
        package borrowing func withLock<Result: ~Copyable, Fault: Error>(
            _ body: (inout sending Value) throws(Fault) -> sending Result
        ) throws(Fault) -> sending Result {
            pthread_mutex_lock(lock)
            defer { pthread_mutex_unlock(lock) }
            return try body(&value.pointee)
        }
    }
#else
    package import Synchronization

    /// A value that one thread at a time may touch: a `Mutex`, but where ThreadSanitizer looks on.
    package struct Guarded<Value: ~Copyable>: ~Copyable, Sendable {
        @usableFromInline package let mutex: Mutex<Value>

        /// Guards a value.
        @inlinable
        package init(_ value: consuming sending Value) { mutex = Mutex(value) }

        /// Calls `body` with the value while no other thread has it.
        @inlinable
        package borrowing func withLock<Result: ~Copyable, Fault: Error>(
            _ body: (inout sending Value) throws(Fault) -> sending Result
        ) throws(Fault) -> sending Result {
            try mutex.withLock(body)
        }
    }
#endif
