import COpenSSL

/// An X.509 certificate (RFC 5280): its octets, and what they say.
///
/// It says nothing of trust: only that the octets are a certificate, for OpenSSL and for our own reader alike.
public struct Certificate: Sendable {
    /// The octets, exactly as found: what selector 0 of TLSA hashes.
    public let der: [UInt8]
    /// The public key, exactly as it stands in the certificate: what selector 1 of TLSA hashes.
    public let publicKey: SubjectPublicKeyInfo
    /// Whom it is for.
    public let subject: DistinguishedName
    /// Who signed it.
    public let issuer: DistinguishedName
    /// The contents octets of the serial number, big-endian.
    public let serialNumber: [UInt8]
    /// The first second in which it is valid, since 1970-01-01T00:00:00Z.
    public let notBefore: Int64
    /// The last second in which it is valid, since 1970-01-01T00:00:00Z.
    public let notAfter: Int64
    /// How the issuer signed it.
    public let signatureAlgorithm: ObjectIdentifier
    /// The extensions that mean something here.
    public let extensions: CertificateExtensions

    /// Reads a certificate in DER.
    ///
    /// - Throws: ``X509Error/malformed(what:reason:)``.
    public init(der: [UInt8]) throws(X509Error) {
        guard !der.isEmpty else { throw .empty }
        _ = try X509Handle(der: der)
        do throws(DERFault) {
            var outer = DERReader(der)
            let whole = try outer.read(DERReader.Tag.sequence, "the certificate")
            guard outer.isAtEnd else { throw DERFault(reason: "octets follow it") }
            var certificate = whole.reader
            var fields = try certificate.read(DERReader.Tag.sequence, "the part to be signed").reader
            _ = try fields.readIfPresent(DERReader.Tag.context(0))
            serialNumber = Array(try fields.read(DERReader.Tag.integer, "the serial number").content)
            var algorithm = try fields.read(DERReader.Tag.sequence, "the signature algorithm").reader
            signatureAlgorithm = ObjectIdentifier(
                octets: try algorithm.read(DERReader.Tag.objectIdentifier, "the signature algorithm").content)
            issuer = try DistinguishedName(der: try fields.read(DERReader.Tag.sequence, "the issuer"))
            var validity = try fields.read(DERReader.Tag.sequence, "the validity").reader
            notBefore = try Self.time(try validity.read(), "notBefore")
            notAfter = try Self.time(try validity.read(), "notAfter")
            subject = try DistinguishedName(der: try fields.read(DERReader.Tag.sequence, "the subject"))
            publicKey = try SubjectPublicKeyInfo(try fields.read(DERReader.Tag.sequence, "the public key"))
            var extensions = CertificateExtensions()
            while !fields.isAtEnd {
                let field = try fields.read()
                guard field.tag == DERReader.Tag.context(3) else { continue }
                var inner = field.reader
                extensions = try CertificateExtensions(
                    der: try inner.read(DERReader.Tag.sequence, "the list of extensions"))
            }
            self.extensions = extensions
        } catch {
            throw .malformed(what: "the certificate", reason: error.reason)
        }
        self.der = der
    }

    private static func time(_ value: DERValue, _ what: String) throws(DERFault) -> Int64 {
        guard value.tag == DERReader.Tag.utcTime || value.tag == DERReader.Tag.generalizedTime,
            let time = CivilTime(
                derContent: value.content, isGeneralized: value.tag == DERReader.Tag.generalizedTime)
        else { throw DERFault(reason: "\(what) is no time as RFC 5280 wants it") }
        return time.secondsSinceEpoch
    }
}

extension Certificate: Hashable {
    /// Two certificates are the same when their octets are.
    public static func == (left: Self, right: Self) -> Bool { left.der == right.der }
    /// Hashes the octets.
    public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}

// MARK: - Inspection

extension Certificate {
    /// The entries of subjectAltName, in order; empty when there is none.
    public var subjectAlternativeNames: [SubjectAlternativeName] { extensions.subjectAlternativeNames ?? [] }

    /// The DNS-IDs, as written.
    public var dnsNames: [String] {
        subjectAlternativeNames.compactMap { if case .dns(let text) = $0 { text.text } else { nil } }
    }

    /// The SRV-IDs, as written.
    public var srvNames: [String] {
        subjectAlternativeNames.compactMap { if case .srv(let text) = $0 { text.text } else { nil } }
    }

    /// The XMPP addresses, as written.
    public var xmppAddresses: [String] {
        subjectAlternativeNames.compactMap { if case .xmppAddress(let text) = $0 { text.text } else { nil } }
    }

    /// Whether basicConstraints says that the subject is a CA.
    public var isCA: Bool { extensions.basicConstraints?.isCA ?? false }

    /// Whether subject and issuer are the same name (RFC 5280 §3.2).
    public var isSelfIssued: Bool { subject == issuer }

    /// Whether it is self-issued and its own key verifies its signature.
    public var isSelfSigned: Bool { isSelfIssued && isSigned(by: publicKey) }

    /// Whether `time`, in seconds since the epoch, lies within its validity.
    public func isValid(at time: Int64) -> Bool { notBefore <= time && time <= notAfter }

    /// Whether a key verifies the signature on this certificate.
    public func isSigned(by key: SubjectPublicKeyInfo) -> Bool {
        let verified = try? key.withKey { key throws(X509Error) in
            let handle = try X509Handle(der: der)
            return X509_verify(handle.pointer, key) == 1
        }
        ERR_clear_error()
        return verified ?? false
    }

    /// Whether `issuer` issued this certificate: the names agree, and its key verifies the signature.
    public func isIssued(by other: Certificate) -> Bool { issuer == other.subject && isSigned(by: other.publicKey) }

    /// `CN=example.org`, or the first name when there is no subject.
    public var label: String {
        if !subject.isEmpty { return subject.description }
        return subjectAlternativeNames.first?.description ?? "a certificate without names"
    }
}
