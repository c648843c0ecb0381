import COpenSSL

/// Whatever a certificate or key file holds.
public struct CredentialBundle: Sendable {
    /// The certificates, in the order in which they stand; the first is the leaf by convention (RFC 8446 §4.4.2).
    public var certificates: [Certificate] = []
    /// The private keys, in order.
    public var privateKeys: [CertificateKey] = []
    /// The certificate requests, in order.
    public var requests: [CertificateRequest] = []
    /// The bare public keys, in order.
    public var publicKeys: [SubjectPublicKeyInfo] = []
    /// Certificate requests and the like whose PEM label nothing here knows.
    public var ignoredLabels: [String] = []

    /// Reads PEM with any number of blocks and any text around them, or DER: certificate, key, request, PKCS #7 or
    /// PKCS #12.
    ///
    /// - Parameters:
    ///   - octets: The file's octets.
    ///   - passphrase: Opens PKCS #12 and encrypted keys; `nil` when there is none.
    /// - Throws: ``X509Error`` that names what was found.
    public init(_ octets: [UInt8], passphrase: String? = nil) throws(X509Error) {
        guard octets.contains(where: { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 && $0 != 0x09 }) else { throw .empty }
        if Self.contains(octets, "-----BEGIN ") {
            try readPEM(octets, passphrase)
        } else if octets.first == DERReader.Tag.sequence {
            try readDER(octets, passphrase)
        } else {
            throw .notRecognized(found: Self.guess(octets))
        }
    }

    /// The keys of everything in the file: of the first certificate, the requests, the private and public keys.
    public var subjectPublicKeys: [SubjectPublicKeyInfo] {
        certificates.prefix(1).map(\.publicKey) + requests.map(\.publicKey) + privateKeys.map(\.publicKey) + publicKeys
    }

    // MARK: PEM

    private mutating func readPEM(_ text: [UInt8], _ passphrase: String?) throws(X509Error) {
        for block in try PEMBlock.blocks(in: text) {
            switch block.label {
            case "CERTIFICATE", "X509 CERTIFICATE": certificates.append(try Certificate(der: block.octets))
            case "TRUSTED CERTIFICATE": certificates.append(try Self.trustedCertificate(block.octets))
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST":
                requests.append(try CertificateRequest(der: block.octets))
            case "PUBLIC KEY": publicKeys.append(try SubjectPublicKeyInfo(der: block.octets))
            case "PKCS7", "CMS": try readPKCS7(block.octets)
            case "ENCRYPTED PRIVATE KEY": try readEncryptedKey(block, passphrase)
            case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY":
                if block.hasEncryptionHeader {
                    try readEncryptedKey(block, passphrase)
                } else {
                    privateKeys.append(try CertificateKey.read(der: block.octets))
                }
            case "OPENSSH PRIVATE KEY": throw .notRecognized(found: "an OpenSSH private key")
            case "PGP PUBLIC KEY BLOCK": throw .notRecognized(found: "an OpenPGP public key")
            default: ignoredLabels.append(block.label)
            }
        }
        if certificates.isEmpty, privateKeys.isEmpty, requests.isEmpty, publicKeys.isEmpty {
            throw .notRecognized(
                found: ignoredLabels.isEmpty ? "no PEM block" : "only \(ignoredLabels.joined(separator: ", "))")
        }
    }

    /// OpenSSL's TRUSTED CERTIFICATE: a certificate with settings of its own behind it.
    private static func trustedCertificate(_ octets: [UInt8]) throws(X509Error) -> Certificate {
        var reader = DERReader(octets)
        do {
            return try Certificate(der: Array(try reader.read().encoded))
        } catch let fault as DERFault {
            throw .malformed(what: "the trusted certificate", reason: fault.reason)
        } catch let error as X509Error {
            throw error
        } catch {
            throw .malformed(what: "the trusted certificate", reason: "it does not parse")
        }
    }

    private mutating func readEncryptedKey(_ block: PEMBlock, _ passphrase: String?) throws(X509Error) {
        guard let passphrase else { throw .encrypted(what: "the private key") }
        privateKeys.append(try CertificateKey.read(encryptedPEM: block.text, passphrase: passphrase))
    }

    // MARK: DER

    private mutating func readDER(_ octets: [UInt8], _ passphrase: String?) throws(X509Error) {
        switch Self.kind(ofDER: octets) {
        case .certificate: certificates.append(try Certificate(der: octets))
        case .request: requests.append(try CertificateRequest(der: octets))
        case .pkcs7: try readPKCS7(octets)
        case .pkcs12: try readPKCS12(octets, passphrase)
        case .publicKey: publicKeys.append(try SubjectPublicKeyInfo(der: octets))
        case .encryptedKey:
            let pem = PEMBlock.encode(label: "ENCRYPTED PRIVATE KEY", octets)
            guard let passphrase else { throw .encrypted(what: "the private key") }
            privateKeys.append(try CertificateKey.read(encryptedPEM: Array(pem.utf8), passphrase: passphrase))
        case .privateKey: privateKeys.append(try CertificateKey.read(der: octets))
        case .unknown: throw .notRecognized(found: "DER of an unknown kind")
        }
    }

    private enum DERKind { case certificate, request, pkcs7, pkcs12, publicKey, encryptedKey, privateKey, unknown }

    /// Tells the kinds apart by the tags at the beginning, so that errors can name what is damaged.
    private static func kind(ofDER octets: [UInt8]) -> DERKind {
        var outer = DERReader(octets)
        guard let whole = try? outer.read() else { return .certificate }
        var fields = whole.reader
        guard let first = try? fields.read() else { return .unknown }
        switch first.tag {
        case DERReader.Tag.objectIdentifier: return .pkcs7
        case DERReader.Tag.integer:
            if first.smallInteger == 3, fields.nextTag == DERReader.Tag.sequence { return .pkcs12 }
            return .privateKey
        case DERReader.Tag.sequence:
            if fields.nextTag == DERReader.Tag.bitString { return .publicKey }
            if fields.nextTag == DERReader.Tag.octetString { return .encryptedKey }
            var inner = first.reader
            guard let head = try? inner.read() else { return .unknown }
            // Version 0 and then a name: a request; a version in [0], or a serial number and an algorithm: a certificate.
            if head.tag == DERReader.Tag.integer, let next = try? inner.read(), next.tag == DERReader.Tag.sequence,
                next.content.first == DERReader.Tag.set || next.content.isEmpty
            {
                return .request
            }
            return .certificate
        default: return .unknown
        }
    }

    private mutating func readPKCS7(_ octets: [UInt8]) throws(X509Error) {
        ERR_clear_error()
        let parsed = octets.withUnsafeBufferPointer { buffer -> UnsafeMutablePointer<PKCS7>? in
            var position = buffer.baseAddress
            return d2i_PKCS7(nil, &position, buffer.count)
        }
        guard let parsed else { throw .openSSLMalformed("the PKCS #7 object") }
        defer { PKCS7_free(parsed) }
        guard let stack = danectl_pkcs7_certificates(parsed), danectl_x509_stack_count(stack) > 0 else {
            throw .notRecognized(found: "a PKCS #7 object without certificates")
        }
        for index in 0..<danectl_x509_stack_count(stack) {
            if let certificate = danectl_x509_stack_at(stack, index) { try append(certificate) }
        }
    }

    private mutating func readPKCS12(_ octets: [UInt8], _ passphrase: String?) throws(X509Error) {
        ERR_clear_error()
        let parsed = octets.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var position = buffer.baseAddress
            return d2i_PKCS12(nil, &position, buffer.count)
        }
        guard let parsed else { throw .openSSLMalformed("the PKCS #12 file") }
        defer { PKCS12_free(parsed) }
        if PKCS12_verify_mac(parsed, passphrase ?? "", -1) != 1 {
            ERR_clear_error()
            throw passphrase == nil
                ? .encrypted(what: "the PKCS #12 file") : .wrongPassphrase(what: "the PKCS #12 file")
        }
        var key: OpaquePointer?
        var leaf: OpaquePointer?
        var others: OpaquePointer?
        if PKCS12_parse(parsed, passphrase ?? "", &key, &leaf, &others) != 1 {
            // Programs of former times encrypt with RC2, which OpenSSL 3 keeps apart.
            guard Self.hasLegacyAlgorithms, PKCS12_parse(parsed, passphrase ?? "", &key, &leaf, &others) == 1 else {
                throw .openSSL("open the PKCS #12 file")
            }
            ERR_clear_error()
        }
        defer {
            X509_free(leaf)
            danectl_x509_stack_free(others)
        }
        if let key { privateKeys.append(try CertificateKey(takingOwnershipOf: key)) }
        if let leaf { try append(leaf) }
        if let others {
            for index in 0..<danectl_x509_stack_count(others) {
                if let certificate = danectl_x509_stack_at(others, index) { try append(certificate) }
            }
        }
    }

    /// Loads OpenSSL's algorithms of former times, beside the others; `false` when they are not installed.
    private static let hasLegacyAlgorithms =
        OSSL_PROVIDER_load(nil, "default") != nil && OSSL_PROVIDER_load(nil, "legacy") != nil

    /// Copies a borrowed certificate.
    private mutating func append(_ certificate: OpaquePointer) throws(X509Error) {
        guard let octets = encodedDER({ i2d_X509(certificate, $0) }) else { throw .openSSL("copy a certificate") }
        certificates.append(try Certificate(der: octets))
    }

    // MARK: What else it may be

    private static func contains(_ octets: [UInt8], _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard octets.count >= wanted.count else { return false }
        var index = 0
        while let found = octets[index...].firstIndex(of: wanted[0]), found + wanted.count <= octets.count {
            if octets[found..<(found + wanted.count)].elementsEqual(wanted) { return true }
            index = found + 1
        }
        return false
    }

    /// What octets look like that are nothing of ours.
    private static func guess(_ octets: [UInt8]) -> String {
        if octets.starts(with: "ssh-".utf8) || octets.starts(with: "ecdsa-sha2".utf8) { return "an OpenSSH public key" }
        if octets.starts(with: "Private-key-format:".utf8) { return "a DNSSEC private key file" }
        if contains(octets, "DNSKEY") { return "a DNSKEY record" }
        if octets.starts(with: [0xFE, 0xED, 0xFE, 0xED]) { return "a Java key store" }
        let first = octets[0]
        if first & 0xC0 == 0xC0 || first & 0x80 == 0x80 && first < 0xC0 && octets.count > 20 {
            return "binary data, perhaps an OpenPGP key"
        }
        return octets.prefix(200).allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 9 || $0 == 10 || $0 == 13 }
            ? "text without a PEM block" : "binary data that is not DER"
    }
}
