import COpenSSL

/// The named parts from which OpenSSL 3 builds a key (`OSSL_PARAM_BLD *`), owned.
///
/// The builder keeps pointers to what is added, so each part must outlive it.
struct KeyParameters: ~Copyable {
    private let builder: OpaquePointer

    init() throws(OpenSSLError) {
        guard let made = OSSL_PARAM_BLD_new() else { throw .draining("cannot build a key") }
        builder = made
    }

    deinit { OSSL_PARAM_BLD_free(builder) }

    /// Adds an integer.
    func add(_ name: StaticString, _ number: borrowing BigNumber) throws(OpenSSLError) {
        guard OSSL_PARAM_BLD_push_BN(builder, Self.cString(name), number.pointer) == 1 else {
            throw .draining("cannot build a key")
        }
    }

    /// The builder keeps pointers to names too; a literal lives as long as the process.
    private static func cString(_ name: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// Adds a curve and a point on it, which is uncompressed, and builds the key. The caller owns it.
    func makeUnsafeOwnedECKey(curve: String, point: [UInt8], isPrivate: Bool) throws(OpenSSLError) -> OpaquePointer {
        let result: Result<OpaquePointer, OpenSSLError> = curve.withCString { curve in
            point.withUnsafeBytes { point in
                guard OSSL_PARAM_BLD_push_utf8_string(builder, Self.cString("group"), curve, 0) == 1,
                    OSSL_PARAM_BLD_push_octet_string(builder, Self.cString("pub"), point.baseAddress, point.count) == 1
                else { return .failure(.draining("cannot build a key")) }
                do throws(OpenSSLError) {
                    return .success(try makeUnsafeOwnedKey("EC", isPrivate: isPrivate))
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }

    /// Builds the key. The caller owns it.
    func makeUnsafeOwnedKey(_ type: String, isPrivate: Bool) throws(OpenSSLError) -> OpaquePointer {
        guard let parameters = OSSL_PARAM_BLD_to_param(builder) else { throw .draining("cannot build a key") }
        defer { OSSL_PARAM_free(parameters) }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else {
            throw .draining(.unsupported, "OpenSSL has no \(type)")
        }
        defer { EVP_PKEY_CTX_free(context) }
        let selection = isPrivate ? danectl_key_pair : danectl_public_key
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1, EVP_PKEY_fromdata(context, &key, selection, parameters) == 1,
            let key
        else { throw .draining(.malformedKey, "the numbers are no \(type) key") }
        return key
    }
}
