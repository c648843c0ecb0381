import COpenSSL

/// Why octets are not the certificate, key or request that was wanted, or why one could not be made.
///
/// It says what was found; the caller adds the file's name.
public enum X509Error: Error, Sendable, Hashable {
    /// There are no octets at all.
    case empty
    /// The octets are something else, which `found` names, as `an OpenSSH public key`.
    case notRecognized(found: String)
    /// The octets are `what`, but damaged: `reason` says how.
    case malformed(what: String, reason: String)
    /// `what` is encrypted, and no passphrase was given.
    case encrypted(what: String)
    /// The passphrase does not open `what`.
    case wrongPassphrase(what: String)
    /// OpenSSL could not do `operation`; `reasons` is its error queue, oldest first.
    case failed(operation: String, reasons: [String])
}

extension X509Error: CustomStringConvertible {
    /// One line: lower case, no final period.
    public var description: String {
        switch self {
        case .empty: "there is nothing in it"
        case .notRecognized(let found): "found \(found), expected a certificate, a key or a request"
        case .malformed(let what, let reason): "\(what) is damaged: \(reason)"
        case .encrypted(let what): "\(what) is encrypted and no passphrase was given"
        case .wrongPassphrase(let what): "the passphrase does not open \(what)"
        case .failed(let operation, let reasons):
            reasons.isEmpty ? "cannot \(operation)" : "cannot \(operation): \(reasons.joined(separator: "; "))"
        }
    }

    /// An error with all that is in OpenSSL's error queue, which is empty afterwards.
    package static func openSSL(_ operation: String) -> Self {
        .failed(operation: operation, reasons: drainErrorQueue())
    }

    /// A malformed object, with OpenSSL's own words.
    static func openSSLMalformed(_ what: String) -> Self {
        let reasons = drainErrorQueue()
        return .malformed(what: what, reason: reasons.last ?? "it does not parse")
    }

    /// The texts in OpenSSL's error queue, oldest first, which is empty afterwards.
    private static func drainErrorQueue() -> [String] {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            if code == 0 { return reasons }
            if let text = ERR_reason_error_string(code) {
                reasons.append(String(cString: text))
            } else {
                reasons.append("error \(code)")
            }
        }
    }
}
