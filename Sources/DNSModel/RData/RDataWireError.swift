/// Why octets are not the RDATA of a type. Fields bear the names that the RFC gives them.
public enum RDataWireError: Error, Sendable, Hashable {
    /// The octets end before the field is complete.
    case truncated(field: String)
    /// Octets follow the last field.
    case trailingOctets(offset: Int)
    /// A name is malformed or compressed.
    case badName(field: String, DomainName.ParseError)
    /// A field has a value that its type does not allow; the text says what was found and expected.
    case malformed(field: String, String)
}

extension RDataWireError: CustomStringConvertible {
    /// What was found and expected, in lower case, without a final period.
    public var description: String {
        switch self {
        case .truncated(let field): "the data ends within \(field)"
        case .trailingOctets(let offset): "octets follow the last field, at octet \(offset)"
        case .badName(let field, let error): "\(field) is no domain name (\(error))"
        case .malformed(let field, let reason): "\(field): \(reason)"
        }
    }
}

/// Takes the fields of RDATA in wire format one after the other.
struct RDataReader {
    private let octets: [UInt8]
    private var index = 0

    init(_ octets: some Collection<UInt8>) { self.octets = Array(octets) }

    /// The number of octets not yet taken.
    var remaining: Int { octets.count - index }

    mutating func uint8(_ field: String) throws(RDataWireError) -> UInt8 {
        guard remaining >= 1 else { throw .truncated(field: field) }
        defer { index += 1 }
        return octets[index]
    }

    mutating func uint16(_ field: String) throws(RDataWireError) -> UInt16 {
        guard remaining >= 2 else { throw .truncated(field: field) }
        defer { index += 2 }
        return UInt16(octets[index]) << 8 | UInt16(octets[index + 1])
    }

    mutating func uint32(_ field: String) throws(RDataWireError) -> UInt32 {
        let high = try uint16(field)
        let low = try uint16(field)
        return UInt32(high) << 16 | UInt32(low)
    }

    mutating func take(_ count: Int, _ field: String) throws(RDataWireError) -> [UInt8] {
        guard remaining >= count else { throw .truncated(field: field) }
        defer { index += count }
        return Array(octets[index..<(index + count)])
    }

    /// Octets with their number before them, in one octet.
    mutating func counted(_ field: String) throws(RDataWireError) -> [UInt8] {
        let count = try uint8(field)
        return try take(Int(count), field)
    }

    /// An uncompressed name.
    mutating func name(_ field: String) throws(RDataWireError) -> DomainName {
        var end = index
        while true {
            guard end < octets.count else { throw .truncated(field: field) }
            let length = Int(octets[end])
            end += 1 + length
            if length == 0 { break }
            guard length <= 63 else {
                throw .badName(field: field, .labelTooLong(offset: end - 1 - length - index, length: length))
            }
        }
        guard end - index <= DomainName.maximumLength else {
            throw .badName(field: field, .nameTooLong(length: end - index))
        }
        defer { index = end }
        return DomainName(uncheckedWireFormat: Array(octets[index..<end]))
    }

    /// All that is left.
    mutating func rest() -> [UInt8] {
        defer { index = octets.count }
        return Array(octets[index...])
    }

    /// Makes sure that nothing is left.
    func finish() throws(RDataWireError) {
        guard index == octets.count else { throw .trailingOctets(offset: index) }
    }
}

/// Appends fields of RDATA in wire format.
struct RDataBuilder {
    var octets: [UInt8] = []

    mutating func append(_ value: UInt8) { octets.append(value) }

    mutating func append(_ value: UInt16) {
        octets.append(UInt8(truncatingIfNeeded: value >> 8))
        octets.append(UInt8(truncatingIfNeeded: value))
    }

    mutating func append(_ value: UInt32) {
        append(UInt16(truncatingIfNeeded: value >> 16))
        append(UInt16(truncatingIfNeeded: value))
    }

    mutating func append(_ name: DomainName) { octets += name.wireFormat }

    mutating func append(_ data: [UInt8]) { octets += data }

    /// Octets with their number before them, in one octet.
    ///
    /// - Precondition: there are at most 255 of them.
    mutating func appendCounted(_ data: [UInt8]) {
        precondition(data.count <= 255, "a counted field holds at most 255 octets")
        octets.append(UInt8(data.count))
        octets += data
    }
}
