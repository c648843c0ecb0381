import COpenSSL

/// A certificate signing request (PKCS #10, RFC 2986).
public struct CertificateRequest: Sendable, Hashable {
    /// The octets, exactly as found.
    public let der: [UInt8]
    /// Whom the certificate is wanted for.
    public let subject: DistinguishedName
    /// The key it is wanted for: what selector 1 of TLSA hashes.
    public let publicKey: SubjectPublicKeyInfo
    /// The extensions asked for.
    public let extensions: CertificateExtensions

    /// Reads a request in DER and checks that its own key signed it.
    ///
    /// - Throws: ``X509Error/malformed(what:reason:)``.
    public init(der: [UInt8]) throws(X509Error) {
        ERR_clear_error()
        let parsed = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return d2i_X509_REQ(nil, &position, buffer.count)
        }
        guard let parsed else { throw .openSSLMalformed("the certificate request") }
        defer { X509_REQ_free(parsed) }
        guard let key = X509_REQ_get0_pubkey(parsed), X509_REQ_verify(parsed, key) == 1 else {
            ERR_clear_error()
            throw .malformed(what: "the certificate request", reason: "its signature is not by its own key")
        }
        do throws(DERFault) {
            var outer = DERReader(der)
            var request = try outer.read(DERReader.Tag.sequence, "the request").reader
            var fields = try request.read(DERReader.Tag.sequence, "the part to be signed").reader
            _ = try fields.read(DERReader.Tag.integer, "the version")
            subject = try DistinguishedName(der: try fields.read(DERReader.Tag.sequence, "the subject"))
            publicKey = try SubjectPublicKeyInfo(try fields.read(DERReader.Tag.sequence, "the public key"))
            extensions = try Self.extensions(try fields.readIfPresent(DERReader.Tag.context(0)))
        } catch {
            throw .malformed(what: "the certificate request", reason: error.reason)
        }
        self.der = der
    }

    /// Finds the extensions among the attributes (RFC 2985 §5.4.2).
    private static func extensions(_ attributes: DERValue?) throws(DERFault) -> CertificateExtensions {
        guard var list = attributes?.reader else { return CertificateExtensions() }
        while !list.isAtEnd {
            var attribute = try list.read(DERReader.Tag.sequence, "an attribute").reader
            let type = ObjectIdentifier(
                octets: try attribute.read(DERReader.Tag.objectIdentifier, "the type of an attribute").content)
            guard type == .extensionRequest else { continue }
            var values = try attribute.read(DERReader.Tag.set, "the extension request").reader
            return try CertificateExtensions(der: try values.read(DERReader.Tag.sequence, "the list of extensions"))
        }
        return CertificateExtensions()
    }

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - subject: The subject; may be empty when there are alternative names.
    ///   - names: The subjectAltName entries wanted.
    ///   - key: The key that the certificate is for; it signs the request.
    public static func make(
        subject: DistinguishedName, names: [SubjectAlternativeName], key: CertificateKey
    ) throws(X509Error) -> CertificateRequest {
        var extensions = CertificateExtensions()
        if !names.isEmpty { extensions.subjectAlternativeNames = names }
        let attribute = DERWriter.sequence(
            DERWriter.objectIdentifier(.extensionRequest), DERWriter.value(DERReader.Tag.set, extensions.der))
        let information = DERWriter.sequence(
            DERWriter.integer(0), subject.der, key.publicKey.der,
            DERWriter.value(DERReader.Tag.context(0), names.isEmpty ? [] : attribute))
        return try CertificateRequest(der: try key.signed(information))
    }

    /// The request as PEM, as ACME clients take it.
    public var pem: String { PEMBlock.encode(label: "CERTIFICATE REQUEST", der) }
}
