/// How a TLSA record's data constrains the certificate (RFC 6698 §2.1.1). Open to values that IANA adds tomorrow.
@frozen
public struct CertificateUsage: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number.
    public let rawValue: UInt8
    /// Wraps a number, known or not.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The chain passes PKIX validation and has this authority in it. Mnemonic: `PKIX-TA`.
    public static let pkixTA = Self(rawValue: 0)
    /// The chain passes PKIX validation and ends in this certificate. Mnemonic: `PKIX-EE`.
    public static let pkixEE = Self(rawValue: 1)
    /// The chain leads to this trust anchor. Mnemonic: `DANE-TA`.
    public static let daneTA = Self(rawValue: 2)
    /// The server's certificate is this one. Mnemonic: `DANE-EE`.
    public static let daneEE = Self(rawValue: 3)
    /// Private use. Mnemonic: `PrivCert`.
    public static let privateUse = Self(rawValue: 255)

    /// The mnemonic of RFC 7218 §2.1, or `nil` when there is none.
    public var mnemonic: String? { Self.mnemonics.mnemonic(of: rawValue) }

    /// Reads a mnemonic of RFC 7218 in any case, or a number up to 255.
    public init?(mnemonic: some StringProtocol) {
        guard let value = Self.mnemonics.value(of: mnemonic) else { return nil }
        self.init(rawValue: value)
    }

    private static let mnemonics = MnemonicTable([
        (0, "PKIX-TA"), (1, "PKIX-EE"), (2, "DANE-TA"), (3, "DANE-EE"), (255, "PrivCert"),
    ])

    /// By number.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The part of a certificate that a TLSA record is matched against (RFC 6698 §2.1.2). Open to values that IANA adds
/// tomorrow.
@frozen
public struct Selector: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number.
    public let rawValue: UInt8
    /// Wraps a number, known or not.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The full certificate. Mnemonic: `Cert`.
    public static let cert = Self(rawValue: 0)
    /// The SubjectPublicKeyInfo. Mnemonic: `SPKI`.
    public static let spki = Self(rawValue: 1)
    /// Private use. Mnemonic: `PrivSel`.
    public static let privateUse = Self(rawValue: 255)

    /// The mnemonic of RFC 7218 §2.2, or `nil` when there is none.
    public var mnemonic: String? { Self.mnemonics.mnemonic(of: rawValue) }

    /// Reads a mnemonic of RFC 7218 in any case, or a number up to 255.
    public init?(mnemonic: some StringProtocol) {
        guard let value = Self.mnemonics.value(of: mnemonic) else { return nil }
        self.init(rawValue: value)
    }

    private static let mnemonics = MnemonicTable([(0, "Cert"), (1, "SPKI"), (255, "PrivSel")])

    /// By number.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How a TLSA record's data is compared with the certificate (RFC 6698 §2.1.3). Open to values that IANA adds tomorrow.
@frozen
public struct MatchingType: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number.
    public let rawValue: UInt8
    /// Wraps a number, known or not.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Octet for octet. Mnemonic: `Full`.
    public static let full = Self(rawValue: 0)
    /// By SHA-256 digest. Mnemonic: `SHA2-256`.
    public static let sha2_256 = Self(rawValue: 1)
    /// By SHA-512 digest. Mnemonic: `SHA2-512`.
    public static let sha2_512 = Self(rawValue: 2)
    /// Private use. Mnemonic: `PrivMatch`.
    public static let privateUse = Self(rawValue: 255)

    /// The mnemonic of RFC 7218 §2.3, or `nil` when there is none.
    public var mnemonic: String? { Self.mnemonics.mnemonic(of: rawValue) }

    /// The length of the association data in octets, or `nil` when it is not fixed.
    public var digestLength: Int? {
        switch rawValue {
        case 1: 32
        case 2: 64
        default: nil
        }
    }

    /// Reads a mnemonic of RFC 7218 in any case, or a number up to 255.
    public init?(mnemonic: some StringProtocol) {
        guard let value = Self.mnemonics.value(of: mnemonic) else { return nil }
        self.init(rawValue: value)
    }

    private static let mnemonics = MnemonicTable([(0, "Full"), (1, "SHA2-256"), (2, "SHA2-512"), (255, "PrivMatch")])

    /// By number.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension CertificateUsage: CustomStringConvertible {
    /// The mnemonic, or the number.
    public var description: String { mnemonic ?? String(rawValue) }
}

extension Selector: CustomStringConvertible {
    /// The mnemonic, or the number.
    public var description: String { mnemonic ?? String(rawValue) }
}

extension MatchingType: CustomStringConvertible {
    /// The mnemonic, or the number.
    public var description: String { mnemonic ?? String(rawValue) }
}

/// The mnemonics of a small registry.
private struct MnemonicTable: Sendable {
    private let rows: [(value: UInt8, mnemonic: String)]

    init(_ rows: [(UInt8, String)]) { self.rows = rows }

    func mnemonic(of value: UInt8) -> String? { rows.first { $0.value == value }?.mnemonic }

    /// The value of a mnemonic in any case, or of a number.
    func value(of text: some StringProtocol) -> UInt8? {
        if let number = UInt8(decimalDigits: text.utf8) { return number }
        let wanted = text.lowercased()
        return rows.first { $0.mnemonic.lowercased() == wanted }?.value
    }
}
