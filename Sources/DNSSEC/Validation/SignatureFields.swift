package import DNSModel

/// The fields of an RRSIG's RDATA (RFC 4034 §3.1), read where they lie.
///
/// A hot file: it reads through unchecked pointers after one check of all lengths.
package struct SignatureFields {
    private let base: UnsafePointer<UInt8>
    private let length: Int
    /// The length of the signer's name.
    private let signerLength: Int
    /// The octets before the signer's name.
    static let fixedLength = 18

    /// Looks into RDATA, or gives `nil` when it is cut short or its signer is no name.
    package init?(_ rdata: UnsafeBufferPointer<UInt8>) {
        guard let start = rdata.baseAddress, rdata.count > Self.fixedLength else { return nil }
        var index = Self.fixedLength
        while true {
            guard index < rdata.count else { return nil }
            let label = Int(start[index])
            guard label <= 63 else { return nil }
            index &+= 1 &+ label
            if label == 0 { break }
        }
        guard index &- Self.fixedLength <= DomainName.maximumLength, index <= rdata.count else { return nil }
        base = start
        length = rdata.count
        signerLength = index &- Self.fixedLength
    }

    /// The type of the RRset that is signed.
    package var typeCovered: RRType { RRType(number16(0)) }
    var algorithm: UInt8 { base[2] }
    var labels: UInt8 { base[3] }
    var originalTTL: UInt32 { number32(4) }
    /// When it expires, in seconds modulo 2³² (RFC 4034 §3.1.5).
    package var expiration: UInt32 { number32(8) }
    var inception: UInt32 { number32(12) }
    var keyTag: UInt16 { number16(16) }

    /// The signer's name.
    var signer: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + Self.fixedLength, count: signerLength)
    }

    /// All of the RDATA before the signature.
    var head: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base, count: Self.fixedLength &+ signerLength)
    }

    /// The signature itself.
    var signature: UnsafeRawBufferPointer {
        let start = Self.fixedLength &+ signerLength
        return UnsafeRawBufferPointer(start: base + start, count: length &- start)
    }

    private func number16(_ offset: Int) -> UInt16 { UInt16(base[offset]) << 8 | UInt16(base[offset &+ 1]) }

    private func number32(_ offset: Int) -> UInt32 {
        UInt32(number16(offset)) << 16 | UInt32(number16(offset &+ 2))
    }

    /// The type that the RRSIG at `rdata` covers, or `nil` when there are not even two octets.
    static func typeCovered(_ rdata: UnsafeBufferPointer<UInt8>) -> RRType? {
        rdata.count < 2 ? nil : RRType(UInt16(rdata[0]) << 8 | UInt16(rdata[1]))
    }
}

/// Names in wire format, read where they lie.
enum NameOctets {
    /// Whether two names are the same, ignoring case.
    static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        OctetEquality.areSameIgnoringCase(left, right)
    }

    /// The number of labels as RRSIG counts them: without the root, without a leading asterisk (RFC 4034 §3.1.3).
    static func signedLabelCount(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var index = 0
        while name[index] != 0 {
            count &+= 1
            index &+= 1 &+ Int(name[index])
        }
        return name[0] == 1 && name[1] == UInt8(ascii: "*") ? count &- 1 : count
    }
}
