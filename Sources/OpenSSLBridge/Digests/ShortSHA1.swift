import COpenSSL

/// SHA-1 of messages that fit one block, as the names that NSEC3 hashes do: in place, without a context.
///
/// A hot file: it reads and writes through unchecked pointers.
public enum ShortSHA1 {
    /// The octets of a block.
    public static let blockLength = Int(SHA_CBLOCK)
    /// The most octets that a message may have: a block less its padding (FIPS 180-4 §5.1.1).
    public static let maximumLength = blockLength - 9

    /// Replaces a message at the start of a block by its twenty octets of digest; the rest of the block is overwritten.
    ///
    /// - Precondition: `count` is at most ``maximumLength``, and `block` has room for ``blockLength`` octets.
    @inline(__always)
    public static func digest(inPlace block: UnsafeMutablePointer<UInt8>, count: Int) {
        precondition(count <= maximumLength, "no room for the padding")
        danectl_sha1_of_block(block, count, block)
    }
}
