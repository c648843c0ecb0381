/// The canonical form of RDATA (RFC 4034 §6.2, as amended by RFC 6840 §5.1).
///
/// A hot file: the look at a record's names goes through an unchecked pointer and checks every bound itself.
package enum CanonicalRData {
    /// The RDATA with the names in lower case that canonical form lower-cases: those of the types that RFC 4034 §6.2
    /// lists, without NSEC and with RRSIG, as RFC 6840 §5.1 says. Every other type is returned as it is, and so is what
    /// does not fit its type.
    package static func lowercasingNames(_ rdata: [UInt8], type: RRType) -> [UInt8] {
        let range = rdata.withUnsafeBufferPointer { nameRange(type, $0) }
        guard !range.isEmpty else { return rdata }
        var lowered = rdata
        // The length of a label is no letter.
        for index in range { lowered[index] = asciiLowercased(lowered[index]) }
        return lowered
    }

    /// Whether canonical form differs: a name that it lower-cases has an upper-case letter.
    package static func needsLowercasing(type: RRType, rdata: [UInt8]) -> Bool {
        rdata.withUnsafeBufferPointer { needsLowercasing(type: type, rdata: $0) }
    }

    /// Whether canonical form differs: a name that it lower-cases has an upper-case letter.
    package static func needsLowercasing(type: RRType, rdata: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in nameRange(type, rdata) where rdata[index] &- 0x41 < 26 { return true }
        return false
    }

    /// The octets of the names that canonical form lower-cases; they stand together in every type that has any.
    package static func nameRange(_ type: RRType, _ rdata: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        switch type.rawValue {
        // NS, MD, MF, CNAME, MB, MG, MR, PTR, NXT, DNAME
        case 2, 3, 4, 5, 7, 8, 9, 12, 30, 39: return names(1, from: 0, in: rdata)
        // SOA, MINFO, RP
        case 6, 14, 17: return names(2, from: 0, in: rdata)
        // MX, AFSDB, RT, KX
        case 15, 18, 21, 36: return names(1, from: 2, in: rdata)
        // PX
        case 26: return names(2, from: 2, in: rdata)
        // SRV
        case 33: return names(1, from: 6, in: rdata)
        // SIG, RRSIG
        case 24, 46: return names(1, from: 18, in: rdata)
        // NAPTR: three strings before the name
        case 35:
            var start = 4
            for _ in 0..<3 {
                guard start < rdata.count else { return 0..<0 }
                start += 1 + Int(rdata[start])
            }
            return names(1, from: start, in: rdata)
        // A6: an address of as many octets as the prefix leaves
        case 38:
            guard let prefix = rdata.first, prefix > 0, prefix <= 128 else { return 0..<0 }
            return names(1, from: 1 + (128 - Int(prefix) + 7) / 8, in: rdata)
        default: return 0..<0
        }
    }

    /// Where `count` names that begin at `start` are; empty when the octets end before them.
    private static func names(_ count: Int, from start: Int, in rdata: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var end = start
        for _ in 0..<count {
            while true {
                guard end < rdata.count else { return 0..<0 }
                let length = Int(rdata[end])
                guard length <= 63 else { return 0..<0 }
                end += 1 + length
                if length == 0 { break }
            }
        }
        guard end <= rdata.count else { return 0..<0 }
        return start..<end
    }
}
