import COpenSSL

/// Why a cryptographic operation was not done. It never carries octets of a key.
public struct OpenSSLError: Error, Sendable, Hashable {
    /// The kind of fault.
    public enum Code: Sendable, Hashable {
        /// The library refused; ``OpenSSLError/queue`` says why.
        case library
        /// Octets that should be a key are not one.
        case malformedKey
        /// The key is smaller or larger than its algorithm allows.
        case keySize
        /// The parts of a private key do not belong together.
        case inconsistentKey
        /// The algorithm is not for this use: signing with SHA-1, say.
        case unsupported
        /// The caller's buffer is too small.
        case bufferTooSmall
    }

    /// The kind of fault.
    public let code: Code
    /// What was being done and what is wrong: lower case, no final period.
    public let message: String
    /// What OpenSSL's error queue held, oldest first.
    public let queue: [String]

    /// An error found before the library was asked.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
        self.queue = []
    }

    /// A refusal by the library, with all of this thread's error queue, which is empty afterwards.
    package static func draining(_ code: Code, _ message: String) -> OpenSSLError {
        var queue: [String] = []
        while case let number = ERR_get_error(), number != 0 {
            if let reason = ERR_reason_error_string(number) {
                queue.append(String(cString: reason))
            } else {
                queue.append("error \(String(number, radix: 16))")
            }
        }
        return OpenSSLError(code, message, queue)
    }

    /// A refusal by the library, of no particular kind.
    package static func draining(_ message: String) -> OpenSSLError { draining(.library, message) }

    private init(_ code: Code, _ message: String, _ queue: [String]) {
        self.code = code
        self.message = message
        self.queue = queue
    }
}

extension OpenSSLError: CustomStringConvertible {
    /// The message, and the library's reasons in parentheses.
    public var description: String {
        queue.isEmpty ? message : "\(message) (OpenSSL: \(queue.joined(separator: "; ")))"
    }
}
