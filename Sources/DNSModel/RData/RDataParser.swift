/// Reads RDATA from its tokens in a zone file: presentation format by the type's layout, or RFC 3597's `\#`.
///
/// This is the way for every type and every escape; the zone file reader has a faster one for the commonest types. It
/// reads the text through an unchecked pointer, always within the ranges of tokens, which its caller vouches for.
package enum RDataParser {
    /// Appends the wire format of RDATA.
    ///
    /// - Parameters:
    ///   - type: The type of the record.
    ///   - tokens: The items that follow the type, in order.
    ///   - text: The text that the tokens point into.
    ///   - origin: What relative names are relative to.
    ///   - wire: Gets the RDATA; when an error is thrown it is as it was.
    package static func parse(
        _ type: RRType, tokens: [RDataToken], text: Span<UInt8>, origin: DomainName, into wire: inout [UInt8]
    ) throws(RDataError) {
        // A closure cannot take the caller's array as it is without the borrow checker's consent.
        var appended: [UInt8] = []
        try text.withUnsafeBufferPointer { (octets) throws(RDataError) in
            try parse(type, tokens: tokens, text: octets, origin: origin, into: &appended)
        }
        wire += appended
    }

    /// Appends the wire format of RDATA. See ``parse(_:tokens:text:origin:into:)``.
    package static func parse(
        _ type: RRType, tokens: [RDataToken], text: UnsafeBufferPointer<UInt8>, origin: DomainName,
        into wire: inout [UInt8]
    ) throws(RDataError) {
        let start = wire.count
        do throws(RDataError) {
            var fields = RDataFieldParser(tokens: tokens, text: text, origin: origin, start: start)
            try fields.parse(type, into: &wire)
        } catch {
            wire.removeSubrange(start...)
            throw error
        }
    }

    /// Reads RDATA from a line of text, such as `3 1 1 abcd…` of TLSA.
    ///
    /// Quotes and escapes are those of zone files; parentheses and comments have no place here.
    package static func rdata(
        _ type: RRType, from text: some StringProtocol, origin: DomainName = .root
    ) throws(RDataError) -> [UInt8] {
        let octets = Array(text.utf8)
        var wire: [UInt8] = []
        let tokens = RDataToken.tokens(of: octets)
        if let last = tokens.last, last.isQuoted, last.range.upperBound == octets.count {
            throw RDataError(at: last.range.lowerBound - 1, "rdata/malformed", "the quoted string has no end")
        }
        try parse(type, tokens: tokens, text: octets.span, origin: origin, into: &wire)
        return wire
    }
}

extension RDataToken {
    /// The items of one line: runs without blanks, and quoted strings. A quote within a run belongs to it.
    static func tokens(of text: [UInt8]) -> [RDataToken] {
        var tokens: [RDataToken] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "\t") {
                index += 1
                continue
            }
            let isQuoted = text[index] == UInt8(ascii: "\"")
            if isQuoted { index += 1 }
            let start = index
            var inQuotes = isQuoted
            scan: while index < text.count {
                switch text[index] {
                case UInt8(ascii: "\\"): index += 1
                case UInt8(ascii: "\""):
                    inQuotes.toggle()
                    if isQuoted { break scan }
                case UInt8(ascii: " "), UInt8(ascii: "\t"):
                    if !inQuotes { break scan }
                default: break
                }
                index += 1
            }
            index = min(index, text.count)
            tokens.append(RDataToken(range: start..<index, isQuoted: isQuoted))
            if isQuoted { index += 1 }
        }
        return tokens
    }
}

/// Takes tokens one after the other and appends what they mean.
struct RDataFieldParser {
    let tokens: [RDataToken]
    let text: UnsafeBufferPointer<UInt8>
    let origin: DomainName
    /// Where the RDATA begins in the wire.
    let start: Int
    /// The next token.
    var index = 0
    /// The field that is being read.
    var field = RDataField("RDATA", .text)
    /// Where each service parameter stands.
    var parameterOffsets: [ServiceParameterKey: Int] = [:]

    init(tokens: [RDataToken], text: UnsafeBufferPointer<UInt8>, origin: DomainName, start: Int) {
        self.tokens = tokens
        self.text = text
        self.origin = origin
        self.start = start
    }

    /// Reads all tokens as RDATA of a type.
    mutating func parse(_ type: RRType, into wire: inout [UInt8]) throws(RDataError) {
        guard !type.isMetaType else {
            throw RDataError(
                at: tokens.first?.range.lowerBound ?? 0, "rdata/meta-type",
                "\(type) belongs to queries and messages; no zone may hold it")
        }
        if let first = tokens.first, !first.isQuoted, octets(first).elementsEqual("\\#".utf8) {
            try parseGeneric(type, into: &wire)
            return
        }
        guard let layout = RDataLayout.of(type) else {
            throw RDataError(
                at: tokens.first?.range.lowerBound ?? 0, "rdata/no-presentation-format",
                "the data of \(type) can be written only as \\#, its length in octets, and hexadecimal digits")
        }
        var offsets: [Int] = []
        for field in layout.fields {
            self.field = field
            offsets.append(index < tokens.count ? tokens[index].range.lowerBound : end)
            try parse(field.kind, into: &wire)
        }
        if index < tokens.count {
            throw error("rdata/trailing-data", "nothing may follow \(field.name); found \(quoted(tokens[index]))")
        }
        guard wire.count - start <= 65_535 else {
            throw RDataError(
                at: offsets.last ?? end, "rdata/too-long",
                "the data has \(wire.count - start) octets; a record holds at most 65535")
        }
        let fault = wire.withUnsafeBufferPointer {
            RDataCheck.constraintFault(type, UnsafeBufferPointer(rebasing: $0[start...]))
        }
        if let fault {
            let offset = fault.key.flatMap { parameterOffsets[$0] } ?? offsets[fault.field]
            throw RDataError(at: offset, fault.rule, fault.message)
        }
    }

    /// Reads `\#`, a length, and digits (RFC 3597 §5).
    private mutating func parseGeneric(_ type: RRType, into wire: inout [UInt8]) throws(RDataError) {
        index = 1
        field = RDataField("RDATA length", .uint16)
        let lengthOffset = index < tokens.count ? tokens[index].range.lowerBound : end
        let length = try number(UInt16.self)
        field = RDataField("RDATA", .hex)
        let dataOffset = index < tokens.count ? tokens[index].range.lowerBound : lengthOffset
        var decoder = HexDecoder()
        try appendDigits(into: &wire) { decoder.append($0, to: &$1) }
        guard decoder.isComplete else {
            throw RDataError(at: dataOffset, "rdata/generic", "RDATA: the number of hexadecimal digits is odd")
        }
        guard wire.count - start == Int(length) else {
            throw RDataError(
                at: lengthOffset, "rdata/generic",
                "RDATA length: found \(length), but \(wire.count - start) octets follow")
        }
        let fault = wire.withUnsafeBufferPointer {
            RDataCheck.fault(type, UnsafeBufferPointer(rebasing: $0[start...]))
        }
        if let fault { throw RDataError(at: dataOffset, fault.rule, "\(type) \(fault.message)") }
    }
}

// MARK: - Tokens and errors

extension RDataFieldParser {
    /// Where the tokens end.
    var end: Int { tokens.last?.range.upperBound ?? 0 }

    /// The octets of a token, with escapes as written.
    func octets(_ token: RDataToken) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text[token.range])
    }

    /// Takes the next token; an error when there is none.
    mutating func next(_ expected: @autoclosure () -> String) throws(RDataError) -> RDataToken {
        guard index < tokens.count else {
            throw RDataError(at: end, "rdata/missing-field", "\(field.name) is missing; expected \(expected())")
        }
        defer { index += 1 }
        return tokens[index]
    }

    /// Takes the next token, which must not be quoted.
    mutating func nextWord(_ expected: @autoclosure () -> String) throws(RDataError) -> RDataToken {
        let token = try next(expected())
        if token.isQuoted { throw mismatch(token, expected(), isQuoted: true) }
        return token
    }

    /// An error at the token that comes next.
    func error(_ rule: String, _ message: String) -> RDataError {
        RDataError(at: index < tokens.count ? tokens[index].range.lowerBound : end, rule, message)
    }

    /// An error about what a token says.
    func mismatch(_ token: RDataToken, _ expected: String, isQuoted: Bool = false) -> RDataError {
        RDataError(
            at: token.range.lowerBound, "rdata/malformed",
            "\(field.name): found \(isQuoted ? "the quoted string " : "")\(quoted(token)), expected \(expected)")
    }

    /// A token as messages show it.
    func quoted(_ token: RDataToken) -> String {
        var shown = "\""
        for (count, octet) in octets(token).enumerated() {
            if count == 40 {
                shown += "…"
                break
            }
            shown += octet &- 0x20 < 0x5F ? String(UnicodeScalar(octet)) : "?"
        }
        return shown + "\""
    }

    /// A token as text.
    func string(_ token: RDataToken) -> String { String(decoding: octets(token), as: UTF8.self) }
}
