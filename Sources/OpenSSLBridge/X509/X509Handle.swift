import COpenSSL

/// A certificate as OpenSSL holds it (`X509 *`), short-lived: made from octets, used, and freed.
package struct X509Handle: ~Copyable {
    /// The one owned reference.
    package let pointer: OpaquePointer

    /// Parses DER.
    package init(der: [UInt8]) throws(X509Error) {
        ERR_clear_error()
        let parsed = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return d2i_X509(nil, &position, buffer.count)
        }
        guard let parsed else { throw .openSSLMalformed("the certificate") }
        pointer = parsed
    }

    deinit { X509_free(pointer) }
}

/// A list of certificates as OpenSSL holds it (`STACK_OF(X509) *`), owning its members.
package struct X509Stack: ~Copyable {
    /// The stack.
    package let pointer: OpaquePointer

    /// An empty stack.
    private init() throws(X509Error) {
        guard let stack = danectl_x509_stack_new() else { throw .openSSL("make a list of certificates") }
        pointer = stack
    }

    /// A stack of copies.
    package static func copying(_ certificates: [Certificate]) throws(X509Error) -> X509Stack {
        let stack = try X509Stack()
        for certificate in certificates {
            let handle = try X509Handle(der: certificate.der)
            guard X509_up_ref(handle.pointer) == 1, danectl_x509_stack_push(stack.pointer, handle.pointer) > 0 else {
                throw .openSSL("make a list of certificates")
            }
        }
        return stack
    }

    deinit { danectl_x509_stack_free(pointer) }
}

/// The octets that one of OpenSSL's `i2d_…` functions writes.
func encodedDER(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8]? {
    let count = Int(encode(nil))
    guard count > 0 else { return nil }
    let octets = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        var position = buffer.baseAddress
        initialized = Int(encode(&position)) == count ? count : 0
    }
    return octets.isEmpty ? nil : octets
}
