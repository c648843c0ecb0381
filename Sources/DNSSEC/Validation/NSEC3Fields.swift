import DNSModel

/// The fields of an NSEC3's RDATA (RFC 5155 §3.2), read where they lie.
struct NSEC3Fields {
    let hashAlgorithm: UInt8
    let flags: UInt8
    let iterations: UInt16
    let salt: UnsafeBufferPointer<UInt8>
    let nextHash: UnsafeBufferPointer<UInt8>
    let bitmap: UnsafeBufferPointer<UInt8>

    /// Looks into RDATA, or gives `nil` when a length in it is wrong.
    init?(_ rdata: UnsafeBufferPointer<UInt8>) {
        guard rdata.count >= 6 else { return nil }
        let saltEnd = 5 + Int(rdata[4])
        guard saltEnd < rdata.count else { return nil }
        let hashEnd = saltEnd + 1 + Int(rdata[saltEnd])
        guard hashEnd <= rdata.count, rdata[saltEnd] > 0 else { return nil }
        hashAlgorithm = rdata[0]
        flags = rdata[1]
        iterations = UInt16(rdata[2]) << 8 | UInt16(rdata[3])
        salt = UnsafeBufferPointer(rebasing: rdata[5..<saltEnd])
        nextHash = UnsafeBufferPointer(rebasing: rdata[(saltEnd + 1)..<hashEnd])
        bitmap = UnsafeBufferPointer(rebasing: rdata[hashEnd...])
    }

    /// Whether the span after this hash may skip delegations without DS (RFC 5155 §3.1.2.1).
    var isOptOut: Bool { flags & 1 != 0 }
}

/// The parameters of an NSEC3 chain (RFC 5155 §4).
struct ChainParameters: Sendable, Hashable {
    var hashAlgorithm: UInt8
    var iterations: UInt16
    var salt: [UInt8]

    init(_ fields: NSEC3Fields) {
        hashAlgorithm = fields.hashAlgorithm
        iterations = fields.iterations
        salt = Array(fields.salt)
    }

    init(_ param: RData.NSEC3PARAM) {
        hashAlgorithm = param.hashAlgorithm
        iterations = param.iterations
        salt = param.salt
    }

    /// Whether an NSEC3 has these parameters. It allocates nothing.
    func areThose(of fields: NSEC3Fields) -> Bool {
        guard fields.hashAlgorithm == hashAlgorithm, fields.iterations == iterations,
            fields.salt.count == salt.count
        else { return false }
        for index in salt.indices where salt[index] != fields.salt[index] { return false }
        return true
    }
}

extension ChainParameters: CustomStringConvertible {
    /// As NSEC3PARAM has them, without flags.
    var description: String {
        let digits = Array("0123456789abcdef")
        let text = salt.isEmpty ? "-" : String(salt.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        return "hash algorithm \(hashAlgorithm), \(iterations) iterations, salt \(text)"
    }
}

/// A SHA-1 hash as three integers, which sort as its octets do.
struct NSEC3Hash: Sendable, Hashable, Comparable {
    let high: UInt64
    let middle: UInt64
    let low: UInt32

    /// Reads twenty octets.
    init(_ octets: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: octets.loadUnaligned(as: UInt64.self))
        middle = UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        low = UInt32(bigEndian: octets.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
    }

    /// Reads the first label of an NSEC3's owner: 32 characters of base32hex in any case (RFC 4648 §7).
    init?(ownerLabel name: UnsafeBufferPointer<UInt8>) {
        guard name.count > 33, name[0] == 32 else { return nil }
        var octets = InlineArray<20, UInt8>(repeating: 0)
        for group in 0..<4 {
            var bits: UInt64 = 0
            var surplus: UInt8 = 0
            for place in 0..<8 {
                // Nearly every label is a hash: no character is looked at with a branch.
                let character = name[1 &+ group &* 8 &+ place]
                let lowercased = character | 0x20
                let isLetter = lowercased >> 6 & 1
                let value = (lowercased & 31) &+ 25 &* isLetter &- 16
                let digit = value &+ 48 &+ (value > 9 ? 39 : 0)
                surplus |= digit ^ lowercased | value & 0xE0 | (character < 0x30 ? 1 : 0)
                bits = bits << 5 | UInt64(value & 31)
            }
            if surplus != 0 { return nil }
            for place in 0..<5 {
                octets[group &* 5 &+ place] = UInt8(truncatingIfNeeded: bits >> UInt64(32 &- 8 &* place))
            }
        }
        self = octets.span.withUnsafeBytes { NSEC3Hash($0) }
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.high != right.high { return left.high < right.high }
        if left.middle != right.middle { return left.middle < right.middle }
        return left.low < right.low
    }
}

extension NSEC3Hash: CustomStringConvertible {
    /// The hash in base32hex, as owner names have it.
    var description: String {
        let digits = Array("0123456789abcdefghijklmnopqrstuv")
        var text = ""
        for index in 0..<32 {
            var digit = 0
            for bit in (index * 5)..<(index * 5 + 5) {
                let word: UInt64 = bit < 64 ? high : bit < 128 ? middle : UInt64(low) << 32
                digit = digit << 1 | Int(word >> UInt64(63 - bit % 64) & 1)
            }
            text.append(digits[digit])
        }
        return text
    }
}
