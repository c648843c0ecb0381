public import Diagnostics

extension RuleCatalog {
    /// The rules about what a zone contains, whatever file it came from.
    public static let zone = RuleCatalog(aliases + apex + delegations + hygiene)

    private static let aliases: [RuleExplanation] = [
        RuleExplanation(
            "zone/cname-and-other-data", "a name with a CNAME record and other data",
            """
            A CNAME says that the name is another name for something else, so nothing else may stand there: a resolver \
            that has the CNAME never asks for the rest, and which of the two it sees depends on what it asked first. \
            Servers refuse to load such zones. Only what DNSSEC itself needs (RRSIG, NSEC) may stand beside it. At the \
            apex, where SOA and NS must stand, a CNAME is never possible.
            """, .rfc(1034, "3.6.2"), .rfc(2181, "10.1"), .rfc(4035, "2.5")),
        RuleExplanation(
            "zone/cname-and-dname", "a name with a CNAME and a DNAME record",
            "A DNAME redirects what is below a name, a CNAME the name itself; the two exclude each other.",
            .rfc(6672, "2.4")),
        RuleExplanation(
            "zone/multiple-cname", "a name with more than one CNAME record",
            "A name can be an alias of one other name only; servers answer with any of them, or refuse the zone.",
            .rfc(2181, "10.1")),
        RuleExplanation(
            "zone/multiple-dname", "a name with more than one DNAME record",
            "Names below it would have more than one other name each; DNAME is a singleton type.", .rfc(6672, "2.4")),
        RuleExplanation(
            "zone/dname-and-ns", "a delegation that is a DNAME as well",
            "Below the name, either the child zone speaks or the DNAME redirects. Only the apex may have both.",
            .rfc(6672, "2.3")),
        RuleExplanation(
            "zone/data-below-dname", "a record below a DNAME",
            """
            Every name below a DNAME is redirected, so what stands there is never answered. It is not signed either. \
            Move the record to where the DNAME points, or the DNAME further down.
            """, .rfc(6672, "2.4")),
        RuleExplanation(
            "zone/ns-is-cname", "a name server that is a CNAME",
            """
            The name in an NS record must have an address of its own. Resolvers that fetch addresses as additional data \
            find none, and many give up rather than follow the alias.
            """, .rfc(2181, "10.3")),
        RuleExplanation(
            "zone/mx-is-cname", "a mail exchange that is a CNAME",
            "The name in an MX record must have an address of its own; mail servers may refuse to follow an alias.",
            .rfc(2181, "10.3")),
        RuleExplanation(
            "zone/srv-is-cname", "a service target that is a CNAME",
            "\"the name MUST NOT be an alias\": clients need not follow it, and DANE clients look for TLSA elsewhere.",
            .rfc(2782), .rfc(7673, "3")),
    ]

    private static let apex: [RuleExplanation] = [
        RuleExplanation(
            "zone/missing-soa", "a zone without SOA record at its apex",
            "The SOA record makes a zone: its serial, its timers, and the TTL of negative answers come from there.",
            .rfc(1035, "5.2")),
        RuleExplanation(
            "zone/duplicate-soa", "more than one SOA record",
            "\"Exactly one SOA RR should be present at the top of the zone\": with two, no serial is the zone's.",
            .rfc(1035, "5.2"), .rfc(2181, "6.1")),
        RuleExplanation(
            "zone/misplaced-soa", "a SOA record below the apex",
            "A SOA record starts a zone of its own; what is below a cut belongs into the child's file.",
            .rfc(1035, "5.2"), .rfc(2181, "6.1")),
        RuleExplanation(
            "zone/missing-ns", "a zone without NS records at its apex",
            "Every zone names its own servers at its apex; servers refuse to load a zone that does not.",
            .rfc(1034, "4.2.1")),
        RuleExplanation(
            "zone/soa-zero-timer", "a SOA refresh or retry of zero",
            "Secondaries would ask all the time, or never again; software differs in which.", .rfc(1035, "3.3.13")),
        RuleExplanation(
            "zone/soa-retry", "a SOA retry that is not shorter than refresh",
            "Retry is for after a failed refresh; when it is longer, a failure is noticed later than without it.",
            .rfc(1912, "2.2")),
        RuleExplanation(
            "zone/soa-expire", "a SOA expire shorter than refresh and retry together",
            """
            A secondary gives up the zone before it has tried twice to reach the primary: one lost packet, and the zone is \
            gone there. For a signed zone, expire should also be shorter than what signatures still have to live.
            """, .rfc(1912, "2.2"), .rfc(6781, "4.4.2.1")),
        RuleExplanation(
            "zone/soa-minimum", "a SOA minimum of more than a day",
            "It is how long resolvers remember that a name does not exist; a new name stays invisible as long.",
            .rfc(2308, "5")),
        RuleExplanation(
            "zone/not-at-apex", "a record that means something only at the apex",
            "DNSKEY, CDS, CDNSKEY and NSEC3PARAM speak for a whole zone; validators look for them at its apex only.",
            .rfc(4035, "2.1"), .rfc(7344, "4"), .rfc(5155, "4")),
        RuleExplanation(
            "zone/ds-at-apex", "a DS record at the apex",
            "DS belongs into the parent zone, where the delegation is. Hand it to the parent instead.",
            .rfc(4035, "2.4")),
    ]

    private static let delegations: [RuleExplanation] = [
        RuleExplanation(
            "zone/missing-glue", "a delegation to a name server below itself, without its address",
            "To reach the server one needs its address, and to learn the address one has to ask the server.",
            .rfc(1034, "4.2.1"), .rfc(9471, "3.1")),
        RuleExplanation(
            "zone/ns-without-address", "a name server in the zone that has no address",
            "The zone itself says that the server cannot be reached.", .rfc(1912, "2.8")),
        RuleExplanation(
            "zone/target-without-address", "an MX or SRV target in the zone that has no address",
            "Clients that choose this target find nothing to connect to.", .rfc(2782), .rfc(5321, "5.1")),
        RuleExplanation(
            "zone/ds-without-ns", "a DS record where nothing is delegated",
            "DS says how a child zone is signed; without NS there is no child zone, and validators never ask.",
            .rfc(4035, "2.4")),
        RuleExplanation(
            "zone/wildcard-ns", "NS records at a wildcard",
            "What servers do with a delegation that is made up on the fly is not defined.", .rfc(4592, "4.2")),
        RuleExplanation(
            "zone/wildcard-dname", "a DNAME record at a wildcard",
            "The DNAME that servers would make up from it differs with the question, and caches cannot rely on it.",
            .rfc(4592, "4.4")),
        RuleExplanation(
            "zone/data-at-cut", "a record at a delegation that is not the parent's",
            "At a delegation the parent has NS and DS; all else is the child's and never answered from here.",
            .rfc(4035, "2.2")),
        RuleExplanation(
            "zone/occluded-data", "a record below a delegation that is not glue",
            """
            What is below a delegation belongs to the child zone. Only addresses of name servers are of use here. The \
            record is not signed and not answered; often a delegation was added above names that were left behind.
            """, .rfc(4035, "2.2"), .rfc(9499, "7")),
        RuleExplanation(
            "zone/out-of-zone", "a record that is not in the zone",
            "Its name is not at or below the apex; servers leave it out. Often a final dot too many, or one missing.",
            .rfc(1034, "4.2.1")),
    ]

    private static let hygiene: [RuleExplanation] = [
        RuleExplanation(
            "zone/rrset-ttl-mismatch", "records of one RRset with different TTLs",
            """
            An RRset has one TTL: caches keep the set as a whole, and a signature covers it with one original TTL. What \
            is signed and published gets the lowest of them.
            """, .rfc(2181, "5.2"), .rfc(4034, "3.1.4")),
        RuleExplanation(
            "zone/zero-ttl", "a TTL of zero",
            "No cache may keep the record, so every use of it costs a query to the zone's own servers.",
            .rfc(1035, "3.2.1")),
        RuleExplanation(
            "zone/duplicate-record", "the same record more than once",
            "\"It is meaningless for two records to ever have label, class, type and data all equal\": one is kept.",
            .rfc(2181, "5")),
        RuleExplanation(
            "zone/odd-host-name", "an address at a name that is no host name",
            "DNS allows any octet in a name, but programs that look up hosts accept letters, digits and hyphens only.",
            .rfc(1123, "2.1"), .rfc(2181, "11")),
    ]
}
