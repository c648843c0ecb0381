import COpenSSL

/// Octets from OpenSSL's random generator. Only the shell calls it; the core takes random octets as parameters.
public enum RandomOctets {
    /// `count` octets that nobody can predict.
    ///
    /// - Throws: When the system cannot seed the generator.
    public static func make(count: Int) throws(OpenSSLError) -> [UInt8] {
        guard count > 0 else { return [] }
        ERR_clear_error()
        var octets = [UInt8](repeating: 0, count: count)
        let status = octets.withUnsafeMutableBufferPointer { RAND_bytes_ex(nil, $0.baseAddress, $0.count, 0) }
        guard status == 1 else { throw .draining("cannot get random octets") }
        return octets
    }
}
