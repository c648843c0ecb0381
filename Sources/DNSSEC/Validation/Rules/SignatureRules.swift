import Diagnostics

/// Rules about signatures.
extension ValidationRule {
    static let signatureMissing = Self(
        "verify/signature-missing", "An authoritative RRset has no signature",
        """
        Each RRset that the zone is authoritative for must be signed. A validating resolver answers SERVFAIL to \
        whoever asks for it.
        """, .rfc(4035, "2.2"))

    static let algorithmIncomplete = Self(
        "verify/algorithm-incomplete", "An RRset is not signed by each algorithm of the DNSKEY RRset",
        """
        There must be a signature by each algorithm that the apex DNSKEY RRset holds. Validators are told to \
        accept any one, but some have refused, and an attacker could strip the stronger algorithm. When \
        algorithms are rolled, signatures come before the key and go after it.
        """, .rfc(4035, "2.2"), .rfc(6840, "5.11"))

    static let signatureInvalid = Self(
        "verify/signature-invalid", "A signature does not verify",
        """
        The key does not confirm the signature over the RRset in canonical form: a record, a TTL or the \
        signature was changed after signing. Resolvers refuse the RRset. Sign the zone again.
        """, .rfc(4035, "5.3.3"))

    static let signatureExpired = Self(
        "verify/signature-expired", "A signature has expired",
        """
        The time of verification is after the signature's expiration. Resolvers refuse the RRset. Sign again, \
        and let a timer do so long before the next expiration.
        """, .rfc(4034, "3.1.5"), .rfc(4035, "5.3.1"))

    static let signatureNotYetValid = Self(
        "verify/signature-not-yet-valid", "A signature is not valid yet",
        """
        The time of verification is before the signature's inception: a clock is wrong, or the zone went out too \
        early. Signers set the inception an hour back to be safe from slow clocks.
        """, .rfc(4034, "3.1.5"), .rfc(4035, "5.3.1"))

    static let signatureTimes = Self(
        "verify/signature-times", "A signature expires before it begins",
        """
        In serial arithmetic, expiration must come after inception by less than 2^31 seconds, 68 years; such a \
        signature is never valid.
        """, .rfc(4034, "3.1.5"), .rfc(1982, "3.2"))

    static let signerName = Self(
        "verify/signer-name", "The signer's name of a signature is not the zone",
        """
        Only the zone's own keys may sign its data. A signature with another signer's name is refused.
        """, .rfc(4035, "2.2"), .rfc(4035, "5.3.1"))

    static let labels = Self(
        "verify/labels", "The labels field of a signature does not fit the owner name",
        """
        It must be the number of labels of the owner, without the root and without a leading asterisk. A smaller \
        number says that the record was made from a wildcard, which no record of a zone file is; a larger one is \
        refused.
        """, .rfc(4034, "3.1.3"), .rfc(4035, "2.2"))

    static let originalTTL = Self(
        "verify/original-ttl", "The original TTL of a signature is not the TTL of the RRset",
        """
        Signatures are computed with the original TTL, so a changed TTL still verifies, but resolvers cut a TTL \
        above the original one, and caches disagree about how long data lives. The TTL was edited after signing.
        """, .rfc(4034, "3.1.4"), .rfc(4035, "2.2"))

    static let signatureTTL = Self(
        "verify/signature-ttl", "The TTL of a signature is not that of its RRset",
        """
        Signature and RRset must leave caches together. Otherwise a cache holds one without the other and must \
        ask again or fails.
        """, .rfc(4034, "3"), .rfc(4035, "2.2"))

    static let rrsetTTL = Self(
        "verify/rrset-ttl", "The records of an RRset have different TTLs",
        """
        All records of an RRset share one TTL. Servers and caches choose one of them as they like, and the \
        signature was made for only one.
        """, .rfc(2181, "5.2"))

    static let keyUnknown = Self(
        "verify/key-unknown", "A signature is by a key that is not in the DNSKEY RRset",
        """
        Key tag and algorithm of the signature name no zone key of the apex. The key was removed too early, or \
        the signature is left over.
        """, .rfc(4035, "2.2"), .rfc(4035, "5.3.1"))

    static let keyUnpublished = Self(
        "verify/key-unpublished", "Signatures of an algorithm stand in the zone before, or after, its keys",
        """
        When an algorithm is rolled, its signatures are published first and its keys once all caches have the \
        signatures; going back is the other way round. Outside of such a rollover, remove them.
        """, .rfc(6781, "4.1.4"), .rfc(6840, "5.11"))

    static let revokedSigner = Self(
        "verify/revoked-signer", "A signature is by a revoked key",
        """
        A revoked key can sign the DNSKEY RRset and nothing else; the signature counts as absent.
        """, .rfc(5011, "2.1"))

    static let signatureUnsupported = Self(
        "verify/signature-unsupported", "An RRset is signed by unsupported algorithms only",
        """
        Nothing that this validator supports vouches for the RRset; it is not verified.
        """, .rfc(4035, "5.2"))

    static let signatureMalformed = Self(
        "verify/signature-malformed", "An RRSIG cannot be read",
        """
        The RDATA is too short, or the signer's name is no name.
        """, .rfc(4034, "3.1"))

    static let signatureOverNothing = Self(
        "verify/signature-over-nothing", "A signature covers an RRset that does not exist",
        """
        The owner has no RRset of the type that the signature covers: records were removed after signing, or the \
        covered type was changed. RRSIG itself is never signed.
        """, .rfc(4035, "2.2"))

    static let signedDelegation = Self(
        "verify/signed-delegation", "A delegation's NS or glue is signed",
        """
        At a zone cut the parent is authoritative for DS and NSEC only. Signing the NS RRset or addresses there \
        claims what belongs to the child, and is forbidden.
        """, .rfc(4035, "2.2"))

    static let signedGlue = Self(
        "verify/signed-glue", "Data below a zone cut or DNAME is signed",
        """
        Names below a delegation are glue, or belong to another zone; below a DNAME there must be nothing. Their \
        RRsets must not be signed.
        """, .rfc(4035, "2.2"), .rfc(6672, "2.4"))

    static let outsideZone = Self(
        "verify/outside-zone", "DNSSEC records stand outside of the zone",
        """
        The owner is not at or below the apex. No server can answer with it, and nobody may sign it.
        """, .rfc(1035, "5.2"), .rfc(4035, "2.2"))

    static let expiresSoon = Self(
        "verify/expires-soon", "The first signature expires soon",
        """
        When it has expired, resolvers refuse the data. Sign again before that, with room for a failed run, for \
        secondaries that are behind and for caches.
        """, .rfc(6781, "4.4.2"))
}
