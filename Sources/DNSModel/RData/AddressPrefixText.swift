/// Items of APL records, such as `!1:192.0.2.0/24` (RFC 3123 §4, §5).
enum AddressPrefixText {
    /// Appends the items up to the end; `false` when there is none, or one that text cannot say.
    static func append(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        repeat {
            guard let family = cursor.uint16(), let prefix = cursor.uint8(), let flags = cursor.uint8() else {
                return false
            }
            let isNegated = flags & 0x80 != 0
            let length = Int(flags & 0x7F)
            guard family == 1 || family == 2 else { return false }
            let size = family == 1 ? 4 : 16
            // "an AFDPART MUST NOT be ... with trailing zero octets" (§4).
            guard length <= size, Int(prefix) <= size * 8, let part = cursor.take(length), part.last != 0 else {
                return false
            }
            if isNegated { text.append(UInt8(ascii: "!")) }
            text.appendDecimal(UInt32(family))
            text.append(UInt8(ascii: ":"))
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { address in
                address.initialize(repeating: 0)
                for (index, octet) in part.enumerated() { address[index] = octet }
                if family == 1 {
                    AddressText.appendIPv4(UnsafeBufferPointer(rebasing: address[..<4]), to: &text)
                } else {
                    AddressText.appendIPv6(UnsafeBufferPointer(address), to: &text)
                }
            }
            text.append(UInt8(ascii: "/"))
            text.appendDecimal(UInt32(prefix))
            if !cursor.isAtEnd { text.append(UInt8(ascii: " ")) }
        } while !cursor.isAtEnd
        return true
    }

    /// Reads one item and appends it to the wire; returns what is wrong with it.
    static func parse(_ item: UnsafeBufferPointer<UInt8>, into wire: inout [UInt8]) -> String? {
        var rest = item[...]
        let isNegated = rest.first == UInt8(ascii: "!")
        if isNegated { rest = rest.dropFirst() }
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")),
            let slash = rest.lastIndex(of: UInt8(ascii: "/")), colon < slash
        else { return "expected family:address/prefix, such as 1:192.0.2.0/24" }
        guard let family = UInt16(decimalOctets: rest[..<colon]), family == 1 || family == 2 else {
            return "the family must be 1 (IPv4) or 2 (IPv6)"
        }
        let size = family == 1 ? 4 : 16
        guard let prefix = UInt8(decimalOctets: rest[(slash + 1)...]), Int(prefix) <= size * 8 else {
            return "the prefix must be a number from 0 to \(size * 8)"
        }
        var address: [UInt8] = []
        let addressText = UnsafeBufferPointer(rebasing: rest[(colon + 1)..<slash])
        if family == 1 {
            guard let quad = AddressText.ipv4(addressText) else { return "the address is no IPv4 address" }
            address = [quad.0, quad.1, quad.2, quad.3]
        } else {
            guard AddressText.appendIPv6(addressText, to: &address) else { return "the address is no IPv6 address" }
        }
        while address.last == 0 { address.removeLast() }
        wire += [0, UInt8(family), prefix, UInt8(address.count) | (isNegated ? 0x80 : 0)]
        wire += address
        return nil
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// Reads decimal digits and nothing else; `nil` when there is none or the number is too large.
    init?(decimalOctets octets: some Collection<UInt8>) {
        guard !octets.isEmpty else { return nil }
        var value: Self = 0
        for octet in octets {
            let digit = octet &- 48
            guard digit <= 9 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Self(digit))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        self = value
    }
}
