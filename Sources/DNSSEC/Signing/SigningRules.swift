public import Diagnostics

extension RuleID {
    static let nsec3Iterations: RuleID = "sign/nsec3-iterations"
    static let nsec3Salt: RuleID = "sign/nsec3-salt"
    static let nsec3Collision: RuleID = "sign/nsec3-collision"
    static let nsec3NameLength: RuleID = "sign/nsec3-name-length"
    static let signatureTimes: RuleID = "sign/signature-times"
    static let serial: RuleID = "sign/serial"
    static let soa: RuleID = "sign/soa"
    static let keyAlgorithms: RuleID = "sign/key-algorithms"
    static let foreignKey: RuleID = "sign/foreign-key"
    static let outOfZone: RuleID = "sign/out-of-zone"
    static let staleRecords: RuleID = "sign/stale-records"
    static let differingTTLs: RuleID = "sign/differing-ttls"
    static let zoneTooLarge: RuleID = "sign/zone-too-large"
    static let cryptography: RuleID = "sign/cryptography"
    static let selfCheck: RuleID = "sign/self-check"
    static let expireOutlivesSignatures: RuleID = "sign/expire-outlives-signatures"
}

extension RuleCatalog {
    /// The rules of signing.
    public static let signing = RuleCatalog([
        RuleExplanation(
            .nsec3Iterations, "NSEC3 needs no further iterations",
            """
            Each iteration makes every server and every validator hash once more for each negative answer, and keeps no \
            attacker from guessing names. Validators therefore treat a zone with more than a few as unsigned, or do not \
            resolve it: the 330 that old tutorials recommend switch DNSSEC off. With 0 iterations a name is still hashed \
            once.
            """, .rfc(9276, "3.1"), .rfc(9276, "3.2")),
        RuleExplanation(
            .nsec3Salt, "NSEC3 needs no salt",
            """
            Every hashed name ends in the zone's name already, so tables cannot be shared between zones, which is all that \
            a salt could prevent. A salt has to be changed to be of any use, and changing it means signing the whole chain \
            anew.
            """, .rfc(9276, "3.1")),
        RuleExplanation(
            .nsec3Collision, "two names of the zone have the same NSEC3 hash",
            """
            A chain cannot tell such names apart. Another salt gives every name another hash.
            """, .rfc(5155, "7.1")),
        RuleExplanation(
            .nsec3NameLength, "the apex is too long for NSEC3",
            """
            An NSEC3 record stands at a label of 32 characters below the apex, and a name has at most 255 octets. Use NSEC.
            """, .rfc(5155, "3")),
        RuleExplanation(
            .signatureTimes, "signature times must make sense",
            """
            A signature begins before it ends, spans less than 2^31 seconds, and should live long enough after it is made \
            to be of use; it is made anew when what is left is no more than the refresh time.
            """, .rfc(4034, "3.1.5")),
        RuleExplanation(
            .serial, "the SOA serial must move forward",
            """
            Secondaries fetch a zone only when its serial is newer in serial arithmetic. Where a policy's serial would not \
            be, the successor of the published one is used and said so; policy keep uses the operator's own and warns.
            """, .rfc(1982, "3.2")),
        RuleExplanation(
            .soa, "a zone has exactly one SOA record, at its apex",
            """
            Without it there is no serial, and no TTL for negative answers. Two of them are a mistake that servers resolve \
            differently.
            """, .rfc(1035, "5.2"), .rfc(2181, "6.1")),
        RuleExplanation(
            .keyAlgorithms, "every algorithm of the DNSKEY RRset signs the whole zone",
            """
            "There MUST be an RRSIG for each RRset using at least one DNSKEY of each algorithm in the zone apex DNSKEY \
            RRset": a validator that knows just one of the algorithms would otherwise find unsigned data and answer \
            SERVFAIL. A key of a new algorithm is therefore published only when it signs, and withdrawn before it stops.
            """, .rfc(4035, "2.2"), .rfc(6840, "5.11")),
        RuleExplanation(
            .foreignKey, "the source has DNSKEY records that belong to none of the keys",
            """
            They may be left from another signer. They are dropped unless they are asked for, because a stray key can \
            make a zone fail validation when its algorithm signs nothing.
            """, .rfc(4035, "2.2")),
        RuleExplanation(
            .outOfZone, "records outside the zone are dropped",
            """
            A zone's file may only speak of names at and below the apex. Servers ignore the others; a signature over them \
            or a place in the denial chain would make the zone fail validation.
            """, .rfc(1035, "5.2")),
        RuleExplanation(
            .staleRecords, "DNSSEC records of the source are made anew",
            """
            RRSIG, NSEC, NSEC3, NSEC3PARAM and ZONEMD records of the source belong to what was signed then. They are \
            dropped before signing: an NSEC3PARAM left in an NSEC zone, or an old digest, breaks it.
            """, .rfc(5155, "4"), .rfc(8976, "3")),
        RuleExplanation(
            .differingTTLs, "all records of an RRset have one TTL",
            """
            "The TTLs of all RRs in an RRSet must be the same." A signature carries one original TTL for all of them, so \
            the lowest is used for all. Signers that kept them apart made signatures that no validator accepts.
            """, .rfc(2181, "5.2"), .rfc(4034, "3")),
        RuleExplanation(
            .zoneTooLarge, "a zone's names and record data fill more than 4 GiB",
            "This is the limit of the zone model. Split the zone."),
        RuleExplanation(
            .cryptography, "the cryptographic library refused to sign",
            "The message says what was being done and what the library says. The key file may be damaged."),
        RuleExplanation(
            .selfCheck, "the signed zone does not pass its own check",
            """
            Before a signed zone is handed out its counts, its denial chain and the signatures at its apex are checked. A \
            failure is a defect in this program or in the machine's memory; the zone is not written.
            """),
        RuleExplanation(
            .expireOutlivesSignatures, "a secondary may serve signatures that have expired",
            """
            A secondary that cannot reach the primary goes on serving for as long as SOA expire says, and resolvers keep \
            what it served for a TTL more. When signatures may have less than that left, resolvers will refuse its answers \
            before it gives up. Keep SOA expire plus the longest TTL below the refresh time.
            """, .rfc(6781, "4.4.2")),
    ])
}
