/// The two encodings of an ECDSA signature: OpenSSL's DER (SEQUENCE of two INTEGERs, RFC 3279 §2.2.3) and DNSSEC's, r and
/// s side by side, each as long as the field (RFC 6605 §4).
///
/// A hot file: it reads and writes through unchecked pointers, and allocates nothing.
package enum ECDSASignatureForm {
    /// Writes r and s to `target`, `2 * fieldLength` octets.
    ///
    /// - Returns: Whether `der` was what it should be; `target` is undefined otherwise.
    package static func convert(
        der: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer, fieldLength: Int
    ) -> Bool {
        // Up to P-384 the lengths take one octet each.
        guard der.count >= 8, der[0] == 0x30, Int(der[1]) == der.count - 2, der[1] < 0x80 else { return false }
        var index = 2
        var place = target
        for _ in 0..<2 {
            guard index + 2 <= der.count, der[index] == 0x02 else { return false }
            var length = Int(der[index + 1])
            index += 2
            guard length > 0, index + length <= der.count else { return false }
            while length > fieldLength {
                guard der[index] == 0 else { return false }
                index += 1
                length -= 1
            }
            let padding = fieldLength - length
            place.initializeMemory(as: UInt8.self, repeating: 0, count: padding)
            if let base = der.baseAddress { (place + padding).copyMemory(from: base + index, byteCount: length) }
            index += length
            place += fieldLength
        }
        return index == der.count
    }

    /// Writes the DER form of r and s to `target`, which has room for `2 * fieldLength + 8` octets.
    ///
    /// - Returns: The number of octets written.
    package static func convert(
        _ signature: UnsafeRawPointer, fieldLength: Int, toDER target: UnsafeMutableRawPointer
    ) -> Int {
        var index = 2
        for half in 0..<2 {
            var source = signature + half * fieldLength
            var length = fieldLength
            while length > 1, source.load(as: UInt8.self) == 0 {
                source += 1
                length -= 1
            }
            // The top bit is the sign of a DER INTEGER.
            let needsZero = source.load(as: UInt8.self) >= 0x80
            target.storeBytes(of: 0x02, toByteOffset: index, as: UInt8.self)
            target.storeBytes(of: UInt8(length + (needsZero ? 1 : 0)), toByteOffset: index + 1, as: UInt8.self)
            index += 2
            if needsZero {
                target.storeBytes(of: 0, toByteOffset: index, as: UInt8.self)
                index += 1
            }
            (target + index).copyMemory(from: source, byteCount: length)
            index += length
        }
        target.storeBytes(of: 0x30, as: UInt8.self)
        target.storeBytes(of: UInt8(index - 2), toByteOffset: 1, as: UInt8.self)
        return index
    }
}
