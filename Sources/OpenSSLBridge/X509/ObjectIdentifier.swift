/// An ASN.1 object identifier.
public struct ObjectIdentifier: Sendable, Hashable {
    /// The contents octets of its DER encoding.
    public let octets: [UInt8]

    /// Wraps the contents octets of a DER encoding.
    init(octets: some Sequence<UInt8>) { self.octets = Array(octets) }

    /// Reads dotted decimal numbers, as `1.3.6.1.5.5.7.8.7`; `nil` when they are not an object identifier.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
        let arcs = parts.compactMap { $0 }
        guard arcs.count == parts.count, arcs.count >= 2, arcs[0] <= 2, arcs[1] < (arcs[0] < 2 ? 40 : 1 << 32) else {
            return nil
        }
        octets = ([arcs[0] * 40 + arcs[1]] + arcs[2...]).flatMap(Self.base128)
    }

    /// A number in base 128 with continuation bits (X.690 §8.19.2).
    private static func base128(_ arc: UInt64) -> [UInt8] {
        var result = [UInt8(arc & 0x7F)]
        var rest = arc >> 7
        while rest > 0 {
            result.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return result
    }

    /// A known identifier; the literals of this file are all well-formed.
    private static func known(_ text: String) -> Self { Self(text) ?? Self(octets: []) }
}

extension ObjectIdentifier: CustomStringConvertible {
    /// Dotted decimal numbers.
    public var description: String {
        var arcs: [UInt64] = []
        var value: UInt64 = 0
        for octet in octets {
            guard value < 1 << 56 else { return "(too large)" }
            value = value << 7 | UInt64(octet & 0x7F)
            guard octet < 0x80 else { continue }
            if arcs.isEmpty {
                let first = min(value / 40, 2)
                arcs = [first, value - first * 40]
            } else {
                arcs.append(value)
            }
            value = 0
        }
        return arcs.map { String($0) }.joined(separator: ".")
    }
}

extension ObjectIdentifier {
    /// `id-on-xmppAddr` (RFC 6120 §13.7.1.4).
    public static let xmppAddress = known("1.3.6.1.5.5.7.8.5")
    /// `id-on-dnsSRV` (RFC 4985 §2).
    public static let dnsSRV = known("1.3.6.1.5.5.7.8.7")
    /// TLS server authentication (RFC 5280 §4.2.1.12).
    public static let serverAuthentication = known("1.3.6.1.5.5.7.3.1")
    /// TLS client authentication (RFC 5280 §4.2.1.12).
    public static let clientAuthentication = known("1.3.6.1.5.5.7.3.2")
    /// Any extended key usage (RFC 5280 §4.2.1.12).
    public static let anyExtendedKeyUsage = known("2.5.29.37.0")

    // Extensions (RFC 5280 §4.2).
    static let subjectKeyIdentifier = known("2.5.29.14")
    static let keyUsage = known("2.5.29.15")
    static let subjectAltName = known("2.5.29.17")
    static let basicConstraints = known("2.5.29.19")
    static let crlDistributionPoints = known("2.5.29.31")
    static let authorityKeyIdentifier = known("2.5.29.35")
    static let extendedKeyUsage = known("2.5.29.37")
    static let extensionRequest = known("1.2.840.113549.1.9.14")

    // Attributes of names (RFC 4519).
    static let commonName = known("2.5.4.3")
    static let organizationName = known("2.5.4.10")

    // Keys and curves.
    static let rsaEncryption = known("1.2.840.113549.1.1.1")
    static let rsaPSS = known("1.2.840.113549.1.1.10")
    static let dsa = known("1.2.840.10040.4.1")
    static let ecPublicKey = known("1.2.840.10045.2.1")
    static let ed25519 = known("1.3.101.112")
    static let ed448 = known("1.3.101.113")
    static let prime256v1 = known("1.2.840.10045.3.1.7")
    static let secp384r1 = known("1.3.132.0.34")
    static let secp521r1 = known("1.3.132.0.35")

    // Signature algorithms.
    static let sha256WithRSA = known("1.2.840.113549.1.1.11")
    static let ecdsaWithSHA256 = known("1.2.840.10045.4.3.2")
    static let ecdsaWithSHA384 = known("1.2.840.10045.4.3.3")
    static let ecdsaWithSHA512 = known("1.2.840.10045.4.3.4")

    /// The usual name of a signature algorithm, or its dotted numbers.
    public var signatureAlgorithmName: String {
        switch description {
        case "1.2.840.113549.1.1.2": "md2WithRSAEncryption"
        case "1.2.840.113549.1.1.4": "md5WithRSAEncryption"
        case "1.2.840.113549.1.1.5": "sha1WithRSAEncryption"
        case "1.2.840.113549.1.1.10": "RSASSA-PSS"
        case "1.2.840.113549.1.1.11": "sha256WithRSAEncryption"
        case "1.2.840.113549.1.1.12": "sha384WithRSAEncryption"
        case "1.2.840.113549.1.1.13": "sha512WithRSAEncryption"
        case "1.2.840.113549.1.1.14": "sha224WithRSAEncryption"
        case "1.2.840.10045.4.1": "ecdsa-with-SHA1"
        case "1.2.840.10045.4.3.1": "ecdsa-with-SHA224"
        case "1.2.840.10045.4.3.2": "ecdsa-with-SHA256"
        case "1.2.840.10045.4.3.3": "ecdsa-with-SHA384"
        case "1.2.840.10045.4.3.4": "ecdsa-with-SHA512"
        case "1.2.840.10040.4.3": "dsa-with-SHA1"
        case "2.16.840.1.101.3.4.3.2": "dsa-with-SHA256"
        case "1.3.101.112": "ed25519"
        case "1.3.101.113": "ed448"
        default: description
        }
    }

    /// Whether this is a signature algorithm over MD2, MD5 or SHA-1, which can be forged.
    public var isBrokenSignatureAlgorithm: Bool {
        switch signatureAlgorithmName {
        case "md2WithRSAEncryption", "md5WithRSAEncryption", "sha1WithRSAEncryption", "ecdsa-with-SHA1",
            "dsa-with-SHA1":
            true
        default: false
        }
    }
}
