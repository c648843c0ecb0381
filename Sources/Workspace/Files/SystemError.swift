import Glibc

/// What the system said about a failed call.
package struct SystemError: Error, Sendable {
    package let code: Int32

    /// The error of the call that has just failed.
    static var last: SystemError { SystemError(code: errno) }

    /// `No such file or directory`, in lower case as messages here are.
    var reason: String {
        guard let text = strerror(code) else { return "error \(code)" }
        let message = String(cString: text)
        return message.prefix(1).lowercased() + message.dropFirst()
    }
}
