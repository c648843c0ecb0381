public import Diagnostics

/// The names of the rules about DS records and their kin.
public enum DelegationRules {
    /// A DS with SHA-1.
    public static let sha1: RuleID = "ds/sha1-digest"
    /// A digest type that is not made here.
    public static let unsupportedDigest: RuleID = "ds/unsupported-digest"
    /// A revoked key, of which no DS is made.
    public static let revokedKey: RuleID = "ds/revoked-key"
    /// A key without the ZONE flag, of which no DS is made.
    public static let notZoneKey: RuleID = "ds/not-a-zone-key"
    /// A zone whose keys have no SEP flag.
    public static let noSecureEntryPoint: RuleID = "ds/no-secure-entry-point"
    /// No key of which a DS could be made.
    public static let noKey: RuleID = "ds/no-key"
    /// A DS that no validator will use: its algorithm is unknown or must not be used.
    public static let algorithm: RuleID = "ds/algorithm"
    /// Several zones' keys in one place.
    public static let severalZones: RuleID = "ds/several-zones"
}

extension RuleCatalog {
    /// The rules about DS records and their kin.
    public static let delegation = RuleCatalog([
        .init(
            DelegationRules.sha1, "a DS with SHA-1",
            """
            SHA-1 must not be used for new delegations; registries refuse it more and more, and some validators treat a \
            zone with such DS records alone as unsigned. Give the parent digest type 2 (SHA-256).
            """, .rfc(9905), .rfc(9904)),
        .init(
            DelegationRules.unsupportedDigest, "a digest type that danectl does not make",
            "danectl makes DS records with SHA-256 (2), SHA-384 (4), and SHA-1 (1) when it is named.", .rfc(9904)),
        .init(
            DelegationRules.revokedKey, "a revoked key gets no DS",
            """
            A key with the REVOKE flag must not be trusted by anyone; a DS for it leads nowhere. The DS of its unrevoked \
            form has another key tag and should be gone from the parent.
            """, .rfc(5011, "2.1")),
        .init(
            DelegationRules.notZoneKey, "a key that cannot sign a zone gets no DS",
            "A DS that refers to a DNSKEY without the ZONE flag or with a protocol other than 3 is useless.",
            .rfc(4034, "5.2")),
        .init(
            DelegationRules.noSecureEntryPoint, "no key has the SEP flag, so all keys were taken",
            """
            The SEP flag marks the keys that the parent's DS should point to. This zone's keys have none, so a DS of each \
            is printed; give the parent only those of keys that sign the DNSKEY RRset.
            """, .rfc(4034, "2.1.1")),
        .init(
            DelegationRules.noKey, "there is no key to make a DS of",
            "No DNSKEY was found, or all that were found are revoked or no zone keys.", .rfc(4034, "5")),
        .init(
            DelegationRules.algorithm, "the key's algorithm is unknown or must not be used",
            """
            A validator that supports no algorithm of the DS RRset treats the zone as unsigned. The DS is printed, but \
            protects nobody.
            """, .rfc(4035, "5.2"), .rfc(9904)),
        .init(
            DelegationRules.severalZones, "keys of several zones were given",
            "An EPP command speaks of one domain. Give the keys of one zone at a time.", .rfc(5910, "5.2")),
    ])
}
