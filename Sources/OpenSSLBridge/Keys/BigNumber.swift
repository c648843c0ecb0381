import COpenSSL

/// A non-negative integer (`BIGNUM *`), wiped when it goes. Short-lived, one thread's.
struct BigNumber: ~Copyable {
    /// The number, owned.
    let pointer: OpaquePointer

    init(takingOwnershipOf pointer: OpaquePointer) { self.pointer = pointer }

    /// An integer from its octets, most significant first.
    init(_ octets: some Collection<UInt8>) throws(OpenSSLError) {
        let octets = Array(octets)
        let made = octets.withUnsafeBufferPointer { BN_bin2bn($0.baseAddress, Int32(clamping: $0.count), nil) }
        guard let made else { throw .draining("cannot hold an integer of \(octets.count) octets") }
        self.pointer = made
    }

    /// Zero, as a place for a result.
    static func zero() throws(OpenSSLError) -> BigNumber {
        guard let made = BN_new() else { throw .draining("cannot hold an integer") }
        return BigNumber(takingOwnershipOf: made)
    }

    deinit { BN_clear_free(pointer) }

    /// The number of bits without leading zeros.
    var bitCount: Int { Int(BN_num_bits(pointer)) }

    /// The octets, most significant first, without leading zeros.
    var octets: [UInt8] { octets(paddedTo: (bitCount + 7) / 8) }

    /// The octets, most significant first, with leading zeros up to `length`; empty when the number is longer.
    func octets(paddedTo length: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: length)
        let written = result.withUnsafeMutableBufferPointer {
            BN_bn2binpad(pointer, $0.baseAddress, Int32(clamping: length))
        }
        return written < 0 ? [] : result
    }
}

/// Scratch memory for arithmetic (`BN_CTX *`), owned.
struct BigNumberContext: ~Copyable {
    let pointer: OpaquePointer

    init() throws(OpenSSLError) {
        guard let made = BN_CTX_secure_new() else { throw .draining("cannot compute") }
        pointer = made
    }

    deinit { BN_CTX_free(pointer) }
}
