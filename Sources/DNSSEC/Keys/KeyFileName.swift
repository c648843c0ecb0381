public import DNSModel

/// The name of BIND's key files without its ending: `Kexample.com.+013+12345`.
public struct KeyFileName: Sendable, Hashable {
    /// The zone, in lower case.
    public let owner: DomainName
    /// The algorithm.
    public let algorithm: SecurityAlgorithm
    /// The key tag.
    public let keyTag: UInt16

    /// The endings of the files that belong to a key.
    public static let endings = [".key", ".private", ".state"]

    /// Joins the parts of a name.
    public init(owner: DomainName, algorithm: SecurityAlgorithm, keyTag: UInt16) {
        self.owner = owner.lowercased
        self.algorithm = algorithm
        self.keyTag = keyTag
    }

    /// The name of a key's files.
    public init(_ key: ZoneKey) {
        self.init(owner: key.owner, algorithm: key.algorithm, keyTag: key.keyTag)
    }

    /// Reads the name of a file, with or without folders and one of ``endings``; `nil` when it is no key file's.
    ///
    /// What BIND escapes as `%2F` is read, and what ldns leaves as `\.` too.
    public init?(fileName: some StringProtocol) {
        var name = Substring(fileName.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
        for ending in Self.endings where name.hasSuffix(ending) {
            name = name.dropLast(ending.count)
            break
        }
        let parts = name.split(separator: "+", omittingEmptySubsequences: false)
        guard name.first == "K", parts.count >= 3, let algorithm = Self.digits(parts[parts.count - 2], 3),
            let tag = Self.digits(parts[parts.count - 1], 5), let number = UInt8(exactly: algorithm),
            let keyTag = UInt16(exactly: tag)
        else { return nil }
        let ownerLength = name.utf8.count - 1 - 4 - 6
        let ownerText = Array(name.utf8.dropFirst().prefix(ownerLength))
        guard let owner = Self.owner(ownerText) else { return nil }
        self.init(owner: owner, algorithm: SecurityAlgorithm(rawValue: number), keyTag: keyTag)
    }

    private static func digits(_ text: Substring, _ count: Int) -> Int? {
        guard text.utf8.count == count, text.utf8.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        return Int(text)
    }

    private static func owner(_ text: [UInt8]) -> DomainName? {
        var escaped: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
                let value = Hex.decode(String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self))?.first
            {
                DomainName.appendEscaped(value, to: &escaped)
                index += 3
            } else {
                escaped.append(text[index])
                index += 1
            }
        }
        return try? DomainName(presentation: escaped[...])
    }
}

extension KeyFileName: CustomStringConvertible {
    /// The name as BIND writes it: letters in lower case, digits, `-` and `_` as they are, every other octet as `%2F`.
    public var description: String {
        var text = "K"
        for label in owner.labels {
            for octet in label {
                switch octet {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"):
                    text.unicodeScalars.append(Unicode.Scalar(octet))
                default:
                    text += "%" + Hex.encode([octet]).uppercased()
                }
            }
            text += "."
        }
        if owner.isRoot { text += "." }
        return text + "+" + Self.padded(Int(algorithm.rawValue), 3) + "+" + Self.padded(Int(keyTag), 5)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
