/// A fully qualified domain name (RFC 1034 §3.1): up to 127 labels and the root, at most 255 octets in wire format.
///
/// The case in which it was written is kept; equality, hashing and order ignore it (RFC 4343). The order is the
/// canonical order of DNSSEC (RFC 4034 §6.1): label by label from the root, each compared as lower-case octets.
@frozen
public struct DomainName: Sendable {
    /// The name in wire format, uncompressed: length-prefixed labels and the root's zero octet.
    public let wireFormat: [UInt8]

    /// Wraps octets that are known to be a well-formed name.
    ///
    /// - Precondition: `wireFormat` is a complete, uncompressed name of at most 255 octets.
    @inlinable
    package init(uncheckedWireFormat wireFormat: [UInt8]) {
        self.wireFormat = wireFormat
    }

    /// The name of the root zone.
    public static let root = DomainName(uncheckedWireFormat: [0])

    /// Reads a name in uncompressed wire format that fills `wireFormat` exactly.
    ///
    /// - Throws: ``ParseError`` when labels overrun, exceed 63 octets, or the name is longer than 255 octets.
    public init(wireFormat: some Sequence<UInt8>) throws(ParseError) {
        let octets = Array(wireFormat)
        guard octets.count <= Self.maximumLength else { throw .nameTooLong(length: octets.count) }
        var index = 0
        while true {
            guard index < octets.count else { throw .truncated }
            let length = Int(octets[index])
            guard length <= 63 else { throw .labelTooLong(offset: index, length: length) }
            index += 1 + length
            if length == 0 { break }
        }
        guard index == octets.count else { throw .trailingOctets(offset: index) }
        self.wireFormat = octets
    }

    /// The longest name in wire format, in octets (RFC 1035 §2.3.4).
    public static let maximumLength = 255
}

// MARK: - Presentation format

extension DomainName {
    /// Why a text or octets are not a domain name.
    public enum ParseError: Error, Sendable, Hashable {
        /// There is no text at all.
        case empty
        /// A label is longer than 63 octets; `offset` counts octets from the start.
        case labelTooLong(offset: Int, length: Int)
        /// Two dots stand together, or the name begins with one.
        case emptyLabel(offset: Int)
        /// The name is longer than 255 octets in wire format.
        case nameTooLong(length: Int)
        /// A backslash is not followed by a character or by three digits of at most 255.
        case badEscape(offset: Int)
        /// The octets end before the root label.
        case truncated
        /// Octets follow the root label.
        case trailingOctets(offset: Int)
    }

    /// Reads a name in presentation format (RFC 1035 §5.1), with `\DDD` and `\X` escapes.
    ///
    /// A name without a final dot is taken as relative to `origin`; `@` is `origin` itself.
    ///
    /// - Parameters:
    ///   - text: The name as zone files and people write it.
    ///   - origin: What relative names are relative to; the root by default.
    /// - Throws: ``ParseError`` with the offset of the fault in octets.
    public init(_ text: some StringProtocol, origin: DomainName = .root) throws(ParseError) {
        try self.init(presentation: Array(text.utf8)[...], origin: origin)
    }

    /// Reads a name from the octets of its presentation format. See ``init(_:origin:)``.
    public init(presentation octets: ArraySlice<UInt8>, origin: DomainName = .root) throws(ParseError) {
        guard let first = octets.first else { throw .empty }
        if octets.count == 1, first == UInt8(ascii: "@") {
            self = origin
            return
        }
        if octets.count == 1, first == UInt8(ascii: ".") {
            self = .root
            return
        }
        var wire: [UInt8] = [0]
        wire.reserveCapacity(octets.count + 2)
        var lengthIndex = 0
        var index = octets.startIndex
        var isAbsolute = false
        while index < octets.endIndex {
            var octet = octets[index]
            let offset = index - octets.startIndex
            index += 1
            if octet == UInt8(ascii: ".") {
                let length = wire.count - lengthIndex - 1
                guard length > 0 else { throw .emptyLabel(offset: offset) }
                guard length <= 63 else { throw .labelTooLong(offset: offset - length, length: length) }
                wire[lengthIndex] = UInt8(length)
                lengthIndex = wire.count
                wire.append(0)
                if index == octets.endIndex { isAbsolute = true }
                continue
            }
            if octet == UInt8(ascii: "\\") {
                guard index < octets.endIndex else { throw .badEscape(offset: offset) }
                octet = octets[index]
                index += 1
                if Self.isDigit(octet) {
                    guard index + 1 < octets.endIndex, Self.isDigit(octets[index]), Self.isDigit(octets[index + 1])
                    else { throw .badEscape(offset: offset) }
                    let value =
                        Int(octet - 48) * 100 + Int(octets[index] - 48) * 10 + Int(octets[index + 1] - 48)
                    guard value <= 255 else { throw .badEscape(offset: offset) }
                    octet = UInt8(value)
                    index += 2
                }
            }
            wire.append(octet)
        }
        if !isAbsolute {
            let length = wire.count - lengthIndex - 1
            guard length <= 63 else { throw .labelTooLong(offset: octets.count - length, length: length) }
            wire[lengthIndex] = UInt8(length)
            wire.append(contentsOf: origin.wireFormat)
        }
        guard wire.count <= Self.maximumLength else { throw .nameTooLong(length: wire.count) }
        self.wireFormat = wire
    }

    private static func isDigit(_ octet: UInt8) -> Bool { octet >= 48 && octet <= 57 }

    /// The name in presentation format, ending in a dot, with whatever is not a plain character escaped.
    public var presentationFormat: String {
        String(decoding: presentationOctets, as: UTF8.self)
    }

    /// The octets of ``presentationFormat``: ASCII only.
    public var presentationOctets: [UInt8] {
        if wireFormat.count == 1 { return [UInt8(ascii: ".")] }
        var text: [UInt8] = []
        text.reserveCapacity(wireFormat.count + 4)
        var index = 0
        while wireFormat[index] != 0 {
            let end = index + 1 + Int(wireFormat[index])
            for octet in wireFormat[(index + 1)..<end] { Self.appendEscaped(octet, to: &text) }
            text.append(UInt8(ascii: "."))
            index = end
        }
        return text
    }

    /// Appends one octet of a label as zone files write it (RFC 1035 §5.1).
    package static func appendEscaped(_ octet: UInt8, to text: inout [UInt8]) {
        switch octet {
        case UInt8(ascii: "."), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "$"):
            text.append(UInt8(ascii: "\\"))
            text.append(octet)
        case 0x21...0x7E:
            text.append(octet)
        default:
            text.append(UInt8(ascii: "\\"))
            text.append(48 + octet / 100)
            text.append(48 + octet / 10 % 10)
            text.append(48 + octet % 10)
        }
    }
}

extension DomainName: CustomStringConvertible {
    /// The presentation format.
    public var description: String { presentationFormat }
}

// MARK: - Labels

extension DomainName {
    /// The number of labels, not counting the root.
    public var labelCount: Int {
        var count = 0
        var index = 0
        while wireFormat[index] != 0 {
            count += 1
            index += 1 + Int(wireFormat[index])
        }
        return count
    }

    /// Whether this is the root.
    public var isRoot: Bool { wireFormat.count == 1 }

    /// Whether the leftmost label is `*` (RFC 4592).
    public var isWildcard: Bool {
        wireFormat.count > 2 && wireFormat[0] == 1 && wireFormat[1] == UInt8(ascii: "*")
    }

    /// The labels, leftmost first, as raw octets; the root is not among them.
    public var labels: [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var index = 0
        while wireFormat[index] != 0 {
            let end = index + 1 + Int(wireFormat[index])
            result.append(wireFormat[(index + 1)..<end])
            index = end
        }
        return result
    }

    /// The name without its leftmost label, or `nil` for the root.
    public var parent: DomainName? {
        isRoot ? nil : DomainName(uncheckedWireFormat: Array(wireFormat[(1 + Int(wireFormat[0]))...]))
    }

    /// The name with ASCII letters in lower case (RFC 4034 §6.2).
    public var lowercased: DomainName {
        DomainName(uncheckedWireFormat: wireFormat.map(asciiLowercased))
    }

    /// This name below a further label, or `nil` when that would be longer than a name may be.
    ///
    /// - Parameter label: The octets of one label, 1 to 63 of them.
    public func prepending(label: some Collection<UInt8>) -> DomainName? {
        guard (1...63).contains(label.count), label.count + 1 + wireFormat.count <= Self.maximumLength else {
            return nil
        }
        return DomainName(uncheckedWireFormat: [UInt8(label.count)] + label + wireFormat)
    }

    /// This name below a further label written as plain text, or `nil` when it does not fit.
    public func prepending(_ label: String) -> DomainName? { prepending(label: label.utf8) }

    /// Whether this name is `ancestor` or below it.
    public func isSubdomain(of ancestor: DomainName) -> Bool {
        let surplus = wireFormat.count - ancestor.wireFormat.count
        guard surplus >= 0 else { return false }
        var index = 0
        while index < surplus { index += 1 + Int(wireFormat[index]) }
        guard index == surplus else { return false }
        for offset in 0..<ancestor.wireFormat.count
        where asciiLowercased(wireFormat[surplus + offset]) != asciiLowercased(ancestor.wireFormat[offset]) {
            return false
        }
        return true
    }
}

/// An ASCII letter in lower case; every other octet as it is.
///
/// It may be applied to whole wire-format names: a label's length is at most 63, which is no letter.
@inlinable
package func asciiLowercased(_ octet: UInt8) -> UInt8 {
    octet &- 0x41 < 26 ? octet | 0x20 : octet
}

/// Eight octets with ASCII letters in lower case.
@inlinable
package func asciiLowercased(eight word: UInt64) -> UInt64 {
    let low7 = word & 0x7F7F_7F7F_7F7F_7F7F
    let aboveZ = low7 &+ 0x2525_2525_2525_2525
    let fromA = low7 &+ 0x3F3F_3F3F_3F3F_3F3F
    let isUpper = ~word & (aboveZ ^ fromA) & 0x8080_8080_8080_8080
    return word | isUpper &>> 2
}

// MARK: - Equality and canonical order

extension DomainName: Hashable, Comparable {
    /// Whether two names are the same, ignoring case.
    public static func == (left: Self, right: Self) -> Bool {
        left.wireFormat.withUnsafeBufferPointer { left in
            right.wireFormat.withUnsafeBufferPointer { right in OctetEquality.areSameIgnoringCase(left, right) }
        }
    }

    /// Hashes the lower-case form.
    public func hash(into hasher: inout Hasher) {
        // Eight octets at a time; names end in a zero octet, so that none is the beginning of another.
        wireFormat.withUnsafeBytes { octets in
            var index = 0
            while index &+ 8 <= octets.count {
                hasher.combine(asciiLowercased(eight: octets.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
                index &+= 8
            }
            var rest: UInt64 = 0
            while index < octets.count {
                rest = rest << 8 | UInt64(asciiLowercased(octets[index]))
                index &+= 1
            }
            hasher.combine(rest)
        }
    }

    /// Canonical DNS name order (RFC 4034 §6.1).
    public static func < (left: Self, right: Self) -> Bool {
        left.wireFormat.withUnsafeBufferPointer { left in
            right.wireFormat.withUnsafeBufferPointer { right in
                CanonicalNameOrder.compare(left, right) < 0
            }
        }
    }
}
