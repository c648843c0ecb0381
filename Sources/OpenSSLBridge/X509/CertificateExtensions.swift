/// The uses that a certificate's key is good for (RFC 5280 §4.2.1.3).
public struct KeyUsage: OptionSet, Sendable, Hashable {
    /// Bit n is the RFC's bit (n).
    public let rawValue: UInt16
    /// Wraps bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Signatures other than on certificates and CRLs: TLS handshakes.
    public static let digitalSignature = Self(rawValue: 1 << 0)
    /// Signatures that bind the signer.
    public static let nonRepudiation = Self(rawValue: 1 << 1)
    /// Encryption of keys: TLS with RSA key transport.
    public static let keyEncipherment = Self(rawValue: 1 << 2)
    /// Encryption of data.
    public static let dataEncipherment = Self(rawValue: 1 << 3)
    /// Key agreement.
    public static let keyAgreement = Self(rawValue: 1 << 4)
    /// Signatures on certificates.
    public static let keyCertSign = Self(rawValue: 1 << 5)
    /// Signatures on CRLs.
    public static let crlSign = Self(rawValue: 1 << 6)
}

/// Whether a certificate is a CA's, and how many CAs may follow below it (RFC 5280 §4.2.1.9).
public struct BasicConstraints: Sendable, Hashable {
    /// Whether the subject is a CA.
    public var isCA: Bool
    /// The most CA certificates that may stand between this one and a leaf; `nil` for no limit.
    public var pathLength: Int?

    /// Creates constraints.
    public init(isCA: Bool, pathLength: Int?) {
        self.isCA = isCA
        self.pathLength = pathLength
    }
}

/// The extensions of a certificate or a request that mean something here (RFC 5280 §4.2).
public struct CertificateExtensions: Sendable, Hashable {
    /// The names, in order; `nil` when there is no such extension.
    public var subjectAlternativeNames: [SubjectAlternativeName]?
    /// CA or not; `nil` when there is no such extension.
    public var basicConstraints: BasicConstraints?
    /// What the key may do; `nil` when there is no such extension, which means everything.
    public var keyUsage: KeyUsage?
    /// Whether keyUsage is critical.
    public var isKeyUsageCritical = false
    /// What the key is for; `nil` when there is no such extension, which means everything.
    public var extendedKeyUsage: [ObjectIdentifier]?
    /// The URIs of the CRL distribution points; `nil` when there is no such extension.
    public var crlDistributionPoints: [String]?
    /// The subject key identifier.
    public var subjectKeyIdentifier: [UInt8]?
    /// The key identifier of the issuer.
    public var authorityKeyIdentifier: [UInt8]?

    /// No extension at all.
    public init() {}

    /// Reads the SEQUENCE OF Extension.
    init(der value: DERValue) throws(DERFault) {
        var list = value.reader
        while !list.isAtEnd {
            var fields = try list.read(DERReader.Tag.sequence, "an extension").reader
            let type = ObjectIdentifier(
                octets: try fields.read(DERReader.Tag.objectIdentifier, "the type of an extension").content)
            let critical = try fields.readIfPresent(DERReader.Tag.boolean)
            let content = try fields.read(DERReader.Tag.octetString, "the value of an extension").content
            try read(type, isCritical: critical?.content.first ?? 0 != 0, DERReader(content))
        }
    }

    private mutating func read(
        _ type: ObjectIdentifier, isCritical: Bool, _ content: DERReader
    ) throws(DERFault) {
        var content = content
        switch type {
        case .subjectAltName:
            var names = try content.read(DERReader.Tag.sequence, "subjectAltName").reader
            var result: [SubjectAlternativeName] = []
            while !names.isAtEnd { result.append(try SubjectAlternativeName(der: try names.read())) }
            subjectAlternativeNames = result
        case .basicConstraints:
            var fields = try content.read(DERReader.Tag.sequence, "basicConstraints").reader
            let isCA = try fields.readIfPresent(DERReader.Tag.boolean)?.content.first ?? 0 != 0
            basicConstraints = BasicConstraints(
                isCA: isCA, pathLength: try fields.readIfPresent(DERReader.Tag.integer)?.smallInteger)
        case .keyUsage:
            let bits = try content.read(DERReader.Tag.bitString, "keyUsage").content.dropFirst()
            var usage: UInt16 = 0
            for (index, octet) in bits.prefix(2).enumerated() {
                for bit in 0..<8 where octet & (0x80 >> UInt8(bit)) != 0 { usage |= 1 << UInt16(index * 8 + bit) }
            }
            keyUsage = KeyUsage(rawValue: usage)
            isKeyUsageCritical = isCritical
        case .extendedKeyUsage:
            var purposes = try content.read(DERReader.Tag.sequence, "extKeyUsage").reader
            var result: [ObjectIdentifier] = []
            while !purposes.isAtEnd {
                result.append(
                    ObjectIdentifier(octets: try purposes.read(DERReader.Tag.objectIdentifier, "a purpose").content))
            }
            extendedKeyUsage = result
        case .crlDistributionPoints: crlDistributionPoints = try Self.distributionPoints(content)
        case .subjectKeyIdentifier:
            subjectKeyIdentifier = Array(
                try content.read(DERReader.Tag.octetString, "subjectKeyIdentifier").content)
        case .authorityKeyIdentifier:
            var fields = try content.read(DERReader.Tag.sequence, "authorityKeyIdentifier").reader
            authorityKeyIdentifier = try fields.readIfPresent(DERReader.Tag.implicit(0)).map { Array($0.content) }
        default: break
        }
    }

    private static func distributionPoints(_ content: DERReader) throws(DERFault) -> [String] {
        var content = content
        var points = try content.read(DERReader.Tag.sequence, "cRLDistributionPoints").reader
        var result: [String] = []
        while !points.isAtEnd {
            var point = try points.read(DERReader.Tag.sequence, "a distribution point").reader
            guard let name = try point.readIfPresent(DERReader.Tag.context(0)) else { continue }
            var inner = name.reader
            guard let full = try inner.readIfPresent(DERReader.Tag.context(0)) else { continue }
            var names = full.reader
            while !names.isAtEnd {
                if case .uri(let uri) = try SubjectAlternativeName(der: try names.read()) { result.append(uri.text) }
            }
        }
        return result
    }

    /// The SEQUENCE OF Extension in DER.
    var der: [UInt8] {
        var result: [[UInt8]] = []
        func append(_ type: ObjectIdentifier, critical: Bool, _ value: [UInt8]) {
            result.append(
                DERWriter.sequence(
                    DERWriter.objectIdentifier(type), critical ? DERWriter.booleanTrue : [],
                    DERWriter.octetString(value)))
        }
        if let basicConstraints {
            let pathLength = basicConstraints.pathLength.map { DERWriter.integer(UInt8(clamping: $0)) } ?? []
            append(
                .basicConstraints, critical: true,
                DERWriter.sequence(basicConstraints.isCA ? DERWriter.booleanTrue : [], pathLength))
        }
        if let keyUsage { append(.keyUsage, critical: true, DERWriter.namedBits(keyUsage.rawValue)) }
        if let extendedKeyUsage {
            append(
                .extendedKeyUsage, critical: false,
                DERWriter.sequence(extendedKeyUsage.map(DERWriter.objectIdentifier)))
        }
        if let subjectKeyIdentifier {
            append(.subjectKeyIdentifier, critical: false, DERWriter.octetString(subjectKeyIdentifier))
        }
        if let authorityKeyIdentifier {
            append(
                .authorityKeyIdentifier, critical: false,
                DERWriter.sequence(DERWriter.value(DERReader.Tag.implicit(0), authorityKeyIdentifier)))
        }
        if let subjectAlternativeNames {
            append(.subjectAltName, critical: false, DERWriter.sequence(subjectAlternativeNames.compactMap(\.der)))
        }
        if let crlDistributionPoints {
            let points = crlDistributionPoints.map { uri in
                DERWriter.sequence(
                    DERWriter.value(
                        DERReader.Tag.context(0),
                        DERWriter.value(
                            DERReader.Tag.context(0),
                            DERWriter.value(DERReader.Tag.implicit(6), Array(uri.utf8)))))
            }
            append(.crlDistributionPoints, critical: false, DERWriter.sequence(points))
        }
        return DERWriter.sequence(result)
    }
}
