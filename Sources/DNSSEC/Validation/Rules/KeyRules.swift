import Diagnostics

/// Rules about the apex: keys, trust anchors, what the zone tells its parent, its digest.
extension ValidationRule {
    static let noSOA = Self(
        "verify/no-soa", "The zone has no SOA record, or several, at its apex",
        """
        A zone begins with exactly one SOA record. Without it there is no apex to hold the keys, and nothing \
        below can be validated. Check that the origin given is that of the zone.
        """, .rfc(1035, "5.2"), .rfc(2181, "6.1"))

    static let unsignedZone = Self(
        "verify/unsigned-zone", "The zone has no DNSKEY at its apex",
        """
        Without DNSKEY records at the apex the zone is not signed. Where the parent has a DS record, every \
        validating resolver then refuses the whole zone; where it has none, the zone is insecure but works.
        """, .rfc(4035, "2.1"), .rfc(4035, "5.2"))

    static let keyProtocol = Self(
        "verify/dnskey-protocol", "A DNSKEY's protocol field is not 3",
        """
        The protocol field must be 3. Validators treat a key with another value as if it were not there, so all \
        that it signed is unsigned to them.
        """, .rfc(4034, "2.1.2"))

    static let keyNotZoneKey = Self(
        "verify/dnskey-not-zone-key", "A DNSKEY at the apex lacks the zone key flag",
        """
        A key without flag bit 7 must not be used to verify RRSIG records. Such a key helps nobody; either its \
        flags are wrong (256 is a ZSK, 257 a KSK) or it should not be in the zone.
        """, .rfc(4034, "2.1.1"))

    static let keyMalformed = Self(
        "verify/dnskey-malformed", "The public key of a DNSKEY cannot be read",
        """
        The octets of the public key do not have the form that the algorithm's RFC demands, so no signature can \
        be verified with it. Publish the key again from its key file.
        """, .rfc(4034, "2.1.4"), .rfc(3110, "2"), .rfc(6605, "4"), .rfc(8080, "3"))

    static let algorithmUnsupported = Self(
        "verify/algorithm-unsupported", "A DNSKEY has an algorithm that is not supported",
        """
        Signatures of an algorithm that a validator does not know count as absent. The zone's other algorithms \
        must carry it; a zone that has none but such algorithms is insecure to that validator.
        """, .rfc(4035, "5.2"), .rfc(9904, "2"))

    static let algorithmInsecure = Self(
        "verify/algorithm-insecure", "A DNSKEY has an algorithm that must not be used for signing any more",
        """
        The algorithm is still verified, but new signatures must not be made with it: SHA-1 is within reach of \
        attackers, and some systems refuse it already, which makes the zone insecure there. Roll to \
        ECDSAP256SHA256.
        """, .rfc(9904, "2"), .rfc(9905, "2"))

    static let keySize = Self(
        "verify/key-size", "An RSA key is too short",
        """
        An RSA modulus below 2048 bits can be expected to be factored while the key is in use; some validators \
        refuse moduli below 1024 bits. ECDSAP256SHA256 is stronger and shorter.
        """, .rfc(6781, "3.4.2"), .rfc(8624, "3.1"))

    static let keyTagCollision = Self(
        "verify/key-tag-collision", "Two keys of the zone have the same key tag and algorithm",
        """
        Validators must try each key that has the tag, and many limit how often they try: since 2024 a set with \
        colliding tags may be refused as an attack. Generate one of the keys again.
        """, .rfc(4034, "B"))

    static let keyRevoked = Self(
        "verify/key-revoked", "A DNSKEY is revoked",
        """
        The key carries the REVOKE flag: resolvers that had it as trust anchor drop it. It can sign the DNSKEY \
        RRset and nothing else. It may be removed once all resolvers had time to see it.
        """, .rfc(5011, "2.1"))

    static let revokedKeyNotSigning = Self(
        "verify/revoked-key-not-signing", "A revoked key does not sign the DNSKEY RRset",
        """
        Revocation counts only when the revoked key itself signs the DNSKEY RRset; otherwise resolvers keep the \
        key as trust anchor.
        """, .rfc(5011, "2.1"))

    static let entryKeyNotSigning = Self(
        "verify/sep-not-signing", "No key marked as entry point signs the DNSKEY RRset",
        """
        Keys with the SEP flag, by custom KSKs, are those that a DS names. When none of them signs the DNSKEY RRset, the \
        DS leads nowhere, unless it names another key. Sign the DNSKEY RRset with the KSK.
        """, .rfc(3757, "1"), .rfc(4034, "2.1.1"))

    static let keyMisplaced = Self(
        "verify/dnskey-misplaced", "A DNSKEY stands below the apex",
        """
        Keys of a zone are looked for at its apex only. A DNSKEY elsewhere verifies nothing; a child zone's key \
        belongs into the child zone.
        """, .rfc(4035, "2.1"))

    static let anchorMismatch = Self(
        "verify/anchor-mismatch", "No trust anchor leads to a key that signs the DNSKEY RRset",
        """
        A resolver that starts from the given DS records or keys finds no key in the zone's DNSKEY RRset that \
        they name and that signs this RRset. To it the whole zone is bogus and does not exist. Compare the DS at \
        the parent with what `danectl ds` prints.
        """, .rfc(4035, "5.2"), .rfc(4035, "5.3.1"))

    static let anchorUnused = Self(
        "verify/anchor-unused", "A trust anchor names no key of the zone that signs",
        """
        This DS or key leads nowhere, but another one does. During a rollover that is normal; when no rollover \
        is under way, remove it from the parent.
        """, .rfc(4035, "5.2"), .rfc(6840, "5.11"))

    static let anchorUnsupported = Self(
        "verify/anchor-unsupported", "A trust anchor has a digest type or algorithm that is not supported",
        """
        A DS whose digest type or algorithm a validator does not know counts as absent. When all are of that \
        kind the zone is insecure.
        """, .rfc(4035, "5.2"), .rfc(4509, "3"))

    static let anchorDigestWeak = Self(
        "verify/anchor-digest-weak", "A trust anchor's digest is SHA-1",
        """
        SHA-1 must not be used for new DS records; validators ignore such a DS where one with SHA-256 stands \
        beside it, and some refuse it altogether. Publish digest type 2.
        """, .rfc(4509, "3"), .rfc(9905, "2"))

    static let anchorOtherZone = Self(
        "verify/anchor-other-zone", "A trust anchor is for another zone",
        """
        The anchor's owner is not the zone's apex, so it says nothing about this zone.
        """, .rfc(4033, "2"))

    static let anchorAlgorithm = Self(
        "verify/anchor-algorithm", "The DNSKEY RRset is not signed by each algorithm of the DS RRset",
        """
        Each algorithm that the DS RRset announces must sign the DNSKEY RRset. Otherwise a validator that \
        supports only that algorithm finds no signature that it can verify and refuses the zone.
        """, .rfc(4035, "2.2"), .rfc(6840, "5.11"))

    static let dsMisplaced = Self(
        "verify/ds-misplaced", "A DS stands where there is no delegation",
        """
        A DS belongs to a zone cut, beside the NS RRset, and never to a zone's own apex. Elsewhere it announces \
        a child zone that does not exist.
        """, .rfc(4035, "2.4"))

    static let childKeyUnknown = Self(
        "verify/cds-mismatch", "A CDS or CDNSKEY names no key of the zone",
        """
        Parents that scan for CDS publish what it says. A record that matches no DNSKEY makes a DS that leads \
        nowhere; when none of them matches a key that signs the DNSKEY RRset, the zone goes bogus as soon as the \
        parent acts.
        """, .rfc(7344, "4.1"))

    static let childKeyBreaks = Self(
        "verify/cds-breaks-delegation", "No CDS or CDNSKEY names a key that signs the DNSKEY RRset",
        """
        Were the parent to publish these records as DS, no resolver could validate the zone any more. The set \
        must always keep the delegation working.
        """, .rfc(7344, "4.1"))

    static let childKeyDisagrees = Self(
        "verify/cds-cdnskey-differ", "CDS and CDNSKEY do not name the same keys",
        """
        When both are published they must match in content, since nobody knows which of them the parent reads.
        """, .rfc(7344, "4"))

    static let childDeletion = Self(
        "verify/cds-deletion", "A delete request stands beside other CDS or CDNSKEY records",
        """
        The request to remove the DS records (CDS 0 0 0 00, CDNSKEY 0 3 0 AA==) must stand alone; parents ignore \
        a mixture.
        """, .rfc(8078, "4"))

    static let childKeySigner = Self(
        "verify/cds-signer", "CDS or CDNSKEY is not signed by a key that the parent can trace",
        """
        The RRset must be signed by a key that is in the DNSKEY RRset and named by the DS RRset; a signature by \
        a ZSK alone is not accepted by the parent.
        """, .rfc(7344, "4.1"))

    static let childKeyMisplaced = Self(
        "verify/cds-misplaced", "A CDS or CDNSKEY stands below the apex",
        """
        These records speak for the zone in which they stand and are read at its apex only.
        """, .rfc(7344, "4.1"))

    static let zonemdMismatch = Self(
        "verify/zonemd-mismatch", "The ZONEMD digest is not that of the zone",
        """
        Something in the zone was changed, added or removed after the digest was made; it covers glue as well, \
        which no signature does. Secondaries that check ZONEMD refuse the zone. Sign it again.
        """, .rfc(8976, "4"))

    static let zonemdSerial = Self(
        "verify/zonemd-serial", "The serial of ZONEMD is not that of the SOA",
        """
        A ZONEMD whose serial differs from the SOA's belongs to another version of the zone and must not be \
        used.
        """, .rfc(8976, "4"))

    static let zonemdUnsupported = Self(
        "verify/zonemd-unsupported", "No ZONEMD has a scheme and hash algorithm that is supported",
        """
        A digest that cannot be computed proves nothing. Scheme 1 (SIMPLE) with SHA-384 or SHA-512 is what \
        receivers support.
        """, .rfc(8976, "4"), .rfc(8976, "2.2.2"))

    static let zonemdDuplicate = Self(
        "verify/zonemd-duplicate", "Two ZONEMD records have the same scheme and hash algorithm",
        """
        Receivers must not use any of them.
        """, .rfc(8976, "2"))

    static let zonemdMisplaced = Self(
        "verify/zonemd-misplaced", "A ZONEMD stands below the apex",
        """
        Only ZONEMD records at the apex are looked at.
        """, .rfc(8976, "2"))
}
