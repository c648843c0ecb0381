public import DNSModel
public import OpenSSLBridge

/// Makes TLSA records from certificates, requests and keys (RFC 6698 §2.1).
public enum TLSAGenerator {
    /// Which authority of a chain usages 0 and 2 name.
    public enum AuthorityChoice: Sendable, Hashable {
        /// The highest CA that the server sends: it changes least often.
        case highest
        /// The CA that issued the server's certificate.
        case issuer
        /// The CA with this common name.
        case commonName(String)
        /// This very CA, which must be in the chain.
        case certificate(Certificate)
    }

    /// Why no record can be made.
    public enum Failure: Error, Sendable, Hashable {
        /// The file holds neither certificate nor key.
        case nothingToHash
        /// Selector 0 hashes a certificate, and there is only a key or a request.
        case needsCertificate(TLSAParameters)
        /// Usages 0 and 2 name an authority, and there is no certificate of one.
        case needsAuthority(TLSAParameters)
        /// The chain that the server sends has no CA above the leaf; clients could not match the record.
        case authorityNotSent(leaf: String, issuer: String)
        /// The chosen CA is not in the chain that the server sends (RFC 7671 §5.2).
        case choiceNotSent(String)
        /// Parameters that no certificate can be hashed by.
        case unknownParameters(TLSAParameters)
    }

    /// The records for a chain as the server sends it, leaf first.
    ///
    /// - Parameters:
    ///   - parameters: Usage, selector and matching type.
    ///   - sent: All certificates that the server sends; their order is mended.
    ///   - authority: Which CA usages 0 and 2 name.
    public static func record(
        _ parameters: TLSAParameters, chain sent: [Certificate], authority: AuthorityChoice = .highest
    ) throws(Failure) -> RData.TLSA {
        try record(parameters, chain: CertificateChain(sent), authority: authority)
    }

    /// The records for a chain that has been put in order already.
    public static func record(
        _ parameters: TLSAParameters, chain: CertificateChain, authority: AuthorityChoice = .highest
    ) throws(Failure) -> RData.TLSA {
        guard let leaf = chain.leaf else { throw .nothingToHash }
        guard parameters.namesAuthority else { return try record(parameters, certificate: leaf) }
        return try record(parameters, certificate: try self.authority(authority, in: chain, leaf: leaf))
    }

    /// The record that one certificate matches, whatever it is.
    public static func record(
        _ parameters: TLSAParameters, certificate: Certificate
    ) throws(Failure) -> RData.TLSA {
        let content = parameters.selector == .cert ? certificate.der : certificate.publicKey.der
        guard parameters.selector == .cert || parameters.selector == .spki else { throw .unknownParameters(parameters) }
        return try record(parameters, content: content)
    }

    /// The record of a bare key: from a private key, a request, or a public key file.
    ///
    /// This is how a key's record is published before its certificate exists (RFC 7671 §8.1).
    public static func record(
        _ parameters: TLSAParameters, publicKey: SubjectPublicKeyInfo
    ) throws(Failure) -> RData.TLSA {
        guard parameters.selector == .spki else { throw .needsCertificate(parameters) }
        return try record(parameters, content: publicKey.der)
    }

    /// The record for whatever a file holds: its chain, else its request, private key or public key.
    public static func record(
        _ parameters: TLSAParameters, bundle: CredentialBundle, authority: AuthorityChoice = .highest
    ) throws(Failure) -> RData.TLSA {
        if !bundle.certificates.isEmpty {
            return try record(parameters, chain: bundle.certificates, authority: authority)
        }
        guard let key = bundle.subjectPublicKeys.first else { throw .nothingToHash }
        return try record(parameters, publicKey: key)
    }

    /// The records of several certificates on one service, each once, in canonical order (RFC 7671 §8).
    public static func records(
        _ parameters: [TLSAParameters], chains: [[Certificate]], authority: AuthorityChoice = .highest
    ) throws(Failure) -> [RData.TLSA] {
        var records: [RData.TLSA] = []
        for chain in chains {
            for parameters in parameters {
                let record = try record(parameters, chain: chain, authority: authority)
                if !records.contains(record) { records.append(record) }
            }
        }
        return records.sorted { $0.wireFormat.lexicographicallyPrecedes($1.wireFormat) }
    }

    private static func record(_ parameters: TLSAParameters, content: [UInt8]) throws(Failure) -> RData.TLSA {
        let data: [UInt8]
        switch parameters.matchingType {
        case .full: data = content
        case .sha2_256: data = DigestContext.digest(.sha256, of: content)
        case .sha2_512: data = DigestContext.digest(.sha512, of: content)
        default: throw .unknownParameters(parameters)
        }
        return RData.TLSA(
            usage: parameters.usage, selector: parameters.selector, matchingType: parameters.matchingType,
            associationData: data)
    }

    private static func authority(
        _ choice: AuthorityChoice, in chain: CertificateChain, leaf: Certificate
    ) throws(Failure) -> Certificate {
        // A file with nothing but a CA: the record can be made, the chain that is sent cannot be checked.
        if chain.sent.count == 1, leaf.isCA { return leaf }
        let authorities = chain.path.dropFirst().filter(\.isCA)
        guard let issuer = authorities.first, let highest = authorities.last else {
            throw .authorityNotSent(leaf: leaf.label, issuer: leaf.issuer.description)
        }
        switch choice {
        case .highest: return highest
        case .issuer: return issuer
        case .commonName(let name):
            guard let found = authorities.first(where: { $0.subject.commonNames.contains(name) }) else {
                throw .choiceNotSent(name)
            }
            return found
        case .certificate(let certificate):
            guard authorities.contains(certificate) else { throw .choiceNotSent(certificate.label) }
            return certificate
        }
    }
}

extension TLSAGenerator.Failure: CustomStringConvertible {
    /// What is missing and what would do.
    public var description: String {
        switch self {
        case .nothingToHash: "there is neither a certificate nor a key in it"
        case .needsCertificate(let parameters):
            "\(parameters.fullDescription) hashes the whole certificate, found only a key; selector 1 (SPKI) hashes keys"
        case .needsAuthority(let parameters):
            "\(parameters.fullDescription) names an authority, found no certificate of one"
        case .authorityNotSent(let leaf, let issuer):
            "the chain of '\(leaf)' has no authority in it: its issuer '\(issuer)' is not sent, so that no client could"
                + " match the record"
        case .choiceNotSent(let name): "the authority '\(name)' is not in the chain that the server sends"
        case .unknownParameters(let parameters): "nothing can be hashed by \(parameters)"
        }
    }

    /// The rule that the failure breaks.
    public var rule: String {
        switch self {
        case .nothingToHash, .needsCertificate, .needsAuthority, .unknownParameters: "tlsa/cannot-generate"
        case .authorityNotSent, .choiceNotSent: "tlsa/authority-not-sent"
        }
    }
}
