/// Why octets are not DER (X.690); an offset is not kept, because people don't edit DER.
struct DERFault: Error, Hashable {
    /// What is wrong, as `a length overruns its container`.
    let reason: String
}

/// One tag, length and value of DER.
struct DERValue {
    /// The identifier octet; tags above 30 don't occur in what is read here.
    let tag: UInt8
    /// The contents octets.
    let content: ArraySlice<UInt8>
    /// Identifier, length and contents.
    let encoded: ArraySlice<UInt8>

    /// A reader of the values inside.
    var reader: DERReader { DERReader(content) }

    /// The contents as an integer that fits, or `nil`.
    var smallInteger: Int? {
        guard !content.isEmpty, content.count <= 8, let first = content.first, first < 0x80 else { return nil }
        return content.reduce(0) { $0 << 8 | Int($1) }
    }
}

/// Reads DER values one after another; lengths are checked against what is there.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    /// Universal and context tags that X.509 uses.
    enum Tag {
        static let boolean: UInt8 = 0x01
        static let integer: UInt8 = 0x02
        static let bitString: UInt8 = 0x03
        static let octetString: UInt8 = 0x04
        static let null: UInt8 = 0x05
        static let objectIdentifier: UInt8 = 0x06
        static let utf8String: UInt8 = 0x0C
        static let printableString: UInt8 = 0x13
        static let ia5String: UInt8 = 0x16
        static let utcTime: UInt8 = 0x17
        static let generalizedTime: UInt8 = 0x18
        static let bmpString: UInt8 = 0x1E
        static let sequence: UInt8 = 0x30
        static let set: UInt8 = 0x31
        /// A constructed context tag.
        static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
        /// A primitive context tag.
        static func implicit(_ number: UInt8) -> UInt8 { 0x80 | number }
    }

    init(_ octets: ArraySlice<UInt8>) { rest = octets }
    init(_ octets: [UInt8]) { rest = octets[...] }

    /// Whether everything was read.
    var isAtEnd: Bool { rest.isEmpty }

    /// The identifier octet that comes next, or `nil` at the end.
    var nextTag: UInt8? { rest.first }

    /// Reads the next value, whatever it is.
    mutating func read() throws(DERFault) -> DERValue {
        let start = rest.startIndex
        guard let tag = rest.first else { throw DERFault(reason: "it ends too early") }
        guard tag & 0x1F != 0x1F else { throw DERFault(reason: "it has a tag above 30") }
        guard rest.count >= 2 else { throw DERFault(reason: "it ends within a length") }
        var index = start + 1
        var length = Int(rest[index])
        index += 1
        if length >= 0x80 {
            let octets = length & 0x7F
            guard octets > 0 else { throw DERFault(reason: "it has an indefinite length, which DER forbids") }
            guard octets <= 4, rest.endIndex - index >= octets else {
                throw DERFault(reason: "a length overruns its container")
            }
            length = rest[index..<(index + octets)].reduce(0) { $0 << 8 | Int($1) }
            index += octets
        }
        guard rest.endIndex - index >= length else { throw DERFault(reason: "a length overruns its container") }
        let end = index + length
        let value = DERValue(tag: tag, content: rest[index..<end], encoded: rest[start..<end])
        rest = rest[end...]
        return value
    }

    /// Reads the next value, which must have `tag`.
    mutating func read(_ tag: UInt8, _ what: String) throws(DERFault) -> DERValue {
        guard nextTag == tag else { throw DERFault(reason: "\(what) is not where it should be") }
        return try read()
    }

    /// Reads the next value if it has `tag`.
    mutating func readIfPresent(_ tag: UInt8) throws(DERFault) -> DERValue? {
        nextTag == tag ? try read() : nil
    }
}
