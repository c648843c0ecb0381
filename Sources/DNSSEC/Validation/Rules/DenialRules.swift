import Diagnostics

/// Rules about NSEC and NSEC3.
extension ValidationRule {
    static let denialMissing = Self(
        "verify/denial-missing", "The zone has neither NSEC nor NSEC3",
        """
        A signed zone must be able to prove that a name or type does not exist. Without NSEC or NSEC3, resolvers \
        answer SERVFAIL for all that is not there, and for each delegation without DS.
        """, .rfc(4035, "2.3"), .rfc(5155, "7.1"))

    static let denialMixed = Self(
        "verify/denial-mixed", "NSEC and NSEC3 stand in one zone",
        """
        A zone uses the one or the other. NSEC records in an NSEC3 zone name what the hashes hide; NSEC3 records \
        in an NSEC zone are left over from a change of policy.
        """, .rfc(5155, "7.1"), .rfc(5155, "10.4"))

    static let denialMisplaced = Self(
        "verify/denial-misplaced", "NSEC or NSEC3 stands where none may be",
        """
        Below a zone cut or DNAME no name is the zone's own, so there is nothing to deny; an NSEC3 stands at a \
        hash directly below the apex only.
        """, .rfc(4035, "2.3"), .rfc(5155, "3"))

    static let denialTTL = Self(
        "verify/denial-ttl", "An NSEC or NSEC3 has not the TTL of negative answers",
        """
        The TTL must be the lesser of the SOA's TTL and its minimum field. A longer one lets caches that make \
        answers out of NSEC records hold on to a denial for too long.
        """, .rfc(9077, "3"))

    static let bitmapEncoding = Self(
        "verify/bitmap-encoding", "A type bitmap is not well encoded",
        """
        Windows must ascend, hold at least one type, and carry no trailing zero octets; other encodings are \
        refused as malformed or compared wrongly.
        """, .rfc(4034, "4.1.2"))

    static let nsecMissing = Self(
        "verify/nsec-missing", "A name has no NSEC",
        """
        Each authoritative name and each delegation has an NSEC record. Without it the name is denied by its \
        predecessor's or lies in a gap of the chain.
        """, .rfc(4035, "2.3"))

    static let nsecDuplicate = Self(
        "verify/nsec-duplicate", "A name has several NSEC records",
        """
        A name has exactly one NSEC; of several, all but one are wrong.
        """, .rfc(4034, "4"))

    static let nsecAlone = Self(
        "verify/nsec-alone", "An NSEC stands at a name that owns nothing else",
        """
        NSEC must not be the only RRset of a name: it would bring an empty non-terminal, or a name that is gone, \
        into the chain.
        """, .rfc(4035, "2.3"))

    static let nsecNext = Self(
        "verify/nsec-next", "An NSEC does not point to the next name",
        """
        The next field must be the next authoritative name or delegation in canonical order, and the apex in the \
        last one. A span too wide denies names that exist; one too narrow leaves a gap in which nothing can be \
        denied.
        """, .rfc(4034, "4.1.1"), .rfc(4035, "2.3"))

    static let nsecBitmap = Self(
        "verify/nsec-bitmap", "An NSEC's type bitmap is not that of its name",
        """
        A type that is missing in the bitmap is denied though it exists; one too many makes resolvers fail when \
        the type is asked for. At delegations only NS, DS, RRSIG and NSEC count.
        """, .rfc(4034, "4.1.2"), .rfc(4035, "2.3"))

    static let denialMalformed = Self(
        "verify/denial-malformed", "An NSEC, NSEC3 or NSEC3PARAM cannot be read",
        """
        The RDATA ends too early or a length field in it is wrong.
        """, .rfc(4034, "4.1"), .rfc(5155, "3.2"))

    static let paramMissing = Self(
        "verify/nsec3param-missing", "The zone has NSEC3 records but no NSEC3PARAM at its apex",
        """
        Authoritative servers find the hash parameters in NSEC3PARAM. Without it they do not know that the zone \
        has NSEC3 and give no proofs; some refuse to load it.
        """, .rfc(5155, "4"), .rfc(5155, "7.1"))

    static let paramFlags = Self(
        "verify/nsec3param-flags", "An NSEC3PARAM has flags",
        """
        All flags must be zero; servers ignore an NSEC3PARAM that has any.
        """, .rfc(5155, "4.1.2"))

    static let paramSeveral = Self(
        "verify/nsec3param-several", "The zone has several NSEC3PARAM records",
        """
        Each stands for a complete chain, and servers choose one. That is meant for changes of salt; RFC 9276 \
        says to have no salt at all.
        """, .rfc(5155, "4"), .rfc(5155, "10.4"))

    static let paramUnused = Self(
        "verify/nsec3param-unused", "An NSEC3PARAM has no NSEC3 records",
        """
        The parameters promise a chain that is not there: servers that choose it have no proofs to give.
        """, .rfc(5155, "4"))

    static let nsec3Parameters = Self(
        "verify/nsec3-parameters", "An NSEC3 has parameters that no NSEC3PARAM names",
        """
        Hash algorithm, iterations and salt must be those of a chain that is announced. The record belongs to no \
        complete chain, and validators ignore answers with mixed parameters.
        """, .rfc(5155, "7.1"), .rfc(5155, "8.2"))

    static let nsec3Iterations = Self(
        "verify/nsec3-iterations", "NSEC3 has extra iterations",
        """
        Iterations cost every server and resolver and protect nothing. More than zero is against current \
        practice; beyond a limit (100 in RFC 9276, 50 in newer software) resolvers treat all denials, and so the \
        zone, as insecure.
        """, .rfc(9276, "3.1"), .rfc(9276, "3.2"))

    static let nsec3Salt = Self(
        "verify/nsec3-salt", "NSEC3 has a salt",
        """
        A salt adds nothing, since every name is hashed with its zone's name already, and makes each change of \
        it a new chain.
        """, .rfc(9276, "3.1"))

    static let nsec3Hash = Self(
        "verify/nsec3-hash-algorithm", "NSEC3 has an unknown hash algorithm",
        """
        Only SHA-1 (1) is defined. Validators ignore NSEC3 records with another one and treat the zone's denials \
        as insecure or bogus.
        """, .rfc(5155, "8.1"), .rfc(5155, "11"))

    static let nsec3KeyAlgorithm = Self(
        "verify/nsec3-key-algorithm", "An NSEC3 zone has keys of an algorithm from before NSEC3",
        """
        Algorithms 3 and 5 tell old validators that the zone uses NSEC; zones with NSEC3 use 6 and 7 in their \
        place, or anything newer.
        """, .rfc(5155, "2"))

    static let nsec3Owner = Self(
        "verify/nsec3-owner", "An NSEC3's owner is no hash",
        """
        The first label must be 32 characters of base32hex, directly below the apex.
        """, .rfc(5155, "3.3"))

    static let nsec3Flags = Self(
        "verify/nsec3-flags", "An NSEC3 has unknown flags",
        """
        Only the opt-out flag is defined; validators ignore an NSEC3 with any other.
        """, .rfc(5155, "3.1.2"), .rfc(5155, "8.2"))

    static let nsec3Duplicate = Self(
        "verify/nsec3-duplicate", "Two NSEC3 records of one chain have the same owner",
        """
        A hash has one place in the chain. Of several records all but one are wrong.
        """, .rfc(5155, "7.1"))

    static let nsec3Missing = Self(
        "verify/nsec3-missing", "A name has no NSEC3",
        """
        Each authoritative name, each secure delegation, each empty non-terminal, and, where opt-out does not \
        cover it, each delegation without DS has an NSEC3. Without it, no closest encloser can be proved and \
        denials below the name fail.
        """, .rfc(5155, "7.1"))

    static let nsec3Surplus = Self(
        "verify/nsec3-surplus", "An NSEC3 is the hash of no name in the zone",
        """
        The record is left over from a name that is gone, is the hash of glue or of another zone's name, or its \
        owner was changed.
        """, .rfc(5155, "7.1"))

    static let nsec3Next = Self(
        "verify/nsec3-next", "An NSEC3 does not point to the next hash",
        """
        The next field must be the next hash of the chain in hash order, and the first in the last one. Wrong \
        spans deny names that exist or leave gaps in which nothing can be denied.
        """, .rfc(5155, "7.1"), .rfc(5155, "3.1.7"))

    static let nsec3Bitmap = Self(
        "verify/nsec3-bitmap", "An NSEC3's type bitmap is not that of its name",
        """
        A type that is missing is denied though it exists; one too many makes resolvers fail when it is asked \
        for. Empty non-terminals have no types, delegations without DS only NS.
        """, .rfc(5155, "7.1"), .rfc(4035, "2.3"))

    static let nsec3OptOut = Self(
        "verify/nsec3-opt-out", "A delegation without DS lies in a span without opt-out",
        """
        Only an NSEC3 with the opt-out flag may skip delegations, and only those without DS. Here the span says \
        that the name does not exist.
        """, .rfc(5155, "6"), .rfc(5155, "7.1"))
}
