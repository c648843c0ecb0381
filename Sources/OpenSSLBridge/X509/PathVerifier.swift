import COpenSSL

/// Certification path validation by OpenSSL (RFC 5280 §6), without names and without DANE.
public enum PathVerifier {
    /// The outcome of path validation.
    public enum Outcome: Sendable, Hashable {
        /// The path from the leaf to the trust anchor, both included.
        case valid(path: [Certificate])
        /// Why there is no path: OpenSSL's code and words, and the place in the chain where it stopped.
        case invalid(code: Int, reason: String, depth: Int)

        /// The path, or `nil` when there is none.
        public var path: [Certificate]? { if case .valid(let path) = self { path } else { nil } }
    }

    /// Looks for a valid path for a TLS server's certificate.
    ///
    /// - Parameters:
    ///   - leaf: The certificate to be judged.
    ///   - intermediates: What else was sent, in any order.
    ///   - anchors: The trust anchors.
    ///   - allowsPartialChain: Whether an anchor need not be self-signed, as DANE-TA wants (RFC 7671 §5.2).
    ///   - time: The present, in seconds since the epoch; `nil` leaves the dates of all certificates unchecked.
    public static func verify(
        leaf: Certificate, intermediates: [Certificate], anchors: [Certificate], allowsPartialChain: Bool,
        at time: Int64?
    ) throws(X509Error) -> Outcome {
        ERR_clear_error()
        guard let store = X509_STORE_new() else { throw .openSSL("make a trust store") }
        defer { X509_STORE_free(store) }
        for anchor in anchors {
            let handle = try X509Handle(der: anchor.der)
            guard X509_STORE_add_cert(store, handle.pointer) == 1 else { throw .openSSL("trust a certificate") }
        }
        let subject = try X509Handle(der: leaf.der)
        let untrusted = try X509Stack.copying(intermediates)
        guard let context = X509_STORE_CTX_new() else { throw .openSSL("verify a chain") }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store, subject.pointer, untrusted.pointer) == 1 else {
            throw .openSSL("verify a chain")
        }
        X509_STORE_CTX_set_default(context, "ssl_server")
        let parameters = X509_STORE_CTX_get0_param(context)
        if let time {
            X509_VERIFY_PARAM_set_time(parameters, time_t(time))
        } else {
            X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_NO_CHECK_TIME))
        }
        if allowsPartialChain { X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN)) }
        if X509_verify_cert(context) == 1 {
            var path: [Certificate] = []
            if let chain = X509_STORE_CTX_get0_chain(context) {
                for index in 0..<danectl_x509_stack_count(chain) {
                    guard let certificate = danectl_x509_stack_at(chain, index),
                        let octets = encodedDER({ i2d_X509(certificate, $0) })
                    else { continue }
                    path.append(try Certificate(der: octets))
                }
            }
            return .valid(path: path)
        }
        ERR_clear_error()
        let code = X509_STORE_CTX_get_error(context)
        return .invalid(
            code: Int(code), reason: String(cString: X509_verify_cert_error_string(Int(code))),
            depth: Int(X509_STORE_CTX_get_error_depth(context)))
    }
}
