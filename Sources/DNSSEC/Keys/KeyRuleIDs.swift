import DNSModel
public import Diagnostics

/// The names of the rules about keys and key files.
public enum KeyRules {
    /// Two keys of a zone have one key tag.
    public static let tagCollision: RuleID = "key/tag-collision"
    /// A key belongs to another zone.
    public static let otherZone: RuleID = "key/other-zone"
    /// A key that should sign has no private half.
    public static let missingPrivateHalf: RuleID = "key/missing-private-half"
    /// Nothing is active at the time of signing.
    public static let noActiveKey: RuleID = "key/no-active-key"
    /// The keys that were active have been retired.
    public static let expired: RuleID = "key/expired"
    /// An algorithm of the DNSKEY RRset does not sign the whole zone.
    public static let algorithmIncomplete: RuleID = "key/algorithm-incomplete"
    /// An algorithm that cannot sign here.
    public static let unsupportedAlgorithm: RuleID = "key/unsupported-algorithm"
    /// An algorithm that the standards advise against.
    public static let notRecommended: RuleID = "key/algorithm-not-recommended"
    /// A key without the ZONE flag.
    public static let notZoneKey: RuleID = "key/not-a-zone-key"
    /// A protocol field other than 3.
    public static let protocolField: RuleID = "key/protocol"
    /// No key of the zone has the SEP flag.
    public static let noSecureEntryPoint: RuleID = "key/no-secure-entry-point"
    /// The same key was given twice.
    public static let duplicate: RuleID = "key/duplicate"
    /// An RSA modulus that is too small or too large.
    public static let size: RuleID = "key/size"
    /// Octets that are not a public key of their algorithm.
    public static let malformed: RuleID = "key/malformed"
    /// Leading zeros or a needless long form in an RSA key.
    public static let rsaForm: RuleID = "key/rsa-form"
    /// No key could be made.
    public static let generation: RuleID = "key/generation"
    /// A private key file that others can read.
    public static let readableByOthers: RuleID = "key/private-readable-by-others"
    /// A line of a key file that cannot be read.
    public static let fileSyntax: RuleID = "key/file-syntax"
    /// A private key file of an unknown version.
    public static let fileVersion: RuleID = "key/file-version"
    /// A private key file without a field that its algorithm needs.
    public static let missingField: RuleID = "key/missing-field"
    /// A public key file without, or with more than one, DNSKEY.
    public static let notOneRecord: RuleID = "key/not-one-record"
    /// Public and private file do not belong together.
    public static let halvesDiffer: RuleID = "key/halves-differ"
    /// The file's name says another zone, algorithm or key tag.
    public static let fileName: RuleID = "key/file-name"
    /// The private half is in a hardware module.
    public static let hardware: RuleID = "key/hardware"

    /// The finding about an algorithm that cannot sign here.
    static func cannotSign(_ algorithm: SecurityAlgorithm) -> Diagnostic {
        let isOld = algorithm.signatureAlgorithm != nil
        return .error(
            unsupportedAlgorithm,
            isOld
                ? "algorithm \(algorithm) is for verifying only: new signatures with SHA-1 are not made"
                : "algorithm \(algorithm) (\(algorithm.rawValue)) is not supported",
            isOld ? .rfc(9905) : .rfc(9904), hint: "use ECDSAP256SHA256 (13)")
    }
}
