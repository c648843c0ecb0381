/// What the standards say about using or implementing something (RFC 2119's words, as IANA's columns use them).
public enum Recommendation: String, Sendable, Hashable {
    /// An absolute requirement.
    case must = "MUST"
    /// Do so unless there is a good reason.
    case recommended = "RECOMMENDED"
    /// Optional.
    case may = "MAY"
    /// Do not do so unless there is a good reason.
    case notRecommended = "NOT RECOMMENDED"
    /// An absolute prohibition.
    case mustNot = "MUST NOT"
}

/// A row of IANA's table of DNSSEC algorithms: name and recommendations (RFC 9904, RFC 9905, RFC 9906).
///
/// The one place of this table: RFC 9904 moved the guidance from RFCs into IANA's registry, so that it changes there.
/// State of November 2026.
public struct AlgorithmRecommendation: Sendable, Hashable {
    /// The algorithm.
    public let algorithm: SecurityAlgorithm
    /// IANA's mnemonic.
    public let mnemonic: String
    /// Another name that software writes for it.
    let alias: String?
    /// Whether zones should be signed with it.
    public let useForSigning: Recommendation
    /// Whether validators should use it.
    public let useForValidation: Recommendation
    /// Whether signers should implement it.
    public let implementForSigning: Recommendation
    /// Whether validators should implement it.
    public let implementForValidation: Recommendation

    private init(
        _ algorithm: SecurityAlgorithm, _ mnemonic: String, alias: String? = nil, _ useForSigning: Recommendation,
        _ useForValidation: Recommendation, _ implementForSigning: Recommendation,
        _ implementForValidation: Recommendation
    ) {
        self.algorithm = algorithm
        self.mnemonic = mnemonic
        self.alias = alias
        self.useForSigning = useForSigning
        self.useForValidation = useForValidation
        self.implementForSigning = implementForSigning
        self.implementForValidation = implementForValidation
    }

    /// Every algorithm that has a mnemonic, by number. Those of which IANA recommends nothing count as MUST NOT.
    public static let all: [AlgorithmRecommendation] = [
        .init(.delete, "DELETE", .mustNot, .mustNot, .mustNot, .mustNot),
        .init(.rsamd5, "RSAMD5", .mustNot, .mustNot, .mustNot, .mustNot),
        .init(.dh, "DH", .mustNot, .mustNot, .mustNot, .mustNot),
        .init(.dsa, "DSA", .mustNot, .mustNot, .mustNot, .mustNot),
        .init(.rsasha1, "RSASHA1", .mustNot, .recommended, .notRecommended, .must),
        .init(.dsaNSEC3SHA1, "DSA-NSEC3-SHA1", alias: "NSEC3DSA", .mustNot, .mustNot, .mustNot, .mustNot),
        .init(
            .rsasha1NSEC3, "RSASHA1-NSEC3-SHA1", alias: "NSEC3RSASHA1", .mustNot, .recommended, .notRecommended,
            .must),
        .init(.rsasha256, "RSASHA256", .recommended, .recommended, .must, .must),
        .init(.rsasha512, "RSASHA512", .notRecommended, .recommended, .notRecommended, .must),
        .init(.eccGOST, "ECC-GOST", alias: "ECCGOST", .mustNot, .mustNot, .mustNot, .mustNot),
        .init(.ecdsap256sha256, "ECDSAP256SHA256", .recommended, .recommended, .must, .must),
        .init(.ecdsap384sha384, "ECDSAP384SHA384", .may, .recommended, .may, .recommended),
        .init(.ed25519, "ED25519", .recommended, .recommended, .recommended, .recommended),
        .init(.ed448, "ED448", .may, .recommended, .may, .recommended),
        .init(.sm2sm3, "SM2SM3", .may, .may, .may, .may),
        .init(.eccGOST12, "ECC-GOST12", alias: "ECCGOST12", .may, .may, .may, .may),
        .init(.indirect, "INDIRECT", .mustNot, .mustNot, .mustNot, .mustNot),
        .init(.privateDNS, "PRIVATEDNS", .may, .may, .may, .may),
        .init(.privateOID, "PRIVATEOID", .may, .may, .may, .may),
    ]

    private static let byNumber: [AlgorithmRecommendation?] = {
        var table = [AlgorithmRecommendation?](repeating: nil, count: 256)
        for row in all { table[Int(row.algorithm.rawValue)] = row }
        return table
    }()

    /// The row of an algorithm.
    static func of(_ algorithm: SecurityAlgorithm) -> Self? { byNumber[Int(algorithm.rawValue)] }
}

extension SecurityAlgorithm {
    /// What IANA's registry says about it, or `nil` when it does not know the number.
    public var recommendation: AlgorithmRecommendation? { AlgorithmRecommendation.of(self) }
}
