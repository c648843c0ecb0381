import DANE
import DNSModel
import OpenSSLBridge

/// A PKI made in code: root, intermediate, leaves. All times are fixed.
struct TestPKI {
    /// 2026-01-01T00:00:00Z.
    static let now = Timestamp(1_767_225_600)
    static let day: Int64 = 86_400

    let rootKey: CertificateKey
    let root: Certificate
    let intermediateKey: CertificateKey
    let intermediate: Certificate

    init(_ kind: CertificateKey.Kind = .ecP256, intermediateEnds: Int64 = 365) throws {
        let now = Self.now.rawValue
        rootKey = try CertificateKey.generate(kind)
        root = try Certificate.selfSigned(
            .authority(
                commonName: "Test Root", pathLength: nil, notBefore: now - 100 * Self.day,
                notAfter: now + 3650 * Self.day, serialNumber: [1]),
            key: rootKey)
        intermediateKey = try CertificateKey.generate(kind)
        intermediate = try Certificate.issued(
            .authority(
                commonName: "Test Issuer", pathLength: 0, notBefore: now - 50 * Self.day,
                notAfter: now + intermediateEnds * Self.day, serialNumber: [2]),
            for: intermediateKey.publicKey, by: root, key: rootKey)
    }

    /// What a server's certificate for these names says.
    static func template(
        _ names: [SubjectAlternativeName], commonName: String? = nil, from: Int64 = -1, to: Int64 = 90
    ) -> CertificateTemplate {
        .server(
            commonName: commonName, names: names, notBefore: now.rawValue + from * day,
            notAfter: now.rawValue + to * day, serialNumber: [3])
    }

    /// A server's certificate by the intermediate.
    func leaf(
        _ names: [SubjectAlternativeName], key: CertificateKey, from: Int64 = -1, to: Int64 = 90
    ) throws -> Certificate {
        try Certificate.issued(
            Self.template(names, from: from, to: to), for: key.publicKey, by: intermediate, key: intermediateKey)
    }
}

/// A small generator of pseudo-random numbers (SplitMix64), so that every run does the same.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
