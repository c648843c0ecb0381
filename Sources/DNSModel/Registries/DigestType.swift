/// The digest of a DS record (IANA "Digest Algorithms" of DS). Open to values that IANA adds tomorrow.
///
/// Complete as of November 2026.
@frozen
public struct DigestType: RawRepresentable, Sendable, Hashable, Comparable {
    /// The number.
    public let rawValue: UInt8
    /// Wraps a number, known or not.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In CDS: delete the delegation's DS (RFC 8078 §4).
    public static let delete = Self(rawValue: 0)
    /// SHA-1 (RFC 3658); read, never made (RFC 9905).
    public static let sha1 = Self(rawValue: 1)
    /// SHA-256 (RFC 4509).
    public static let sha256 = Self(rawValue: 2)
    /// GOST R 34.11-94 (RFC 5933); must not be used (RFC 9906).
    public static let gost = Self(rawValue: 3)
    /// SHA-384 (RFC 6605).
    public static let sha384 = Self(rawValue: 4)
    /// GOST R 34.11-2012 (RFC 9558).
    public static let gost12 = Self(rawValue: 5)
    /// SM3 (RFC 9563).
    public static let sm3 = Self(rawValue: 6)

    /// By number.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension DigestType {
    /// A row of IANA's table: name, length and recommendations (RFC 9904, RFC 9905, RFC 9906).
    public struct Registration: Sendable, Hashable {
        /// The digest type.
        public let digestType: DigestType
        /// IANA's description.
        public let mnemonic: String
        /// The length of a digest in octets.
        public let digestLength: Int
        /// Whether a delegation should be made with it.
        public let useForDelegation: Recommendation
        /// Whether validators should use it.
        public let useForValidation: Recommendation
        /// Whether parents' and children's software should implement it.
        public let implementForDelegation: Recommendation
        /// Whether validators should implement it.
        public let implementForValidation: Recommendation
    }

    /// Every digest type of IANA's table, by number. State of November 2026.
    public static let all: [Registration] = [
        .init(
            digestType: .sha1, mnemonic: "SHA-1", digestLength: 20, useForDelegation: .mustNot,
            useForValidation: .recommended, implementForDelegation: .mustNot, implementForValidation: .must),
        .init(
            digestType: .sha256, mnemonic: "SHA-256", digestLength: 32, useForDelegation: .recommended,
            useForValidation: .recommended, implementForDelegation: .must, implementForValidation: .must),
        .init(
            digestType: .gost, mnemonic: "GOST R 34.11-94", digestLength: 32, useForDelegation: .mustNot,
            useForValidation: .mustNot, implementForDelegation: .mustNot, implementForValidation: .mustNot),
        .init(
            digestType: .sha384, mnemonic: "SHA-384", digestLength: 48, useForDelegation: .may,
            useForValidation: .recommended, implementForDelegation: .may, implementForValidation: .recommended),
        .init(
            digestType: .gost12, mnemonic: "GOST R 34.11-2012", digestLength: 32, useForDelegation: .may,
            useForValidation: .may, implementForDelegation: .may, implementForValidation: .may),
        .init(
            digestType: .sm3, mnemonic: "SM3", digestLength: 32, useForDelegation: .may,
            useForValidation: .may, implementForDelegation: .may, implementForValidation: .may),
    ]

    /// What IANA's registry says about it, or `nil` when it does not know the number.
    public var registration: Registration? { Self.all.first { $0.digestType == self } }

    /// The length of a digest in octets, or `nil` when the type is not known.
    public var digestLength: Int? {
        switch rawValue {
        case 1: 20
        case 2, 3, 5, 6: 32
        case 4: 48
        default: nil
        }
    }

    /// Reads `SHA-256` or `SHA256` in any case, or a number up to 255.
    public init?(mnemonic: some StringProtocol) {
        if let number = UInt8(decimalDigits: mnemonic.utf8) {
            self.init(rawValue: number)
            return
        }
        let wanted = mnemonic.uppercased().filter { $0 != "-" }
        switch wanted {
        case "GOST": self = .gost
        case "GOST12": self = .gost12
        default:
            guard let found = Self.all.first(where: { $0.mnemonic.filter { $0 != "-" } == wanted }) else { return nil }
            self = found.digestType
        }
    }
}

extension DigestType: CustomStringConvertible {
    /// The mnemonic, or the number.
    public var description: String { registration?.mnemonic ?? String(rawValue) }
}
