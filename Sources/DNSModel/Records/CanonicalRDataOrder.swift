/// Canonical order of the records of an RRset (RFC 4034 §6.3): RDATA in canonical form, as left-justified octets.
package enum CanonicalRDataOrder {
    /// Compares two records of one owner and type: negative when `left` sorts first, zero when they are equal.
    package static func compare(_ left: RecordEntry, _ right: RecordEntry, in store: WireStore) -> Int {
        let leftOctets = store.octets(at: left.rdataOffset, count: left.rdataLength)
        let rightOctets = store.octets(at: right.rdataOffset, count: right.rdataLength)
        if left.lowercases || right.lowercases {
            return compare(
                CanonicalRData.lowercasingNames(Array(leftOctets), type: left.type),
                CanonicalRData.lowercasingNames(Array(rightOctets), type: right.type))
        }
        let common = min(leftOctets.count, rightOctets.count)
        for index in 0..<common where leftOctets[index] != rightOctets[index] {
            return Int(leftOctets[index]) - Int(rightOctets[index])
        }
        return leftOctets.count - rightOctets.count
    }

    private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            return Int(left[index]) - Int(right[index])
        }
        return left.count - right.count
    }
}
