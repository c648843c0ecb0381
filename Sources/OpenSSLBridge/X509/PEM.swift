/// PEM blocks (RFC 7468, and RFC 1421's older headers): text around them is ignored.
public struct PEMBlock: Sendable, Hashable {
    /// What stands after `BEGIN`, as `CERTIFICATE`.
    public let label: String
    /// Whether RFC 1421 headers say that the contents are encrypted.
    public let hasEncryptionHeader: Bool
    /// The octets inside.
    public let octets: [UInt8]
    /// The lines as they stood, for readers that know what the headers mean.
    let text: [UInt8]

    /// All blocks of a text, in order.
    ///
    /// - Throws: ``X509Error/malformed(what:reason:)`` for a block without end, or with something that is not Base64.
    public static func blocks(in text: [UInt8]) throws(X509Error) -> [PEMBlock] {
        var result: [PEMBlock] = []
        var open: (label: String, start: Int)?
        var headers = false
        var encrypted = false
        var body: [UInt8] = []
        var lineStart = 0
        while lineStart < text.count {
            let lineEnd = text[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            let line = trimmed(text[lineStart..<lineEnd])
            if let label = label(of: line, "-----BEGIN ") {
                if let open { throw .malformed(what: "the PEM block \(open.label)", reason: "it has no end") }
                open = (label, lineStart)
                (headers, encrypted, body) = (false, false, [])
            } else if let current = open {
                if let label = label(of: line, "-----END ") {
                    guard label == current.label else {
                        throw .malformed(what: "the PEM block \(current.label)", reason: "it ends as \(label)")
                    }
                    guard let octets = base64(body) else {
                        throw .malformed(what: "the PEM block \(label)", reason: "its body is not Base64")
                    }
                    result.append(
                        PEMBlock(
                            label: label, hasEncryptionHeader: encrypted, octets: octets,
                            text: Array(text[current.start..<lineEnd]) + [UInt8(ascii: "\n")]))
                    open = nil
                } else if line.contains(UInt8(ascii: ":")) || (headers && !line.isEmpty) {
                    headers = line.contains(UInt8(ascii: ":"))
                    if line.starts(with: "Proc-Type:".utf8), line.reversed().starts(with: "ENCRYPTED".utf8.reversed()) {
                        encrypted = true
                    }
                    if !headers { body += line }
                } else {
                    headers = false
                    body += line
                }
            }
            lineStart = lineEnd + 1
        }
        if let open { throw .malformed(what: "the PEM block \(open.label)", reason: "it has no end") }
        return result
    }

    /// A block of text with lines of 64 characters.
    public static func encode(label: String, _ octets: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var characters: [UInt8] = []
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 {
                characters.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
            if characters.count % 65 == 64 { characters.append(UInt8(ascii: "\n")) }
        }
        if characters.last != UInt8(ascii: "\n") { characters.append(UInt8(ascii: "\n")) }
        return "-----BEGIN \(label)-----\n" + String(decoding: characters, as: UTF8.self) + "-----END \(label)-----\n"
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, last == 0x0D || last == 0x20 || last == 0x09 { line.removeLast() }
        while let first = line.first, first == 0x20 || first == 0x09 { line.removeFirst() }
        return line
    }

    private static func label(of line: ArraySlice<UInt8>, _ opening: String) -> String? {
        guard line.starts(with: opening.utf8), line.count >= opening.utf8.count + 5,
            line.suffix(5).allSatisfy({ $0 == UInt8(ascii: "-") })
        else { return nil }
        return String(decoding: line.dropFirst(opening.utf8.count).dropLast(5), as: UTF8.self)
    }

    /// Base64 (RFC 4648 §4), padded, without anything else in it.
    private static func base64(_ text: [UInt8]) -> [UInt8]? {
        guard !text.isEmpty, text.count % 4 == 0 else { return nil }
        var result: [UInt8] = []
        var bits = 0
        var count = 0
        var padding = 0
        for character in text {
            let value: Int
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = Int(character) - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = Int(character) - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(character) + 4
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="):
                padding += 1
                value = 0
            default: return nil
            }
            if padding > 0, character != UInt8(ascii: "=") { return nil }
            bits = bits << 6 | value
            count += 1
            if count == 4 {
                result += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
                bits = 0
                count = 0
            }
        }
        guard padding <= 2 else { return nil }
        result.removeLast(padding)
        return result
    }
}
