/// Canonical DNS name order (RFC 4034 §6.1) over names in wire format.
///
/// A hot file: it reads through unchecked pointers, which its callers have checked to hold well-formed names.
package enum CanonicalNameOrder {
    /// Compares two uncompressed wire-format names: negative when `left` sorts first, zero when they are equal.
    ///
    /// - Complexity: O(length of the shorter name), without allocation.
    package static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        // Where each label begins; 127 labels at the most (RFC 1035 §2.3.4), the root not counted.
        var leftLabels = InlineArray<128, UInt8>(repeating: 0)
        var rightLabels = InlineArray<128, UInt8>(repeating: 0)
        var leftCount = labelOffsets(left, into: &leftLabels)
        var rightCount = labelOffsets(right, into: &rightLabels)
        while leftCount > 0, rightCount > 0 {
            leftCount &-= 1
            rightCount &-= 1
            let order = compareLabels(left, Int(leftLabels[leftCount]), right, Int(rightLabels[rightCount]))
            if order != 0 { return order }
        }
        return leftCount &- rightCount
    }

    private static func labelOffsets(
        _ name: UnsafeBufferPointer<UInt8>, into offsets: inout InlineArray<128, UInt8>
    ) -> Int {
        var count = 0
        var index = 0
        while name[index] != 0 {
            offsets[count] = UInt8(truncatingIfNeeded: index)
            count &+= 1
            index &+= 1 &+ Int(name[index])
        }
        return count
    }

    /// "the absence of a octet sorts before a zero value octet" (RFC 4034 §6.1).
    private static func compareLabels(
        _ left: UnsafeBufferPointer<UInt8>, _ leftStart: Int, _ right: UnsafeBufferPointer<UInt8>, _ rightStart: Int
    ) -> Int {
        let leftLength = Int(left[leftStart])
        let rightLength = Int(right[rightStart])
        var index = 1
        let common = min(leftLength, rightLength)
        while index <= common {
            let leftOctet = asciiLowercased(left[leftStart &+ index])
            let rightOctet = asciiLowercased(right[rightStart &+ index])
            if leftOctet != rightOctet { return Int(leftOctet) &- Int(rightOctet) }
            index &+= 1
        }
        return leftLength &- rightLength
    }
}
