public import DNSModel

/// Certificate usage, selector and matching type of a TLSA record: what `tlsa: 3 1 1` in a manifest says.
public struct TLSAParameters: Sendable, Hashable {
    /// How the record constrains the certificate.
    public var usage: CertificateUsage
    /// Which part of the certificate is compared.
    public var selector: Selector
    /// How it is compared.
    public var matchingType: MatchingType

    /// Creates parameters.
    public init(usage: CertificateUsage, selector: Selector, matchingType: MatchingType) {
        self.usage = usage
        self.selector = selector
        self.matchingType = matchingType
    }

    /// The parameters of a record.
    public init(_ record: RData.TLSA) {
        self.init(usage: record.usage, selector: record.selector, matchingType: record.matchingType)
    }

    /// `3 1 1`: the digest of the server's key, which survives renewals that keep the key (RFC 7671 §5.1).
    public static let daneEESPKISHA256 = Self(usage: .daneEE, selector: .spki, matchingType: .sha2_256)

    /// Whether the usage looks at an authority's certificate, not at the server's own.
    public var namesAuthority: Bool { usage == .pkixTA || usage == .daneTA }

    /// Whether the usage needs PKIX validation as well (RFC 6698 §2.1.1).
    public var needsPKIX: Bool { usage == .pkixTA || usage == .pkixEE }
}

extension TLSAParameters {
    /// Why a text is not three TLSA parameters.
    public enum ParseError: Error, Sendable, Hashable {
        /// There are not three items.
        case itemCount(Int)
        /// An item is neither a known mnemonic nor a known number.
        case unknown(field: String, item: String, expected: String)
        /// A mnemonic and the number behind it disagree, as in `DANE-EE(2)`.
        case contradiction(field: String, item: String)
    }

    /// Reads numbers, mnemonics of RFC 7218 in any case, or both: `3 1 1`, `311`, `dane-ee spki sha2-256`,
    /// `DANE-EE(3) SPKI(1) SHA2-256(1)`.
    public init(parsing text: some StringProtocol) throws(ParseError) {
        var items = text.split { $0 == " " || $0 == "\t" || $0 == "," || $0 == "/" }.map { String($0) }
        if items.count == 1, let only = items.first, only.utf8.count == 3, only.utf8.allSatisfy({ 48...57 ~= $0 }) {
            items = only.map { String($0) }
        }
        guard items.count == 3 else { throw .itemCount(items.count) }
        usage = try Self.field(
            "certificate usage", items[0], CertificateUsage.init(mnemonic:), 3,
            "0 to 3, or PKIX-TA, PKIX-EE, DANE-TA, DANE-EE")
        selector = try Self.field("selector", items[1], Selector.init(mnemonic:), 1, "0 or 1, or Cert, SPKI")
        matchingType = try Self.field(
            "matching type", items[2], MatchingType.init(mnemonic:), 2, "0 to 2, or Full, SHA2-256, SHA2-512")
    }

    private static func field<Value: RawRepresentable & Equatable>(
        _ name: String, _ item: String, _ read: (String) -> Value?, _ maximum: UInt8, _ expected: String
    ) throws(ParseError) -> Value where Value.RawValue == UInt8 {
        var mnemonic = item
        var number: String?
        if let open = item.firstIndex(of: "("), item.last == ")" {
            mnemonic = String(item[..<open])
            number = String(item[item.index(after: open)...].dropLast())
        }
        guard let value = read(normalized(mnemonic)), value.rawValue <= maximum else {
            throw .unknown(field: name, item: item, expected: expected)
        }
        if let number, UInt8(number) != value.rawValue { throw .contradiction(field: name, item: item) }
        return value
    }

    /// The spellings that people use for the digests, as RFC 7218 writes them.
    private static func normalized(_ mnemonic: String) -> String {
        switch mnemonic.lowercased() {
        case "sha256", "sha-256": "SHA2-256"
        case "sha512", "sha-512": "SHA2-512"
        default: mnemonic
        }
    }
}

extension TLSAParameters.ParseError: CustomStringConvertible {
    /// What was found and expected.
    public var description: String {
        switch self {
        case .itemCount(let count):
            "found \(count) items, expected three: certificate usage, selector, matching type, as '3 1 1'"
        case .unknown(let field, let item, let expected): "\(field) is '\(item)', expected \(expected)"
        case .contradiction(let field, let item): "\(field) '\(item)' has a mnemonic and a number that disagree"
        }
    }
}

extension TLSAParameters: Comparable, CustomStringConvertible {
    /// `3 1 1`.
    public var description: String { "\(usage.rawValue) \(selector.rawValue) \(matchingType.rawValue)" }

    /// `3 1 1 (DANE-EE SPKI SHA2-256)`.
    public var fullDescription: String { "\(description) (\(usage) \(selector) \(matchingType))" }

    /// By usage, selector, matching type.
    public static func < (left: Self, right: Self) -> Bool {
        (left.usage, left.selector, left.matchingType) < (right.usage, right.selector, right.matchingType)
    }
}
