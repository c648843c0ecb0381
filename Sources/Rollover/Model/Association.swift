/// The usage, selector and matching type of a TLSA record (RFC 6698 §2.1).
public struct AssociationParameters: Sendable, Hashable, Comparable {
    /// Certificate usage: 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE.
    public let usage: UInt8
    /// Selector: 0 the whole certificate, 1 the SubjectPublicKeyInfo.
    public let selector: UInt8
    /// Matching type: 0 full, 1 SHA-256, 2 SHA-512.
    public let matchingType: UInt8

    /// Creates the triple.
    public init(_ usage: UInt8, _ selector: UInt8, _ matchingType: UInt8) {
        self.usage = usage
        self.selector = selector
        self.matchingType = matchingType
    }

    /// `3 1 1`: DANE-EE, SPKI, SHA-256, the combination RFC 7671 §5.1 recommends.
    public static let daneEE = Self(3, 1, 1)

    /// What a fingerprint of POSH says: the whole certificate by SHA-256 (RFC 7711 §3.1).
    public static let fingerprint = Self(3, 0, 1)

    /// Whether any client could use such a record: all three numbers are assigned and not private.
    public var isUsable: Bool { usage <= 3 && selector <= 1 && matchingType <= 2 }

    /// Whether the client also wants a chain to a public trust anchor (usages 0 and 1).
    public var needsPublicTrust: Bool { usage <= 1 }

    /// Whether a public key alone, without its certificate, determines the record.
    public var isDeterminedByKey: Bool { (usage == 1 || usage == 3) && selector == 1 }

    private var rank: UInt32 { UInt32(usage) << 16 | UInt32(selector) << 8 | UInt32(matchingType) }

    /// By usage, then selector, then matching type.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

extension AssociationParameters: CustomStringConvertible {
    /// `3 1 1`.
    public var description: String { "\(usage) \(selector) \(matchingType)" }
}

/// What a TLSA record says: its parameters and the certificate association data.
public struct Association: Sendable, Hashable, Comparable {
    /// Usage, selector and matching type.
    public let parameters: AssociationParameters
    /// The certificate association data: a digest, or the selected octets themselves.
    public let data: [UInt8]

    /// Creates the record's content.
    public init(_ parameters: AssociationParameters, _ data: [UInt8]) {
        self.parameters = parameters
        self.data = data
    }

    /// By parameters, then data.
    public static func < (left: Self, right: Self) -> Bool {
        if left.parameters != right.parameters { return left.parameters < right.parameters }
        return left.data.lexicographicallyPrecedes(right.data)
    }
}

extension Association: LosslessStringConvertible {
    /// Reads ``description``; `nil` when it is not three numbers and hexadecimal digits.
    public init?(_ description: String) {
        let fields = description.split(separator: " ")
        guard fields.count == 4, let usage = UInt8(fields[0]), let selector = UInt8(fields[1]),
            let matchingType = UInt8(fields[2])
        else { return nil }
        let digits = fields[3].utf8.map { octet -> UInt8? in
            switch octet {
            case 48...57: octet - 48
            case 97...102: octet - 87
            case 65...70: octet - 55
            default: nil
            }
        }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var data: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            data.append(high << 4 | low)
        }
        self.init(AssociationParameters(usage, selector, matchingType), data)
    }

    /// Presentation format: `3 1 1 8cb0fc6c…` in full.
    public var description: String { "\(parameters) \(Self.hexadecimal(data[...]))" }

    /// The parameters and the first eight digits: enough to tell records apart on a screen.
    public var abbreviated: String {
        data.count <= 4 ? description : "\(parameters) \(Self.hexadecimal(data[..<4]))…"
    }

    private static func hexadecimal(_ octets: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for octet in octets {
            text.append(digits[Int(octet >> 4)])
            text.append(digits[Int(octet & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Association: Codable {
    /// Reads the presentation format.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let association = Association(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no TLSA RDATA: usage, selector, matching type, hex")
        }
        self = association
    }

    /// Writes the presentation format.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
