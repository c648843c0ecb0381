/// Canonical order of the records of an RRset (RFC 4034 §6.3): RDATA in canonical form, as left-justified octets.
package enum CanonicalRDataOrder {
    /// Compares two records of one owner and type: negative when `left` sorts first, zero when they are equal.
    package static func compare(_ left: RecordEntry, _ right: RecordEntry, in store: WireStore) -> Int {
        compare(left, in: store, right, in: store)
    }

    /// Compares records of one owner and type whose RDATA is in different stores.
    package static func compare(
        _ left: RecordEntry, in leftStore: WireStore, _ right: RecordEntry, in rightStore: WireStore
    ) -> Int {
        let leftOctets = leftStore.octets(at: left.rdataOffset, count: left.rdataLength)
        let rightOctets = rightStore.octets(at: right.rdataOffset, count: right.rdataLength)
        let common = min(leftOctets.count, rightOctets.count)
        if left.lowercases || right.lowercases {
            let leftNames = CanonicalRData.nameRange(left.type, leftOctets)
            let rightNames = CanonicalRData.nameRange(right.type, rightOctets)
            for index in 0..<common where leftOctets[index] != rightOctets[index] {
                let leftOctet = leftNames.contains(index) ? asciiLowercased(leftOctets[index]) : leftOctets[index]
                let rightOctet = rightNames.contains(index) ? asciiLowercased(rightOctets[index]) : rightOctets[index]
                if leftOctet != rightOctet { return Int(leftOctet) - Int(rightOctet) }
            }
            return leftOctets.count - rightOctets.count
        }
        for index in 0..<common where leftOctets[index] != rightOctets[index] {
            return Int(leftOctets[index]) - Int(rightOctets[index])
        }
        return leftOctets.count - rightOctets.count
    }
}
