import OpenSSLBridge

/// A PKI made anew for each test: root, intermediate, leaf. All times are fixed.
struct TestAuthority {
    /// 2026-01-01T00:00:00Z.
    static let now: Int64 = 1_767_225_600
    static let day: Int64 = 86_400

    let rootKey: CertificateKey
    let root: Certificate
    let intermediateKey: CertificateKey
    let intermediate: Certificate

    init(_ kind: CertificateKey.Kind = .ecP256) throws {
        rootKey = try CertificateKey.generate(kind)
        root = try Certificate.selfSigned(
            .authority(
                commonName: "Test Root", pathLength: nil, notBefore: Self.now - 100 * Self.day,
                notAfter: Self.now + 3650 * Self.day, serialNumber: [1]),
            key: rootKey)
        intermediateKey = try CertificateKey.generate(kind)
        intermediate = try Certificate.issued(
            .authority(
                commonName: "Test Issuer", pathLength: 0, notBefore: Self.now - 50 * Self.day,
                notAfter: Self.now + 365 * Self.day, serialNumber: [2]),
            for: intermediateKey.publicKey, by: root, key: rootKey)
    }

    /// A server's certificate by the intermediate.
    func leaf(
        _ names: [SubjectAlternativeName], key: CertificateKey, validFor days: Int64 = 90
    ) throws -> Certificate {
        try Certificate.issued(
            .server(
                commonName: "leaf", names: names, notBefore: Self.now - Self.day, notAfter: Self.now + days * Self.day,
                serialNumber: [0x80, 3]),
            for: key.publicKey, by: intermediate, key: intermediateKey)
    }
}
