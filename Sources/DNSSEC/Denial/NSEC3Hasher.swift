public import DNSModel
import OpenSSLBridge

/// Hashes owner names for NSEC3 (RFC 5155 §5): SHA-1, the only algorithm there is.
///
/// One a worker: the digest is fetched once and used for every name. A hot file: names come as unchecked pointers.
public struct NSEC3Hasher: ~Copyable {
    /// The length of a hash in octets.
    public static let hashLength = 20

    private var context: DigestContext
    private let iterations: Int
    private let saltLength: Int
    /// The input of a hashing: a name or hash, and the salt after it.
    private let buffer: UnsafeMutablePointer<UInt8>
    private let salt: [UInt8]

    /// Prepares hashing.
    public init(iterations: UInt16, salt: [UInt8]) {
        context = DigestContext(.sha1)
        self.iterations = Int(iterations)
        self.salt = salt
        saltLength = salt.count
        buffer = .allocate(capacity: DomainName.maximumLength + ShortSHA1.blockLength + salt.count)
    }

    deinit { buffer.deallocate() }

    /// The hash of a name, in any case.
    public mutating func hash(of name: DomainName) -> [UInt8] {
        for (index, octet) in name.wireFormat.enumerated() { buffer[index] = asciiLowercased(octet) }
        finish(nameLength: name.wireFormat.count)
        return Array(UnsafeBufferPointer(start: buffer, count: Self.hashLength))
    }

    /// The hash of a complete wire-format name, in any case, without any allocation.
    public mutating func hash(ofWireFormat name: Span<UInt8>) -> InlineArray<20, UInt8> {
        name.withUnsafeBufferPointer { octets in
            withHash(of: octets) { hash in InlineArray { hash[$0] } }
        }
    }

    /// Hashes a complete wire-format name, in any case, and hands the twenty octets of its hash to `body`.
    @inline(__always)
    package mutating func withHash<Result>(
        of name: UnsafeBufferPointer<UInt8>, _ body: (UnsafePointer<UInt8>) -> Result
    ) -> Result {
        Self.copyLowercased(name, to: buffer)
        finish(nameLength: name.count)
        return body(UnsafePointer(buffer))
    }

    /// Copies a name in lower case, eight octets at a time.
    @inline(__always)
    private static func copyLowercased(_ name: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        let width = 8
        guard let start = name.baseAddress, name.count >= width else {
            for index in 0..<name.count { target[index] = asciiLowercased(name[index]) }
            return
        }
        var index = 0
        while index < name.count {
            // The last piece goes back over the one before it.
            let place = min(index, name.count &- width)
            let octets = UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(target + place).storeBytes(of: asciiLowercased(eight: octets), as: UInt64.self)
            index &+= width
        }
    }

    /// "IH(salt, x, 0) = H(x || salt), IH(salt, x, k) = H(IH(salt, x, k-1) || salt)" (RFC 5155 §5).
    private mutating func finish(nameLength: Int) {
        var length = nameLength
        for _ in 0...iterations {
            for index in 0..<saltLength { buffer[length &+ index] = salt[index] }
            if length &+ saltLength <= ShortSHA1.maximumLength {
                ShortSHA1.digest(inPlace: buffer, count: length &+ saltLength)
                length = Self.hashLength
                continue
            }
            context.digest(
                UnsafeRawBufferPointer(start: buffer, count: length &+ saltLength),
                into: UnsafeMutableRawBufferPointer(start: buffer, count: Self.hashLength))
            length = Self.hashLength
        }
    }
}
