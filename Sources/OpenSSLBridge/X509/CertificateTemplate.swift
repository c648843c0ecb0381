/// What a certificate to be made shall say.
public struct CertificateTemplate: Sendable, Hashable {
    /// Whom it is for.
    public var subject: DistinguishedName
    /// The first second of its validity, since the epoch.
    public var notBefore: Int64
    /// The last second of its validity, since the epoch.
    public var notAfter: Int64
    /// The serial number's octets, big-endian, at most 20 (RFC 5280 §4.1.2.2). Random ones come from the caller.
    public var serialNumber: [UInt8]
    /// The extensions; key identifiers are added.
    public var extensions: CertificateExtensions

    /// Creates a template.
    public init(
        subject: DistinguishedName, notBefore: Int64, notAfter: Int64, serialNumber: [UInt8],
        extensions: CertificateExtensions
    ) {
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.serialNumber = serialNumber
        self.extensions = extensions
    }

    /// A server's certificate: not a CA, for servers and for clients, which server-to-server links need.
    public static func server(
        commonName: String?, names: [SubjectAlternativeName], notBefore: Int64, notAfter: Int64,
        serialNumber: [UInt8]
    ) -> Self {
        var extensions = CertificateExtensions()
        extensions.basicConstraints = BasicConstraints(isCA: false, pathLength: nil)
        extensions.keyUsage = [.digitalSignature]
        extensions.extendedKeyUsage = [.serverAuthentication, .clientAuthentication]
        if !names.isEmpty { extensions.subjectAlternativeNames = names }
        return Self(
            subject: DistinguishedName(commonName: commonName), notBefore: notBefore, notAfter: notAfter,
            serialNumber: serialNumber, extensions: extensions)
    }

    /// A private CA: `digitalSignature`, as RFC 6120 §13.7.1.1 wants, and `keyCertSign`.
    public static func authority(
        commonName: String, pathLength: Int?, notBefore: Int64, notAfter: Int64, serialNumber: [UInt8]
    ) -> Self {
        var extensions = CertificateExtensions()
        extensions.basicConstraints = BasicConstraints(isCA: true, pathLength: pathLength)
        extensions.keyUsage = [.digitalSignature, .keyCertSign, .crlSign]
        return Self(
            subject: DistinguishedName(commonName: commonName), notBefore: notBefore, notAfter: notAfter,
            serialNumber: serialNumber, extensions: extensions)
    }
}

extension Certificate {
    /// Makes a certificate that its own key signs.
    public static func selfSigned(_ template: CertificateTemplate, key: CertificateKey) throws(X509Error) -> Certificate
    {
        let identifier = keyIdentifier(of: key.publicKey)
        return try make(template, for: key.publicKey, issuer: template.subject, issuerKey: key, identifier: identifier)
    }

    /// Makes a certificate that a CA signs.
    ///
    /// - Parameters:
    ///   - template: What it says.
    ///   - publicKey: The key it is for, from a request or a key.
    ///   - issuer: The CA's certificate, a CA by its basicConstraints.
    ///   - key: The CA's key.
    public static func issued(
        _ template: CertificateTemplate, for publicKey: SubjectPublicKeyInfo, by issuer: Certificate,
        key: CertificateKey
    ) throws(X509Error) -> Certificate {
        guard key.matches(issuer) else {
            throw .failed(operation: "issue a certificate", reasons: ["the key is not that of \(issuer.label)"])
        }
        return try make(
            template, for: publicKey, issuer: issuer.subject, issuerKey: key,
            identifier: issuer.extensions.subjectKeyIdentifier)
    }

    private static func make(
        _ template: CertificateTemplate, for publicKey: SubjectPublicKeyInfo, issuer: DistinguishedName,
        issuerKey: CertificateKey, identifier: [UInt8]?
    ) throws(X509Error) -> Certificate {
        guard (1...20).contains(template.serialNumber.count) else {
            throw .failed(operation: "make a certificate", reasons: ["the serial number is not 1 to 20 octets long"])
        }
        guard template.notBefore <= template.notAfter else {
            throw .failed(operation: "make a certificate", reasons: ["notAfter is before notBefore"])
        }
        var extensions = template.extensions
        extensions.subjectKeyIdentifier = keyIdentifier(of: publicKey)
        extensions.authorityKeyIdentifier = identifier
        let toBeSigned = DERWriter.sequence(
            DERWriter.value(DERReader.Tag.context(0), DERWriter.integer(2)),
            DERWriter.integer(template.serialNumber), issuerKey.signatureAlgorithmIdentifier, issuer.der,
            DERWriter.sequence(DERWriter.time(template.notBefore), DERWriter.time(template.notAfter)),
            template.subject.der, publicKey.der,
            DERWriter.value(DERReader.Tag.context(3), extensions.der))
        return try Certificate(der: try issuerKey.signed(toBeSigned))
    }

    /// The leftmost 160 bits of SHA-256 over the key (RFC 7093 §2, method 4).
    private static func keyIdentifier(of key: SubjectPublicKeyInfo) -> [UInt8] {
        Array(DigestContext.digest(.sha256, of: key.der).prefix(20))
    }

    /// The certificate as PEM.
    public var pem: String { PEMBlock.encode(label: "CERTIFICATE", der) }
}
