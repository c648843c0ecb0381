import CTLS
public import OpenSSLBridge

/// OpenSSL's own DANE verification (`SSL_dane_enable` and friends): a second opinion beside our own matching.
public enum TLSDANEVerifier {
    /// A TLSA record's fields as octets.
    public struct Association: Sendable, Hashable {
        /// Certificate usage.
        public var usage: UInt8
        /// Selector.
        public var selector: UInt8
        /// Matching type.
        public var matchingType: UInt8
        /// Certificate association data.
        public var data: [UInt8]

        /// Creates an association.
        public init(usage: UInt8, selector: UInt8, matchingType: UInt8, data: [UInt8]) {
            self.usage = usage
            self.selector = selector
            self.matchingType = matchingType
            self.data = data
        }
    }

    /// What a client shall expect.
    public struct Expectation: Sendable, Hashable {
        /// The TLSA records.
        public var associations: [Association]
        /// The names of which the certificate must have one: the TLSA base domain first, then the source domain.
        public var names: [String]
        /// The trust anchors for usages 0 and 1.
        public var trustAnchors: [Certificate]
        /// Whether names are checked under usage 3 too, as OpenSSL does unless told not to (RFC 7671 §5.1 says no).
        public var checksNamesOfEndEntity: Bool
        /// The present, in seconds since the epoch.
        public var time: Int64

        /// Creates an expectation.
        public init(
            associations: [Association], names: [String], trustAnchors: [Certificate], checksNamesOfEndEntity: Bool,
            time: Int64
        ) {
            self.associations = associations
            self.names = names
            self.trustAnchors = trustAnchors
            self.checksNamesOfEndEntity = checksNamesOfEndEntity
            self.time = time
        }
    }

    /// What OpenSSL says.
    public struct Outcome: Sendable, Hashable {
        /// Whether the chain was accepted.
        public var isAccepted: Bool
        /// The code of the verification's error: 0 ok, 62 name mismatch, 65 no TLSA record matches.
        public var code: Int
        /// The error in words.
        public var reason: String
        /// The depth at which a record matched; -1 when DANE did not decide.
        public var matchDepth: Int
        /// The indices of the records that OpenSSL took for unusable.
        public var unusable: [Int]
    }

    /// Judges a chain without a handshake, so that no private key is needed.
    public static func verify(chain: [Certificate], _ expectation: Expectation) throws(X509Error) -> Outcome {
        let context = try ClientContext.make(expectation)
        let session = try ClientSession.make(context, expectation)
        let stack = try X509Stack.copying(chain)
        let result = danectl_ssl_verify_chain(session.pointer, stack.pointer)
        return session.outcome(isAccepted: result == 1)
    }

    /// Judges a chain as a client does: a TLS handshake over memory, with a server that has the chain and its key.
    public static func handshake(
        chain: [Certificate], key: CertificateKey, _ expectation: Expectation
    ) throws(X509Error) -> Outcome {
        let context = try ClientContext.make(expectation)
        let client = try ClientSession.make(context, expectation)
        let server = try ServerSession.make(chain: chain, key: key)
        var clientEnd: OpaquePointer?
        var serverEnd: OpaquePointer?
        guard BIO_new_bio_pair(&clientEnd, 0, &serverEnd, 0) == 1 else { throw .openSSL("join two ends in memory") }
        SSL_set_bio(client.pointer, clientEnd, clientEnd)
        SSL_set_bio(server.pointer, serverEnd, serverEnd)
        SSL_set_connect_state(client.pointer)
        SSL_set_accept_state(server.pointer)
        var clientDone = false
        var serverDone = false
        // A handshake takes three flights; what needs more than a hundred turns has stopped.
        for _ in 0..<100 where !(clientDone && serverDone) {
            if !clientDone {
                let result = SSL_do_handshake(client.pointer)
                clientDone = result == 1
                if result != 1, SSL_get_error(client.pointer, result) != SSL_ERROR_WANT_READ { break }
            }
            if !serverDone {
                let result = SSL_do_handshake(server.pointer)
                serverDone = result == 1
                if result != 1, SSL_get_error(server.pointer, result) != SSL_ERROR_WANT_READ { break }
            }
        }
        let accepted = clientDone && SSL_get_verify_result(client.pointer) == 0
        let outcome = client.outcome(isAccepted: accepted)
        ERR_clear_error()
        return outcome
    }

    /// A client's settings (`SSL_CTX *`).
    private struct ClientContext: ~Copyable {
        let pointer: OpaquePointer

        private init() throws(X509Error) {
            ERR_clear_error()
            guard let made = SSL_CTX_new(TLS_client_method()) else { throw .openSSL("make a TLS client") }
            pointer = made
        }

        static func make(_ expectation: Expectation) throws(X509Error) -> ClientContext {
            let context = try ClientContext()
            guard SSL_CTX_dane_enable(context.pointer) > 0 else { throw .openSSL("enable DANE") }
            SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
            SSL_CTX_set_security_level(context.pointer, 0)
            for anchor in expectation.trustAnchors {
                let handle = try X509Handle(der: anchor.der)
                guard X509_STORE_add_cert(SSL_CTX_get_cert_store(context.pointer), handle.pointer) == 1 else {
                    throw .openSSL("trust a certificate")
                }
            }
            return context
        }

        deinit { SSL_CTX_free(pointer) }
    }

    /// One connection's client side (`SSL *`).
    private struct ClientSession: ~Copyable {
        let pointer: OpaquePointer
        /// The indices of the records that OpenSSL refused.
        var unusable: [Int] = []

        private init(_ context: borrowing ClientContext) throws(X509Error) {
            guard let made = SSL_new(context.pointer) else { throw .openSSL("make a TLS connection") }
            pointer = made
        }

        static func make(
            _ context: borrowing ClientContext, _ expectation: Expectation
        ) throws(X509Error) -> ClientSession {
            var session = try ClientSession(context)
            guard let first = expectation.names.first else {
                throw .failed(operation: "verify with DANE", reasons: ["there is no reference name"])
            }
            guard SSL_dane_enable(session.pointer, first) > 0 else { throw .openSSL("enable DANE") }
            if !expectation.checksNamesOfEndEntity {
                _ = SSL_dane_set_flags(session.pointer, UInt(DANE_FLAG_NO_DANE_EE_NAMECHECKS))
            }
            for name in expectation.names.dropFirst() where SSL_add1_host(session.pointer, name) != 1 {
                throw .openSSL("set a reference name")
            }
            SSL_set_hostflags(
                session.pointer,
                UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS) | UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
            for (index, association) in expectation.associations.enumerated() {
                let result = SSL_dane_tlsa_add(
                    session.pointer, association.usage, association.selector, association.matchingType,
                    association.data, association.data.count)
                if result <= 0 { session.unusable.append(index) }
            }
            ERR_clear_error()
            X509_VERIFY_PARAM_set_time(SSL_get0_param(session.pointer), time_t(expectation.time))
            return session
        }

        deinit { SSL_free(pointer) }

        /// What the verification left behind.
        func outcome(isAccepted: Bool) -> Outcome {
            let code = SSL_get_verify_result(pointer)
            ERR_clear_error()
            return Outcome(
                isAccepted: isAccepted, code: code, reason: String(cString: X509_verify_cert_error_string(code)),
                matchDepth: Int(SSL_get0_dane_authority(pointer, nil, nil)), unusable: unusable)
        }
    }

    /// One connection's server side, with its own context.
    private struct ServerSession: ~Copyable {
        let context: OpaquePointer
        let pointer: OpaquePointer

        private init(takingOwnershipOf context: OpaquePointer, _ pointer: OpaquePointer) {
            self.context = context
            self.pointer = pointer
        }

        static func make(chain: [Certificate], key: CertificateKey) throws(X509Error) -> ServerSession {
            guard let settings = SSL_CTX_new(TLS_server_method()) else { throw .openSSL("make a TLS server") }
            SSL_CTX_set_security_level(settings, 0)
            guard use(chain, key, in: settings), let made = SSL_new(settings) else {
                SSL_CTX_free(settings)
                throw .openSSL("set up a TLS server with the chain")
            }
            return ServerSession(takingOwnershipOf: settings, made)
        }

        private static func use(_ chain: [Certificate], _ key: CertificateKey, in settings: OpaquePointer) -> Bool {
            for (index, certificate) in chain.enumerated() {
                guard let handle = try? X509Handle(der: certificate.der) else { return false }
                let result =
                    index == 0
                    ? SSL_CTX_use_certificate(settings, handle.pointer)
                    : danectl_ssl_ctx_add_chain_certificate(settings, handle.pointer)
                guard result == 1 else { return false }
            }
            return !chain.isEmpty && SSL_CTX_use_PrivateKey(settings, key.pointer) == 1
        }

        deinit {
            SSL_free(pointer)
            SSL_CTX_free(context)
        }
    }
}
